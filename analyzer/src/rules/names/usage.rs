//! What a script does with the value of a name.

use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind, StatementKind, Tree, UnaryOperator};
use rustc_hash::FxHashMap;

/// What happens to a value where it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usage {
    /// It is called.
    Called,
    /// A field or element of it is read or written, or a method of it is called.
    Indexed,
    /// The script asks whether there is such a value: a condition, `x == nil`, `x or default`, `type(x)`.
    Tested,
}

/// The expressions of a file whose values are called, indexed or tested.
pub(super) fn usages(tree: &Tree) -> FxHashMap<ExpressionId, Usage> {
    let mut usages = FxHashMap::default();
    let is_nil = |id: ExpressionId| matches!(tree.expression(id).kind, ExpressionKind::Nil);
    for (_, expression) in tree.expressions() {
        let (operand, usage) = match &expression.kind {
            ExpressionKind::Call(call) if call.method.is_some() => (call.callee, Usage::Indexed),
            ExpressionKind::Call(call) => {
                let callee = &tree.expression(call.callee).kind;
                if let (ExpressionKind::Name(name), Some(&argument)) = (callee, call.arguments.first())
                    && name == "type"
                {
                    usages.insert(tree.unparenthesized(argument), Usage::Tested);
                }
                (call.callee, Usage::Called)
            }
            ExpressionKind::Field { base, .. } | ExpressionKind::Index { base, .. } => (*base, Usage::Indexed),
            ExpressionKind::Unary { operator: UnaryOperator::Not, operand, .. } => (*operand, Usage::Tested),
            ExpressionKind::Binary { operator, left, right, .. } => match operator {
                BinaryOperator::And | BinaryOperator::Or => (*left, Usage::Tested),
                BinaryOperator::Equal | BinaryOperator::NotEqual if is_nil(*right) => (*left, Usage::Tested),
                BinaryOperator::Equal | BinaryOperator::NotEqual if is_nil(*left) => (*right, Usage::Tested),
                _ => continue,
            },
            _ => continue,
        };
        usages.insert(tree.unparenthesized(operand), usage);
    }
    for (_, statement) in tree.statements() {
        match &statement.kind {
            StatementKind::If { branches, .. } => {
                usages.extend(
                    branches.iter().map(|(condition, _)| (tree.unparenthesized(*condition), Usage::Tested)),
                );
            }
            StatementKind::While { condition, .. } | StatementKind::Repeat { condition, .. } => {
                usages.insert(tree.unparenthesized(*condition), Usage::Tested);
            }
            _ => {}
        }
    }
    usages
}
