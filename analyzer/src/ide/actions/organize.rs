//! Puts the `require`s at the top of a script in order.

use crate::diagnostic::Edit;
use crate::project::Script;
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind, StatementKind};
use std::cmp::Ordering;

/// The edits that put the `require`s of each block of lines in order: `msys.core` first, then the other modules of the
/// server by name, then those of the project as they stand, since one of them may need what another has set up. Comments
/// stay with the line below or beside them. A module that is required twice for its effect alone is required once.
#[must_use]
pub fn organize_requires(script: &Script<'_>) -> Vec<Edit> {
    if !script.parsed().errors.is_empty() {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut block: Vec<Line> = Vec::new();
    let tree = script.tree();
    for &statement in &tree.root().statements {
        let statement = tree.statement(statement);
        let line = line_of(script, statement.span, &statement.kind);
        let goes_on =
            line.as_ref().is_some_and(|line| block.last().is_none_or(|last| last.next == line.first));
        if !goes_on {
            edits.extend(ordered(script, &block));
            block.clear();
        }
        block.extend(line);
    }
    edits.extend(ordered(script, &block));
    edits
}

/// A `require` in a line of its own.
#[derive(Clone)]
struct Line {
    module: String,
    /// The variable that it is assigned to.
    local: Option<String>,
    group: Group,
    /// The first line, that of the comments above it, and the line behind.
    first: u32,
    next: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Core,
    Server,
    /// A module of the project, or one that does more than to be there.
    Fixed,
}

fn line_of(script: &Script<'_>, span: Span, kind: &StatementKind) -> Option<Line> {
    let (value, local) = match kind {
        StatementKind::Call(call) => (*call, None),
        StatementKind::Local { names, values } => match (&**names, &**values) {
            ([name], [value]) => (*value, Some(name.text.to_string())),
            _ => return None,
        },
        _ => return None,
    };
    let module = required(script, value)?;
    let (lines, text) = (script.lines(), script.text());
    let (start, end) = (lines.line(span.start), lines.line(span.end));
    let around = |from: u32, to: u32| Span::new(from, to).text(text).trim();
    let before = around(lines.line_span(start, text).start, span.start);
    let behind = around(span.end, lines.line_span(end, text).end);
    if !before.is_empty()
        || !(behind.is_empty() || behind == ";" || behind.starts_with("--"))
        || behind.starts_with("--[")
    {
        return None;
    }
    let mut first = start;
    for comment in script.parsed().comments.iter().rev().filter(|comment| comment.span.end <= span.start) {
        let line = lines.line_span(lines.line(comment.span.start), text);
        let alone = around(line.start, comment.span.start).is_empty();
        // A comment at the top of the file speaks of the file.
        if !alone
            || comment.long
            || lines.line(comment.span.end) + 1 != first
            || lines.line(comment.span.start) == 0
        {
            break;
        }
        first = lines.line(comment.span.start);
    }
    let known = script.api().module(&module);
    let group = match known {
        _ if module == "msys.core" => Group::Core,
        Some(known) if known.effect.is_none() && known.source.is_empty() => Group::Server,
        _ => Group::Fixed,
    };
    Some(Line { module, local, group, first, next: end + 1 })
}

/// The module that `require("…")` names.
fn required(script: &Script<'_>, expression: ExpressionId) -> Option<String> {
    let tree = script.tree();
    let ExpressionKind::Call(call) = &tree.expression(expression).kind else { return None };
    let is_require =
        matches!(&tree.expression(call.callee).kind, ExpressionKind::Name(name) if name == "require");
    match &*call.arguments {
        [argument]
            if is_require && call.method.is_none() && script.scopes().resolve(call.callee).is_none() =>
        {
            tree.string(*argument).map(str::to_owned)
        }
        _ => None,
    }
}

/// The edit of one block.
fn ordered(script: &Script<'_>, block: &[Line]) -> Option<Edit> {
    let (first, last) = (block.first()?, block.last()?);
    let names: Vec<&String> = block.iter().filter_map(|line| line.local.as_ref()).collect();
    let twice =
        names.iter().enumerate().any(|(index, name)| names.iter().skip(index + 1).any(|other| other == name));
    if twice {
        return None;
    }
    let mut lines: Vec<Line> = Vec::new();
    for line in block {
        let again = line.local.is_none() && lines.iter().any(|known| known.module == line.module);
        if !again || has_comment(script, line) {
            lines.push(line.clone());
        }
    }
    lines.sort_by(|a, b| match a.group.cmp(&b.group) {
        Ordering::Equal if a.group == Group::Server => a.module.cmp(&b.module),
        other => other,
    });
    let text = script.text();
    let whole = |first: u32, next: u32| {
        let end = if next < script.lines().line_count() {
            script.lines().line_span(next, text).start
        } else {
            offset(text.len())
        };
        Span::new(script.lines().line_span(first, text).start, end)
    };
    let span = whole(first.first, last.next);
    let written: Vec<&str> = lines.iter().map(|line| script.text_at(whole(line.first, line.next))).collect();
    let mut new = String::new();
    for line in written {
        new.push_str(line);
        if !line.ends_with('\n') {
            new.push('\n');
        }
    }
    if !span.text(text).ends_with('\n') {
        new.truncate(new.trim_end_matches(['\r', '\n']).len());
    }
    (new != span.text(text)).then(|| Edit::replace(span, new))
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn has_comment(script: &Script<'_>, line: &Line) -> bool {
    let lines = script.lines();
    let mut comments = script.parsed().comments.iter();
    comments.any(|comment| (line.first..line.next).contains(&lines.line(comment.span.start)))
}
