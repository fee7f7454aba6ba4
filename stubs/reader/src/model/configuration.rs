//! Options of the server's configuration.

use serde::{Deserialize, Serialize};

use super::{About, Text};

/// An option of the server's configuration that concerns policy.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ConfigurationOption {
    /// Its name.
    pub name: Text,
    /// The stanza that it belongs to: `scriptlet`, `datasource`, `adaptive`.
    pub stanza: Text,
    /// The kind of its value: `boolean`, `number`, `string`, …; empty where nothing is said.
    pub kind: Text,
    /// What holds when it is not given.
    pub default: Option<Text>,
    /// Its values, where the set is closed.
    pub values: Vec<Text>,
    /// Scopes in which it may stand.
    pub scopes: Vec<Text>,
    /// Description, versions, remarks.
    pub about: About,
}
