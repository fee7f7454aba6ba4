//! Input of any kind is read: strange bytes, extreme nesting, extreme length.

use crate::{invariants, print};
use momentum_lua_analyzer::syntax::{Encoding, Parsed, decode, parse};
use std::time::{Duration, Instant};

/// No input under 1 MB takes more than a second in an optimized build. Others are slower, and look at less.
const LENGTH: usize = if cfg!(debug_assertions) { 200_000 } else { 950_000 };
const SLOWEST: Duration =
    if cfg!(debug_assertions) { Duration::from_secs(10) } else { Duration::from_secs(1) };

fn messages(parsed: &Parsed) -> Vec<&str> {
    parsed.errors.iter().map(|error| error.message.as_str()).collect()
}

/// Parses in the small stack of a thread, as the language server does, and within the time.
fn check(source: String) -> Parsed {
    let thread = std::thread::Builder::new().stack_size(1024 * 1024).spawn(move || {
        let started = Instant::now();
        drop(parse(&source));
        let took = started.elapsed();
        let parsed = invariants::check(&source);
        let beginning: String = source.chars().take(40).collect();
        let most = SLOWEST * u32::try_from(1 + source.len() / 1_000_000).unwrap();
        assert!(took < most, "{} bytes took {took:?}: {beginning}", source.len());
        parsed
    });
    thread.unwrap().join().unwrap()
}

#[test]
fn almost_nothing() {
    for source in
        ["", " ", "\n", "\r", "\r\n", "-- comment", "--", "--[[]]", "#", "#!/usr/bin/lua", "\t\x0b\x0c"]
    {
        let parsed = check(source.to_owned());
        assert_eq!(parsed.errors, [], "{source:?}");
        assert_eq!(parsed.tree.root().statements.len(), 0);
    }
}

#[test]
fn line_ends() {
    let unix = "-- note\nlocal x = 1 -- one\nif x then\n  y([[\na\nb]])\nend\n";
    let expected = print::tree(&check(unix.to_owned()).tree);
    for line_end in ["\r\n", "\r", "\n\r"] {
        let parsed = check(unix.replace('\n', line_end));
        assert_eq!(parsed.errors, [], "{line_end:?}");
        assert_eq!(print::tree(&parsed.tree), expected, "{line_end:?}");
        assert_eq!(parsed.comments.len(), 2);
    }
}

#[test]
fn encodings() {
    let (source, encoding) = decode(b"-- caf\xe9\nlocal x = 'na\xefve' -- \xff\xfe".to_vec());
    assert_eq!(encoding, Encoding::Latin1);
    assert_eq!(check(source).errors, []);
    // UTF-8 in one place, Latin-1 in another.
    let (source, encoding) = decode("-- é\nlocal x = '".bytes().chain(*b"\xe9'").collect());
    assert_eq!(encoding, Encoding::Latin1);
    assert_eq!(check(source).errors, []);
    // UTF-16, as an editor saves it by accident.
    let (source, _) = decode("local x = 1".encode_utf16().flat_map(u16::to_le_bytes).collect());
    assert!(!check(source).errors.is_empty());
    let parsed = check("x = 'a\0b' --\0\ny = [[\0]]".to_owned());
    assert_eq!(parsed.errors, []);
    assert_eq!(print::tree(&parsed.tree), "(= [x] [\"a\\0b\"]) (= [y] [\"\\0\"])");
    for byte in 0..=255_u8 {
        for text in [&b"x = "[..], b"'", b"--[[", b"f(", b"x"] {
            let (source, _) = decode([text, &[byte], b"\ny = 1"].concat());
            check(source);
        }
    }
}

#[test]
fn a_backtick_anywhere() {
    let source = "local a = b.c['d'] -- e\nif not a then f:g{ 1; 2 } end";
    for at in 0..=source.len() {
        let mut broken = source.to_owned();
        broken.insert(at, '`');
        let inside = source.get(..at).unwrap().ends_with("['") || source.get(..at).unwrap().ends_with("['d");
        let parsed = invariants::check(&broken);
        let comment = parsed.comments.iter().any(|comment| comment.span.text(&broken).contains('`'));
        assert_eq!(parsed.errors.is_empty(), inside || comment, "{broken}");
    }
}

const DEEP: usize = 10_000;

#[test]
fn too_deep_nesting_is_an_error() {
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("{", "1", "}"),
        ("f(", "1", ")"),
        ("a[", "1", "]"),
        ("{a=", "1", "}"),
        ("{[1]=", "1", "}"),
        ("function() return ", "1", " end"),
        ("function() local x = ", "1", " end"),
        ("not ", "1", ""),
        ("- ", "1", ""),
        ("-~!#", "1", ""),
        ("1 .. ", "1", ""),
        ("1 ^ ", "1", ""),
        ("a..(", "1", ")"),
        ("f{g(a[", "1", "])}"),
    ] {
        let source = format!("y = 2\nx = {}{inner}{}\nz = 3", open.repeat(DEEP), close.repeat(DEEP));
        let parsed = check(source);
        let found = messages(&parsed);
        assert!(
            found.len() == 1 && found[0].starts_with("nested deeper than 200 levels"),
            "{open}: {found:?}"
        );
        assert!(print::tree(&parsed.tree).starts_with("(= [y] [2])"));
    }
    for (open, close) in [
        ("do ", " end"),
        ("if x then ", " end"),
        ("while x do ", " end"),
        ("for i = 1, 2 do ", " end"),
        ("repeat ", " until x"),
        ("function f() ", " end"),
        ("local function f() ", " end"),
        ("if x then else ", " end"),
        ("if x then elseif y then ", " end"),
        ("f(function() ", " end)"),
    ] {
        let source = format!("y = 2\n{}{}\nz = 3", open.repeat(DEEP), close.repeat(DEEP));
        let found = check(source);
        let found = messages(&found);
        assert!(
            found.len() == 1 && found[0].starts_with("nested deeper than 200 levels"),
            "{open}: {found:?}"
        );
    }
    // Never closed, and closed without having been opened.
    for text in
        ["(", "{", "[", "f(", "do ", "if x then ", "function(", "repeat ", "a.", "a:", "a:b", "not ", "x = "]
    {
        check(text.repeat(DEEP));
    }
    for text in [
        ")", "}", "]", " end", " until x", " else", " elseif", ",", ";", "=", "..", "\"", "[[", "]]", "\\",
        "\r",
    ] {
        check(text.repeat(DEEP));
        check(format!("x{}", text.repeat(DEEP)));
    }
}

/// What the engine loads must not overflow the stack, or be an error, on the way there.
#[test]
fn nesting_up_to_the_limit_is_read() {
    const LEVELS: usize = 195;
    for (open, inner, close) in [
        ("(", "1", ")"),
        ("{", "1", "}"),
        ("{a=", "1", "}"),
        ("f(", "1", ")"),
        ("a[", "1", "]"),
        ("f{", "1", "}"),
        ("- ", "1", ""),
        ("1 .. ", "1", ""),
    ] {
        let parsed = check(format!("x = {}{inner}{}", open.repeat(LEVELS), close.repeat(LEVELS)));
        assert_eq!(parsed.errors, [], "{open}");
    }
    for (open, close) in [
        ("do ", " end"),
        ("if x then else ", " end"),
        ("while x do ", " end"),
        ("for i in x do ", " end"),
        ("repeat ", " until x"),
        ("function f() ", " end"),
        ("local function f() ", " end"),
    ] {
        let parsed = check(format!("{}{}", open.repeat(LEVELS), close.repeat(LEVELS)));
        assert_eq!(parsed.errors, [], "{open}");
    }
    // A function in an expression is two levels: the expression and its block.
    let parsed = check(format!("x = {}1{}", "function() return ".repeat(95), " end".repeat(95)));
    assert_eq!(parsed.errors, []);
}

#[test]
fn long_chains_are_no_nesting() {
    const LONG: usize = 100_000;
    for (head, link) in [
        ("x = 1", " + 1"),
        ("x = 1", " * 1 - 2"),
        ("x = a", " and b or c"),
        ("x = 1", " << 1 | 2"),
        ("x = a", ".a"),
        ("x = a", "[1]"),
        ("x = a", "(b)"),
        ("x = a", ":b()"),
        ("x = a", "{}''"),
        ("a", ":b()"),
        ("x = {", "1,"),
        ("x = {", "a = 1;"),
        ("f(1", ", 2"),
        ("local a", ", a"),
        ("a", ", a"),
        ("if x then y()", " elseif x then y()"),
        ("", "x = 1 "),
        ("", "f();"),
        ("", "local x\n"),
        ("", "-- comment\n"),
        ("", "--[[ ]] "),
        ("", "do end "),
    ] {
        let tail = match head {
            "x = {" => "}",
            "f(1" => ")",
            "a" if link == ", a" => " = 1",
            _ if link.contains("elseif") => " end",
            _ => "",
        };
        let parsed = check(format!("{head}{}{tail}", link.repeat(LONG)));
        assert_eq!(messages(&parsed), [""; 0], "{head}{link}");
    }
    let parsed = check(format!("function a{}() end", ".a".repeat(LONG)));
    assert_eq!(messages(&parsed), [""; 0]);
    // Chains inside the leftmost operands of chains add up, though each is short enough.
    let nested = format!("x = {}1{}", "(".repeat(150), format!("{})", " + 1".repeat(900)).repeat(150));
    assert_eq!(messages(&check(nested)), [""; 0]);
    let nested = format!("x = {}a{}", "(".repeat(150), format!("{})", ".a".repeat(900)).repeat(150));
    assert_eq!(messages(&check(nested)), [""; 0]);
}

/// Nearly 1 MB of what could make a repair look at everything again and again.
#[test]
fn no_input_takes_quadratic_time() {
    for text in [
        "a[1 b, ",
        "{a[1 b, ",
        "(a ",
        "f(a ",
        "f(a, \n",
        "if x then\n",
        "if x then ",
        "do end end ",
        "end\n",
        "else\n",
        "return x ",
        "return\n",
        "break ",
        "x ",
        "x\n",
        "x = \n",
        "x = = ",
        "` ",
        "`\n",
        "x = `\n",
        "é",
        "\"\n",
        "'",
        "[[",
        "--[[",
        "--[=",
        "[=",
        "[====[",
        "]==]",
        "0x ",
        "0x..",
        "089\n",
        "\\",
        "\\\r\n",
        "\"\\\n",
        "'\\u00a'\n",
        "function f(a b\n",
        "function f(\n",
        "function f() end end\n",
        "local function a.b(\n",
        "local x 5\n",
        "for\n",
        "for i = 1\n",
        "repeat\n",
        "until x\n",
        "{ 1 2 ",
        "{ a = 1\n",
        "x = { a\n",
        "x = {\n[1] = 2\n",
        "x = a ; ; ",
        "(f)() ",
        "(a) = 1\n",
        "a.\n",
        "a:\n",
        "a.end ",
        "a.b = 1 + \n",
        "a += 1 ",
        "\r",
        "        if x then\n",
        "\tdo\n",
        "a + ",
        "a .. \n",
        "f'",
        "goto a\n",
        ";",
        "...",
        "local function f() if x then else if y then end\n",
    ] {
        check(text.repeat(LENGTH / text.len()));
    }
    let blanks = " ".repeat(LENGTH / 2);
    check(format!("{blanks}{}", "do ".repeat(LENGTH / 8)));
    check(format!("{blanks}{}", "x = {\na ".repeat(LENGTH / 20)));
    check(format!("--[[{blanks}]] {}", "x = ) ".repeat(LENGTH / 16)));
    check(format!("x = {}--[[{blanks}]]", "(".repeat(190)));
    check(format!("{}{}", "do end end ".repeat(LENGTH / 30), "x = 1 + ".repeat(LENGTH / 30)));
    check("a".repeat(LENGTH));
    check("1".repeat(LENGTH));
    check(format!("'{}", "\\\n".repeat(LENGTH / 2)));
    check(format!(
        "x = [{}[ ]{}",
        "=".repeat(LENGTH / 3),
        format!("{}]", "=".repeat(1000)).repeat(LENGTH / 3000)
    ));
}

#[test]
fn after_a_thousand_errors_the_rest_is_not_read() {
    for text in ["x\n", "end\n", "return 1 ", "f(a \n", "msg:\nlocal x = \n", "if x do\nend\n"] {
        let parsed = check(format!("first()\n{}", text.repeat(3000)));
        assert_eq!(parsed.errors.len(), 1001, "{text:?}");
        assert_eq!(parsed.errors[1000].message, "1000 errors: what follows is not analysed");
        assert!(print::tree(&parsed.tree).starts_with("(call first [])"));
    }
}

/// The text is read in pieces; nothing may differ where they meet.
#[test]
fn pieces_of_a_long_file_fit_together() {
    let broken = [
        "x",
        "f(",
        "(g)()",
        "return 1",
        "local y = 'z",
        "w = )",
        "if a then",
        "end",
        "-- note",
        ";",
        "h = 0x",
        "--[[ long\n]] i()",
        "local k = [[\n]]",
    ];
    // Every order in which two of them can follow each other, at many distances from a seam.
    let mut source = String::new();
    for first in broken {
        for second in broken {
            for line in [first, second, "j()", second] {
                source.push_str(line);
                source.push('\n');
            }
        }
    }
    for length in [0, 1, 2, 3, 5, 7, 11, 31, 101] {
        let start = format!("local text = '{}'\n", "a".repeat(33_000 + length));
        let parsed = check(format!("{start}{source}{start}{source}\nlast()\n"));
        assert!(print::tree(&parsed.tree).ends_with("(call last [])"), "{length}");
    }
    let fine = "f(); local a = 1 -- one\nif a then g[1] = 'x' end\nreturn_ = { a }\n(h or i)();";
    let fine = fine.replace("}\n(", "};(");
    let parsed = check(fine.repeat(5000));
    assert_eq!(parsed.errors, []);
    let one = print::tree(&check(fine.clone()).tree);
    assert_eq!(print::tree(&parsed.tree), vec![one; 5000].join(" "));
}

#[test]
fn ten_megabytes() {
    let script = crate::scripts::SCRIPTS[0].1.replace("require", "local _ = require");
    let source = format!("do\n{script}\nend\n").repeat(10 * 1024 * 1024 / script.len());
    let parsed = parse(&source);
    assert_eq!(parsed.errors, []);
    assert!(source.len() > 10 * 1024 * 1024 && parsed.tree.root().statements.len() > 5000);
}
