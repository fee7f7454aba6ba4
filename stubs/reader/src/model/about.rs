//! What can be said of anything in the API.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Since, Text, Version};

/// Description, versions and remarks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct About {
    /// The description, Markdown.
    pub doc: Text,
    /// The versions that have it.
    pub since: Since,
    /// The first version in a series that no longer has it; empty where it stays.
    pub until: Since,
    /// What replaces it, where it is deprecated.
    pub deprecated: Option<Text>,
    /// Pitfalls, one line each.
    pub traps: Vec<Text>,
    /// Where the documentation is plainly wrong, and how it is read here.
    pub corrections: Vec<Text>,
    /// Seen in use, on no reference page.
    pub undocumented: bool,
    /// Page of the public documentation, below its root.
    pub page: Option<Text>,
    /// Where the stub says so.
    pub origin: Origin,
}

impl About {
    /// Whether a version has it.
    #[must_use]
    pub fn available_in(&self, version: Version) -> bool {
        self.since.includes(version) && (self.until.series.is_empty() || !self.until.includes(version))
    }
}

/// A place in a stub file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Origin {
    /// The path as the reader was given it.
    pub file: Text,
    /// The line, from 1.
    pub line: u32,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
