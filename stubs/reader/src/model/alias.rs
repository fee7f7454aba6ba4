//! Named types.

use serde::{Deserialize, Serialize};

use super::{About, Generic, Text, Type};

/// `---@alias name type`
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Alias {
    /// Its name.
    pub name: Text,
    /// Type parameters.
    pub generics: Vec<Generic>,
    /// What it stands for.
    pub ty: Type,
    /// What the members of the union mean, where the stub says so (`---| "A" # text`), in their order.
    pub meanings: Vec<(Type, Text)>,
    /// Description, versions, remarks.
    pub about: About,
}
