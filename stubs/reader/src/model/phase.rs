//! Phases.

use serde::{Deserialize, Serialize};

use super::{About, Text};

/// A phase of a session, in the order of the table that names them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Phase {
    /// The documentation's short name: `data_spool`.
    pub name: Text,
    /// The callouts that run in it, in their order.
    pub callouts: Vec<Text>,
    /// Runs for mail that arrives by SMTP.
    pub smtp: bool,
    /// Runs for mail that arrives by HTTP injection.
    pub http: bool,
    /// Runs once for each recipient.
    pub each_recipient: bool,
    /// Description, versions, remarks.
    pub about: About,
}
