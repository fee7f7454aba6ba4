//! Single facts about the server.

use serde::{Deserialize, Serialize};

use super::{
    ConfigurationScope, ContextDictionary, DatasourceDriver, Injection, MacroGrammar, MacroNamespace,
    RuntimeError, ScriptRules, Text, ThreadPool,
};

/// What the tables say beside their entries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ServerFacts {
    /// The dictionaries of context variables.
    pub dictionaries: Vec<ContextDictionary>,
    /// How macros are written.
    pub macro_grammar: MacroGrammar,
    /// Namespaces of macros.
    pub macro_namespaces: Vec<MacroNamespace>,
    /// Stanzas of the configuration.
    pub scopes: Vec<ConfigurationScope>,
    /// Drivers of datasources.
    pub drivers: Vec<DatasourceDriver>,
    /// Thread pools that need no declaration.
    pub thread_pools: Vec<ThreadPool>,
    /// Messages of the server about scripts.
    pub runtime_errors: Vec<RuntimeError>,
    /// Rules of scripts and their stanzas.
    pub scripts: ScriptRules,
    /// Ways by which messages come in.
    pub injections: Vec<Injection>,
}

impl ServerFacts {
    /// The phases of a way by which messages come in (`smtp`, `http`), in their order.
    #[must_use]
    pub fn order(&self, injection: &str) -> &[Text] {
        self.injections.iter().find(|one| one.name == injection).map_or(&[], |one| &one.order)
    }
}
