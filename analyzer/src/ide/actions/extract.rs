//! Takes the body of a callout out into a local function; the callout's skeleton stays and passes everything on.

use super::{Action, ActionKind};
use crate::diagnostic::Edit;
use crate::project::Script;
use crate::semantics::scope::BindingKind;
use crate::syntax::Span;
use crate::syntax::tree::StatementKind;

/// For the callout or hook whose head a place stands in.
pub(super) fn body(script: &Script<'_>, selection: Span) -> Option<Action> {
    let tree = script.tree();
    let (statement, id) = tree.statements().find_map(|(_, statement)| match &statement.kind {
        StatementKind::Function { function, .. } => {
            let head = Span::new(statement.span.start, tree.function(*function).parameters_span.end);
            (head.touches(selection.start)).then_some((statement, *function))
        }
        _ => None,
    })?;
    let hook = script.hook(id)?;
    let function = tree.function(id);
    let body = Span::new(function.parameters_span.end, function.end.start);
    let text = script.text_at(body);
    if function.end.is_empty() || text.trim().is_empty() || tree.block(function.body).statements.is_empty() {
        return None;
    }
    let lines = script.lines();
    let line = lines.line_span(lines.line(statement.span.start), script.text());
    let indent = script.text_at(Span::new(line.start, statement.span.start));
    if !indent.trim().is_empty() {
        return None;
    }
    let name = free_name(script, &hook.name)?;
    let uses_self = script.scopes().bindings().any(|(binding, known)| {
        let is_self = matches!(known.kind, BindingKind::SelfParameter(of) if of == id);
        is_self && !script.scopes().references(binding).is_empty()
    });
    let parameters = function.parameters.iter().map(|name| name.text.as_str());
    let receiver = uses_self.then_some("self");
    let rest = function.vararg.map(|_| "...");
    let parameters: Vec<&str> = receiver.into_iter().chain(parameters).chain(rest).collect();
    let parameters = parameters.join(", ");
    let inner = indent_of(script, body).unwrap_or_else(|| format!("{indent}  "));
    let new = format!("local function {name}({parameters}){text}end\n\n{indent}");
    let call = format!("\n{inner}return {name}({parameters})\n{indent}");
    Some(Action {
        title: format!("Extract the body of `{}` into `{name}`", hook.name),
        kind: ActionKind::Extract,
        edits: vec![
            Edit::insert(above_comments(script, statement.span.start), new),
            Edit::replace(body, call),
        ],
    })
}

/// Where the comments begin that stand directly above a statement.
fn above_comments(script: &Script<'_>, statement: u32) -> u32 {
    let (lines, text) = (script.lines(), script.text());
    let mut start = statement;
    for comment in script.parsed().comments.iter().rev().filter(|comment| comment.span.end <= statement) {
        let line = lines.line_span(lines.line(comment.span.start), text);
        let alone = Span::new(line.start, comment.span.start).text(text).trim().is_empty();
        let adjacent = lines.line(comment.span.end) + 1 == lines.line(start);
        if !(alone && adjacent) {
            break;
        }
        start = comment.span.start;
    }
    start
}

/// `on_data` of `validate_data`, or that with a number: what no variable here is called.
fn free_name(script: &Script<'_>, hook: &str) -> Option<String> {
    let stem = format!("on_{}", hook.strip_prefix("validate_").unwrap_or(hook));
    let names = std::iter::once(stem.clone()).chain((2..100).map(|number| format!("{stem}_{number}")));
    let mut names = names.filter(|name| {
        let taken = script.scopes().bindings().any(|(_, binding)| binding.name == name.as_str())
            || script.scopes().globals().iter().any(|global| global.name == name.as_str());
        !taken
    });
    names.next()
}

/// The blanks before the first line of a body that has anything in it.
fn indent_of(script: &Script<'_>, body: Span) -> Option<String> {
    let mut lines = script.text_at(body).lines().skip(1);
    let line = lines.find(|line| !line.trim().is_empty())?;
    line.get(..line.len() - line.trim_start().len()).map(str::to_owned)
}
