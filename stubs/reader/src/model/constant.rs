//! Constants.

use serde::{Deserialize, Serialize};

use super::{About, Literal, Text, Type};

/// A constant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Constant {
    /// Its full name: `msys.core.VALIDATE_CONT`.
    pub name: Text,
    /// The table that it stands in: `msys.core`.
    pub owner: Text,
    /// The last part of its name.
    pub member: Text,
    /// The group that it belongs to; groups are types.
    pub group: Option<Text>,
    /// Its value, where it is known.
    pub value: Option<ConstantValue>,
    /// Modules that must be required first.
    pub requires: Vec<Text>,
    /// Description, versions, remarks.
    pub about: About,
}

/// The value of a constant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum ConstantValue {
    /// A number without fraction.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// A string, without its quotes.
    String(Text),
    /// `true` or `false`.
    Boolean(bool),
}

impl Constant {
    /// Its type: the group's, else that of its value, else any number: constants are numbers unless the stub says
    /// otherwise.
    #[must_use]
    pub fn ty(&self) -> Type {
        match (&self.group, &self.value) {
            (Some(group), _) => Type::Named(group.clone()),
            (None, Some(value)) => value.ty(),
            (None, None) => Type::Number,
        }
    }
}

impl ConstantValue {
    /// Its type: a literal, as far as literals are types.
    #[must_use]
    pub fn ty(&self) -> Type {
        match self {
            ConstantValue::Integer(value) => Type::Literal(Literal::Integer(*value)),
            ConstantValue::Number(_) => Type::Number,
            ConstantValue::String(value) => Type::Literal(Literal::String(value.clone())),
            ConstantValue::Boolean(value) => Type::Literal(Literal::Boolean(*value)),
        }
    }
}
