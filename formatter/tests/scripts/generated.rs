//! Scripts that nobody would write: every construct inside every other, comments and blanks anywhere between.

use proptest::prelude::*;

/// Tokens with what stands between them.
type Pieces = Vec<String>;

fn one(text: &str) -> Pieces {
    vec![text.to_owned()]
}

fn join(parts: impl IntoIterator<Item = Pieces>) -> Pieces {
    parts.into_iter().flatten().collect()
}

fn name() -> impl Strategy<Value = Pieces> {
    prop::sample::select(vec!["a", "b", "msg", "vctx", "a_name_that_is_rather_long", "continue"])
        .prop_map(one)
}

fn literal() -> impl Strategy<Value = Pieces> {
    prop::sample::select(vec![
        "nil",
        "true",
        "0",
        "0660",
        "0x1F",
        ".5",
        "3.",
        "1e3",
        "\"a'b\"",
        "'it\\'s \"'",
        "'\\\"'",
        "\"\\u00a3\\d\"",
        "'\\x41\\65'",
        "'a\\\nb'",
        "[[\nlong]]",
        "[==[ ]] ]==]",
        "\"\\q\\z\\0\"",
        "'é日'",
        "{}",
    ])
    .prop_map(one)
}

fn binary() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "+", "-", "*", "/", "%", "^", "..", "==", "~=", "!=", "<", "<=", ">", ">=", "and", "or", "&", "|",
        "^^", "<<", ">>", "\\",
    ])
}

fn expression() -> impl Strategy<Value = Pieces> {
    prop_oneof![name(), literal()].prop_recursive(4, 24, 4, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..4).prop_map(|items| {
            join(items.into_iter().enumerate().map(|(at, item)| if at == 0 { item } else { join([one(","), item]) }))
        });
        prop_oneof![
            3 => (inner.clone(), binary(), inner.clone()).prop_map(|(a, op, b)| join([a, one(op), b])),
            2 => (prop::sample::select(vec!["-", "not", "!", "~", "#"]), inner.clone())
                .prop_map(|(op, a)| join([one(op), a])),
            2 => inner.clone().prop_map(|a| join([one("("), a, one(")")])),
            2 => (name(), list.clone()).prop_map(|(f, list)| join([f, one("("), list, one(")")])),
            1 => (name(), name(), list.clone())
                .prop_map(|(a, b, list)| join([a, one(":"), b, one("("), list, one(")")])),
            1 => (name(), inner.clone()).prop_map(|(a, key)| join([a, one("["), key, one("]")])),
            1 => (name(), name()).prop_map(|(a, b)| join([a, one("."), b])),
            1 => (inner.clone(), name()).prop_map(|(a, b)| join([one("("), a, one(")"), one("."), b])),
            1 => name().prop_map(|f| join([f, one("'text'")])),
            1 => (list.clone(), prop::sample::select(vec![",", ";", ""])).prop_map(|(list, end)| {
                let end = if list.is_empty() { "" } else { end };
                join([one("{"), list, one(end), one("}")])
            }),
            1 => (name(), inner.clone(), inner.clone()).prop_map(|(key, a, b)| {
                join([one("{"), key, one("="), a, one(";"), one("["), b, one("]"), one("="), one("1"), one("}")])
            }),
            1 => list.prop_map(|list| join([one("function"), one("("), one("..."), one(")"), one("return"), list, one("end")])),
        ]
    })
}

fn statement() -> impl Strategy<Value = Pieces> {
    let e = expression;
    let simple = prop_oneof![
        (name(), e()).prop_map(|(n, v)| join([one("local"), n, one("="), v])),
        (name(), e(), e()).prop_map(|(n, k, v)| join([n, one("["), k, one("]"), one("="), v])),
        (name(), e()).prop_map(|(f, a)| join([f, one("("), a, one(")")])),
        name().prop_map(|n| join([one("local"), n, one(","), one("x"), one(";")])),
    ];
    simple.prop_recursive(3, 12, 3, move |inner| {
        let body = prop::collection::vec(inner, 0..3).prop_map(join);
        prop_oneof![
            (e(), body.clone(), body.clone())
                .prop_map(|(c, a, b)| { join([one("if"), c, one("then"), a, one("else"), b, one("end")]) }),
            (e(), body.clone()).prop_map(|(c, a)| join([
                one("while"),
                one("("),
                c,
                one(")"),
                one("do"),
                a,
                one("break"),
                one("end")
            ])),
            (e(), body.clone()).prop_map(|(c, a)| join([one("repeat"), a, one("until"), c])),
            (name(), e(), body.clone()).prop_map(|(n, v, a)| join([
                one("for"),
                n,
                one("in"),
                v,
                one("do"),
                a,
                one("end")
            ])),
            (name(), e(), body.clone()).prop_map(|(n, v, a)| join([
                one("for"),
                n,
                one("="),
                v,
                one(","),
                one("9"),
                one("do"),
                a,
                one("end")
            ])),
            (name(), body.clone()).prop_map(|(n, a)| {
                join([
                    one("function"),
                    n,
                    one(":"),
                    one("f"),
                    one("("),
                    one("x"),
                    one(")"),
                    a,
                    one("return"),
                    one("x"),
                    one("end"),
                ])
            }),
            body.prop_map(|a| join([one("do"), a, one("end"), one(";")])),
        ]
    })
}

/// What stands between two tokens. Mostly a blank: every comment makes a layout harder.
fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        30 => Just(" "),
        4 => Just("\n"),
        1 => Just("\r\n"),
        1 => Just("\n\n\n"),
        1 => Just("\t"),
    ]
}

/// What stands between two statements.
fn between() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\n",
        "\n\n",
        " ; ",
        "\n-- a comment  \n",
        " --[[ a long\r\n one ]] ",
        " -- at the end\n",
        "\n-- stylua: ignore\n",
        "\r\n",
    ])
}

/// A script.
pub(crate) fn script() -> impl Strategy<Value = String> {
    let placed = (statement(), prop::collection::vec(gap(), 64), between());
    (prop::collection::vec(placed, 1..6), prop::bool::weighted(0.2)).prop_map(|(statements, first_line)| {
        let mut text = if first_line { "#!/usr/bin/lua\n".to_owned() } else { String::new() };
        for (pieces, gaps, between) in statements {
            for (piece, gap) in pieces.iter().zip(gaps.iter().cycle()) {
                text.push_str(piece);
                text.push_str(gap);
            }
            text.push_str(between);
        }
        text
    })
}
