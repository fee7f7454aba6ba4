//! Phases.

use serde::{Deserialize, Serialize};

use super::{About, Text};

/// A phase of a session or of the configuration, and what runs in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Phase {
    /// Its short name: `data_spool`.
    pub name: Text,
    /// What it runs for.
    pub per: Per,
    /// A session need not have it.
    pub optional: bool,
    /// The documentation's summary table of functions speaks of it.
    pub in_summary: bool,
    /// Hooks that run before the callout, in order.
    pub before: Vec<Text>,
    /// The callout of scripts.
    pub callout: Option<Text>,
    /// Hooks that run after the callout, in order.
    pub after: Vec<Text>,
    /// Hooks that the phase consists of, in order, where it has no callout.
    pub hooks: Vec<Text>,
    /// Hooks that may run during the phase, at no documented place.
    pub side: Vec<Text>,
    /// What a script may change in it.
    pub change: Text,
    /// What a code that is set in it answers.
    pub reply: Text,
    /// Description, versions, remarks.
    pub about: About,
}

impl Phase {
    /// Whether a callout or hook runs in it: before, as, or after its callout, or at some time during it.
    #[must_use]
    pub fn has(&self, hook: &str) -> bool {
        self.callout.as_ref().is_some_and(|callout| callout == hook)
            || [&self.before, &self.after, &self.hooks, &self.side]
                .into_iter()
                .flatten()
                .any(|name| name == hook)
    }
}

/// What a phase runs for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Per {
    /// Each time a configuration is applied or goes away.
    #[default]
    Configuration,
    /// Each connection.
    Connection,
    /// Each SMTP command.
    Command,
    /// Each message.
    Message,
    /// Each recipient of a message.
    Recipient,
}

/// A way by which messages come in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Injection {
    /// `smtp` or `http`.
    pub name: Text,
    /// Its phases in order.
    pub order: Vec<Text>,
    /// Phases whose place no page gives.
    pub inferred: Vec<Text>,
    /// Page of the public documentation.
    pub page: Option<Text>,
}
