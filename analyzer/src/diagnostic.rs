//! Findings: what a rule says about a place in a file.

use crate::file_id::FileId;
use crate::syntax::Span;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// How bad it is. Ordered from the least to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Likely wrong, or undefined behaviour.
    Warning,
    /// Breaks, crashes or never runs.
    Error,
}

impl Severity {
    /// The word that reports print.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A finding in one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The rule: `unknown-callout`, `lua/unused_variable`.
    pub code: SmolStr,
    /// How bad it is, after the project's configuration.
    pub severity: Severity,
    /// The range that is wrong.
    pub span: Span,
    /// What will happen at run time, as a sentence without its full stop.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Page of the public Momentum documentation that it rests on, below the documentation's root.
    pub page: Option<SmolStr>,
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
    /// Further notes, shown below the excerpt.
    pub notes: Vec<String>,
    /// What editors may render specially.
    pub tag: Option<Tag>,
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Its file; `None` is the file of the finding.
    pub file: Option<FileId>,
    /// The place.
    pub span: Span,
    /// What it has to do with it.
    pub message: String,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, in the imperative: "Rename to `validate_data`".
    pub title: String,
    /// Whether it may be applied without a look.
    pub safety: Safety,
    /// Changes of the finding's own file; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be applied without a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Does what the author meant.
    Safe,
    /// May change what the script does otherwise, too.
    Unsafe,
}

/// Replaces a range by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Replaces `span` by `text`.
    #[must_use]
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Puts `text` in at `offset`.
    #[must_use]
    pub fn insert(offset: u32, text: impl Into<String>) -> Self {
        Self { span: Span::empty(offset), text: text.into() }
    }
}

/// What editors may render specially.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Greyed out.
    Unnecessary,
    /// Struck through.
    Deprecated,
}
