//! Calls and definitions with `.` instead of `:`, and the other way round.

use super::{Action, ActionKind};
use crate::diagnostic::Edit;
use crate::project::Script;
use crate::syntax::Span;
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind, StatementKind};

/// The call or definition at a place in the other notation.
pub(super) fn convert(script: &Script<'_>, selection: Span) -> Option<Action> {
    let tree = script.tree();
    let calls = tree.expressions().filter_map(|(_, expression)| match &expression.kind {
        ExpressionKind::Call(call) => Some(call),
        _ => None,
    });
    let call = calls
        .filter(|call| name_of(script, call).is_some_and(|name| name.touches(selection.start)))
        .find_map(|call| of_call(script, call));
    call.or_else(|| definition(script, selection))
}

/// The separator and the name of a call.
fn name_of(script: &Script<'_>, call: &Call) -> Option<Span> {
    match (&call.method, &script.tree().expression(call.callee).kind) {
        (Some(name), _) => Some(Span::new(script.span(call.callee).end, name.span.end)),
        (None, ExpressionKind::Field { base, name }) => {
            Some(Span::new(script.span(*base).end, name.span.end))
        }
        _ => None,
    }
}

fn of_call(script: &Script<'_>, call: &Call) -> Option<Action> {
    let arguments = script.text_at(call.arguments_span);
    if !arguments.starts_with('(') {
        return None;
    }
    let inside = call.arguments_span.start + 1;
    match (&call.method, &script.tree().expression(call.callee).kind) {
        // What is written twice is worked out twice.
        (Some(name), _) if is_plain(script, call.callee) => {
            let base = script.text_at(script.span(call.callee));
            let first = if call.arguments.is_empty() { base.to_owned() } else { format!("{base}, ") };
            let edits = vec![
                Edit::replace(separator(script, call.callee, name.span)?, "."),
                Edit::insert(inside, first),
            ];
            Some(action(format!("Call `{}` with `.`", name.text), edits))
        }
        (None, ExpressionKind::Field { base, name }) => {
            let &first = call.arguments.first()?;
            let same = script.text_at(script.span(first)) == script.text_at(script.span(*base));
            if !(same && is_plain(script, *base)) {
                return None;
            }
            let rest = call.arguments.get(1).map_or(script.span(first).end, |&next| script.span(next).start);
            let edits = vec![
                Edit::replace(separator(script, *base, name.span)?, ":"),
                Edit::replace(Span::new(script.span(first).start, rest), ""),
            ];
            Some(action(format!("Call `{}` with `:`", name.text), edits))
        }
        _ => None,
    }
}

/// `function t:f(a)` as `function t.f(self, a)`, and the other way round.
fn definition(script: &Script<'_>, selection: Span) -> Option<Action> {
    let tree = script.tree();
    tree.statements().find_map(|(_, statement)| {
        let StatementKind::Function { target, function } = &statement.kind else { return None };
        let ExpressionKind::Field { base, name } = &tree.expression(*target).kind else { return None };
        let function = tree.function(*function);
        let head = Span::new(statement.span.start, function.parameters_span.end);
        if !head.touches(selection.start) {
            return None;
        }
        let separator = separator(script, *base, name.span)?;
        let inside = function.parameters_span.start + 1;
        if function.is_method {
            let more = !function.parameters.is_empty() || function.vararg.is_some();
            let first = if more { "self, " } else { "self" };
            let edits = vec![Edit::replace(separator, "."), Edit::insert(inside, first)];
            return Some(action(format!("Define `{}` with `.` and `self`", name.text), edits));
        }
        let first = function.parameters.first().filter(|first| first.text == "self")?;
        let next = function.parameters.get(1).map(|next| next.span).or(function.vararg);
        let rest = next.map_or(first.span.end, |next| next.start);
        let edits = vec![Edit::replace(separator, ":"), Edit::replace(Span::new(first.span.start, rest), "")];
        Some(action(format!("Define `{}` with `:`", name.text), edits))
    })
}

fn action(title: String, edits: Vec<Edit>) -> Action {
    Action { title, kind: ActionKind::Rewrite, edits }
}

/// The `.` or `:` between a base and a name.
fn separator(script: &Script<'_>, base: ExpressionId, name: Span) -> Option<Span> {
    let between = Span::new(script.span(base).end, name.start);
    let at = script.text_at(between).find(['.', ':'])?;
    // Something else stands between only where a comment does.
    (script.text_at(between).trim().len() == 1).then(|| {
        let start = between.start + u32::try_from(at).unwrap_or(0);
        Span::new(start, start + 1)
    })
}

/// A name, or fields of one: to work it out twice does nothing.
fn is_plain(script: &Script<'_>, expression: ExpressionId) -> bool {
    match &script.tree().expression(expression).kind {
        ExpressionKind::Name(_) => true,
        ExpressionKind::Field { base, .. } => is_plain(script, *base),
        _ => false,
    }
}
