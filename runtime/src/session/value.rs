//! Values that a session gives to scripts: of the configuration, of results, of arguments; and points in time.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A value as TOML and Lua both know it. An absent value (nil) is `false` in most places that take one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(String),
    /// A list: a table that counts from 1.
    List(Vec<Value>),
    /// A table with names.
    Table(BTreeMap<String, Value>),
}

/// A point in time, to the second or finer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Instant(pub Timestamp);

impl Instant {
    /// Seconds since 1970, with their fraction.
    pub fn seconds(self) -> f64 {
        self.0.as_duration().as_secs_f64()
    }
}

impl Default for Instant {
    /// The beginning of 15 January 2026, UTC: some time has to be.
    fn default() -> Self {
        Self(Timestamp::constant(1_768_435_200, 0))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> Self {
        instant.to_string()
    }
}

impl FromStr for Instant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let utc = |text: &str| text.parse::<jiff::civil::DateTime>()?.to_zoned(jiff::tz::TimeZone::UTC);
        let instant = text.parse::<Timestamp>().or_else(|_| utc(text).map(|zoned| zoned.timestamp()));
        instant.map(Self).map_err(|_| format!("`{text}` is not a time: write it as 2026-01-15T09:30:00Z"))
    }
}

impl TryFrom<String> for Instant {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl JsonSchema for Instant {
    fn schema_name() -> Cow<'static, str> {
        "Instant".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time", "examples": ["2026-01-15T09:30:00Z"] })
    }
}
