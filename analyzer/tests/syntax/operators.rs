//! Precedence and associativity, and that the tree holds the operators that are written.

use crate::{invariants, print};
use momentum_lua_analyzer::syntax::tree::{ExpressionKind, StatementKind};

/// The expressions of `return …`.
fn printed(expression: &str) -> String {
    let source = format!("return {expression}");
    let parsed = invariants::check(&source);
    assert_eq!(parsed.errors, [], "{source}");
    print::tree(&parsed.tree)
}

/// Binary operators from the loosest level to the tightest; within a level all are equal.
const LEVELS: [&[&str]; 8] = [
    &["or"],
    &["and"],
    &["==", "~=", "!=", "<", "<=", ">", ">="],
    &[".."],
    &["+", "-", "&", "|", "^^"],
    &["*", "/", "%", "<<", ">>", "\\"],
    &[], // unary
    &["^"],
];
const RIGHT_ASSOCIATIVE: [&str; 2] = ["..", "^"];
const UNARY: [&str; 5] = ["not ", "!", "-", "#", "~"];

/// Level and text of each binary operator.
fn operators() -> impl Iterator<Item = (usize, &'static str)> {
    LEVELS.iter().enumerate().flat_map(|(level, texts)| texts.iter().map(move |&text| (level, text)))
}

#[test]
fn every_pair_of_operators_groups_as_the_engine_does() {
    for (first_level, first) in operators() {
        for (second_level, second) in operators() {
            let left = if first_level == second_level {
                !RIGHT_ASSOCIATIVE.contains(&first)
            } else {
                first_level > second_level
            };
            let grouped =
                if left { format!("(a {first} b) {second} c") } else { format!("a {first} (b {second} c)") };
            assert_eq!(printed(&format!("a {first} b {second} c")), printed(&grouped));
        }
    }
}

#[test]
fn unary_operators_bind_tighter_than_all_but_power() {
    for unary in UNARY {
        for (_, binary) in operators() {
            let grouped =
                if binary == "^" { format!("{unary}(a ^ b)") } else { format!("({unary}a) {binary} b") };
            assert_eq!(printed(&format!("{unary}a {binary} b")), printed(&grouped));
            assert_eq!(printed(&format!("a {binary} {unary}b")), printed(&format!("a {binary} ({unary}b)")));
        }
        for inner in UNARY {
            assert_eq!(printed(&format!("{unary} {inner}a")), printed(&format!("{unary}({inner}a)")));
        }
        assert_eq!(printed(&format!("{unary}a.b:c(d)[e]")), printed(&format!("{unary}(a.b:c(d)[e])")));
    }
}

#[test]
fn the_examples_of_the_dialect() {
    for (written, grouped) in [
        ("6 & 3 == 2", "(6 & 3) == 2"),
        ("1 | 2 ^^ 3", "(1 | 2) ^^ 3"),
        ("4 | 1 & 2", "(4 | 1) & 2"),
        ("1 << 2 + 1", "(1 << 2) + 1"),
        ("-2^2", "-(2^2)"),
        ("~2^2", "~(2^2)"),
        ("2^-3^2", "2^(-(3^2))"),
        ("not a == b", "(not a) == b"),
        ("!a and b or c", "((!a) and b) or c"),
        ("a .. b .. c == d", "(a .. (b .. c)) == d"),
        ("a .. 1 + 2", "a .. (1 + 2)"),
        ("a < b == c", "(a < b) == c"),
    ] {
        assert_eq!(printed(written), printed(grouped));
    }
}

#[test]
fn operators_are_those_that_are_written() {
    insta::assert_snapshot!(
        printed("a&b, a|b, a^^b, a<<b, a>>b, a\\b, a!=b, a~=b, ~a, !a, not a, #a, - -a, a+b, a*b, -a~=~b, !~#a"),
        @"(return (BitAnd a b) (BitOr a b) (BitXor a b) (ShiftLeft a b) (ShiftRight a b) (FloorDivide a b) (NotEqual a b) (NotEqual a b) (BitNot a) (Not a) (Not a) (Length a) (Negate (Negate a)) (Add a b) (Multiply a b) (NotEqual (Negate a) (BitNot b)) (Not (BitNot (Length a))))"
    );
}

#[test]
fn operator_spans_are_those_of_the_source() {
    let source = "return a ^^ b << c != ~d \\ !e & -f and not g";
    let parsed = invariants::check(source);
    let mut texts: Vec<(u32, &str)> = parsed
        .tree
        .expressions()
        .filter_map(|(_, expression)| match expression.kind {
            ExpressionKind::Binary { operator_span, .. } | ExpressionKind::Unary { operator_span, .. } => {
                Some((operator_span.start, operator_span.text(source)))
            }
            _ => None,
        })
        .collect();
    texts.sort_unstable();
    let texts: Vec<_> = texts.into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["^^", "<<", "!=", "~", "\\", "!", "&", "-", "and", "not"]);
}

/// Whatever text stands at an expression's span is that expression: on its own it gives the same tree.
#[test]
fn the_text_of_an_expression_parses_as_that_expression() {
    let mut count = 0;
    for script in crate::scripts::real_scripts() {
        let (source, _) = momentum_lua_analyzer::syntax::decode(script);
        let parsed = invariants::check(&source);
        if !parsed.errors.is_empty() || source.len() > 6000 {
            continue;
        }
        // The target of `function a:b` is written with a colon, which is no expression.
        let targets: std::collections::HashSet<_> = parsed
            .tree
            .statements()
            .filter_map(|(_, statement)| match statement.kind {
                StatementKind::Function { target, .. } => Some(target),
                _ => None,
            })
            .collect();
        for (id, expression) in parsed.tree.expressions().filter(|(id, _)| !targets.contains(id)) {
            // Functions may use `...` and lines that begin with `(`; each text stands in a place like its own.
            let alone = format!("return {}", expression.span.text(&source));
            let again = invariants::check(&alone);
            assert_eq!(again.errors, [], "{alone}");
            let expected = format!("(return {})", print::expression(&parsed.tree, id));
            assert_eq!(print::tree(&again.tree), expected, "{alone}");
            count += 1;
        }
    }
    assert!(count > 400, "{count}");
}

#[test]
fn spans_reach_to_the_closing_bracket() {
    let source = "x = ( t[k] )[ (1) ].y:z{1}'s' (2)";
    let parsed = invariants::check(&format!("{source}\n"));
    assert_eq!(parsed.errors, []);
    let mut texts: Vec<_> =
        parsed.tree.expressions().map(|(_, expression)| expression.span.text(source)).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(
        texts,
        [
            "'s'",
            "( t[k] )",
            "( t[k] )[ (1) ]",
            "( t[k] )[ (1) ].y",
            "( t[k] )[ (1) ].y:z{1}",
            "( t[k] )[ (1) ].y:z{1}'s'",
            "( t[k] )[ (1) ].y:z{1}'s' (2)",
            "(1)",
            "1",
            "2",
            "k",
            "t",
            "t[k]",
            "x",
            "{1}",
        ]
    );
}

#[test]
fn statements_and_blocks_know_their_places() {
    let source = "if a then b() elseif c then d() -- e\nelse f() end\nlocal function g(h, ...) return h end;\n\
                  function i.j:k() end repeat l() until m for n = 1, 2 do break end";
    let parsed = invariants::check(source);
    assert_eq!(parsed.errors, []);
    let tree = &parsed.tree;
    let statements: Vec<_> =
        tree.root().statements.iter().map(|&id| tree.statement(id).span.text(source)).collect();
    assert_eq!(
        statements,
        [
            "if a then b() elseif c then d() -- e\nelse f() end",
            "local function g(h, ...) return h end",
            "function i.j:k() end",
            "repeat l() until m",
            "for n = 1, 2 do break end",
        ]
    );
    let mut blocks: Vec<_> = tree.blocks().map(|(_, block)| block.span).collect();
    blocks.sort_unstable();
    let blocks: Vec<_> = blocks.iter().skip(1).map(|span| span.text(source)).collect();
    assert_eq!(blocks, [" b() ", " d() -- e\n", " f() ", " return h ", " ", " l() ", " break "]);
    let function = tree.functions().next().unwrap().1;
    assert_eq!(function.parameters_span.text(source), "(h, ...)");
    assert_eq!(function.vararg.unwrap().text(source), "...");
    assert_eq!(function.end.text(source), "end");
    assert_eq!(function.keyword.text(source), "function");
}
