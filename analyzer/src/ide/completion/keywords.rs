//! The words of the language.

use super::cursor::Cursor;
use super::item::{Insertion, Item, ItemKind, Rank};
use crate::syntax::{Token, TokenKind};

fn word(word: &str) -> Item {
    Item::new(word, ItemKind::Keyword)
}

fn words<'w>(words: &'w [&'w str]) -> impl Iterator<Item = Item> + 'w {
    words.iter().map(|one| word(one))
}

fn frame(label: &str, insertion: Insertion) -> Item {
    Item { insertion, rank: Rank::Rare, ..Item::new(label, ItemKind::Snippet) }
}

/// Something that was begun before the cursor and is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Function,
    /// The body of a `for` or `while`.
    Loop,
    Repeat,
    Do,
    /// The body behind a `then`.
    If,
    Else,
    /// Between `if` or `elseif` and `then`.
    Condition,
    /// Between `for` and `in` or `do`.
    ForNames,
    /// Between `in` or `while` and `do`.
    LoopHead,
    /// A parenthesis, brace or bracket.
    Bracket,
}

impl Open {
    fn is_block(self) -> bool {
        matches!(self, Open::Function | Open::Loop | Open::Repeat | Open::Do | Open::If | Open::Else)
    }
}

/// What is open behind those tokens, the innermost last. What closes nothing is passed over.
fn open_behind(tokens: &[Token]) -> Vec<Open> {
    use TokenKind as T;
    let mut open: Vec<Open> = Vec::new();
    for token in tokens {
        let last = open.last().copied();
        let within = |fits: &dyn Fn(Open) -> bool| open.iter().rposition(|&one| fits(one));
        match token.kind {
            T::Function => open.push(Open::Function),
            T::Repeat => open.push(Open::Repeat),
            T::If => open.push(Open::Condition),
            T::For => open.push(Open::ForNames),
            T::While => open.push(Open::LoopHead),
            T::LeftParen | T::LeftBrace | T::LeftBracket => open.push(Open::Bracket),
            T::RightParen | T::RightBrace | T::RightBracket if last == Some(Open::Bracket) => {
                open.pop();
            }
            T::In if last == Some(Open::ForNames) => {
                open.pop();
                open.push(Open::LoopHead);
            }
            T::Then | T::Do => {
                let (heads, body, bare): (&[Open], _, _) = match token.kind {
                    T::Then => (&[Open::Condition], Open::If, Open::If),
                    _ => (&[Open::ForNames, Open::LoopHead], Open::Loop, Open::Do),
                };
                let is_headed = last.is_some_and(|last| heads.contains(&last));
                if is_headed {
                    open.pop();
                }
                open.push(if is_headed { body } else { bare });
            }
            T::Else | T::ElseIf => {
                if let Some(at) = within(&|one| one == Open::If) {
                    open.truncate(at);
                    open.push(if token.kind == T::Else { Open::Else } else { Open::Condition });
                }
            }
            T::End | T::Until => {
                let fits = |one: Open| match token.kind {
                    T::Until => one == Open::Repeat,
                    _ => one.is_block() && one != Open::Repeat,
                };
                if let Some(at) = within(&fits) {
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    open
}

/// What is open at the cursor.
fn open_at(cursor: &Cursor<'_, '_>) -> Vec<Open> {
    let tokens = &cursor.script.parsed().tokens;
    let before = tokens.partition_point(|token| token.span.end <= cursor.word.start);
    open_behind(tokens.get(..before).unwrap_or_default())
}

/// Words that may end what is open.
fn closing(open: &[Open]) -> Vec<&'static str> {
    match open.last() {
        Some(Open::If) => vec!["else", "elseif", "end"],
        Some(Open::Repeat) => vec!["until"],
        Some(one) if one.is_block() => vec!["end"],
        _ => Vec::new(),
    }
}

/// Words that begin or end a statement at the cursor, and statements to fill in.
pub(super) fn statements(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    let open = open_at(cursor);
    let mut plain = vec!["do", "for", "function", "if", "local", "repeat", "return", "while"];
    plain.extend(closing(&open));
    let in_function = open.iter().rev().take_while(|&&one| one != Open::Function);
    if in_function.into_iter().any(|one| matches!(one, Open::Loop | Open::Repeat)) {
        plain.push("break");
    }
    let mut items: Vec<Item> = words(&plain).collect();
    let text = Insertion::text;
    items.push(frame("if … then", text("if ").stop("condition").then(" then\n\t").end().then("\nend")));
    items.push(frame(
        "for … in ipairs",
        text("for ")
            .stop("_")
            .then(", ")
            .stop("value")
            .then(" in ipairs(")
            .stop("list")
            .then(") do\n\t")
            .end()
            .then("\nend"),
    ));
    items.push(frame(
        "for … in pairs",
        text("for ")
            .stop("key")
            .then(", ")
            .stop("value")
            .then(" in pairs(")
            .stop("table")
            .then(") do\n\t")
            .end()
            .then("\nend"),
    ));
    items.push(frame(
        "local function …",
        text("local function ").stop("name").then("(").stop("").then(")\n\t").end().then("\nend"),
    ));
    items
}

/// Words that are values or begin one.
pub(super) fn values() -> Vec<Item> {
    words(&["function", "nil", "true", "false", "not"]).collect()
}

/// Words that may follow a value at the cursor.
pub(super) fn continuations(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    let open = open_at(cursor);
    let mut plain = vec!["and", "or"];
    match open.last() {
        Some(Open::Condition) => plain.push("then"),
        Some(Open::ForNames) => plain.extend(["in", "do"]),
        Some(Open::LoopHead) => plain.push("do"),
        Some(Open::Bracket) => {}
        _ => {
            plain.push("return");
            plain.extend(closing(&open));
        }
    }
    words(&plain).collect()
}

/// What may follow `local` and is no new name.
pub(super) fn after_local() -> Vec<Item> {
    vec![word("function")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    #[test]
    fn what_is_open() {
        use Open as O;
        for (text, expected) in [
            ("f(1) t[2] = { 3 }", &[][..]),
            ("if a then b() elseif c", &[O::Condition]),
            ("if a then b() else c()", &[O::Else]),
            ("if a then b() end", &[]),
            ("for i = 1, f(2)", &[O::ForNames]),
            ("for k, v in pairs(t)", &[O::LoopHead]),
            ("function f() while x do f(function()", &[O::Function, O::Loop, O::Bracket, O::Function]),
            ("repeat local a = (1", &[O::Repeat, O::Bracket]),
            ("repeat if (a then end until b", &[]),
            ("do end end )", &[]),
        ] {
            assert_eq!(open_behind(&parse(text).tokens), expected, "{text}");
        }
    }
}
