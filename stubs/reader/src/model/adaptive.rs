//! The grammar of adaptive rules.

use serde::{Deserialize, Serialize};

use super::Text;

/// What a table that is passed to `msys.adaptive.registerRules` may hold, and what sweep rules may say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AdaptiveGrammar {
    /// The function that takes the rules.
    pub register: AdaptiveRegister,
    /// A string in place of a domain's table: what it means.
    pub alias: Text,
    /// In which order responses are tried.
    pub order: Text,
    /// Keys of the tables.
    pub fields: Vec<AdaptiveField>,
    /// Forms of a trigger.
    pub triggers: Vec<AdaptiveForm>,
    /// Actions.
    pub actions: Vec<AdaptiveAction>,
    /// How a duration is written.
    pub duration: AdaptiveDuration,
    /// Forms of a value below `configuration`.
    pub configuration: Vec<AdaptiveForm>,
    /// Keys below `configuration`.
    pub options: Vec<AdaptiveOption>,
    /// Sweep rules.
    pub sweep: SweepRules,
    /// Page of the public documentation.
    pub page: Option<Text>,
}

/// The function that takes rules.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AdaptiveRegister {
    /// Its name.
    pub function: Text,
    /// Module that must be required.
    pub requires: Text,
    /// Its second argument.
    pub modes: Vec<Text>,
    /// The mode when it is left out.
    pub default_mode: Text,
    /// Domains for which rules come with the server, as far as the documentation promises them.
    pub receivers: Vec<Text>,
    /// What it does.
    pub doc: Text,
}

/// A key of a domain's table or of a response.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AdaptiveField {
    /// `domain` or `response`.
    pub table: Text,
    /// The key.
    pub name: Text,
    /// `string`, `pcre`, `trigger`, `action`, `list` or `table`.
    pub kind: Text,
    /// The table is of no use without it.
    pub required: bool,
    /// The server does not use it.
    pub ignored: bool,
    /// Its values, where the set is closed.
    pub values: Vec<Text>,
    /// What it means.
    pub doc: Text,
    /// Page of the public documentation.
    pub page: Option<Text>,
}

/// A form in which something may be written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AdaptiveForm {
    /// The form, with `<…>` for what varies.
    pub form: Text,
    /// An example.
    pub example: Option<Text>,
    /// Name, type and meaning of its arguments, where it is a function.
    pub arguments: Vec<(Text, Text, Text)>,
    /// What it means.
    pub doc: Text,
}

/// An action.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AdaptiveAction {
    /// The first element of the action's list.
    pub name: Text,
    /// Types of the elements after it: `duration`, `number`, `seconds`, `word`, `code`, `action`.
    pub arguments: Vec<Text>,
    /// What a `word` may be.
    pub words: Vec<Text>,
    /// Options whose effective value it changes.
    pub adjusts: Vec<Text>,
    /// Mails an alert.
    pub alerts: bool,
    /// Sweep rules may use it.
    pub sweep: bool,
    /// Only disposition rules may use it.
    pub disposition: bool,
    /// What it does.
    pub doc: Text,
    /// Page of the public documentation.
    pub page: Option<Text>,
}

/// How a duration is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AdaptiveDuration {
    /// `<number> <unit>`
    pub form: Text,
    /// Its units.
    pub units: Vec<Text>,
    /// The units that sweep rules take.
    pub sweep_units: Vec<Text>,
    /// In sweep rules the number is a power of two.
    pub sweep_power_of_two: bool,
    /// An example.
    pub example: Text,
    /// What is to be known, in words.
    pub doc: Text,
}

/// A key below `configuration`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AdaptiveOption {
    /// The option.
    pub name: Text,
    /// Its unit.
    pub unit: Text,
    /// The option that bounds it.
    pub bounded_by: Option<Text>,
    /// The server manages it by itself; another one has to be named in `adaptive_manage_options`.
    pub managed: bool,
    /// What it means.
    pub doc: Text,
    /// Page of the public documentation.
    pub page: Option<Text>,
}

/// What the server does with sweep rules.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct SweepRules {
    /// The stanza of a rule.
    pub scope: Text,
    /// Its options.
    pub options: Vec<Text>,
    /// Prefixes of codes.
    pub prefixes: Vec<Text>,
    /// Modules that they need.
    pub requires: Vec<Text>,
    /// What is to be known, in words.
    pub notes: Vec<Text>,
    /// The rules that hold where none is configured.
    pub defaults: Vec<SweepRule>,
    /// Page of the public documentation.
    pub page: Option<Text>,
}

/// A sweep rule.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct SweepRule {
    /// Its name.
    pub name: Text,
    /// Bounce classes and feedback categories.
    pub codes: Vec<Text>,
    /// Percentage and action of the lower threshold.
    pub low: (f64, Vec<Text>),
    /// Percentage and action of the higher threshold.
    pub high: (f64, Vec<Text>),
}
