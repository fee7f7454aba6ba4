//! Versions of Momentum: the one that a policy is written for, and the one in which something first appeared.
//!
//! The documentation knows a 3 series and a 4 series; 5.0 continues the 4 series, so what came with 4.x is in 5.x.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A version of Momentum, up to four numbers as in `4.2.1.11`; numbers that are left out count as 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TargetVersion {
    parts: [u16; 4],
}

/// The two lines of releases that the documentation keeps apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Series {
    /// Momentum 3.x.
    Three,
    /// Momentum 4.x and its continuation 5.x.
    Four,
}

impl TargetVersion {
    /// The newest release that the public changelog describes.
    pub const NEWEST: Self = Self::new(5, 4);

    /// The version `major.minor`.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { parts: [major, minor, 0, 0] }
    }

    /// The first number.
    pub const fn major(self) -> u16 {
        self.parts[0]
    }

    /// The second number.
    pub const fn minor(self) -> u16 {
        self.parts[1]
    }

    /// The series that this version belongs to.
    pub const fn series(self) -> Series {
        if self.parts[0] <= 3 { Series::Three } else { Series::Four }
    }
}

impl Default for TargetVersion {
    fn default() -> Self {
        Self::NEWEST
    }
}

impl fmt::Display for TargetVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch, build] = self.parts;
        write!(f, "{major}.{minor}")?;
        if patch != 0 || build != 0 {
            write!(f, ".{patch}")?;
        }
        if build != 0 {
            write!(f, ".{build}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for TargetVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is no version of Momentum. The text of the error is a whole sentence part, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionError {
    message: String,
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for VersionError {}

impl FromStr for TargetVersion {
    type Err = VersionError;

    /// Reads `4.4`, `5.1.0` or `4.2.1.11`. At least two numbers are needed, and the first must be 3, 4 or 5.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let error = |message: String| Err(VersionError { message });
        let mut parts = [0u16; 4];
        let mut count = 0;
        for piece in text.trim().split('.') {
            let digits = !piece.is_empty() && piece.bytes().all(|byte| byte.is_ascii_digit());
            match (parts.get_mut(count), piece.parse::<u16>()) {
                (Some(part), Ok(number)) if digits => *part = number,
                _ => {
                    return error(format!(
                        "`{text}` is not a version of Momentum; write one like `{}`",
                        Self::NEWEST
                    ));
                }
            }
            count += 1;
        }
        let version = Self { parts };
        if !(3..=5).contains(&version.major()) {
            return error(format!(
                "Momentum {text} is not known; the series 3, 4 and 5 are, the newest release is {}",
                Self::NEWEST
            ));
        }
        if count < 2 {
            return error(format!("`{text}` leaves the minor version open; write for example `{text}.0`"));
        }
        Ok(version)
    }
}

impl TryFrom<String> for TargetVersion {
    type Error = VersionError;

    fn try_from(text: String) -> Result<Self, VersionError> {
        text.parse()
    }
}

impl From<TargetVersion> for String {
    fn from(version: TargetVersion) -> Self {
        version.to_string()
    }
}

/// Where something exists: its first version in each series; a series without a version does not have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Availability {
    /// First version of the 3 series that has it.
    pub three: Option<TargetVersion>,
    /// First version of the 4 series, or of 5.x which continues it, that has it.
    pub four: Option<TargetVersion>,
}

impl Availability {
    /// In every version.
    pub const EVERYWHERE: Self =
        Self { three: Some(TargetVersion::new(3, 0)), four: Some(TargetVersion::new(4, 0)) };

    /// Whether `target` has it.
    pub fn includes(self, target: TargetVersion) -> bool {
        self.first(target.series()).is_some_and(|first| target >= first)
    }

    /// The first version of a series that has it.
    pub const fn first(self, series: Series) -> Option<TargetVersion> {
        match series {
            Series::Three => self.three,
            Series::Four => self.four,
        }
    }
}

impl FromStr for Availability {
    type Err = VersionError;

    /// Reads what follows `@since`: `3=3.1 4=4.0`, either part alone, in either order.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let mut availability = Self { three: None, four: None };
        for word in text.split_whitespace() {
            let (place, series, version) = match word.split_once('=') {
                Some(("3", version)) => (&mut availability.three, Series::Three, version),
                Some(("4", version)) => (&mut availability.four, Series::Four, version),
                _ => {
                    let message = format!("`{word}` should be `3=VERSION` or `4=VERSION`");
                    return Err(VersionError { message });
                }
            };
            let version: TargetVersion = version.parse()?;
            if version.series() != series {
                let message = format!("`{word}`: {version} belongs to the other series");
                return Err(VersionError { message });
            }
            if place.replace(version).is_some() {
                let message = format!("`{word}`: the series already has a version");
                return Err(VersionError { message });
            }
        }
        if availability.three.is_none() && availability.four.is_none() {
            return Err(VersionError { message: "expected `3=VERSION`, `4=VERSION` or both".to_owned() });
        }
        Ok(availability)
    }
}

impl fmt::Display for Availability {
    /// For a sentence: `3.1, 4.0`, `4.4 (not in the 3 series)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.three, self.four) {
            (Some(three), Some(four)) => write!(f, "{three}, {four}"),
            (Some(three), None) => write!(f, "{three} (not in 4.x and later)"),
            (None, Some(four)) => write!(f, "{four} (not in the 3 series)"),
            (None, None) => f.write_str("no version"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> TargetVersion {
        text.parse().unwrap()
    }

    #[test]
    fn versions_are_ordered_by_number_not_by_text() {
        let sorted = ["3.0", "3.6", "3.10", "4.0", "4.2", "4.2.1.11", "4.2.28", "4.8", "5.0", "5.1", "5.4"];
        assert!(sorted.map(version).is_sorted());
        assert_eq!(version("5.1.0"), version("5.1"));
        assert!(version("5.4") <= TargetVersion::NEWEST);
    }

    #[test]
    fn versions_are_shown_as_they_are_written() {
        for text in ["3.6", "4.2.1.11", "4.2.28", "5.1"] {
            assert_eq!(version(text).to_string(), text);
        }
        assert_eq!(version("5.1.0").to_string(), "5.1");
    }

    #[test]
    fn what_is_no_version_is_explained() {
        let shown = |text: &str| text.parse::<TargetVersion>().unwrap_err().to_string();
        assert_eq!(shown("newest"), "`newest` is not a version of Momentum; write one like `5.4`");
        assert_eq!(shown("4."), "`4.` is not a version of Momentum; write one like `5.4`");
        assert_eq!(shown("4.+2"), "`4.+2` is not a version of Momentum; write one like `5.4`");
        assert_eq!(shown("4.1.2.3.4"), "`4.1.2.3.4` is not a version of Momentum; write one like `5.4`");
        assert_eq!(shown("5"), "`5` leaves the minor version open; write for example `5.0`");
        assert_eq!(
            shown("7.0"),
            "Momentum 7.0 is not known; the series 3, 4 and 5 are, the newest release is 5.4"
        );
    }

    #[test]
    fn the_5_series_continues_the_4_series() {
        let both: Availability = "3=3.1 4=4.4".parse().unwrap();
        let included = ["3.0", "3.1", "3.6", "4.0", "4.4", "5.0"].map(|text| both.includes(version(text)));
        assert_eq!(included, [false, true, true, false, true, true]);

        let new: Availability = "4=5.1".parse().unwrap();
        assert!(!new.includes(version("3.6")) && !new.includes(version("5.0")));
        assert!(new.includes(version("5.1")));

        let old: Availability = "3=3.0".parse().unwrap();
        assert!(old.includes(version("3.2")) && !old.includes(version("4.0")));
        assert!(Availability::EVERYWHERE.includes(version("3.0")));
    }

    #[test]
    fn a_broken_since_is_an_error() {
        let shown = |text: &str| text.parse::<Availability>().unwrap_err().to_string();
        assert_eq!(shown(""), "expected `3=VERSION`, `4=VERSION` or both");
        assert_eq!(shown("4.0"), "`4.0` should be `3=VERSION` or `4=VERSION`");
        assert_eq!(shown("3=4.0"), "`3=4.0`: 4.0 belongs to the other series");
        assert_eq!(shown("4=4.0 4=5.1"), "`4=5.1`: the series already has a version");
    }
}
