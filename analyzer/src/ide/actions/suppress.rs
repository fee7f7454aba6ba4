//! Comments that suppress a finding, with room for the reason.

use super::{Action, ActionKind};
use crate::diagnostic::{Diagnostic, Edit};
use crate::project::Script;
use crate::syntax::{Comment, Span, TokenKind};

/// What stands where the reason belongs.
const REASON: &str = " -- because …";

/// Ways to suppress a finding: in its line, in the file.
#[must_use]
pub fn suppressions(script: &Script<'_>, finding: &Diagnostic) -> Vec<Action> {
    let code = finding.code.as_str();
    // What does not load cannot be argued away, and an unused comment is deleted.
    if matches!(code, "syntax" | "unused-suppression") {
        return Vec::new();
    }
    let action = |title: String, edit: Edit| Action { title, kind: ActionKind::QuickFix, edits: vec![edit] };
    let line = for_line(script, finding.span.start, code);
    let line = line.map(|edit| action(format!("Disable `{code}` for this line, with a reason"), edit));
    let file = action(format!("Disable `{code}` for this file, with a reason"), for_file(script, code));
    line.into_iter().chain([file]).collect()
}

fn for_line(script: &Script<'_>, offset: u32, code: &str) -> Option<Edit> {
    let (lines, text) = (script.lines(), script.text());
    let line = lines.line(offset);
    let span = lines.line_span(line, text);
    // A comment that does so already, in the line or above it, takes one more code.
    let here = comment_of(script, span, "disable-line");
    let above = line
        .checked_sub(1)
        .and_then(|above| comment_of(script, lines.line_span(above, text), "disable-next-line"));
    if let Some(comment) = here.or(above) {
        return Some(Edit::insert(end_of_codes(script, comment), format!(", {code}")));
    }
    if !in_string(script, span.start) {
        let written = span.text(text);
        let indent = written.get(..written.len() - written.trim_start().len()).unwrap_or_default();
        let comment = format!("{indent}---@diagnostic disable-next-line: {code}{REASON}\n");
        return Some(Edit::insert(span.start, comment));
    }
    let end = span.start + u32::try_from(span.text(text).trim_end().len()).ok()?;
    let free = !in_string(script, end) && script.parsed().comment_at(end).is_none();
    free.then(|| Edit::insert(end, format!(" ---@diagnostic disable-line: {code}{REASON}")))
}

fn for_file(script: &Script<'_>, code: &str) -> Edit {
    let (lines, text) = (script.lines(), script.text());
    let first = u32::from(text.starts_with('#'));
    let start = lines.line_span(first, text).start;
    match comment_of(script, lines.line_span(first, text), "disable") {
        Some(comment) => Edit::insert(end_of_codes(script, comment), format!(", {code}")),
        None => Edit::insert(start, format!("---@diagnostic disable: {code}{REASON}\n")),
    }
}

/// The comment of a line that begins `---@diagnostic ACTION: ` and names codes.
fn comment_of(script: &Script<'_>, line: Span, action: &str) -> Option<Comment> {
    let mut comments = script.parsed().comments.iter().copied();
    comments.find(|comment| {
        let words = script.text_at(comment.span).trim_start_matches('-').trim_start();
        let codes = words
            .strip_prefix("@diagnostic")
            .and_then(|rest| rest.trim_start().strip_prefix(action)?.strip_prefix(':'));
        line.covers(comment.span) && !comment.long && codes.is_some_and(|codes| !codes.trim().is_empty())
    })
}

/// Behind the last code, before the reason.
fn end_of_codes(script: &Script<'_>, comment: Comment) -> u32 {
    let text = script.text_at(comment.span);
    let marks = text.len() - text.trim_start_matches('-').len();
    let codes = text.get(marks..).unwrap_or_default();
    let codes = codes.split("--").next().unwrap_or_default().trim_end();
    comment.span.start + u32::try_from(marks + codes.len()).unwrap_or(0)
}

fn in_string(script: &Script<'_>, offset: u32) -> bool {
    let tokens = &script.parsed().tokens;
    let index = tokens.partition_point(|token| token.span.start < offset);
    let around = index.checked_sub(1).and_then(|index| tokens.get(index));
    let in_comment = script
        .parsed()
        .comments
        .iter()
        .any(|comment| comment.long && comment.span.start < offset && offset < comment.span.end);
    in_comment || around.is_some_and(|token| token.kind == TokenKind::String && offset < token.span.end)
}
