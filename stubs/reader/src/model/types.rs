//! Types, as LuaCATS writes them.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Signature, Text};

/// A type. Clones are cheap: nothing below the first level is copied.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Type {
    /// `any`: everything is allowed.
    Any,
    /// `unknown`: nothing is known.
    #[default]
    Unknown,
    /// `nil`
    Nil,
    /// `boolean`
    Boolean,
    /// `number`
    Number,
    /// `integer`: a number without fraction.
    Integer,
    /// `string`
    String,
    /// `table`: some table.
    Table,
    /// `function`: some function.
    Function,
    /// `thread`
    Thread,
    /// `userdata`: some opaque userdata.
    Userdata,
    /// A literal: `"A"`, `0`, `true`.
    Literal(Literal),
    /// The name of a class, an alias or a group of constants.
    Named(Text),
    /// A type parameter of the function or class around it.
    Generic(Text),
    /// `T[]`
    Array(Arc<Type>),
    /// `table<K, V>`
    Map(Arc<(Type, Type)>),
    /// `{ name: T, other?: T, [K]: V }`
    Record(Arc<[RecordField]>),
    /// `[A, B]`: a list of that length.
    Tuple(Arc<[Type]>),
    /// `fun(a: T): R`
    Fun(Arc<Signature>),
    /// `A|B`; `T?` is the union with nil. Has at least two members, none of them a union.
    Union(Arc<[Type]>),
    /// `T...`: any number of values; as a result only.
    Variadic(Arc<Type>),
}

/// A value that is a type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Literal {
    /// `true`, `false`
    Boolean(bool),
    /// `0`, `-1`
    Integer(i64),
    /// A string, without its quotes.
    String(Text),
}

/// A field of a [`Type::Record`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum RecordField {
    /// `name: T`, `name?: T`
    Named {
        /// The key.
        name: Text,
        /// The type, without the nil that `optional` adds.
        ty: Type,
        /// May be absent.
        optional: bool,
    },
    /// `[K]: V`
    Indexed {
        /// Type of the keys.
        key: Type,
        /// Type of the values.
        value: Type,
    },
}

impl Type {
    /// `A|B|…`, flattened, without repetitions; a single member is itself, none is `unknown`, and `any` swallows all.
    #[must_use]
    pub fn union(members: impl IntoIterator<Item = Type>) -> Self {
        let mut flat: Vec<Type> = Vec::new();
        for member in members {
            match member {
                Type::Union(inner) => inner.iter().for_each(|one| push_new(&mut flat, one.clone())),
                one => push_new(&mut flat, one),
            }
        }
        if flat.contains(&Type::Any) {
            return Type::Any;
        }
        match flat.len() {
            0 => Type::Unknown,
            1 => flat.remove(0),
            _ => Type::Union(flat.into()),
        }
    }

    /// `T?`
    #[must_use]
    pub fn optional(self) -> Self {
        match self {
            Type::Any | Type::Unknown | Type::Nil => self,
            other => Type::union([other, Type::Nil]),
        }
    }

    /// The same type without nil; `nil` itself stays.
    #[must_use]
    pub fn without_nil(&self) -> Self {
        match self {
            Type::Union(members) => Type::union(members.iter().filter(|one| **one != Type::Nil).cloned()),
            other => other.clone(),
        }
    }

    /// Whether nil is one of its values for certain; `any` and `unknown` do not say so.
    #[must_use]
    pub fn may_be_nil(&self) -> bool {
        match self {
            Type::Nil => true,
            Type::Union(members) => members.contains(&Type::Nil),
            _ => false,
        }
    }

    /// The members of a union; of any other type, itself.
    #[must_use]
    pub fn members(&self) -> &[Type] {
        match self {
            Type::Union(members) => members,
            other => std::slice::from_ref(other),
        }
    }

    /// A string literal.
    #[must_use]
    pub fn string(value: impl Into<Text>) -> Self {
        Type::Literal(Literal::String(value.into()))
    }

    /// Calls `visit` with every name of a class, alias or group in it, however deep.
    pub fn names<'a>(&'a self, visit: &mut dyn FnMut(&'a Text)) {
        match self {
            Type::Named(name) => visit(name),
            Type::Array(inner) | Type::Variadic(inner) => inner.names(visit),
            Type::Map(pair) => {
                pair.0.names(visit);
                pair.1.names(visit);
            }
            Type::Record(fields) => fields.iter().for_each(|field| match field {
                RecordField::Named { ty, .. } => ty.names(visit),
                RecordField::Indexed { key, value } => {
                    key.names(visit);
                    value.names(visit);
                }
            }),
            Type::Fun(signature) => {
                signature.params.iter().for_each(|param| param.ty.names(visit));
                signature.returns.iter().for_each(|result| result.ty.names(visit));
            }
            Type::Union(members) | Type::Tuple(members) => members.iter().for_each(|one| one.names(visit)),
            _ => {}
        }
    }
}

fn push_new(members: &mut Vec<Type>, one: Type) {
    if !members.contains(&one) {
        members.push(one);
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Any => f.write_str("any"),
            Type::Unknown => f.write_str("unknown"),
            Type::Nil => f.write_str("nil"),
            Type::Boolean => f.write_str("boolean"),
            Type::Number => f.write_str("number"),
            Type::Integer => f.write_str("integer"),
            Type::String => f.write_str("string"),
            Type::Table => f.write_str("table"),
            Type::Function => f.write_str("function"),
            Type::Thread => f.write_str("thread"),
            Type::Userdata => f.write_str("userdata"),
            Type::Literal(literal) => write!(f, "{literal}"),
            Type::Named(name) | Type::Generic(name) => f.write_str(name),
            Type::Array(element) => write!(f, "{}[]", Grouped(element)),
            Type::Map(pair) => write!(f, "table<{}, {}>", pair.0, pair.1),
            Type::Record(fields) => record(f, fields),
            Type::Tuple(members) => {
                f.write_str("[")?;
                list(f, members, ", ")?;
                f.write_str("]")
            }
            Type::Fun(signature) => write!(f, "fun{signature}"),
            Type::Union(members) => match &**members {
                [one, Type::Nil] => write!(f, "{}?", Grouped(one)),
                _ => {
                    for (position, one) in members.iter().enumerate() {
                        if position > 0 {
                            f.write_str("|")?;
                        }
                        // A function's results would swallow the rest of the union.
                        if matches!(one, Type::Fun(_)) { write!(f, "({one})")? } else { write!(f, "{one}")? }
                    }
                    Ok(())
                }
            },
            Type::Variadic(inner) => write!(f, "{}...", Grouped(inner)),
        }
    }
}

/// A type in brackets where a suffix would otherwise bind to a part of it.
struct Grouped<'a>(&'a Type);

impl fmt::Display for Grouped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Type::Union(_) | Type::Fun(_) => write!(f, "({})", self.0),
            other => write!(f, "{other}"),
        }
    }
}

fn record(f: &mut fmt::Formatter<'_>, fields: &[RecordField]) -> fmt::Result {
    if fields.is_empty() {
        return f.write_str("{}");
    }
    f.write_str("{ ")?;
    for (position, field) in fields.iter().enumerate() {
        if position > 0 {
            f.write_str(", ")?;
        }
        match field {
            RecordField::Named { name, ty, optional } => {
                write!(f, "{name}{}: {ty}", if *optional { "?" } else { "" })?;
            }
            RecordField::Indexed { key, value } => write!(f, "[{key}]: {value}")?,
        }
    }
    f.write_str(" }")
}

fn list(f: &mut fmt::Formatter<'_>, members: &[Type], between: &str) -> fmt::Result {
    for (position, one) in members.iter().enumerate() {
        if position > 0 {
            f.write_str(between)?;
        }
        write!(f, "{one}")?;
    }
    Ok(())
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Boolean(value) => write!(f, "{value}"),
            Literal::Integer(value) => write!(f, "{value}"),
            Literal::String(value) if !value.contains('"') => write!(f, "\"{value}\""),
            Literal::String(value) => write!(f, "'{value}'"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unions_are_flat_and_without_repetition() {
        let inner = Type::union([Type::String, Type::Nil]);
        let outer = Type::union([inner.clone(), Type::Number, Type::String]);
        assert_eq!(outer.members(), [Type::String, Type::Nil, Type::Number]);
        assert_eq!(Type::union([Type::String]), Type::String);
        assert_eq!(Type::union([]), Type::Unknown);
        assert_eq!(Type::union([inner, Type::Any]), Type::Any);
    }

    #[test]
    fn suffixes_bind_to_the_whole() {
        let either = Type::union([Type::String, Type::Integer]);
        assert_eq!(Type::Array(Arc::new(either.clone())).to_string(), "(string|integer)[]");
        assert_eq!(either.optional().to_string(), "string|integer|nil");
        assert_eq!(Type::String.optional().to_string(), "string?");
        let call = Type::Fun(Arc::new(Signature::default()));
        assert_eq!(call.optional().to_string(), "(fun())?");
    }
}
