//! What the last run met, as findings.

use momentum_lua_analyzer::syntax::{LineIndex, Span};
use tower_lsp::lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range, Url,
};

use crate::diagnostics::SOURCE;
use crate::execution::notes::ProblemKind;
use crate::execution::{Ran, RunResult};
use crate::world::World;

/// What the last run met in a file.
pub(crate) fn found(world: &World, url: &Url) -> Vec<Diagnostic> {
    let path = world.path_of(url);
    let Some(result) = world.results.in_file(&path) else { return Vec::new() };
    let Some(text) = world.text_or_disk(&path) else { return Vec::new() };
    let lines = LineIndex::new(&text);
    let problems = result.problems(&path, &text).into_iter().map(|(line, problem)| {
        let related = problem.calls.iter().skip(1).filter_map(|(file, line, what)| {
            let uri = world.url_of(file)?;
            let start = tower_lsp::lsp_types::Position::new(line.checked_sub(1)?, 0);
            Some(DiagnosticRelatedInformation {
                location: Location { uri, range: Range { start, end: start } },
                message: format!("called {what}"),
            })
        });
        let related: Vec<_> = if world.client.related_information { related.collect() } else { Vec::new() };
        let stale = if result.is_stale() { "\nThe text has changed since that run." } else { "" };
        Diagnostic {
            range: world.client.positions.range(content(line, &lines, &text), &lines, &text),
            severity: Some(severity(problem.kind, result.is_stale())),
            code: Some(NumberOrString::String(problem.kind.code().to_owned())),
            source: Some(SOURCE.to_owned()),
            message: format!("{}{}{stale}", problem.message, sessions(result, &problem.sessions)),
            related_information: (!related.is_empty()).then_some(related),
            ..Diagnostic::default()
        }
    });
    problems.collect()
}

fn severity(kind: ProblemKind, stale: bool) -> DiagnosticSeverity {
    match kind {
        _ if stale => DiagnosticSeverity::INFORMATION,
        ProblemKind::Unanswered => DiagnosticSeverity::INFORMATION,
        ProblemKind::Error | ProblemKind::Crash | ProblemKind::Stopped => DiagnosticSeverity::ERROR,
    }
}

/// The sessions in which it happened, where not all of them.
fn sessions(result: &RunResult, sessions: &[usize]) -> String {
    if result.ran.len() == 1 {
        return String::new();
    }
    let names: Vec<&str> = sessions
        .iter()
        .filter_map(|&session| result.ran.get(session))
        .map(|ran: &Ran| ran.name.as_str())
        .collect();
    format!("\nIn: {}", names.join(", "))
}

/// A line without the blanks around it.
pub(super) fn content(line: u32, lines: &LineIndex, text: &str) -> Span {
    let span = lines.line_span(line, text);
    let whole = span.text(text);
    let blank = whole.len() - whole.trim_start().len();
    let start = span.start + u32::try_from(blank).unwrap_or(0);
    Span::new(start, (span.start + u32::try_from(whole.trim_end().len()).unwrap_or(0)).max(start))
}
