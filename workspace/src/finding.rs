//! Findings with the texts that they point into.

use std::sync::Arc;

use momentum_lua_analyzer::diagnostic::{Diagnostic, Safety};
use momentum_lua_analyzer::syntax::Span;

use crate::source::{Location, Source};

/// A finding, ready to be reported.
#[derive(Debug)]
pub struct Finding {
    /// Its file.
    pub source: Arc<Source>,
    /// What was found.
    pub diagnostic: Diagnostic,
    /// The places that belong to it; `diagnostic.related` with the files looked up.
    pub related: Vec<Place>,
    /// The address of the page that it rests on.
    pub page: Option<String>,
}

/// A place that explains a finding.
#[derive(Debug)]
pub struct Place {
    /// Its file.
    pub source: Arc<Source>,
    /// Where in it.
    pub span: Span,
    /// What it has to do with the finding.
    pub message: String,
}

impl Finding {
    /// Where it begins.
    pub fn start(&self) -> Location {
        self.source.location(self.diagnostic.span.start)
    }

    /// Where it ends: the place behind its last character.
    pub fn end(&self) -> Location {
        self.source.location(self.diagnostic.span.end)
    }

    /// The safety of the best fix, if there is one.
    pub fn fixable(&self) -> Option<Safety> {
        let fixes = &self.diagnostic.fixes;
        let safe = fixes.iter().find(|fix| fix.safety == Safety::Safe);
        safe.or(fixes.first()).map(|fix| fix.safety)
    }
}
