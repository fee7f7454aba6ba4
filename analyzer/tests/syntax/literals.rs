//! Values of literals in the tree, and comments.

use crate::invariants;
use momentum_lua_analyzer::syntax::tree::ExpressionKind;

/// The only number or string of `return …`.
fn value(literal: &str) -> ExpressionKind {
    let source = format!("return {literal}");
    let parsed = invariants::check(&source);
    assert_eq!(parsed.errors, [], "{source:?}");
    let mut expressions = parsed.tree.expressions();
    assert_eq!(expressions.len(), 1, "{source:?}");
    let (_, expression) = expressions.next().unwrap();
    assert_eq!(expression.span.text(&source), literal);
    expression.kind.clone()
}

#[test]
fn numbers() {
    for (literal, expected) in [
        ("0", 0.0),
        ("00", 0.0),
        ("7", 7.0),
        ("010", 8.0),
        ("0660", 432.0),
        ("0x0", 0.0),
        ("0xFf", 255.0),
        ("0X10", 16.0),
        ("0xffffffffffffffff", 9_223_372_036_854_775_807.0),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("0.5", 0.5),
        ("1e3", 1000.0),
        ("1E+3", 1000.0),
        ("1.5e-1", 0.15),
        (".5e1", 5.0),
        ("5.e1", 50.0),
        ("0.e1", 0.0),
        ("1e400", f64::INFINITY),
    ] {
        let ExpressionKind::Number(value) = value(literal) else { panic!("{literal} is no number") };
        assert_eq!(value.to_bits(), expected.to_bits(), "{literal}");
    }
}

#[test]
fn strings() {
    for (literal, expected) in [
        (r#""""#, &b""[..]),
        (r#""a'b""#, b"a'b"),
        (r#"'a"b'"#, b"a\"b"),
        (r#""\a\b\f\n\r\t\v\\\"\'""#, b"\x07\x08\x0c\n\r\t\x0b\\\"'"),
        (r#""\0\10\0010\255""#, b"\0\n\x010\xff"),
        (r#""\x41\xfFg""#, b"A\xffg"),
        (r#""\u00a3\u01F600\u0001F600""#, "£😀😀".as_bytes()),
        (r#""\u00a3ab""#, "\u{a3ab}".as_bytes()),
        (r#""\q\%""#, b"q%"),
        ("\"a\\\nb\"", b"a\nb"),
        ("\"a\\\r\nb\"", b"a\nb"),
        ("\"a\\\n\rb\"", b"a\nb"),
        ("\"a\\\rb\"", b"a\nb"),
        ("'`é𝄞\0'", "`é𝄞\0".as_bytes()),
        ("[[a\\n]]", b"a\\n"),
        ("[[\na\n]]", b"a\n"),
        ("[[\r\n\r\na]]", b"\na"),
        ("[[a\rb]]", b"a\nb"),
        ("[==[a]]]=]b]==]", b"a]]]=]b"),
        ("[=[ [[ ]=]", b" [[ "),
        ("[[]]", b""),
    ] {
        let ExpressionKind::String(value) = value(literal) else { panic!("{literal:?} is no string") };
        assert_eq!(&*value, expected, "{literal:?}");
    }
}

#[test]
fn the_other_values() {
    assert!(matches!(value("nil"), ExpressionKind::Nil));
    assert!(matches!(value("true"), ExpressionKind::True));
    assert!(matches!(value("false"), ExpressionKind::False));
    assert!(matches!(value("..."), ExpressionKind::Vararg));
    assert!(matches!(value("{}"), ExpressionKind::Table(fields) if fields.is_empty()));
    // Keywords of later versions are names here.
    for name in ["goto", "continue", "_", "a1", "type", "export"] {
        assert!(matches!(value(name), ExpressionKind::Name(text) if text == name));
    }
}

#[test]
fn comments_are_kept_in_order() {
    let source = "#!shebang -- none\n-- one\nlocal x --[[ two\n]] = --[==[ ]] three ]==] 1 --four\r\n--[=five\r--[ six\n\
                  y = '-- none' --";
    let parsed = invariants::check(source);
    assert_eq!(parsed.errors, []);
    let comments: Vec<_> =
        parsed.comments.iter().map(|comment| (comment.span.text(source), comment.long)).collect();
    assert_eq!(
        comments,
        [
            ("-- one", false),
            ("--[[ two\n]]", true),
            ("--[==[ ]] three ]==]", true),
            ("--four", false),
            ("--[=five", false),
            ("--[ six", false),
            ("--", false),
        ]
    );
    let at = |text: &str| u32::try_from(source.find(text).unwrap()).unwrap();
    assert_eq!(parsed.comment_at(at("two")).map(|comment| comment.span.text(source)), Some("--[[ two\n]]"));
    assert_eq!(parsed.comment_at(at("local")), None);
    assert_eq!(parsed.token_at(at("ocal")).map(|token| token.span.text(source)), Some("local"));
}
