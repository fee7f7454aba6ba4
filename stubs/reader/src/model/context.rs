//! Context variables.

use serde::{Deserialize, Serialize};

use super::{About, Text};

/// A predefined context variable. Its value is always a string.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ContextVariable {
    /// Its key.
    pub name: Text,
    /// `conn` or `mess`.
    pub dictionary: Text,
    /// The module that sets it, or `global`.
    pub defined_by: Option<Text>,
    /// The callout, hook or phase from which on it is there.
    pub available_from: Option<Text>,
    /// Its values, where the set is closed.
    pub values: Vec<Text>,
    /// What happens when a script writes it, where that has an effect.
    pub effect: Option<Text>,
    /// Description, versions, remarks.
    pub about: About,
}
