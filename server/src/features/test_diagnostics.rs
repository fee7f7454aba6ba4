//! The expectations of a session that did not hold in its last test, as findings.

use momentum_lua_analyzer::syntax::LineIndex;
use tower_lsp::lsp_types::{Diagnostic, DiagnosticSeverity, NumberOrString, Url};

use super::run_diagnostics::content;
use crate::diagnostics::SOURCE;
use crate::world::World;

/// What did not hold in a session file. Its text is the one that was tested, or nothing is kept.
pub(crate) fn found(world: &World, url: &Url) -> Vec<Diagnostic> {
    let path = world.path_of(url);
    let Some(failures) = world.tests.failures(&path) else { return Vec::new() };
    let Some(text) = world.text_or_disk(&path) else { return Vec::new() };
    let lines = LineIndex::new(&text);
    let found = failures.iter().map(|failure| {
        let last = u32::try_from(text.lines().count()).unwrap_or(u32::MAX).saturating_sub(1);
        let line = failure.line.saturating_sub(1).min(last);
        Diagnostic {
            range: world.client.positions.range(content(line, &lines, &text), &lines, &text),
            severity: Some(DiagnosticSeverity::ERROR),
            code: Some(NumberOrString::String(failure.code.to_owned())),
            source: Some(SOURCE.to_owned()),
            message: failure.message.clone(),
            ..Diagnostic::default()
        }
    });
    found.collect()
}
