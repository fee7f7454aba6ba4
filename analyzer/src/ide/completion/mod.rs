//! What may stand at the cursor: one file for each kind of place.
//!
//! Everything comes from the analysis as it is kept, of code that is just being written and mostly broken: `place` looks
//! at tokens first and asks the tree only for what it needs.

mod comments;
mod context_variables;
mod cursor;
mod definition;
pub mod documentation;
mod expected;
mod headers;
mod item;
mod keywords;
mod macros;
mod members;
mod modules;
mod names;
mod place;
pub mod server_configuration;
mod table_keys;
mod texts;
pub mod toml;
mod used_texts;

pub use item::{Insertion, Item, ItemKind, Rank, Subject};

use crate::project::Script;
use crate::syntax::Span;
use cursor::Cursor;
use place::Place;

/// More items than this are cut to those that begin as the typed word does, and then to the best.
const MOST_ITEMS: usize = 600;

/// What may stand at a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Completion {
    /// The items, the best first.
    pub items: Vec<Item>,
    /// The range that an item replaces: the word that the cursor stands in.
    pub replace: Span,
    /// There are more items: they have to be asked for again when another character is typed.
    pub incomplete: bool,
}

/// Characters after which an editor should ask without being told: those behind which a name of the API stands.
pub const TRIGGERS: &[char] = &['.', ':', '"', '\'', '{', '%', '@', '/'];

/// What may stand at `offset` of a script. `trigger` is the character whose typing alone made the editor ask; most of
/// them mean something only in strings and comments.
#[must_use]
pub fn complete(script: &Script<'_>, offset: u32, trigger: Option<char>) -> Completion {
    let (place, word) = place::at(script, offset);
    let answers = match trigger {
        None => true,
        Some('.' | ':') => !matches!(place, Place::Value | Place::Statement | Place::Continuation),
        Some(_) => matches!(place, Place::Text { .. } | Place::Comment(_)),
    };
    if !answers {
        return Completion::default();
    }
    let cursor = Cursor::new(script, offset, word);
    let (items, replace) = match place {
        Place::Comment(comment) => comments::items(&cursor, comment),
        Place::Text { token, expression } => texts::items(&cursor, token, expression),
        Place::Member { base, separator } => {
            let mut items = members::items(&cursor, base, separator);
            items.extend(definition::assignments(&cursor, base, separator));
            (items, word)
        }
        Place::Definition { base, separator } => (definition::items(&cursor, base, separator), word),
        Place::FunctionName => (names::tables(&cursor), word),
        Place::NewName { local: true } => (keywords::after_local(), word),
        Place::Parameter(function) => (definition::parameters(&cursor, function), word),
        Place::Value => {
            let mut items = table_keys::items(&cursor);
            items.extend(expected::values(&cursor));
            items.extend(names::items(&cursor));
            items.extend(keywords::values());
            (items, word)
        }
        Place::Statement => {
            let mut items = names::items(&cursor);
            items.extend(keywords::statements(&cursor));
            (items, word)
        }
        Place::Continuation => (keywords::continuations(&cursor), word),
        Place::NewName { local: false } | Place::Nothing => (Vec::new(), word),
    };
    let typed = Span::new(replace.start, offset.max(replace.start)).text(script.text());
    finished(items, replace, typed, cursor.is_crowded.get())
}

/// Puts items in order and leaves out what comes twice or too late. `is_crowded` says that some were left out already.
fn finished(mut items: Vec<Item>, replace: Span, typed: &str, is_crowded: bool) -> Completion {
    items.sort_by(|a, b| (a.rank, a.order, &a.label).cmp(&(b.rank, b.order, &b.label)));
    let mut taken = rustc_hash::FxHashSet::default();
    let is_first: Vec<bool> =
        items.iter().map(|item| taken.insert((item.label.as_str(), item.kind as u8))).collect();
    let mut is_first = is_first.into_iter();
    items.retain(|_| is_first.next().unwrap_or(true));
    let incomplete = is_crowded || items.len() > MOST_ITEMS;
    if incomplete {
        items.retain(|item| is_near(item.filter_text(), typed));
        items.truncate(MOST_ITEMS);
    }
    Completion { items, replace, incomplete }
}

/// Whether the letters of a word stand in a text in their order, as editors compare them.
fn is_near(text: &str, typed: &str) -> bool {
    let mut rest = text.chars().map(|c| c.to_ascii_lowercase());
    typed.chars().all(|c| rest.any(|other| other == c.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests;
