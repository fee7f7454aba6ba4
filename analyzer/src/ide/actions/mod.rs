//! Changes that an editor offers at a place: one file for each kind. Fixes of findings are in the findings themselves.

mod extract;
mod notation;
mod organize;
mod require;
mod suppress;

pub use organize::organize_requires;
pub use suppress::suppressions;

use crate::diagnostic::Edit;
use crate::project::Script;
use crate::syntax::Span;

/// A change that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does, in the imperative.
    pub title: String,
    /// Of which kind it is.
    pub kind: ActionKind,
    /// Changes of the script; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Kinds of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Mends something.
    QuickFix,
    /// Takes code out into a function of its own.
    Extract,
    /// Writes the same in another way.
    Rewrite,
}

/// The changes that are offered where `selection` stands.
#[must_use]
pub fn actions(script: &Script<'_>, selection: Span) -> Vec<Action> {
    let mut actions = Vec::new();
    actions.extend(require::missing(script, selection));
    // What does not load is no ground for changes that go by the meaning.
    if script.parsed().errors.is_empty() {
        actions.extend(notation::convert(script, selection));
        actions.extend(extract::body(script, selection));
    }
    actions
}

#[cfg(test)]
mod tests;
