//! Macros.

use serde::{Deserialize, Serialize};

use super::{About, Text};

/// A macro of `msys.expandMacro`, Sieve or the logger formats.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Macro {
    /// As it is written: `%{vctx_conn:KEY}`, `%h{X}`.
    pub syntax: Text,
    /// The namespace of the long form: `vctx_conn`.
    pub namespace: Option<Text>,
    /// What the parts in capitals mean.
    pub arguments: Option<Text>,
    /// Description, versions, remarks.
    pub about: About,
}
