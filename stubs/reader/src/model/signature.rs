//! Parameters and results.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Text, Type};

/// What goes in and what comes out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Signature {
    /// Type parameters (`---@generic T`).
    pub generics: Vec<Generic>,
    /// Parameters in order, without `self`.
    pub params: Vec<Param>,
    /// Results in order; empty where none is returned or nothing is known.
    pub returns: Vec<Return>,
}

impl Signature {
    /// The fewest arguments that a call may have.
    #[must_use]
    pub fn least(&self) -> usize {
        let required = |param: &Param| !param.optional && !param.variadic;
        self.params.iter().rposition(required).map_or(0, |last| last + 1)
    }

    /// The most arguments that a call may have; `None` where it is variadic.
    #[must_use]
    pub fn most(&self) -> Option<usize> {
        (!self.params.iter().any(|param| param.variadic)).then_some(self.params.len())
    }

    /// The parameter that takes the argument at `position` (from 0): the variadic one takes all that follow.
    #[must_use]
    pub fn param(&self, position: usize) -> Option<&Param> {
        self.params.get(position).or_else(|| self.params.last().filter(|last| last.variadic))
    }
}

impl fmt::Display for Signature {
    /// `(subject: string, pattern?: string, ...: any): string?, integer`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        for (position, param) in self.params.iter().enumerate() {
            if position > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{param}")?;
        }
        f.write_str(")")?;
        for (position, result) in self.returns.iter().enumerate() {
            f.write_str(if position == 0 { ": " } else { ", " })?;
            write!(f, "{}", result.ty)?;
        }
        Ok(())
    }
}

/// A type parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Generic {
    /// Its name.
    pub name: Text,
    /// What it must be.
    pub bound: Option<Type>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Param {
    /// Its name; `...` for the variadic one.
    pub name: Text,
    /// Its type, without the nil that `optional` adds.
    pub ty: Type,
    /// May be left out (`name?`).
    pub optional: bool,
    /// Takes all arguments that follow (`...`).
    pub variadic: bool,
    /// nil crashes the server or raises (`@nilcrash`).
    pub nilcrash: bool,
    /// What it means, with unit and allowed values.
    pub doc: Text,
}

impl Param {
    /// A plain parameter that must be given.
    #[must_use]
    pub fn new(name: impl Into<Text>, ty: Type) -> Self {
        Self {
            name: name.into(),
            ty,
            optional: false,
            variadic: false,
            nilcrash: false,
            doc: Text::default(),
        }
    }
}

impl fmt::Display for Param {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if self.optional {
            f.write_str("?")?;
        }
        write!(f, ": {}", self.ty)
    }
}

/// One result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Return {
    /// Its type; a [`Type::Variadic`] stands last and means any number of results.
    pub ty: Type,
    /// Its name, where the stub gives one.
    pub name: Option<Text>,
    /// What it means.
    pub doc: Text,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_arguments() {
        let mut signature = Signature {
            params: vec![
                Param::new("a", Type::String),
                Param::new("b", Type::String),
                Param::new("c", Type::Any),
            ],
            ..Signature::default()
        };
        assert_eq!((signature.least(), signature.most()), (3, Some(3)));
        signature.params[2].optional = true;
        assert_eq!((signature.least(), signature.most()), (2, Some(3)));
        signature.params[0].optional = true;
        assert_eq!(
            signature.least(),
            2,
            "an optional parameter before a required one still has to be passed"
        );
        signature.params[2].variadic = true;
        assert_eq!(signature.most(), None);
        assert_eq!(signature.param(7).map(|param| param.name.as_str()), Some("c"));
    }
}
