//! Expressions whose truth decides something.

use crate::semantics::scope::Scopes;
use crate::syntax::Span;
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind, StatementKind, Tree, UnaryOperator};
use rustc_hash::FxHashSet;

/// The conditions of `if`, `elseif`, `while` and `until`, as they stand there.
pub(super) fn conditions(tree: &Tree) -> impl Iterator<Item = ExpressionId> + '_ {
    tree.statements().flat_map(|(_, statement)| {
        let conditions: Vec<ExpressionId> = match &statement.kind {
            StatementKind::If { branches, .. } => branches.iter().map(|(condition, _)| *condition).collect(),
            StatementKind::While { condition, .. } | StatementKind::Repeat { condition, .. } => vec![*condition],
            _ => Vec::new(),
        };
        conditions
    })
}

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

/// What decides in a script, by its place: conditions of statements, and what `and` and `or` decide by.
#[derive(Debug)]
pub(in crate::rules) struct Decisions {
    /// In the order of their starts.
    spans: Vec<Span>,
}

impl Decisions {
    /// Those of a tree.
    pub(in crate::rules) fn of(tree: &Tree) -> Self {
        let sides = tree.expressions().filter_map(|(_, expression)| match expression.kind {
            ExpressionKind::Binary { operator: BinaryOperator::And | BinaryOperator::Or, left, .. } => Some(left),
            _ => None,
        });
        let mut spans: Vec<Span> = conditions(tree).chain(sides).map(|id| tree.expression(id).span).collect();
        spans.sort();
        Self { spans }
    }

    /// Those that stand between two places.
    pub(in crate::rules) fn between(&self, from: u32, to: u32) -> impl Iterator<Item = Span> {
        let first = self.spans.partition_point(|span| span.start < from);
        let behind = self.spans.get(first..).unwrap_or_default().iter().copied();
        behind.take_while(move |span| span.start <= to).filter(move |span| span.end <= to)
    }
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

    #[test]
    fn decisions_by_their_place() {
        let source = "if a then end x = b and c if d then end";
        let decisions = Decisions::of(&parse(source).tree);
        let between = |from, to| decisions.between(from, to).map(|span| span.text(source)).collect::<Vec<_>>();
        assert_eq!(between(5, 28), ["b"]);
        assert_eq!(between(0, 39), ["a", "b", "d"]);
        assert!(between(4, 10).is_empty() && between(30, 20).is_empty());
    }
}
