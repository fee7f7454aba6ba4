//! The grammar of adaptive rules.

use serde::{Deserialize, Serialize};

use super::Text;

/// What a table passed to `msys.adaptive.registerRules` may hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AdaptiveGrammar {
    /// Actions.
    pub actions: Vec<AdaptiveAction>,
    /// Units of durations: `seconds`, `minutes`, …
    pub units: Vec<Text>,
    /// Actions that may stand with an alert.
    pub alert_actions: Vec<Text>,
    /// Options that a domain may override.
    pub options: Vec<Text>,
    /// Fields of a response (disposition) rule.
    pub response_fields: Vec<AdaptiveField>,
    /// Fields of a sweep rule.
    pub sweep_fields: Vec<AdaptiveField>,
    /// Fields of a domain.
    pub domain_fields: Vec<AdaptiveField>,
}

/// An action.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AdaptiveAction {
    /// Its name.
    pub name: Text,
    /// What it takes, in words: `"<n> <unit>"`.
    pub arguments: Text,
    /// The kind of its argument: `duration`, `number`, `code`, a literal, or empty.
    pub kind: Text,
    /// Units that a duration may have; empty where it takes none.
    pub units: Vec<Text>,
    /// Where it may stand: `response`, `sweep`; empty means in both.
    pub rules: Vec<Text>,
    /// What it does.
    pub doc: Text,
}

/// A field of a rule.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AdaptiveField {
    /// Its name.
    pub name: Text,
    /// The type of its value, as LuaCATS writes it.
    pub kind: Text,
    /// Must be there.
    pub required: bool,
    /// Accepted, and documented as not implemented.
    pub unimplemented: bool,
    /// Its values, where the set is closed.
    pub values: Vec<Text>,
    /// What it means.
    pub doc: Text,
}
