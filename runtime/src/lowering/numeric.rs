//! Which expressions can never be a string, so that Lua 5.1's own arithmetic gives what the engine gives.
//!
//! Lua 5.1 reads `"010"` in arithmetic as ten, the engine as eight. Only where an operand may be a string does an
//! operator have to go through the library.

use momentum_lua_analyzer::semantics::scope::{Access, BindingKind};
use momentum_lua_analyzer::semantics::{BindingId, Scopes};
use momentum_lua_analyzer::syntax::tree::{
    BinaryOperator, ExpressionId, ExpressionKind, StatementKind, Tree, UnaryOperator,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// What is known about the expressions of one file.
pub(super) struct NeverString<'a> {
    tree: &'a Tree,
    scopes: &'a Scopes,
    locals: FxHashSet<BindingId>,
}

impl<'a> NeverString<'a> {
    /// Looks at all locals of a file: those stay that only ever get values which are no strings.
    pub(super) fn new(tree: &'a Tree, scopes: &'a Scopes) -> Self {
        let mut known = Self { tree, scopes, locals: FxHashSet::default() };
        let mut values: FxHashMap<BindingId, Vec<ExpressionId>> = FxHashMap::default();
        let mut written: FxHashMap<ExpressionId, Option<ExpressionId>> = FxHashMap::default();
        for (_, statement) in tree.statements() {
            match &statement.kind {
                StatementKind::Local { names, values: given } => {
                    for (index, name) in names.iter().enumerate() {
                        let Some(binding) = scopes.declared_at(name.span.start) else { continue };
                        match known.value_at(given, index) {
                            Value::One(id) => values.entry(binding).or_default().push(id),
                            Value::Nil => {
                                values.entry(binding).or_default();
                            }
                            Value::Unknown => {}
                        }
                    }
                }
                StatementKind::NumericFor { variable, .. } => {
                    if let Some(binding) = scopes.declared_at(variable.span.start) {
                        values.entry(binding).or_default();
                    }
                }
                StatementKind::Assign { targets, values: given } => {
                    for (index, &target) in targets.iter().enumerate() {
                        let value = match known.value_at(given, index) {
                            Value::One(id) => Some(Some(id)),
                            Value::Nil => Some(None),
                            Value::Unknown => None,
                        };
                        if let Some(value) = value {
                            written.insert(target, value);
                        }
                    }
                }
                _ => {}
            }
        }
        for (&binding, assigned) in &mut values {
            let writes = scopes.references(binding).iter().filter(|use_| use_.access == Access::Write);
            let mut all_known =
                matches!(scopes.binding(binding).kind, BindingKind::Local | BindingKind::Loop);
            for write in writes {
                match written.get(&write.expression) {
                    Some(value) => assigned.extend(*value),
                    None => all_known = false,
                }
            }
            if all_known {
                known.locals.insert(binding);
            }
        }
        // Supposes that all of them hold, and drops those that some value contradicts, until none does.
        loop {
            let refuted: Vec<BindingId> = known
                .locals
                .iter()
                .copied()
                .filter(|binding| {
                    values.get(binding).is_some_and(|given| !given.iter().all(|&id| known.holds(id)))
                })
                .collect();
            if refuted.is_empty() {
                return known;
            }
            for binding in refuted {
                known.locals.remove(&binding);
            }
        }
    }

    /// What the name at `index` gets from a list of values.
    fn value_at(&self, given: &[ExpressionId], index: usize) -> Value {
        if let Some(&id) = given.get(index) {
            return Value::One(id);
        }
        let open = given.last().is_some_and(|&id| {
            matches!(self.tree.expression(id).kind, ExpressionKind::Call(_) | ExpressionKind::Vararg)
        });
        if open { Value::Unknown } else { Value::Nil }
    }

    /// Whether the expression is surely no string.
    pub(super) fn holds(&self, id: ExpressionId) -> bool {
        use ExpressionKind as E;
        match &self.tree.expression(id).kind {
            E::Nil | E::True | E::False | E::Number(_) | E::Function(_) | E::Table(_) => true,
            E::Name(_) => self.scopes.resolve(id).is_some_and(|binding| self.locals.contains(&binding)),
            E::Unary { operator, .. } => {
                matches!(
                    operator,
                    UnaryOperator::Negate
                        | UnaryOperator::Length
                        | UnaryOperator::Not
                        | UnaryOperator::BitNot
                )
            }
            E::Binary { operator, left, right, .. } => match operator {
                BinaryOperator::And | BinaryOperator::Or => self.holds(*left) && self.holds(*right),
                BinaryOperator::Concatenate => false,
                // A metamethod may return a string here; code that then computes with it is not worth the cost.
                _ => true,
            },
            E::Parenthesized(inner) => self.holds(*inner),
            _ => false,
        }
    }
}

enum Value {
    One(ExpressionId),
    Nil,
    Unknown,
}
