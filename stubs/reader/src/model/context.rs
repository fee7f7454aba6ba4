//! Context variables.

use serde::{Deserialize, Serialize};

use super::{About, Text};

/// A context variable that the server defines or reads. Its value is always a string.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ContextVariable {
    /// Its key.
    pub name: Text,
    /// The part of the key in `<…>` varies.
    pub template: bool,
    /// `conn` or `mess`.
    pub dictionary: Text,
    /// The module that defines it; `global` for the server itself, `listener` for a listener's Context.
    pub module: Text,
    /// The callout or hook from which on it can be read.
    pub from: Option<Text>,
    /// The documentation does not say so.
    pub from_inferred: bool,
    /// Functions that set it: it is missing before they are called.
    pub set_by: Vec<Text>,
    /// Its values, where the set is closed.
    pub values: Vec<Text>,
    /// What setting it from a script does; without one it is only to be read.
    pub effect: Option<Text>,
    /// The callout or hook in which setting it works.
    pub set_in: Option<Text>,
    /// The module option that gives it another name.
    pub option: Option<Text>,
    /// Description, versions, remarks.
    pub about: About,
}

/// One of the two dictionaries of context variables.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ContextDictionary {
    /// `conn` or `mess`.
    pub name: Text,
    /// The constant by which methods of the validation context choose it.
    pub vctx: Text,
    /// The constant by which methods of a message choose it.
    pub message: Text,
    /// How a macro reads it; KEY stands for the variable's name.
    pub macro_syntax: Text,
    /// When it is emptied: `connection`, `message`.
    pub lifetime: Text,
    /// Description, versions, remarks.
    pub about: About,
}
