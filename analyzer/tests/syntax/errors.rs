//! Every kind of syntax error: its range, what it says, and what the tree keeps.

use crate::{invariants, print};

/// Each text has at least one error; the snapshot shows all of them in place.
fn show(cases: &[&str]) -> String {
    let shown = cases.iter().map(|source| {
        let parsed = invariants::check(source);
        assert!(!parsed.errors.is_empty(), "no error in {source:?}");
        print::errors(source, &parsed)
    });
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn characters_and_literals() {
    insta::assert_snapshot!(show(&[
        "\u{feff}local x = 1",
        "\u{feff}#!/usr/bin/lua\nlocal x = 1",
        "local x = `y`",
        "local x = “y”\nlocal z = 1",
        "local x = 5 @ 3\nfoo(\n",
        "local x\0 = 1",
        "local größe = 1",
        "x = 089",
        "x = 00.5",
        "x = 0e1",
        "x = 3..2",
        "x = 0x",
        "x = 0x..y",
        "x = 12abc",
        "x = 1_000",
        "x = \"abc\ny = 1",
        "x = 'abc",
        "x = 'abc\\",
        "f(\"abc)\ng()",
        "x = [[abc\ny = 1",
        "x = [==[abc]=]\ny = 1",
        "x = [[a [[ b]]",
        "--[[ a [[ b ]] x = 1",
        "x = [=abc",
        "x = 1 --[[ note\ny = 2",
        "x = 1 --[==[ note ]=]\ny = 2",
        r#"x = "\xZ0""#,
        r#"x = "é\x4""#,
        r#"x = "\u00a""#,
        r#"x = "\u""#,
        r#"x = "\300""#,
    ]));
}

#[test]
fn what_only_the_engine_rejects() {
    insta::assert_snapshot!(show(&[
        "local x = f\n(g or h)()",
        "break",
        "while x do local f = function() break end end",
        "function f(a) return ... end",
        "(a) = 1",
        "a, (b) = 1, 2",
        "return return",
        "do return 1 return 2 end\nx = 3",
        ";",
        "x = 1;;",
        "return;;",
    ]));
}

#[test]
fn statements() {
    insta::assert_snapshot!(show(&[
        "local",
        "local 5 = x",
        "local end = 5",
        "local x, = 5",
        "local x = ",
        "local x 5",
        "local x = 5 6",
        "local x.y = 5",
        "local function () end",
        "local function a.b() end",
        "function () end",
        "function a.() end",
        "function a:() end",
        "function a:b.c() end",
        "function a end",
        "function a( end",
        "function a(b c) end",
        "function a(b,) end",
        "function a(1) end",
        "function a(..., b) end",
        "f(function g() end)",
        "x",
        "x.y",
        "x = ",
        "x, y",
        "x, 5 = 1",
        "f() = 1",
        "f().x, g() = 1, 2",
        "x += 1",
        "x ..= 'a'",
        "x++",
        "continue",
        "goto done",
        "5",
        "'text'",
        ")",
        "x = )",
        "f())",
        "a b c\nd()",
        "return 1,",
        "return 1 x = 2",
        "if x do y() end",
        "if x y() end",
        "if x = 5 then y() end",
        "if x == then y() end",
        "if then y() end",
        "if (x = 5) then y() end",
        "if x then y() else if z then w() end",
        "if x then y() else z() else w() end",
        "if x then y() else z() elseif w then v() end",
        "else x()",
        "elseif x then y()",
        "then",
        "while x y() end",
        "while do y() end",
        "for",
        "for x",
        "for x do end",
        "for x = 1 do end",
        "for x = 1, do end",
        "for x, y = 1, 2 do end",
        "for 1 = 1, 2 do end",
        "for x in do end",
        "for x in y end",
        "repeat x()",
        "repeat x() end",
        "until x\ny()",
        "repeat x() until",
    ]));
}

#[test]
fn expressions() {
    insta::assert_snapshot!(show(&[
        "x = 1 +",
        "x = + 1",
        "x = 1 + * 2",
        "x = * -2",
        "x = = 2",
        "x = not",
        "x = -",
        "x = a && b",
        "x = a || b",
        "x = a // b",
        "x = a ? b : c",
        "x = (1",
        "x = (1 + )",
        "x = ()",
        "x = (a b)",
        "f(1, 2",
        "f(1 2)",
        "f(1, )",
        "f(, 1)",
        "f('a'\n'b')",
        "f(a = 1)",
        "f(1, (2)",
        "x = a[1",
        "x = a[]",
        "x = a[1 2]",
        "x = a.",
        "x = a.5",
        "x = a.end",
        "x = a.and",
        "x = a:b",
        "x = a:b.c",
        "a:",
        "a:()",
        "x = a:not()",
        "x = {1, 2",
        "x = {1 2}",
        "x = {,}",
        "x = {1,,2}",
        "x = {a = }",
        "x = {a = 1 b = 2}",
        "x = {[1] 2}",
        "x = {[1 = 2, [2] = 3}",
        "x = {[] = 1}",
        "x = {a.b = 1}",
        "x = {function f() end}",
        "x = {\n  a = 1\n  b = 2\n}",
        "x = {\n  a = b\n  ['c'] = d\n  [1] = 2\n}",
        "x = {\n  'a'\n  'b',\n  c = ,\n  d = +\n}",
        "x = {\n  a = { 1, 2\n  b = 2,\n}\ny = 1",
        "x = function end",
        "x = function(a b) end",
    ]));
}

#[test]
fn one_mistake_is_told_once() {
    let told = |source: &str| -> Vec<String> {
        let parsed = invariants::check(source);
        parsed.errors.iter().map(|error| format!("{}: {}", error.span.text(source), error.message)).collect()
    };
    for (source, wanted) in [
        ("if x the\n  y()\nend\nz()", "the: expected `then`, found `the`"),
        ("if x than y() end", "than: expected `then`, found `than`"),
        ("while x od\n  y()\nend", "od: expected `do`, found `od`"),
        ("for i = 1, 3 doo\n  y()\nend", "doo: expected `do`, found `doo`"),
        ("if x\n  the()\nend", "x: expected `then`, found `the`"),
        (
            "local function = 3\nx()\nlocal y = 2",
            "function: expected a variable's name, found `function`, which is a keyword",
        ),
        (
            "function f()\n  x()\nend\nreturn 1\nend\ng()\nh()",
            "end: this `end` closes nothing: there is an `end` too many, or a `then`, `do` or `function` is missing \
             before it",
        ),
        ("function f()\n  --[[ note\n  x()\nend", "--[[: this comment is not closed: expected `]]`"),
        ("if x then\n  local y = [[ text\nend", "[[: this long string is not closed: expected `]]`"),
        (
            "\u{ff}\u{fe}l\0o\0c\0a\0l\0 \0x\0\n\0y\0(\0",
            "\u{ff}\u{fe}: the file is UTF-16: the engine reads bytes and does not load it, save it as UTF-8",
        ),
    ] {
        assert_eq!(told(source), [wanted], "{source}");
    }
}
