//! Probes: calls of the library in a lowered text that count what is executed.
//!
//! `do ("").__at(N,I) end` stands before the first statement of each line, `("").__when(N,I,E)` around each condition
//! `E`, whose value it passes on. N is the number of the text, I the place in its [`Sites`]. A probe starts with a word
//! of its own, so that it never joins the statement before it, and holds no line end. What scripts do does not change;
//! they execute more instructions.

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
    index: LineIndex,
    seen: BTreeSet<u32>,
    nested: u32,
    pub(super) sites: Sites,
}

/// Conditions in conditions that are counted: each takes room from the function that it stands in.
const DEEPEST: u32 = 6;

impl Probes {
    pub(super) fn new(number: u32, source: &str) -> Self {
        let index = LineIndex::new(source);
        Self { number, index, seen: BTreeSet::new(), nested: 0, sites: Sites::default() }
    }

    /// The probe before a statement; none where its line has one.
    pub(super) fn line(&mut self, offset: u32) -> Option<String> {
        let line = self.index.line(offset) + 1;
        if !self.seen.insert(line) {
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
        Some(format!("(\"\").__when({},{place},", self.number))
    }

    pub(super) fn close(&mut self) {
        self.nested -= 1;
    }
}
