//! While a person types, most of the file is whole: what stands before and behind the error stays in the tree.

use crate::{invariants, print};
use momentum_lua_analyzer::syntax::tree::StatementKind;

/// A module with `hole` inside its first function.
fn module(hole: &str) -> String {
    format!(
        "local mod = {{}}\n\nfunction mod:before(msg)\n  local a = 1\n  {hole}\n  local b = 2\n  return a, b\n\
         end\n\nfunction mod:after(msg)\n  if msg then\n    return msg\n  end\nend\n"
    )
}

const AFTER: &str = "(function mod.after (self: msg) {(if msg {(return msg)})})";

/// What is left of the first function around the hole.
fn check(source: &str) -> String {
    let parsed = invariants::check(source);
    let tree = &parsed.tree;
    let statements = &tree.root().statements;
    let printed = print::tree(tree);
    assert!(!parsed.errors.is_empty(), "no error in\n{source}");
    assert!(
        printed.starts_with("(local [mod] [(table )]) (function mod.before (self: msg)"),
        "{source}{printed}"
    );
    assert!(printed.ends_with(AFTER), "{source}{printed}");
    let functions = statements
        .iter()
        .filter(|&&id| matches!(tree.statement(id).kind, StatementKind::Function { .. }))
        .count();
    assert_eq!(functions, 2, "{source}{printed}");
    let before = printed.strip_suffix(AFTER).unwrap_or_default();
    let messages: Vec<_> = parsed
        .errors
        .iter()
        .map(|error| {
            let line = source[..error.span.start as usize].matches('\n').count() + 1;
            format!("  line {line}, `{}`: {}", error.span.text(source).escape_debug(), error.message)
        })
        .collect();
    format!("{}\n{}", before.trim_start_matches("(local [mod] [(table )]) ").trim_end(), messages.join("\n"))
}

#[test]
fn statements_around_an_unfinished_one_survive() {
    let holes = [
        "msg:",
        "msg:header(",
        "msg:header('Subject'",
        "msg:header('Subject",
        "foo.",
        "foo.bar",
        "foo.bar.",
        "foo = ",
        "foo, ",
        "foo[",
        "foo['a'",
        "local",
        "local x =",
        "local x = {",
        "local x = { a = 1,",
        "local x = { a = 1, b",
        "local x = msg.",
        "local x = msg:",
        "local x = a +",
        "local x = a .. ",
        "local x = not",
        "local x = (a",
        "local x = function",
        "local x = function(",
        "local x = function(a, b",
        "local function",
        "local function helper",
        "local function helper(",
        "function",
        "function helper",
        "if",
        "if x",
        "if x then",
        "if x == ",
        "if x then y() else",
        "if x then y() elseif",
        "if x then y() elseif z then",
        "while",
        "while x",
        "while x do",
        "for",
        "for i",
        "for i =",
        "for i = 1",
        "for i = 1,",
        "for i = 1, 2 do",
        "for k, v",
        "for k, v in",
        "for k, v in pairs(t)",
        "for k, v in pairs(t) do",
        "repeat",
        "repeat y() until",
        "do",
        "until x",
        "else",
        "then",
        ")",
        "}",
        "]]",
        "x = 'it's'",
        "x = \"abc",
        "x += 1",
        "return",
        "break",
        "msg:header('a')) -- one too many",
        "f({ a = 1, b = 2 )",
        "f({ a = 1 b = 2 })",
        "f(function() g( end)",
        "if x then y()\n  else if z then w()\n  end",
    ];
    let shown: Vec<_> = holes.iter().map(|hole| format!("{hole}\n= {}", check(&module(hole)))).collect();
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn functions_around_an_unfinished_one_survive() {
    let texts = [
        "function mod:",
        "function mod.",
        "function mod:b",
        "function mod:b(",
        "function mod:b()",
        "mod.b = function(",
    ];
    for text in texts {
        let source =
            module("local c = 3").replace("\nfunction mod:after", &format!("\n{text}\n\nfunction mod:after"));
        let parsed = invariants::check(&source);
        let printed = print::tree(&parsed.tree);
        assert!(printed.ends_with(AFTER), "{source}{printed}");
        assert!(
            printed.contains("{(local [a] [1]) (local [c] [3]) (local [b] [2]) (return a b)}"),
            "{printed}"
        );
        assert!((1..=2).contains(&parsed.errors.len()), "{:?}", parsed.errors);
    }
}

/// Where the errors are, as line and text.
fn places(source: &str) -> Vec<(usize, String)> {
    let parsed = invariants::check(source);
    parsed
        .errors
        .iter()
        .map(|error| {
            let line = source[..error.span.start as usize].matches('\n').count() + 1;
            (line, error.message.clone())
        })
        .collect()
}

#[test]
fn layout_tells_where_an_end_is_missing_or_left_over() {
    let missing = "function a()\n  if x then\n    y()\nend\n\nfunction b()\n  z()\nend\n";
    assert_eq!(places(missing), [(3, "expected `end` to close the `if` of line 2, found `end`".to_owned())]);

    let missing = "function a()\n\tif x then\n\t\ty()\n        end\n\nfunction b()\n  z()\nend\n";
    assert_eq!(
        places(missing),
        [(4, "expected `end` to close the `function` of line 1, found `function`".to_owned())]
    );

    let left_over = "function a()\n  y()\n  end\nend\n\nfunction b()\n  z()\nend\n";
    let parsed = invariants::check(left_over);
    assert_eq!(parsed.errors.len(), 1);
    assert!(parsed.errors[0].message.starts_with("this `end` closes nothing"));
    assert!(print::tree(&parsed.tree).contains("(function b () {(call z [])})"));

    let missing = "if a then\n  b()\nelse\n  while c do\n    d()\n\nend\ne()\n";
    assert_eq!(
        places(missing),
        [(5, "expected `end` to close the `while` of line 4, found `end`".to_owned())]
    );
}

#[test]
fn without_layout_the_end_of_the_file_is_where_it_is_missing() {
    let source = "function a()\nif x then\ny()\nend\nfunction b()\nz()\nend\n";
    let places = places(source);
    assert_eq!(places.len(), 1, "{places:?}");
    assert!(places[0].1.contains("found the end of the file"), "{places:?}");

    let one_line = "function a() if x then y() end function b() z() end";
    let parsed = invariants::check(one_line);
    assert_eq!(parsed.errors.len(), 1);
    assert!(print::tree(&parsed.tree).contains("(function b () {(call z [])})"));
}

#[test]
fn a_repair_is_a_hole_in_the_tree() {
    let tree = |source| print::tree(&invariants::check(source).tree);
    assert_eq!(tree("local x ="), "(local [x] [?])");
    assert_eq!(tree("msg:"), "(incomplete (call msg:? []))");
    assert_eq!(tree("foo."), "(incomplete foo.?)");
    assert_eq!(tree("if x"), "(if x {})");
    assert_eq!(tree("for i = 1"), "(for i [1 ?] {})");
    assert_eq!(tree("return 1 return 2"), "(return 1) (return 2)");
}

#[test]
fn every_line_of_a_table_can_have_its_own_error() {
    let source =
        "t = {\n  a = 1\n  b = 2,\n  c = = 3,\n  [4] 5,\n  'd' = 6,\n  e = { 7 8 },\n  f = 9,\n}\nx = 1\n";
    let parsed = invariants::check(source);
    let lines: Vec<_> = places(source).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [2, 4, 5, 6, 7]);
    let printed = print::tree(&parsed.tree);
    assert!(printed.contains("e: (table 7, 8), f: 9)]) (= [x] [1])"), "{printed}");
}
