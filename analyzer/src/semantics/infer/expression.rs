//! Expressions: what they may be.

use super::flow::{Flow, Place};
use super::{Inference, Values};
use crate::semantics::analysis::{FieldWrite, MissingMember, WriteStyle};
use crate::semantics::library;
use crate::semantics::types::{TableRef, Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{
    BinaryOperator, ExpressionId, ExpressionKind, Name, TableField, TableKey, UnaryOperator,
};
use momentum_lua_stub_reader::model;
use smol_str::{SmolStr, SmolStrBuilder};

/// How many `__index` steps are followed.
const DEEPEST_FALLBACK: u32 = 8;

impl Inference<'_> {
    /// The one value of an expression.
    pub(super) fn expression(&mut self, id: ExpressionId, flow: &mut Flow) -> Type {
        let tree = self.tree;
        let ty = match &tree.expression(id).kind {
            ExpressionKind::Missing => Type::unknown(),
            ExpressionKind::Nil => Type::nil(),
            ExpressionKind::True => Value::True.into(),
            ExpressionKind::False => Value::False.into(),
            ExpressionKind::Number(number) => Value::NumberLiteral(*number).into(),
            ExpressionKind::String(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Value::StringLiteral(SmolStr::new(text)).into(),
                Err(_) => Value::String.into(),
            },
            ExpressionKind::Vararg => Type::unknown(),
            ExpressionKind::Name(name) => self.name(id, name, flow),
            ExpressionKind::Field { base, name } => self.field(id, *base, name, flow),
            ExpressionKind::Index { base, key } => self.index(id, *base, *key, flow),
            ExpressionKind::Call(_) => {
                let values = self.values(id, flow);
                return values.first();
            }
            ExpressionKind::Function(function) => self.define(*function),
            ExpressionKind::Table(fields) => self.constructor(id, fields, flow),
            ExpressionKind::Binary { operator, left, right, .. } => {
                self.binary(*operator, *left, *right, flow)
            }
            ExpressionKind::Unary { operator, operand, .. } => {
                let operand = self.expression(*operand, flow);
                unary(*operator, &operand)
            }
            ExpressionKind::Parenthesized(inner) => self.expression(*inner, flow),
        };
        if flow.is_reachable() {
            self.note_type(id, &ty);
        }
        ty
    }

    /// All values of an expression: calls and `...` may give several.
    pub(super) fn values(&mut self, id: ExpressionId, flow: &mut Flow) -> Values {
        let tree = self.tree;
        match &tree.expression(id).kind {
            ExpressionKind::Call(call) => {
                let values = self.call(id, call, flow);
                if flow.is_reachable() {
                    self.note_type(id, &values.first());
                }
                values
            }
            ExpressionKind::Vararg => {
                self.note_type(id, &Type::unknown());
                Values::unknown()
            }
            _ => Values::one(self.expression(id, flow)),
        }
    }

    fn name(&mut self, id: ExpressionId, name: &SmolStr, flow: &Flow) -> Type {
        let Some(binding) = self.scopes.resolve(id) else {
            let place = Place { root: None, path: name.clone() };
            let ty = match flow.get(&place) {
                Some(ty) => ty.clone(),
                None => self.global(name),
            };
            if let Some(member) = ty.member() {
                self.found.members.insert(id, member.clone());
            }
            return ty;
        };
        if let Some(ty) = flow.get(&Place::local(binding)) {
            return ty.clone();
        }
        // From another function: whatever it was ever given. Its first nil is only there until something else comes.
        let known = self.ever(binding);
        let declared = self.scopes.binding(binding);
        if declared.function != self.function && known.may_be_nil() && self.scopes.is_reassigned(binding) {
            let rest = known.without_nil();
            return if rest.is_never() { Type::unknown() } else { rest };
        }
        known
    }

    /// The place that an expression names, if it is one that is followed.
    pub(super) fn place(&self, id: ExpressionId) -> Option<Place> {
        let tree = self.tree;
        match &tree.expression(id).kind {
            ExpressionKind::Name(name) => Some(match self.scopes.resolve(id) {
                Some(binding) => Place::local(binding),
                None => Place { root: None, path: name.clone() },
            }),
            ExpressionKind::Field { base, name } if !name.is_missing() => {
                let place = self.place(*base)?;
                Some(below(place, ".", &name.text))
            }
            ExpressionKind::Index { base, key } => {
                let step = match &tree.expression(tree.unparenthesized(*key)).kind {
                    ExpressionKind::Number(number) => SmolStr::from(number.to_string()),
                    ExpressionKind::String(_) => {
                        let text = tree.string(*key)?;
                        return Some(below(self.place(*base)?, ".", text));
                    }
                    ExpressionKind::Name(_) => {
                        // `t[i]` with the same `i`.
                        let binding = self.scopes.resolve(*key)?;
                        SmolStr::from(format!("@{}", binding.0))
                    }
                    _ => return None,
                };
                Some(below(self.place(*base)?, "#", &step))
            }
            ExpressionKind::Parenthesized(inner) => self.place(*inner),
            _ => None,
        }
    }

    fn field(&mut self, id: ExpressionId, base: ExpressionId, name: &Name, flow: &mut Flow) -> Type {
        let owner = self.expression(base, flow);
        if name.is_missing() {
            return Type::unknown();
        }
        if let Some(ty) = self.place(id).and_then(|place| flow.get(&place)) {
            let ty = ty.clone();
            if let Some(member) = ty.member() {
                self.found.members.insert(id, member.clone());
            }
            return ty;
        }
        self.member_of(id, &owner, &name.text, name.span)
    }

    /// What `owner.name` is, noted for the expression `id`.
    pub(super) fn member_of(&mut self, id: ExpressionId, owner: &Type, name: &SmolStr, span: Span) -> Type {
        let mut ty = Type::never();
        if owner.is_open() {
            ty = ty.opened();
        }
        for value in owner.values() {
            let found = self.member_of_value(value, name, DEEPEST_FALLBACK);
            // Where one known value lacks it, it is read of another one.
            if !(owner.is_open() && found.is_nil()) {
                ty.join(&found);
            }
        }
        if let Some(member) = ty.member() {
            self.found.members.insert(id, member.clone());
        }
        if let Some(class) = owner.class()
            && self.api.member(class, name).is_none()
            && self.api.class(class).is_some_and(|class| class.index.is_none())
            && !self.is_unknown_inside(class)
        {
            self.found.missing_members.push(MissingMember {
                expression: id,
                owner: class.clone(),
                member: name.clone(),
                span,
            });
        }
        ty
    }

    /// Whether nothing is known of what a class has: it is only seen by its name.
    fn is_unknown_inside(&self, class: &str) -> bool {
        self.api.class(class).is_some_and(|class| class.about.undocumented)
            && self.api.own_members(class).is_empty()
    }

    fn member_of_value(&mut self, value: &Value, name: &SmolStr, depth: u32) -> Type {
        match value {
            Value::Table(table) => self.member_of_table(*table, name, depth),
            Value::Callouts(table) => {
                let ty = self.member_of_table(*table, name, depth);
                if ty.all(|value| matches!(value, Value::Function(_))) { ty } else { Type::unknown() }
            }
            Value::Instance(class) => match self.api.member(class, name) {
                Some(member) => self.member_type(member),
                None => {
                    let index = self.api.class(class).and_then(|class| class.index.as_ref());
                    index.map_or_else(Type::unknown, |(_, element)| library::from_model(self.api, element))
                }
            },
            Value::String | Value::StringLiteral(_) => match self.api.member("string", name) {
                Some(member) => self.member_type(member),
                None => Type::unknown(),
            },
            Value::Structure(structure) => {
                let key = Type::from(Value::StringLiteral(name.clone()));
                library::index_structure(self.api, structure, &key)
            }
            // Indexing nil raises: nothing comes of it.
            Value::Nil => Type::never(),
            _ => Type::unknown(),
        }
    }

    pub(super) fn member_of_table(&mut self, table: TableRef, name: &SmolStr, depth: u32) -> Type {
        if self.table(table).is_none() {
            return Type::unknown();
        }
        let mut written: Option<Type> = None;
        let mut ty = Type::never();
        let mut fallback = Type::never();
        let (mut open, mut open_keys) = (false, false);
        for known in self.with_parts(table) {
            if let Some(field) = known.field(name) {
                written.get_or_insert_with(Type::never).join(&field.ty);
            }
            let computed_names = known.keys.is_open() || known.keys.any(|key| matches!(key, Value::String));
            if computed_names {
                ty.join(&known.elements.clone().or(&Type::nil()));
            }
            fallback.join(&known.fallback);
            open |= known.open;
            open_keys |= known.keys.is_open();
        }
        if let Some(ty) = written {
            return if open { ty.opened() } else { ty };
        }
        let open = open || open_keys;
        if fallback.is_open() || open {
            return Type::unknown();
        }
        if let Some(depth) = depth.checked_sub(1) {
            for value in fallback.values().to_vec() {
                ty.join(&self.member_of_value(&value, name, depth));
            }
        }
        if ty.is_never() && fallback.is_never() && !self.optimistic { Type::nil() } else { ty }
    }

    fn index(&mut self, id: ExpressionId, base: ExpressionId, key: ExpressionId, flow: &mut Flow) -> Type {
        let owner = self.expression(base, flow);
        let key_type = self.expression(key, flow);
        if let Some(ty) = self.place(id).and_then(|place| flow.get(&place)) {
            return ty.clone();
        }
        if let Some(name) = key_type.string_literal() {
            let name = name.clone();
            let span = self.tree.expression(key).span;
            return self.member_of(id, &owner, &name, span);
        }
        let mut ty = Type::never();
        if owner.is_open() {
            ty = ty.opened();
        }
        for value in owner.values() {
            match value {
                Value::Table(table) => {
                    let mut elements = Type::never();
                    for known in self.with_parts(*table) {
                        if known.open || !known.fallback.is_never() {
                            elements = Type::unknown();
                            break;
                        }
                        elements.join(&known.elements);
                        // A computed key may be the name of any field.
                        if !key_type.all(|key| matches!(key, Value::Number | Value::NumberLiteral(_))) {
                            for (_, field) in &known.fields {
                                elements.join(&field.ty);
                            }
                        }
                    }
                    // Which elements are there is not followed.
                    ty.join(&if elements.is_never() { Type::unknown() } else { elements });
                }
                Value::Structure(structure) => {
                    let element = library::index_structure(self.api, structure, &key_type);
                    // An array that is a field of userdata belongs to C: reading outside it crashes, nil never comes.
                    ty.join(&if self.is_userdata_field(base) { element.without_nil() } else { element });
                }
                Value::Instance(class) => {
                    match self.api.class(class).and_then(|class| class.index.as_ref()) {
                        Some((_, element)) => {
                            ty.join(&library::from_model(self.api, element));
                        }
                        None => ty = ty.opened(),
                    }
                }
                Value::Nil => {}
                _ => ty = ty.opened(),
            }
        }
        ty
    }

    fn is_userdata_field(&self, id: ExpressionId) -> bool {
        let tree = self.tree;
        let ExpressionKind::Field { base, .. } = tree.expression(tree.unparenthesized(id)).kind else {
            return false;
        };
        let owner = self.found.types.get(&base).and_then(Type::class).and_then(|class| self.api.class(class));
        owner.is_some_and(|class| matches!(class.kind, model::ClassKind::Userdata | model::ClassKind::Struct))
    }

    fn constructor(&mut self, id: ExpressionId, fields: &[TableField], flow: &mut Flow) -> Type {
        let table = self.new_table(id);
        for (index, field) in fields.iter().enumerate() {
            match &field.key {
                TableKey::Name(name) => {
                    let ty = self.expression(field.value, flow);
                    self.constructor_field(table, &name.text, name.span, field, &ty);
                }
                TableKey::Expression(key) => {
                    let key_type = self.expression(*key, flow);
                    let ty = self.expression(field.value, flow);
                    match key_type.string_literal() {
                        Some(name) => {
                            let span = self.tree.expression(*key).span;
                            self.constructor_field(table, name, span, field, &ty);
                        }
                        None => self.constructor_element(table, &key_type.generalized(), &ty),
                    }
                }
                TableKey::Positional => {
                    let ty = if index + 1 == fields.len() {
                        let values = self.values(field.value, flow);
                        values.list.iter().chain(&values.rest).fold(Type::never(), |union, ty| union.or(ty))
                    } else {
                        self.expression(field.value, flow)
                    };
                    self.constructor_element(table, &Value::Number.into(), &ty);
                }
            }
        }
        Value::Table(table).into()
    }

    fn constructor_element(&mut self, table: TableRef, key: &Type, ty: &Type) {
        let mut changed = false;
        if let Some(own) = self.own_table(table) {
            changed |= own.elements.join(ty);
            changed |= own.keys.join(key);
        }
        self.changed |= changed;
    }

    fn constructor_field(
        &mut self,
        table: TableRef,
        name: &SmolStr,
        name_span: Span,
        field: &TableField,
        ty: &Type,
    ) {
        let function = match self.tree.expression(field.value).kind {
            ExpressionKind::Function(function) => Some(function),
            _ => None,
        };
        let write = FieldWrite {
            name_span,
            span: field.span,
            function,
            value: Some(field.value),
            style: WriteStyle::Constructor,
            inside: self.function,
        };
        self.write_field(table, name, ty, write);
    }

    fn binary(
        &mut self,
        operator: BinaryOperator,
        left: ExpressionId,
        right: ExpressionId,
        flow: &mut Flow,
    ) -> Type {
        match operator {
            BinaryOperator::And => {
                let (first, second) = self.both_sides(left, right, true, flow);
                if first.is_open() && first.falsy().is_never() {
                    second.opened()
                } else {
                    first.falsy().or(&second)
                }
            }
            BinaryOperator::Or => {
                // `a and b or c`: where b is true, it is the value.
                let inner = match self.tree.expression(left).kind {
                    ExpressionKind::Binary { operator: BinaryOperator::And, left, right, .. } => {
                        Some((left, right))
                    }
                    _ => None,
                };
                if let Some((condition, value)) = inner {
                    let (taken, not_taken) = self.condition(condition, std::mem::take(flow));
                    let mut inside = taken;
                    let value_type = self.expression(value, &mut inside);
                    let mut outside = if value_type.all(Value::is_truthy) {
                        not_taken
                    } else {
                        inside.clone().or(not_taken)
                    };
                    let (truthy, _) = self.narrowed(value, inside);
                    self.note_type(left, &value_type);
                    let other = self.expression(right, &mut outside);
                    *flow = truthy.or(outside);
                    return value_type.truthy().or(&other);
                }
                let (first, second) = self.both_sides(left, right, false, flow);
                first.truthy().or(&second)
            }
            _ => {
                let first = self.expression(left, flow);
                let second = self.expression(right, flow);
                arithmetic(operator, &first, &second)
            }
        }
    }

    /// Both sides of `and` (the right one where the left is true) or `or`.
    fn both_sides(
        &mut self,
        left: ExpressionId,
        right: ExpressionId,
        when: bool,
        flow: &mut Flow,
    ) -> (Type, Type) {
        let (taken, not_taken) = self.condition(left, std::mem::take(flow));
        let first = self.found.types.get(&left).cloned().unwrap_or_default();
        let (mut inside, outside) = if when { (taken, not_taken) } else { (not_taken, taken) };
        let second = self.expression(right, &mut inside);
        *flow = inside.or(outside);
        (first, second)
    }
}

fn below(place: Place, separator: &str, step: &str) -> Place {
    let mut path = SmolStrBuilder::new();
    path.push_str(&place.path);
    path.push_str(separator);
    path.push_str(step);
    Place { root: place.root, path: path.finish() }
}

fn unary(operator: UnaryOperator, operand: &Type) -> Type {
    match operator {
        UnaryOperator::Not => {
            match (operand.any(Value::is_truthy), operand.any(|value| !value.is_truthy())) {
                (true, false) if !operand.is_open() => Value::False.into(),
                (false, true) if !operand.is_open() => Value::True.into(),
                _ => Type::boolean(),
            }
        }
        UnaryOperator::Negate => match operand.single() {
            Some(Value::NumberLiteral(number)) => Value::NumberLiteral(-number).into(),
            _ if has_metamethods(operand) => Type::unknown(),
            _ => Value::Number.into(),
        },
        UnaryOperator::Length => Value::Number.into(),
        UnaryOperator::BitNot if has_metamethods(operand) => Type::unknown(),
        UnaryOperator::BitNot => Value::Number.into(),
    }
}

/// Whether operators may do anything at all with it.
fn has_metamethods(ty: &Type) -> bool {
    ty.is_open()
        || ty.any(|value| {
            matches!(
                value,
                Value::Table(_)
                    | Value::Callouts(_)
                    | Value::AnyTable
                    | Value::Instance(_)
                    | Value::Userdata
                    | Value::Structure(model::Type::Record(_))
            )
        })
}

fn arithmetic(operator: BinaryOperator, left: &Type, right: &Type) -> Type {
    if operator.is_comparison() {
        return Type::boolean();
    }
    if has_metamethods(left) || has_metamethods(right) {
        return Type::unknown();
    }
    if operator == BinaryOperator::Concatenate {
        return match (left.string_literal(), right.string_literal()) {
            (Some(left), Some(right)) if left.len() + right.len() < 256 => {
                Value::StringLiteral(SmolStr::from(format!("{left}{right}"))).into()
            }
            _ => Value::String.into(),
        };
    }
    if let (Some(Value::NumberLiteral(left)), Some(Value::NumberLiteral(right))) =
        (left.single(), right.single())
    {
        let folded = match operator {
            BinaryOperator::Add => left + right,
            BinaryOperator::Subtract => left - right,
            BinaryOperator::Multiply => left * right,
            _ => return Value::Number.into(),
        };
        return Value::NumberLiteral(folded).into();
    }
    Value::Number.into()
}
