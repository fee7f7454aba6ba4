//! The Momentum API as types of the analysis.

use super::types::{MemberRef, Type, Value};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::{Member, NamedType};
use momentum_lua_stub_reader::model::{self, Function, Literal, RecordField, Signature};
use smol_str::SmolStr;
use std::sync::Arc;

/// How deep aliases of aliases are followed.
const DEEPEST_ALIAS: u32 = 8;

/// The type that a stub's type says.
#[must_use]
pub fn from_model(api: &Api, ty: &model::Type) -> Type {
    convert(api, ty, DEEPEST_ALIAS)
}

fn convert(api: &Api, ty: &model::Type, depth: u32) -> Type {
    match ty {
        model::Type::Any | model::Type::Unknown | model::Type::Generic(_) => Type::unknown(),
        model::Type::Nil => Type::nil(),
        model::Type::Boolean => Type::boolean(),
        model::Type::Number | model::Type::Integer => Value::Number.into(),
        model::Type::String => Value::String.into(),
        model::Type::Table => Value::AnyTable.into(),
        model::Type::Function => Value::AnyFunction.into(),
        model::Type::Thread => Value::Thread.into(),
        model::Type::Userdata => Value::Userdata.into(),
        model::Type::Literal(literal) => match literal {
            Literal::Boolean(true) => Value::True,
            Literal::Boolean(false) => Value::False,
            #[expect(clippy::cast_precision_loss, reason = "Lua's numbers are doubles")]
            Literal::Integer(number) => Value::NumberLiteral(*number as f64),
            Literal::String(text) => Value::StringLiteral(SmolStr::new(text.as_str())),
        }
        .into(),
        model::Type::Named(name) => match api.named_type(name) {
            Some(NamedType::Class(class)) => Value::Instance(class.name.clone()).into(),
            Some(NamedType::Alias(alias)) if depth > 0 => convert(api, &alias.ty, depth - 1),
            Some(NamedType::Group(_)) => Value::Group(name.clone()).into(),
            _ => Type::unknown(),
        },
        model::Type::Array(_)
        | model::Type::Map(_)
        | model::Type::Record(_)
        | model::Type::Tuple(_)
        | model::Type::Fun(_) => Value::Structure(ty.clone()).into(),
        model::Type::Union(members) => {
            members.iter().fold(Type::never(), |union, member| union.or(&convert(api, member, depth)))
        }
        model::Type::Variadic(inner) => convert(api, inner, depth),
    }
}

/// What reading a member gives.
#[must_use]
pub fn member_type(api: &Api, member: Member<'_>) -> Type {
    match member {
        Member::Field(field) => from_model(api, &field.ty),
        Member::Table(class) => Value::Instance(class.name.clone()).into(),
        Member::Function(function) => reference(function).into(),
        Member::CFunction(c) => reference(&c.function).into(),
        Member::Constant(constant) => Value::Member(Arc::new(MemberRef {
            owner: constant.owner.clone(),
            member: constant.member.clone(),
        }))
        .into(),
    }
}

fn reference(function: &Function) -> Value {
    Value::Member(Arc::new(MemberRef { owner: function.owner.clone(), member: function.member.clone() }))
}

/// Looks a reference up again.
#[must_use]
pub fn resolve<'a>(api: &'a Api, member: &MemberRef) -> Option<Member<'a>> {
    if member.owner.is_empty() {
        api.global(&member.member)
    } else {
        api.member(&member.owner, &member.member)
    }
}

/// What indexing a structure gives. nil is included for a constant key that may be absent; a key that is computed, as in
/// a loop, is taken to be there.
#[must_use]
pub fn index_structure(api: &Api, structure: &model::Type, key: &Type) -> Type {
    let absent = match key.single() {
        Some(Value::NumberLiteral(_) | Value::StringLiteral(_)) => Type::nil(),
        _ => Type::never(),
    };
    match structure {
        model::Type::Array(element) => from_model(api, element).or(&absent),
        model::Type::Tuple(members) => match key.single() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
            Some(Value::NumberLiteral(number)) if *number >= 1.0 && number.fract() == 0.0 => {
                members.get(*number as usize - 1).map_or_else(Type::nil, |member| from_model(api, member))
            }
            _ => members.iter().fold(Type::never(), |union, member| union.or(&from_model(api, member))),
        },
        model::Type::Map(pair) => from_model(api, &pair.1).or(&absent),
        model::Type::Record(fields) => {
            let name = key.string_literal();
            let mut result = Type::never();
            for field in fields.iter() {
                match field {
                    RecordField::Named { name: field_name, ty, optional } => {
                        if name.is_some_and(|name| field_name == name.as_str()) {
                            let ty = from_model(api, ty);
                            return if *optional { ty.or(&Type::nil()) } else { ty };
                        }
                    }
                    RecordField::Indexed { value, .. } => {
                        result.join(&from_model(api, value));
                        result.join(&absent);
                    }
                }
            }
            if result.is_never() { Type::unknown() } else { result }
        }
        _ => Type::unknown(),
    }
}

/// Keys and values that a loop over a structure sees.
#[must_use]
pub fn iterate_structure(api: &Api, structure: &model::Type) -> Option<(Type, Type)> {
    let number = || Type::from(Value::Number);
    Some(match structure {
        model::Type::Array(element) => (number(), from_model(api, element)),
        model::Type::Tuple(members) => {
            (number(), members.iter().fold(Type::never(), |union, member| union.or(&from_model(api, member))))
        }
        model::Type::Map(pair) => (from_model(api, &pair.0), from_model(api, &pair.1)),
        model::Type::Record(_) => (Value::String.into(), Type::unknown()),
        _ => return None,
    })
}

/// Whether a value of `ty` is ever accepted where the stub says `wanted`. False only where it certainly is not.
#[must_use]
pub fn may_be(api: &Api, ty: &Type, wanted: &model::Type) -> bool {
    if ty.is_open() || ty.is_never() {
        return true;
    }
    ty.any(|value| value_may_be(api, value, wanted, DEEPEST_ALIAS))
}

/// Whether that value is ever accepted where the stub says `wanted`.
#[must_use]
pub fn value_may_be(api: &Api, value: &Value, wanted: &model::Type, depth: u32) -> bool {
    use model::Type as M;
    let Some(depth) = depth.checked_sub(1) else { return true };
    let value = if matches!(value, Value::Callouts(_)) { &Value::AnyTable } else { value };
    match wanted {
        M::Any | M::Unknown | M::Generic(_) => true,
        M::Union(members) => members.iter().any(|member| value_may_be(api, value, member, depth + 1)),
        M::Variadic(inner) => value_may_be(api, value, inner, depth),
        M::Nil => *value == Value::Nil,
        M::Boolean => matches!(value, Value::True | Value::False) || is_constant_like(api, value),
        // A string that holds a number is one to C.
        M::Number | M::Integer => {
            matches!(value, Value::Number | Value::NumberLiteral(_) | Value::String)
                || is_constant_like(api, value)
                || matches!(value, Value::StringLiteral(text) if text.trim().parse::<f64>().is_ok())
        }
        // Numbers are converted.
        M::String => {
            matches!(value, Value::String | Value::StringLiteral(_) | Value::Number | Value::NumberLiteral(_))
                || is_constant_like(api, value)
        }
        M::Literal(literal) => match (literal, value) {
            (Literal::Boolean(wanted), Value::True | Value::False) => *wanted == (*value == Value::True),
            #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "Lua's numbers are doubles")]
            (Literal::Integer(wanted), Value::NumberLiteral(number)) => *wanted as f64 == *number,
            (Literal::String(wanted), Value::StringLiteral(text)) => wanted == text.as_str(),
            (Literal::Integer(_), Value::Number) | (Literal::String(_), Value::String) => true,
            _ => is_constant_like(api, value),
        },
        M::Table | M::Array(_) | M::Map(_) | M::Record(_) | M::Tuple(_) => match value {
            Value::Table(_) | Value::AnyTable | Value::Instance(_) | Value::Userdata => true,
            Value::Structure(structure) => !matches!(structure, M::Fun(_)),
            _ => false,
        },
        M::Function | M::Fun(_) => match value {
            Value::Function(_) | Value::AnyFunction | Value::Table(_) | Value::Instance(_) => true,
            Value::Structure(structure) => matches!(structure, M::Fun(_)),
            Value::Member(member) => !matches!(resolve(api, member), Some(Member::Constant(_))),
            _ => false,
        },
        M::Thread => *value == Value::Thread,
        M::Userdata => matches!(value, Value::Userdata | Value::Instance(_)),
        M::Named(name) => match api.named_type(name) {
            Some(NamedType::Class(class)) => match value {
                Value::Instance(own) => {
                    own == &class.name || api.inherits(own, &class.name) || api.inherits(&class.name, own)
                }
                // A class that the documentation gives no receiver is a table that scripts make: options, a record.
                Value::Table(_) | Value::AnyTable => {
                    class.kind == model::ClassKind::Table || class.receivers.is_empty()
                }
                Value::Userdata | Value::Structure(_) => true,
                _ => false,
            },
            Some(NamedType::Alias(alias)) => value_may_be(api, value, &alias.ty, depth),
            Some(NamedType::Group(_)) => {
                matches!(value, Value::Group(_) | Value::Member(_) | Value::Number | Value::NumberLiteral(_))
            }
            None => true,
        },
    }
}

/// Constants of the API whose Lua type the documentation does not tell.
fn is_constant_like(api: &Api, value: &Value) -> bool {
    match value {
        Value::Group(_) => true,
        Value::Member(member) => resolve(api, member).is_none_or(|member| member.function().is_none()),
        _ => false,
    }
}

/// The signature that fits the arguments best: by count, then by type, the fewest parameters first. `None` if there is no
/// signature that takes so many arguments.
#[must_use]
pub fn choose_signature<'a>(
    api: &Api,
    signatures: impl Iterator<Item = &'a Signature>,
    arguments: &[Type],
    open_ended: bool,
) -> Option<&'a Signature> {
    let by_count = signatures.filter(|signature| {
        let enough = open_ended || arguments.len() >= signature.least();
        enough && signature.most().is_none_or(|most| arguments.len() <= most)
    });
    let fits = |signature: &&Signature| {
        arguments.iter().enumerate().all(|(position, argument)| {
            signature.param(position).is_none_or(|param| {
                may_be(api, argument, &param.ty) || (param.optional && argument.may_be_nil())
            })
        })
    };
    let mut candidates: Vec<&Signature> = by_count.collect();
    candidates.sort_by_key(|signature| signature.params.len());
    candidates.iter().find(|signature| fits(signature)).or(candidates.first()).copied()
}
