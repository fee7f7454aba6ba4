//! Expressions whose truth decides something.

use crate::project::Script;
use crate::semantics::scope::{BindingId, Scopes};
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
    questions.values_mut().for_each(|places| places.sort_unstable());
    let mut found = FxHashSet::default();
    for (question, behind) in asked_before(tree) {
        let sides = match tree.expression(question).kind {
            ExpressionKind::Binary {
                operator: BinaryOperator::Equal | BinaryOperator::NotEqual,
                left,
                right,
                ..
            } => vec![left, right],
            _ => vec![question],
        };
        for id in sides.into_iter().map(|side| tree.unparenthesized(side)) {
            let is_value = matches!(
                tree.expression(id).kind,
                ExpressionKind::Name(_) | ExpressionKind::Field { .. } | ExpressionKind::Call(_)
            );
            if is_value && questions.get(text(id)).is_some_and(|places| any_within(places, behind)) {
                found.insert(id);
            }
        }
    }
    found
}

/// Names that a condition asks for before it looks into what they hold: `list and list[1]`, `list == nil or #list == 0`.
pub(super) fn guards_of_elements(tree: &Tree, scopes: &Scopes) -> FxHashSet<ExpressionId> {
    let mut looked_into: FxHashMap<BindingId, Vec<Span>> = FxHashMap::default();
    for (_, expression) in tree.expressions() {
        let inner = match expression.kind {
            ExpressionKind::Index { base, .. } => base,
            ExpressionKind::Unary { operator: UnaryOperator::Length, operand, .. } => operand,
            _ => continue,
        };
        if let Some(binding) = scopes.resolve(tree.unparenthesized(inner)) {
            looked_into.entry(binding).or_default().push(expression.span);
        }
    }
    looked_into.values_mut().for_each(|places| places.sort_unstable());
    let mut guards = FxHashSet::default();
    for (question, behind) in asked_before(tree) {
        let name = match tree.expression(question).kind {
            ExpressionKind::Binary {
                operator: BinaryOperator::Equal | BinaryOperator::NotEqual,
                left,
                right,
                ..
            } if matches!(tree.expression(right).kind, ExpressionKind::Nil) => tree.unparenthesized(left),
            _ => question,
        };
        let places = scopes.resolve(name).and_then(|binding| looked_into.get(&binding));
        if places.is_some_and(|places| any_within(places, behind)) {
            guards.insert(name);
        }
    }
    guards
}

/// What the left sides of `and` and `or` ask, taken apart at `and`, `or` and `not`, each with the place of the right side.
fn asked_before(tree: &Tree) -> Vec<(ExpressionId, Span)> {
    let mut found = Vec::new();
    for (_, expression) in tree.expressions() {
        let ExpressionKind::Binary { operator: BinaryOperator::And | BinaryOperator::Or, left, right, .. } =
            expression.kind
        else {
            continue;
        };
        let behind = tree.expression(right).span;
        let mut asked = vec![left];
        while let Some(id) = asked.pop() {
            match tree.expression(id).kind {
                ExpressionKind::Parenthesized(inner) => asked.push(inner),
                ExpressionKind::Unary { operator: UnaryOperator::Not, operand, .. } => asked.push(operand),
                ExpressionKind::Binary {
                    operator: BinaryOperator::And | BinaryOperator::Or,
                    left,
                    right,
                    ..
                } => asked.extend([left, right]),
                _ => found.push((id, behind)),
            }
        }
    }
    found
}

/// Whether one of some sorted places lies within a range.
fn any_within(places: &[Span], range: Span) -> bool {
    let first = places.partition_point(|place| place.start < range.start);
    places.iter().skip(first).take_while(|place| place.start < range.end).any(|place| range.covers(*place))
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
