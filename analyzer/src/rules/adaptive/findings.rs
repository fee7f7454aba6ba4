//! From what is wrong with rules to findings.

use crate::adaptive::{Problem, TextProblem};
use crate::diagnostic::Edit;
use crate::project::{Place, RegisteredRules, Script};
use crate::rules::Report;
use crate::syntax::Span;
use std::cmp::Ordering;

/// Reports a problem, if it stands in the file that is checked.
pub(super) fn report_problem(script: &Script<'_>, problem: &Problem<Place>, report: &mut Report<'_>) {
    let place = &problem.place;
    let (file, mut span, is_verbatim) = match &problem.range {
        Some(range) => place.part(script.project(), range),
        None => (place.file, place.span, true),
    };
    if file != script.id() {
        return;
    }
    if problem.at_start {
        span = opening(script, span);
    }
    let mut finding = report.at(span, problem.message.as_str());
    finding.severity(problem.severity);
    if let Some(page) = &problem.page {
        finding.page(page.as_str());
    }
    if let Some((place, message)) = &problem.related {
        finding.related_in(place.file, place.span, message.as_str());
    }
    if let Some(correction) = problem.correction.as_ref().filter(|_| is_verbatim) {
        finding.safe_fix(title(correction), vec![Edit::replace(span, correction.as_str())]);
    }
}

fn title(correction: &str) -> String {
    match correction {
        " " => "Write a plain space".to_owned(),
        _ => format!("Write `{}`", correction.trim()),
    }
}

/// The first character of a table: what is missing in a long one shall not mark all of it.
fn opening(script: &Script<'_>, span: Span) -> Span {
    let first = script.text_at(span).chars().next().map_or(0, char::len_utf8);
    Span::new(span.start, span.start + crate::syntax::offset_u32(first))
}

/// Where a part of a configuration's word stands; all of it where the word is not written letter for letter.
pub(super) fn in_word(
    text: &str,
    word: &crate::configuration::ecelerity::Word,
    problem: &TextProblem,
) -> std::ops::Range<usize> {
    let raw = word.raw_range(text);
    let is_verbatim = text.get(raw.clone()) == Some(word.text.as_str());
    if is_verbatim && problem.range.start < problem.range.end {
        raw.start + problem.range.start..raw.start + problem.range.end
    } else {
        word.range.clone()
    }
}

/// Whether two registrations are one call, seen with different arguments.
pub(super) fn is_same_call(one: &RegisteredRules, other: &RegisteredRules) -> bool {
    one.file == other.file && one.span == other.span
}

/// Whether the first is registered before or after the other; `None` where that is not known.
pub(super) fn order(one: &RegisteredRules, other: &RegisteredRules) -> Option<Ordering> {
    if one.file == other.file {
        return Some(one.span.cmp(&other.span));
    }
    if one.built_in || other.built_in {
        return Some(if one.built_in { Ordering::Less } else { Ordering::Greater });
    }
    Some(one.order?.cmp(&other.order?))
}
