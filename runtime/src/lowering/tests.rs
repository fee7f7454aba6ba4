use super::*;

fn lowered(source: &str) -> String {
    lower(source, Origin::File).unwrap().text
}

#[test]
fn operators_become_calls_with_the_names_of_their_operands() {
    assert_eq!(lowered("local a = b & c.d"), "local a = (\"\").__band(b , c.d,\"global 'b'\",\"field 'd'\")");
    assert_eq!(lowered("return ~x"), "return ((\"\").__bnot(x,\"global 'x'\"))");
    assert_eq!(lowered("return 1 | 2, 3"), "return (\"\").__bor(1 , 2), 3");
    assert_eq!(lowered("if !a != b then end"), "if  not a ~= b then end");
}

#[test]
fn arithmetic_stays_where_no_operand_can_be_a_string() {
    for kept in [
        "local n = 1 local m = n + #t n = m * 2",
        "for i = 1, #t do t[i] = i - 1 end",
        "local n for i = 1, 2 do n = i end return n + 1",
    ] {
        assert_eq!(lowered(kept), kept);
    }
    assert_eq!(
        lowered("local n = f() return n + 1"),
        "local n = f() return ((\"\").__add(n , 1,\"local 'n'\"))"
    );
    assert_eq!(lowered("for i = a, 2 do end"), "for i = (\"\").__number(a), 2 do end");
}

#[test]
fn literals_are_written_as_lua_reads_them() {
    assert_eq!(lowered("x = 0660 + 0xFFFFFFFFFFFFFFFF"), "x = 432 + 9223372036854776000");
    assert_eq!(lowered(r#"x = "a\x41\u00a3\n\\x""#), r#"x = "a\065\194\163\n\\x""#);
    assert_eq!(lowered("#!/usr/bin/lua\nx = 0"), "--#!/usr/bin/lua\nx = 0");
}

#[test]
fn lines_stay() {
    let source = "local a = (b\n  & c -- !=\n  | d)\nfor x in\n t do\nend\n";
    let text = lowered(source);
    assert_eq!(text.lines().count(), source.lines().count(), "{text}");
    assert!(text.lines().nth(4).unwrap().contains("__iter(t)"), "{text}");
}

#[test]
fn what_crashes_the_compiler_is_told() {
    assert_eq!(lower("\nx = ~(nil)", Origin::File).unwrap().crash_line, Some(2));
    assert_eq!(lower("x = ~y", Origin::File).unwrap().crash_line, None);
    assert_eq!(lower("# a", Origin::String).unwrap_err().len(), 1);
}
