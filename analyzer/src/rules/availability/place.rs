//! Where the name of a member of the API stands in an expression.

use crate::project::Script;
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind};

/// The name behind the last `.` or `:`, or the whole expression.
pub(super) fn name_span(script: &Script<'_>, expression: ExpressionId) -> Span {
    let node = script.tree().expression(expression);
    match &node.kind {
        ExpressionKind::Call(call) => call.method.as_ref().map_or(node.span, |name| name.span),
        ExpressionKind::Field { name, .. } => name.span,
        _ => node.span,
    }
}
