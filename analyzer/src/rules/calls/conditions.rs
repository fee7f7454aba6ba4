//! Expressions whose truth decides something.

use crate::project::Script;
use crate::semantics::scope::Scopes;
use crate::syntax::Span;
use crate::rules::decisions::conditions;
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind, Tree, UnaryOperator};
use rustc_hash::{FxHashMap, FxHashSet};

/// The expressions that are tested for truth, taken apart at `and`, `or` and `not`: each once. The left side of an `or`
/// that gives a value (`x = a or b`) is not among them, unless it is an `and`.
pub(super) fn tested(tree: &Tree) -> Vec<ExpressionId> {
    let mut found = Found { tree, seen: FxHashSet::default(), list: Vec::new() };
    for condition in conditions(tree) {
        found.test(condition);
    }
    for (_, expression) in tree.expressions() {
        match expression.kind {
            ExpressionKind::Unary { operator: UnaryOperator::Not, operand, .. } => found.test(operand),
            ExpressionKind::Binary { operator: BinaryOperator::And, left, .. } => found.test(left),
            _ => {}
        }
    }
    found.list
}

struct Found<'a> {
    tree: &'a Tree,
    seen: FxHashSet<ExpressionId>,
    list: Vec<ExpressionId>,
}

impl Found<'_> {
    fn test(&mut self, expression: ExpressionId) {
        let expression = self.tree.unparenthesized(expression);
        match self.tree.expression(expression).kind {
            ExpressionKind::Binary { operator: BinaryOperator::And | BinaryOperator::Or, left, right, .. } => {
                self.test(left);
                self.test(right);
            }
            ExpressionKind::Unary { operator: UnaryOperator::Not, .. } => {}
            _ => {
                if self.seen.insert(expression) {
                    self.list.push(expression);
                }
            }
        }
    }
}

/// Values that a condition asks for and then asks further: `v and v ~= ""`, `v == nil or #v == 0`, `v and tonumber(v)`,
/// `v and known[v]`. Whatever the first question says, the second one decides.
pub(super) fn asked_further(script: &Script<'_>) -> FxHashSet<ExpressionId> {
    let tree = script.tree();
    let text = |id: ExpressionId| script.text_at(script.span(tree.unparenthesized(id)));
    // What is asked, and where.
    let mut questions: FxHashMap<&str, Vec<Span>> = FxHashMap::default();
    for (_, expression) in tree.expressions() {
        let mut ask = |id: ExpressionId| questions.entry(text(id)).or_default().push(expression.span);
        match &expression.kind {
            ExpressionKind::Unary { operator: UnaryOperator::Length, operand, .. } => ask(*operand),
            ExpressionKind::Index { key, .. } => ask(*key),
            ExpressionKind::Binary { operator, left, right, .. } if operator.is_comparison() => {
                for (side, other) in [(*left, *right), (*right, *left)] {
                    if !matches!(tree.expression(other).kind, ExpressionKind::Nil) {
                        ask(side);
                    }
                }
            }
            ExpressionKind::Call(call) if call.method.is_some() => ask(call.callee),
            ExpressionKind::Call(call) => {
                let is_tonumber =
                    matches!(&tree.expression(call.callee).kind, ExpressionKind::Name(name) if name == "tonumber");
                if let Some(&first) = call.arguments.first().filter(|_| is_tonumber) {
                    ask(first);
                }
            }
            _ => {}
        }
    }
    let mut found = FxHashSet::default();
    for (_, expression) in tree.expressions() {
        let ExpressionKind::Binary { operator: BinaryOperator::And | BinaryOperator::Or, left, right, .. } =
            expression.kind
        else {
            continue;
        };
        let behind = tree.expression(right).span;
        let mut asked = vec![left];
        while let Some(id) = asked.pop() {
            match &tree.expression(id).kind {
                ExpressionKind::Parenthesized(inner) => asked.push(*inner),
                ExpressionKind::Unary { operator: UnaryOperator::Not, operand, .. } => asked.push(*operand),
                ExpressionKind::Binary {
                    operator: BinaryOperator::And | BinaryOperator::Or, left, right, ..
                } => asked.extend([*left, *right]),
                ExpressionKind::Binary {
                    operator: BinaryOperator::Equal | BinaryOperator::NotEqual, left, right, ..
                } => asked.extend([*left, *right]),
                ExpressionKind::Name(_) | ExpressionKind::Field { .. } | ExpressionKind::Call(_) => {
                    let further = questions.get(text(id));
                    if further.is_some_and(|places| places.iter().any(|place| behind.covers(*place))) {
                        found.insert(id);
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// Names that a condition asks for before it looks into what they hold: `list and list[1]`, `list == nil or #list == 0`.
pub(super) fn guards_of_elements(tree: &Tree, scopes: &Scopes) -> FxHashSet<ExpressionId> {
    let mut looked_into: Vec<(ExpressionId, Span)> = Vec::new();
    for (_, expression) in tree.expressions() {
        let inner = match expression.kind {
            ExpressionKind::Index { base, .. } => base,
            ExpressionKind::Unary { operator: UnaryOperator::Length, operand, .. } => operand,
            _ => continue,
        };
        looked_into.push((tree.unparenthesized(inner), expression.span));
    }
    let mut guards = FxHashSet::default();
    for (_, expression) in tree.expressions() {
        let ExpressionKind::Binary { operator: BinaryOperator::And | BinaryOperator::Or, left, right, .. } =
            expression.kind
        else {
            continue;
        };
        let behind = tree.expression(right).span;
        let mut asked = vec![left];
        while let Some(id) = asked.pop() {
            match &tree.expression(id).kind {
                ExpressionKind::Name(_) => {
                    let binding = scopes.resolve(id);
                    let is_same = |&(name, span): &(ExpressionId, Span)| {
                        behind.start <= span.start && span.end <= behind.end && scopes.resolve(name) == binding
                    };
                    if binding.is_some() && looked_into.iter().any(is_same) {
                        guards.insert(id);
                    }
                }
                ExpressionKind::Parenthesized(inner) => asked.push(*inner),
                ExpressionKind::Unary { operator: UnaryOperator::Not, operand, .. } => asked.push(*operand),
                ExpressionKind::Binary { operator, left, right, .. } => match operator {
                    BinaryOperator::And | BinaryOperator::Or => asked.extend([*left, *right]),
                    BinaryOperator::Equal | BinaryOperator::NotEqual
                        if matches!(tree.expression(*right).kind, ExpressionKind::Nil) =>
                    {
                        asked.push(*left);
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }
    guards
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    fn texts(source: &str, list: impl Fn(&Tree) -> Vec<ExpressionId>) -> Vec<&str> {
        let parsed = parse(source);
        let mut spans: Vec<Span> =
            list(&parsed.tree).into_iter().map(|id| parsed.tree.expression(id).span).collect();
        spans.sort();
        spans.into_iter().map(|span| span.text(source)).collect()
    }

    #[test]
    fn conditions_are_taken_apart() {
        let source = "if a and (b or not c) then elseif d == 1 then end\nrepeat until e\nwhile f() do end";
        assert_eq!(texts(source, tested), ["a", "b", "c", "d == 1", "e", "f()"]);
    }

    #[test]
    fn values_are_tested_where_they_decide() {
        assert_eq!(texts("local x = a and b or c\nlocal y = d or e\nlocal z = not f", tested), ["a", "f"]);
    }
}
