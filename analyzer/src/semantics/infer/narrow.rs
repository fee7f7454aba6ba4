//! Conditions: what is known where they hold, and where they do not.

use super::Inference;
use super::flow::Flow;
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind, UnaryOperator};

impl Inference<'_> {
    /// Evaluates a condition: the states where it is true and where it is not.
    pub(super) fn condition(&mut self, id: ExpressionId, mut flow: Flow) -> (Flow, Flow) {
        let tree = self.tree;
        match &tree.expression(id).kind {
            ExpressionKind::Parenthesized(inner) => {
                let states = self.condition(*inner, flow);
                self.copy_type(*inner, id);
                states
            }
            ExpressionKind::Unary { operator: UnaryOperator::Not, operand, .. } => {
                let (taken, not_taken) = self.condition(*operand, flow);
                self.note_type(id, &Type::boolean());
                (not_taken, taken)
            }
            ExpressionKind::Binary { operator: BinaryOperator::And, left, right, .. } => {
                let (taken, not_taken) = self.condition(*left, flow);
                let (both, only_left) = self.condition(*right, taken);
                let first = self.found.types.get(left).cloned().unwrap_or_default().falsy();
                let second = self.found.types.get(right).cloned().unwrap_or_default();
                self.note_type(id, &first.or(&second));
                (both, not_taken.or(only_left))
            }
            ExpressionKind::Binary { operator: BinaryOperator::Or, left, right, .. } => {
                let (taken, not_taken) = self.condition(*left, flow);
                let (only_right, neither) = self.condition(*right, not_taken);
                let first = self.found.types.get(left).cloned().unwrap_or_default().truthy();
                let second = self.found.types.get(right).cloned().unwrap_or_default();
                self.note_type(id, &first.or(&second));
                (taken.or(only_right), neither)
            }
            ExpressionKind::Binary { operator, left, right, .. }
                if matches!(operator, BinaryOperator::Equal | BinaryOperator::NotEqual) =>
            {
                self.expression(id, &mut flow);
                let (equal, unequal) = self.compared(*left, *right, flow);
                if *operator == BinaryOperator::Equal { (equal, unequal) } else { (unequal, equal) }
            }
            ExpressionKind::Binary { operator, left, right, .. } if operator.is_comparison() => {
                self.expression(id, &mut flow);
                self.length_compared(*operator, *left, *right, flow)
            }
            ExpressionKind::True => {
                self.expression(id, &mut flow);
                let mut never = flow.clone();
                never.end();
                (flow, never)
            }
            ExpressionKind::False | ExpressionKind::Nil => {
                self.expression(id, &mut flow);
                let mut never = flow.clone();
                never.end();
                (never, flow)
            }
            _ => {
                self.expression(id, &mut flow);
                self.narrowed(id, flow)
            }
        }
    }

    fn copy_type(&mut self, from: ExpressionId, to: ExpressionId) {
        if let Some(ty) = self.found.types.get(&from).cloned() {
            self.note_type(to, &ty);
        }
    }

    /// The states where an expression that was evaluated is true and where it is not.
    pub(super) fn narrowed(&mut self, id: ExpressionId, flow: Flow) -> (Flow, Flow) {
        let Some(place) = self.place(id) else {
            let other = flow.clone();
            return (flow, other);
        };
        let ty = match flow.get(&place) {
            Some(ty) => ty.clone(),
            None => self.found.types.get(&id).cloned().unwrap_or_default(),
        };
        let (mut taken, mut not_taken) = (flow.clone(), flow);
        taken.narrow(place.clone(), nonempty(ty.truthy()));
        if ty.all(|value| matches!(value, Value::Instance(_))) {
            // A script may ask for what the server always passes; behind the question it is known again.
            not_taken.doubt(place);
        } else if !ty.is_open() {
            not_taken.narrow(place, nonempty(ty.falsy()));
        }
        (taken, not_taken)
    }

    /// The states where two expressions that were evaluated are equal and where they are not.
    fn compared(&mut self, left: ExpressionId, right: ExpressionId, flow: Flow) -> (Flow, Flow) {
        if let Some(states) =
            self.type_compared(left, right, &flow).or_else(|| self.type_compared(right, left, &flow))
        {
            return states;
        }
        if let Some((operator, length, number)) = self.length_and_number(BinaryOperator::Equal, left, right) {
            return self.length_narrowed(operator, length, number, flow);
        }
        let (mut equal, mut unequal) = (flow.clone(), flow);
        for (subject, other) in [(left, right), (right, left)] {
            let Some(place) = self.place(subject) else { continue };
            let known = self.found.types.get(&subject).cloned().unwrap_or_default();
            let value = self.found.types.get(&other).cloned().unwrap_or_default();
            let Some(constant) = value.single().cloned() else {
                // Equal to something that is not nil.
                if !value.is_open() && !value.may_be_nil() && !known.is_open() {
                    equal.narrow(place, nonempty(known.without_nil()));
                }
                continue;
            };
            let is_singleton = matches!(
                constant,
                Value::Nil | Value::True | Value::False | Value::NumberLiteral(_) | Value::StringLiteral(_)
            );
            if constant == Value::Nil || known.is_open() {
                equal.narrow(place.clone(), value.clone());
            } else {
                equal.narrow(place.clone(), nonempty(known.without_nil()));
            }
            if is_singleton {
                unequal.narrow(place, nonempty(known.filter(|value| *value != constant)));
            }
        }
        (equal, unequal)
    }

    /// `type(x) == "string"`.
    fn type_compared(&mut self, call: ExpressionId, name: ExpressionId, flow: &Flow) -> Option<(Flow, Flow)> {
        let tree = self.tree;
        let ExpressionKind::Call(inner) = &tree.expression(tree.unparenthesized(call)).kind else {
            return None;
        };
        let member = self.found.members.get(&inner.callee)?;
        if !member.owner.is_empty() || member.member != "type" {
            return None;
        }
        let &subject = inner.arguments.first()?;
        let wanted = tree.string(name)?;
        let place = self.place(subject)?;
        let known = self.found.types.get(&subject).cloned().unwrap_or_default();
        let is_wanted = |value: &Value| value.lua_type().is_none_or(|own| own == wanted);
        let mut narrowed = known.filter(is_wanted);
        if known.is_open() {
            let general = match wanted {
                "nil" => Type::nil(),
                "boolean" => Type::boolean(),
                "number" => Value::Number.into(),
                "string" => Value::String.into(),
                "table" => Value::AnyTable.into(),
                "function" => Value::AnyFunction.into(),
                _ => Type::unknown(),
            };
            narrowed = if narrowed.values().is_empty() { general } else { narrowed };
        }
        let (mut equal, mut unequal) = (flow.clone(), flow.clone());
        equal.narrow(place.clone(), nonempty(narrowed));
        unequal
            .narrow(place, nonempty(known.filter(|value| value.lua_type().is_none_or(|own| own != wanted))));
        Some((equal, unequal))
    }

    /// `#t > 0`, `#t >= 1`, `#t ~= 0`, `0 < #t`: the first element is there.
    fn length_compared(
        &mut self,
        operator: BinaryOperator,
        left: ExpressionId,
        right: ExpressionId,
        flow: Flow,
    ) -> (Flow, Flow) {
        match self.length_and_number(operator, left, right) {
            Some((operator, length, number)) => self.length_narrowed(operator, length, number, flow),
            None => {
                // What is ordered is not nil: a comparison with nil raises.
                let mut flow = flow;
                for subject in [left, right] {
                    if let Some(place) = self.place(subject) {
                        let known = self.found.types.get(&subject).cloned().unwrap_or_default();
                        if known.may_be_nil() {
                            flow.narrow(place, nonempty(known.without_nil()));
                        }
                    }
                }
                let other = flow.clone();
                (flow, other)
            }
        }
    }

    /// The operand of `#` and the number that its length is compared with, the length on the left.
    fn length_and_number(
        &self,
        operator: BinaryOperator,
        left: ExpressionId,
        right: ExpressionId,
    ) -> Option<(BinaryOperator, ExpressionId, f64)> {
        let tree = self.tree;
        let length = |id: ExpressionId| match &tree.expression(tree.unparenthesized(id)).kind {
            ExpressionKind::Unary { operator: UnaryOperator::Length, operand, .. } => Some(*operand),
            ExpressionKind::Call(call) => {
                let member = self.found.members.get(&call.callee)?;
                let counts = member.owner == "table" && member.member == "getn";
                counts.then(|| call.arguments.first().copied()).flatten()
            }
            _ => None,
        };
        let number = |id: ExpressionId| match tree.expression(tree.unparenthesized(id)).kind {
            ExpressionKind::Number(number) => Some(number),
            _ => None,
        };
        if let (Some(operand), Some(number)) = (length(left), number(right)) {
            return Some((operator, operand, number));
        }
        let mirrored = match operator {
            BinaryOperator::Less => BinaryOperator::Greater,
            BinaryOperator::LessEqual => BinaryOperator::GreaterEqual,
            BinaryOperator::Greater => BinaryOperator::Less,
            BinaryOperator::GreaterEqual => BinaryOperator::LessEqual,
            other => other,
        };
        Some((mirrored, length(right)?, number(left)?))
    }

    fn length_narrowed(
        &mut self,
        operator: BinaryOperator,
        table: ExpressionId,
        number: f64,
        flow: Flow,
    ) -> (Flow, Flow) {
        let Some(place) = self.place(table) else {
            let other = flow.clone();
            return (flow, other);
        };
        let (mut taken, mut not_taken) = (flow.clone(), flow);
        // How many elements there are at least where it holds, and where it does not.
        let (at_least, otherwise) = match operator {
            BinaryOperator::Greater => (number + 1.0, 0.0),
            BinaryOperator::GreaterEqual => (number, 0.0),
            BinaryOperator::Equal => (number, if number == 0.0 { 1.0 } else { 0.0 }),
            BinaryOperator::Less => (0.0, number),
            BinaryOperator::LessEqual => (0.0, number + 1.0),
            _ => (0.0, 0.0),
        };
        let element = self.element_of(table);
        for (state, count) in [(&mut taken, at_least), (&mut not_taken, otherwise)] {
            let mut position = 1.0;
            while position <= count.min(8.0) {
                let mut element_place = place.clone();
                element_place.path = format!("{}#{position}", place.path).into();
                state.narrow(element_place, element.clone());
                position += 1.0;
            }
        }
        (taken, not_taken)
    }

    /// What an element of a list is that is there.
    fn element_of(&self, table: ExpressionId) -> Type {
        let ty = self.found.types.get(&table).cloned().unwrap_or_default();
        let mut element = Type::never();
        for value in ty.values() {
            match value {
                Value::Structure(structure) => {
                    if let Some((_, value)) =
                        crate::semantics::library::iterate_structure(self.api, structure)
                    {
                        element.join(&value);
                    }
                }
                Value::Table(table) => {
                    if let Some(known) = self.table(*table) {
                        element.join(&known.elements.without_nil());
                    }
                }
                _ => {}
            }
        }
        if element.is_never() || ty.is_open() { Type::unknown() } else { element.without_nil() }
    }
}

/// A condition that can never hold says that the analysis knows too little, not that the code is dead.
fn nonempty(ty: Type) -> Type {
    if ty.is_never() { Type::unknown() } else { ty }
}
