//! What a completion offers.

use crate::diagnostic::Edit;
use crate::syntax::Span;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Something that may stand at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What the list shows, and what is inserted where `insertion` says nothing else.
    pub label: String,
    /// What typed characters are compared with, where that is not the label.
    pub filter: Option<String>,
    /// What it is.
    pub kind: ItemKind,
    /// What stands right behind the label: the parameters of a function.
    pub parameters: Option<String>,
    /// A word or two of explanation: the class that it belongs to, its type, what it is not fit for.
    pub detail: Option<String>,
    /// What is inserted.
    pub insertion: Insertion,
    /// The range that is replaced, where it is another one than that of the completion.
    pub replace: Option<Span>,
    /// Further edits, which do not touch the range that is replaced.
    pub edits: Vec<Edit>,
    /// Where it stands in the list.
    pub rank: Rank,
    /// The order among items of the same rank; where it is equal, the label decides.
    pub order: u32,
    /// It is on its way out.
    pub deprecated: bool,
    /// What [`super::documentation::document`] knows more about.
    pub subject: Option<Subject>,
}

impl Item {
    /// An item that inserts its label.
    pub(super) fn new(label: impl Into<String>, kind: ItemKind) -> Self {
        let label = label.into();
        Self {
            insertion: Insertion::text(label.clone()),
            label,
            filter: None,
            kind,
            parameters: None,
            detail: None,
            replace: None,
            edits: Vec::new(),
            rank: Rank::Usual,
            order: 0,
            deprecated: false,
            subject: None,
        }
    }

    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    pub(super) fn rank(mut self, rank: Rank) -> Self {
        self.rank = rank;
        self
    }

    pub(super) fn order(mut self, order: usize) -> Self {
        self.order = u32::try_from(order).unwrap_or(u32::MAX);
        self
    }

    pub(super) fn subject(mut self, subject: Subject) -> Self {
        self.subject = Some(subject);
        self
    }

    /// Inserts that text.
    pub(super) fn inserting(mut self, text: impl Into<String>) -> Self {
        self.insertion = Insertion::text(text);
        self
    }

    /// The text that typed characters are compared with.
    #[must_use]
    pub fn filter_text(&self) -> &str {
        self.filter.as_deref().unwrap_or(&self.label)
    }
}

/// What an item is, in the words that editors have icons for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named for what they are")]
pub enum ItemKind {
    Method,
    Function,
    Callout,
    Field,
    Variable,
    Parameter,
    Constant,
    Class,
    Module,
    Keyword,
    Value,
    File,
    Option,
    Stanza,
    Snippet,
}

/// Where an item stands in the list, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Just what belongs there: a constant that the parameter takes.
    Fitting,
    /// Near at hand: locals.
    Near,
    /// All others.
    Usual,
    /// Possible, and seldom meant: the C API, hooks of other modules.
    Rare,
    /// Documented for other callouts.
    Misplaced,
    /// On its way out.
    Deprecated,
    /// Not in the version that the policy is for.
    Unavailable,
}

/// A text with places that an editor leads through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Insertion {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// A place to fill in, with what stands there before.
    Stop(String),
    /// Where the cursor is in the end.
    End,
}

impl Insertion {
    /// A text without places.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Text(text.into())] }
    }

    pub(super) fn then(mut self, text: impl Into<String>) -> Self {
        self.pieces.push(Piece::Text(text.into()));
        self
    }

    pub(super) fn stop(mut self, default: impl Into<String>) -> Self {
        self.pieces.push(Piece::Stop(default.into()));
        self
    }

    pub(super) fn end(mut self) -> Self {
        self.pieces.push(Piece::End);
        self
    }

    /// Whether an editor that knows snippets does more with it than to insert it.
    #[must_use]
    pub fn has_stops(&self) -> bool {
        self.pieces.iter().any(|piece| !matches!(piece, Piece::Text(_)))
    }

    /// As it reads without places.
    #[must_use]
    pub fn plain(&self) -> String {
        let texts = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) | Piece::Stop(text) => text.as_str(),
            Piece::End => "",
        });
        texts.collect()
    }

    /// In the notation of snippets that editors share.
    #[must_use]
    pub fn snippet(&self) -> String {
        let mut snippet = String::new();
        let mut number = 0;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => snippet.push_str(&escaped(text)),
                Piece::Stop(default) => {
                    number += 1;
                    let _ = match default.is_empty() {
                        true => write!(snippet, "${number}"),
                        false => write!(snippet, "${{{number}:{}}}", escaped(default)),
                    };
                }
                Piece::End => snippet.push_str("$0"),
            }
        }
        snippet
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// What an item is about, in words that outlive the analysis: an editor hands it back to ask for the documentation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A member of the API: the table or class (empty for a global) and its name there.
    Member(String, String),
    /// A callout or hook.
    Hook(String),
    /// A module.
    Module(String),
    /// A macro, by its syntax.
    Macro(String),
    /// A context variable: its dictionary and its name.
    ContextVariable(String, String),
    /// An option of the server's configuration: a stanza that takes it and its name.
    Option(String, String),
    /// A stanza of the server's configuration.
    Stanza(String),
    /// A rule, by its code.
    Rule(String),
    /// Something that is told in a sentence.
    Words(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_are_escaped() {
        let insertion = Insertion::text("a{$}\\(").stop("x}").then(", ").stop("").then(")").end();
        assert_eq!(insertion.snippet(), "a{\\$\\}\\\\(${1:x\\}}, $2)$0");
        assert_eq!(insertion.plain(), "a{$}\\(x}, )");
        assert!(!Insertion::text("a").has_stops());
    }
}
