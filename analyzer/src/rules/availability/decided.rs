//! Whether a place in a function runs only as the caller decides.

use crate::project::Script;
use crate::semantics::scope::BindingKind;
use crate::syntax::Span;
use crate::syntax::tree::{BlockId, ExpressionId, ExpressionKind, FunctionId, StatementKind, Tree};

/// Whether a condition that asks for a parameter of `function` decides if the code at `place` runs: around it, or before
/// it where the function may end. A condition that only calls something with the parameter does not count:
/// `if phase == "data" then` does, `if msg:header("X") then` does not.
pub(super) fn by_caller(script: &Script<'_>, function: Option<FunctionId>, place: Span) -> bool {
    let Some(function) = function else { return false };
    let tree = script.tree();
    let around = tree.function(function).span;
    tree.statements().filter(|(_, statement)| around.covers(statement.span)).any(|(_, statement)| {
        let StatementKind::If { branches, otherwise } = &statement.kind else { return false };
        let decides = statement.span.covers(place)
            || (statement.span.end <= place.start
                && branches.iter().map(|(_, body)| *body).chain(*otherwise).any(|body| ends(tree, body)));
        decides && branches.iter().any(|(condition, _)| asks_parameter(script, function, *condition))
    })
}

/// Whether a block ends the function around it.
fn ends(tree: &Tree, block: BlockId) -> bool {
    let last = tree.block(block).statements.last();
    last.is_some_and(|&last| matches!(tree.statement(last).kind, StatementKind::Return(_)))
}

/// Whether the value of a parameter itself takes part in a condition.
fn asks_parameter(script: &Script<'_>, function: FunctionId, condition: ExpressionId) -> bool {
    let tree = script.tree();
    match &tree.expression(condition).kind {
        ExpressionKind::Name(_) => script.scopes().resolve(condition).is_some_and(|binding| {
            matches!(script.scopes().binding(binding).kind, BindingKind::Parameter(owner, _) if owner == function)
        }),
        ExpressionKind::Parenthesized(inner) | ExpressionKind::Unary { operand: inner, .. } => {
            asks_parameter(script, function, *inner)
        }
        ExpressionKind::Binary { left, right, .. } => {
            asks_parameter(script, function, *left) || asks_parameter(script, function, *right)
        }
        // An options table: `if options.discard then`.
        ExpressionKind::Field { base, .. } | ExpressionKind::Index { base, .. } => {
            asks_parameter(script, function, *base)
        }
        _ => false,
    }
}
