//! What is wrong with rules.

use crate::diagnostic::Severity;
use momentum_lua_stub_reader::model::Text;
use std::ops::Range;

/// Something that is wrong with rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem<P = ()> {
    /// The node that is wrong.
    pub place: P,
    /// The bytes of the node's text that are wrong; `None` is all of it.
    pub range: Option<Range<usize>>,
    /// The node is a table that lacks something: its opening says so well enough.
    pub at_start: bool,
    /// How bad it is.
    pub severity: Severity,
    /// What it means for delivery, without a full stop.
    pub message: String,
    /// What should stand in place of the range, where that is plain.
    pub correction: Option<String>,
    /// Another place that belongs to it, and what it has to do with it.
    pub related: Option<(P, String)>,
    /// Page of the public documentation.
    pub page: Option<Text>,
}

/// Something that is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextProblem {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What should stand in place of the range, where that is plain.
    pub correction: Option<String>,
}

impl TextProblem {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), correction: None }
    }

    pub(super) fn corrected(mut self, correction: impl Into<String>) -> Self {
        self.correction = Some(correction.into());
        self
    }
}
