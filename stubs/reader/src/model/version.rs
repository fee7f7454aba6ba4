//! Versions of Momentum and from which of them something is there.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A version of Momentum, such as `3.6.23` or `4.2`. Parts that are not given count as 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Version {
    /// The series: 3, 4, 5.
    pub major: u16,
    /// The second part.
    pub minor: u16,
    /// The third part.
    pub patch: u16,
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = [0u16; 3];
        for (place, part) in parts.iter_mut().zip(text.trim().split('.')) {
            *place = part.parse().map_err(|_| format!("`{text}` is not a version such as `4.2.1`"))?;
        }
        let [major, minor, patch] = parts;
        Ok(Self { major, minor, patch })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        if self.patch > 0 { write!(f, ".{}", self.patch) } else { Ok(()) }
    }
}

/// The first version in each series (`@since 3=3.1 4=4.0`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// Series and first version; empty means that it is everywhere.
    pub series: Vec<(u16, Version)>,
}

impl Since {
    /// Whether a version has it.
    ///
    /// A series that is not named does not have it, except that series later than 4 go on from the newest one that is
    /// named from 4 up: the documentation of series 4 is that of 5 as well.
    #[must_use]
    pub fn includes(&self, version: Version) -> bool {
        if self.series.is_empty() {
            return true;
        }
        let exact = self.series.iter().find(|(series, _)| *series == version.major);
        let newest = || {
            self.series
                .iter()
                .filter(|(series, _)| version.major > 4 && *series >= 4 && *series < version.major)
                .max_by_key(|(series, _)| *series)
        };
        exact.or_else(newest).is_some_and(|(_, first)| version >= *first)
    }

    /// The first version in a series, if it is named.
    #[must_use]
    pub fn first(&self, series: u16) -> Option<Version> {
        self.series.iter().find(|(named, _)| *named == series).map(|(_, version)| *version)
    }
}

impl fmt::Display for Since {
    /// `3.1, 4.0`; empty when it is everywhere.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (_, version)) in self.series.iter().enumerate() {
            if position > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{version}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn since(series: &[(u16, &str)]) -> Since {
        Since { series: series.iter().map(|(number, first)| (*number, first.parse().unwrap())).collect() }
    }

    fn has(since: &Since, version: &str) -> bool {
        since.includes(version.parse().unwrap())
    }

    #[test]
    fn nothing_said_means_everywhere() {
        assert!(has(&Since::default(), "3.0"));
        assert!(has(&Since::default(), "5.2"));
    }

    #[test]
    fn a_series_that_is_not_named_does_not_have_it() {
        let only_three = since(&[(3, "3.1")]);
        assert!(has(&only_three, "3.6.23"));
        assert!(!has(&only_three, "3.0"));
        assert!(!has(&only_three, "4.0"));
        assert!(!has(&only_three, "5.0"));
    }

    #[test]
    fn series_after_4_go_on_from_it() {
        assert!(has(&since(&[(3, "3.0"), (4, "4.0")]), "5.2"));
        let late = since(&[(4, "5.1")]);
        assert!(!has(&late, "4.8"));
        assert!(!has(&late, "5.0"));
        assert!(has(&late, "5.1"));
        assert!(!has(&since(&[(4, "4.0"), (5, "5.2")]), "5.1"));
    }
}
