//! A JSON array with one object per finding. Lines and columns count from 1, columns in characters.

use momentum_lua_analyzer::diagnostic::{Fix, Safety, Severity};
use momentum_lua_analyzer::syntax::Span;
use serde::Serialize;

use crate::finding::Finding;
use crate::source::Source;

#[derive(Serialize)]
struct FindingObject<'a> {
    file: &'a str,
    #[serde(flatten)]
    range: Range,
    code: &'a str,
    severity: Severity,
    message: &'a str,
    notes: &'a [String],
    related: Vec<RelatedObject<'a>>,
    page: Option<&'a str>,
    fixes: Vec<FixObject<'a>>,
}

#[derive(Serialize)]
struct RelatedObject<'a> {
    file: &'a str,
    #[serde(flatten)]
    range: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct FixObject<'a> {
    title: &'a str,
    safety: Safety,
    edits: Vec<EditObject<'a>>,
}

#[derive(Serialize)]
struct EditObject<'a> {
    #[serde(flatten)]
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Range {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl Range {
    fn of(source: &Source, span: Span) -> Self {
        let (start, end) = (source.location(span.start), source.location(span.end));
        Self { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}

/// Renders all findings.
pub(super) fn render(findings: &[Finding]) -> String {
    let objects: Vec<FindingObject<'_>> = findings.iter().map(object).collect();
    super::json_text(&objects)
}

fn object(finding: &Finding) -> FindingObject<'_> {
    let diagnostic = &finding.diagnostic;
    let related = finding.related.iter().map(|place| RelatedObject {
        file: &place.source.path,
        range: Range::of(&place.source, place.span),
        message: &place.message,
    });
    FindingObject {
        file: &finding.source.path,
        range: Range::of(&finding.source, diagnostic.span),
        code: &diagnostic.code,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        notes: &diagnostic.notes,
        related: related.collect(),
        page: finding.page.as_deref(),
        fixes: diagnostic.fixes.iter().map(|one| fix(&finding.source, one)).collect(),
    }
}

fn fix<'a>(source: &Source, fix: &'a Fix) -> FixObject<'a> {
    let edits =
        fix.edits.iter().map(|edit| EditObject { range: Range::of(source, edit.span), text: &edit.text });
    FixObject { title: &fix.title, safety: fix.safety, edits: edits.collect() }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::findings;
    use super::*;

    #[test]
    fn every_field_is_there() {
        insta::assert_snapshot!(render(&findings()));
    }

    #[test]
    fn nothing_is_an_empty_array() {
        assert_eq!(render(&[]), "[]\n");
    }
}
