//! Macros.

use serde::{Deserialize, Serialize};

use super::{About, Text};

/// A macro of `msys.expandMacro`, of Sieve or of the logger formats.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Macro {
    /// As it is written: `%{vctx_conn:KEY}`, `%h{X}`; upper-case letters and words stand for arguments.
    pub syntax: Text,
    /// The namespace that defines it.
    pub namespace: Text,
    /// Its other form, where it has two: `%local_ip`.
    pub short: Option<Text>,
    /// Its arguments and what they mean.
    pub arguments: Vec<(Text, Text)>,
    /// The values that it becomes, where the set is closed.
    pub values: Vec<Text>,
    /// The documentation shows it with `msys.expandMacro`.
    pub expand_macro: bool,
    /// Description, versions, remarks.
    pub about: About,
}

/// A namespace of macros.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct MacroNamespace {
    /// Its name.
    pub name: Text,
    /// Its macros are written `%X`, without braces and namespace.
    pub short: bool,
    /// What may stand after a macro's letter.
    pub transformers: Option<Text>,
    /// The module that must be loaded for it.
    pub module: Option<Text>,
    /// Description, versions, remarks.
    pub about: About,
}

/// How macros are written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct MacroGrammar {
    /// The form with a namespace.
    pub namespaced: Text,
    /// The short form.
    pub short: Text,
    /// A variable of Sieve.
    pub sieve_variable: Text,
    /// Namespaces in which a macro without one is looked up.
    pub default_namespaces: Vec<Text>,
    /// Description, versions, remarks.
    pub about: About,
}
