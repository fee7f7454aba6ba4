//! What a project says about rules.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a finding is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleSeverity {
    /// Not at all.
    Off,
    /// Worth knowing.
    Info,
    /// Likely wrong.
    Warning,
    /// Breaks, crashes or never runs.
    Error,
}

impl RuleSeverity {
    /// All, from mild to severe.
    pub const ALL: [Self; 4] = [Self::Off, Self::Info, Self::Warning, Self::Error];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

/// Severity and options of rules, by code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RuleTable {
    /// The general Lua lints, by name: on or off, or a severity.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lua: BTreeMap<String, LuaLint>,

    /// A severity, or a table with `severity` and the options of the rule.
    #[serde(flatten)]
    pub codes: BTreeMap<String, RuleSetting>,
}

impl RuleTable {
    /// What the project says about the severity of a rule, `lua/NAME` for a general Lua lint. `default` is the
    /// rule's own severity, to which `true` returns.
    pub fn severity(&self, code: &str, default: RuleSeverity) -> Option<RuleSeverity> {
        match code.strip_prefix("lua/") {
            Some(lint) => self.lua.get(lint).map(|lint| match *lint {
                LuaLint::Enabled(true) => default,
                LuaLint::Enabled(false) => RuleSeverity::Off,
                LuaLint::Severity(severity) => severity,
            }),
            None => self.codes.get(code).and_then(RuleSetting::severity),
        }
    }
}

/// A general Lua lint: on, off, or on with a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LuaLint {
    /// On with the severity that it has anyway, or off.
    Enabled(bool),
    /// On with this severity.
    Severity(RuleSeverity),
}

/// What is set for one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RuleSetting {
    /// The severity alone.
    Severity(RuleSeverity),
    /// Severity and options.
    Table {
        /// The severity.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "RuleSeverity")]
        severity: Option<RuleSeverity>,
        /// The options of the rule.
        #[serde(flatten)]
        options: BTreeMap<String, OptionValue>,
    },
}

impl RuleSetting {
    /// The severity, if one is set.
    pub const fn severity(&self) -> Option<RuleSeverity> {
        match self {
            Self::Severity(severity) => Some(*severity),
            Self::Table { severity, .. } => *severity,
        }
    }

    /// An option, if it is set.
    pub fn option(&self, name: &str) -> Option<&OptionValue> {
        match self {
            Self::Severity(_) => None,
            Self::Table { options, .. } => options.get(name),
        }
    }
}

/// The value of a rule's option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OptionValue {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A string.
    Text(String),
    /// An array of strings.
    List(Vec<String>),
}

/// A rule that exists: what the codes in a project are checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRule<'r> {
    /// Its code; general Lua lints begin with `lua/`.
    pub code: &'r str,
    /// The options that it takes.
    pub options: &'r [KnownOption<'r>],
}

impl<'r> KnownRule<'r> {
    /// A rule without options.
    pub const fn new(code: &'r str) -> Self {
        Self { code, options: &[] }
    }
}

/// An option that a rule takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownOption<'r> {
    /// Its name.
    pub name: &'r str,
    /// What it is set to.
    pub kind: OptionKind,
}

/// What an option is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A string.
    Text,
    /// An array of strings.
    List,
}

impl OptionKind {
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Bool => "`true` or `false`",
            Self::Integer => "an integer",
            Self::Text => "a string",
            Self::List => "an array of strings",
        }
    }
}
