//! The words of the language.

use super::item::{Insertion, Item, ItemKind, Rank};

fn word(word: &str) -> Item {
    Item::new(word, ItemKind::Keyword)
}

fn words<'w>(words: &'w [&'w str]) -> impl Iterator<Item = Item> + 'w {
    words.iter().map(|one| word(one))
}

fn frame(label: &str, insertion: Insertion) -> Item {
    Item { insertion, rank: Rank::Rare, ..Item::new(label, ItemKind::Snippet) }
}

/// Words that begin or end a statement, and statements to fill in.
pub(super) fn statements() -> Vec<Item> {
    let plain = [
        "break", "do", "else", "elseif", "end", "for", "function", "if", "local", "repeat", "return",
        "until", "while",
    ];
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

/// Words that may follow a value.
pub(super) fn continuations() -> Vec<Item> {
    words(&["and", "or", "then", "do", "end", "else", "elseif", "until", "in", "return"]).collect()
}

/// What may follow `local` and is no new name.
pub(super) fn after_local() -> Vec<Item> {
    vec![word("function")]
}
