//! The server's configuration, as far as it concerns policy.

use serde::{Deserialize, Serialize};

use super::{About, Text};

/// An option.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ConfigurationOption {
    /// Its name.
    pub name: Text,
    /// The stanzas that take it.
    pub scopes: Vec<Text>,
    /// The kind of its value: `boolean`, `number`, `string`, `list`, `range`, `duration`, `action`, `scope`.
    pub kind: Text,
    /// Unit of a number.
    pub unit: Option<Text>,
    /// What holds when it is not given, as the file would write it.
    pub default: Option<Text>,
    /// The default of Momentum 3, where it differs.
    pub default_3: Option<Text>,
    /// Its values, where the set is closed.
    pub values: Vec<Text>,
    /// A value that the documentation shows.
    pub example: Option<Text>,
    /// The stanza is of no use without it.
    pub required: bool,
    /// What takes its place.
    pub replaced: Option<Text>,
    /// Description, versions, remarks.
    pub about: About,
}

/// A stanza.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ConfigurationScope {
    /// Its name as the file writes it.
    pub name: Text,
    /// Scopes that it may stand in; `global` is the file itself.
    pub inside: Vec<Text>,
    /// Whether an instance has a name.
    pub named: Named,
    /// Description, versions, remarks.
    pub about: About,
}

/// Whether a stanza has a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Named {
    /// It has none.
    #[default]
    Never,
    /// It may have one.
    Maybe,
    /// It must have one.
    Always,
}

/// A driver of datasources.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct DatasourceDriver {
    /// Its name.
    pub name: Text,
    /// The form of its URIs.
    pub uri: Text,
    /// Description, versions, remarks.
    pub about: About,
}

/// A thread pool that needs no declaration.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ThreadPool {
    /// Its name.
    pub name: Text,
    /// Description, versions, remarks.
    pub about: About,
}

/// A message of the server about scripts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct RuntimeError {
    /// As the server writes it; `<…>` varies.
    pub text: Text,
    /// `load`, `reload` or `runtime`.
    pub when: Text,
    /// What brings it about.
    pub cause: Text,
    /// What it is where it is not a line of a log: `reply` to the client, or `event`.
    pub kind: Text,
    /// Page.
    pub about: About,
}

/// Rules of the scriptlet stanzas, where scripts are looked for, where they print to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ScriptRules {
    /// Modules that the scriptlet module needs.
    pub requires: Vec<Text>,
    /// How many instances there may be, in words.
    pub instances: Text,
    /// Options of a `script` stanza.
    pub options: Vec<Text>,
    /// What divides the folders of a source.
    pub separators: Vec<Text>,
    /// The ending of script files, which a source leaves out.
    pub extension: Text,
    /// Scripts that belong in every configuration.
    pub recommended: Vec<Text>,
    /// Folders below `base` in which scripts of a site are found.
    pub folders: Vec<Text>,
    /// The folder of the server.
    pub base: Text,
    /// Folders of the scripts that come with the server.
    pub helpers: Vec<Text>,
    /// Folders that Momentum 3 searches as well.
    pub library: Vec<Text>,
    /// Where printed text goes.
    pub print_to: Text,
    /// The line that it becomes there.
    pub print_line: Text,
    /// What printing costs.
    pub print_doc: Text,
    /// The syntax checker that the server brings.
    pub checker: Text,
    /// What is to be known of stanzas, in words.
    pub doc: Text,
    /// What is to be known of sources, in words.
    pub script_doc: Text,
    /// What is to be known of the search path, in words.
    pub search_doc: Text,
}
