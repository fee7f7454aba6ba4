//! What a function is called.

use crate::project::Script;
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionKind, FunctionId, StatementKind, TableKey};
use smol_str::{SmolStr, ToSmolStr, format_smolstr};

/// The name of a function as its definition writes it (`mod:validate_data`, `limits.raise`), and where that stands. A
/// function without a name is called by what it is given to, or by the line that it begins in.
#[must_use]
pub fn of(script: &Script<'_>, id: FunctionId) -> (SmolStr, Span) {
    let tree = script.tree();
    let function = tree.function(id);
    for (_, statement) in tree.statements().filter(|(_, statement)| statement.span.covers(function.span)) {
        match &statement.kind {
            StatementKind::Function { target, function } if *function == id => {
                let span = script.span(*target);
                return (SmolStr::new(script.text_at(span)), span);
            }
            StatementKind::LocalFunction { name, function } if *function == id && !name.is_missing() => {
                return (name.text.clone(), name.span);
            }
            StatementKind::Local { names, values } => {
                let position = values.iter().position(|&value| is(script, value, id));
                if let Some(name) = position.and_then(|position| names.get(position)) {
                    return (name.text.clone(), name.span);
                }
            }
            StatementKind::Assign { targets, values } => {
                let position = values.iter().position(|&value| is(script, value, id));
                if let Some(&target) = position.and_then(|position| targets.get(position)) {
                    let span = script.span(target);
                    return (SmolStr::new(script.text_at(span)), span);
                }
            }
            _ => {}
        }
    }
    for (_, expression) in tree.expressions().filter(|(_, expression)| expression.span.covers(function.span))
    {
        match &expression.kind {
            ExpressionKind::Table(fields) => {
                let field = fields.iter().find(|field| is(script, field.value, id));
                if let Some(TableKey::Name(name)) = field.map(|field| &field.key) {
                    return (name.text.clone(), name.span);
                }
            }
            ExpressionKind::Call(call) if call.arguments.iter().any(|&argument| is(script, argument, id)) => {
                let callee = script.span(call.callee);
                let called = call.method.as_ref().map_or(callee, |method| callee.to(method.span));
                let text = script.text_at(called);
                if text.len() <= 60 && !text.contains('\n') {
                    return (format_smolstr!("function for {text}"), function.keyword);
                }
            }
            _ => {}
        }
    }
    let line = script.lines().line(function.span.start) + 1;
    (format!("function of line {line}").to_smolstr(), function.keyword)
}

fn is(script: &Script<'_>, value: crate::syntax::tree::ExpressionId, id: FunctionId) -> bool {
    let tree = script.tree();
    matches!(tree.expression(tree.unparenthesized(value)).kind, ExpressionKind::Function(function) if function == id)
}
