//! Modules.

use serde::{Deserialize, Serialize};

use super::{About, Text};

/// A module that `require` loads.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Module {
    /// Its name: `msys.pcre`.
    pub name: Text,
    /// The class of its table, where a stub file declares one.
    pub class: Option<Text>,
    /// There without a require.
    pub preloaded: bool,
    /// `require` also sets the global of that name.
    pub global: bool,
    /// Modules that it needs in addition (`msys.db` needs `msys.datasource`).
    pub companions: Vec<Text>,
    /// Stanzas of `ecelerity.conf` that load what is behind it: one of them has to be there.
    pub configuration: Vec<Text>,
    /// `engine` for what the Lua engine brings, `site` for a file that a site writes itself; empty for the server's.
    pub source: Text,
    /// What requiring it does beyond making its functions available.
    pub effect: Option<Text>,
    /// The module that takes its place.
    pub replaced: Option<Text>,
    /// Description, versions, remarks.
    pub about: About,
}
