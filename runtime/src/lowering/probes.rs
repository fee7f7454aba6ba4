//! Probes: calls of the library in a lowered text that count what is executed, or tell what conditions are.
//!
//! | asked for | stands there |
//! |---|---|
//! | [`Purpose::Count`] | `do ("").__at(N,I) end` before the first statement of each line, `("").__when(N,I,E)` around each condition `E` |
//! | [`Purpose::Tell`] | `("").__tell(N,I,E,a,b)` around each condition, with the locals `a` and `b` that it reads |
//!
//! N is the number of the text, I the place in its [`Sites`]. The probe of a condition passes its value on. A probe
//! starts with a word of its own, so that it never joins the statement before it, and holds no line end. What scripts do
//! does not change; they execute more instructions.

use std::collections::BTreeSet;

use momentum_lua_analyzer::syntax::LineIndex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a text with probes counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sites {
    /// The lines, from 1, on which statements begin.
    pub lines: Vec<u32>,
    /// The conditions, in the order of the text.
    pub branches: Vec<Branch>,
    /// What is told of each of them; empty where they are only counted.
    pub told: Vec<Told>,
}

/// What a text with probes is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Lines and both ways of conditions are counted.
    Count,
    /// Conditions tell their values.
    Tell,
}

/// The words for a condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Its text, in a line; a long one is cut.
    pub text: String,
    /// The locals that it reads, whose values come along.
    pub locals: Vec<String>,
}

/// A condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its line, from 1.
    pub line: u32,
    /// What it decides.
    pub kind: BranchKind,
}

/// What a condition decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BranchKind {
    /// `if` and `elseif`.
    If,
    /// `while`.
    While,
    /// `until`.
    Until,
    /// The left side of `and`.
    And,
    /// The left side of `or`.
    Or,
}

/// What is needed to write probes.
pub(super) struct Probes {
    number: u32,
    purpose: Purpose,
    index: LineIndex,
    seen: BTreeSet<u32>,
    nested: u32,
    pub(super) sites: Sites,
}

/// Conditions in conditions that are counted: each takes room from the function that it stands in.
const DEEPEST: u32 = 6;
/// How many locals of a condition are told: they take room as well.
pub(super) const MOST_LOCALS: usize = 4;
/// How many characters of a condition are told.
const LONGEST: usize = 60;

impl Probes {
    pub(super) fn new(number: u32, purpose: Purpose, source: &str) -> Self {
        let index = LineIndex::new(source);
        Self { number, purpose, index, seen: BTreeSet::new(), nested: 0, sites: Sites::default() }
    }

    pub(super) fn tells(&self) -> bool {
        self.purpose == Purpose::Tell
    }

    /// The probe before a statement; none where its line has one.
    pub(super) fn line(&mut self, offset: u32) -> Option<String> {
        let line = self.index.line(offset) + 1;
        if self.tells() || !self.seen.insert(line) {
            return None;
        }
        let place = self.sites.lines.len();
        self.sites.lines.push(line);
        Some(format!("do (\"\").__at({},{place}) end ", self.number))
    }

    /// What opens the probe around a condition; [`Probes::close`] must follow.
    pub(super) fn open(&mut self, offset: u32, kind: BranchKind) -> Option<String> {
        if self.nested == DEEPEST {
            return None;
        }
        self.nested += 1;
        let place = self.sites.branches.len();
        self.sites.branches.push(Branch { line: self.index.line(offset) + 1, kind });
        let name = if self.tells() { "__tell" } else { "__when" };
        Some(format!("(\"\").{name}({},{place},", self.number))
    }

    /// What closes the probe of a condition.
    pub(super) fn close(&mut self) -> &'static str {
        self.nested -= 1;
        ")"
    }

    /// Keeps the words for the condition that was opened last.
    pub(super) fn tell(&mut self, text: &str, locals: &[&str]) {
        let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = words.char_indices().nth(LONGEST) {
            words.truncate(end);
            words.push('…');
        }
        let locals = locals.iter().map(|&name| name.to_owned()).collect();
        self.sites.told.push(Told { text: words, locals });
    }
}
