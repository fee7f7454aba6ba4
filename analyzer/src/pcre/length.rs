//! How long the texts are that a part of a pattern matches.

/// The length of the texts that something matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    /// The one length that all of them have, in characters; `None` where they differ.
    pub(super) fixed: Option<u32>,
    /// The empty text is one of them.
    pub(super) may_be_empty: bool,
    /// Not followed: nothing may be concluded from it.
    pub(super) unknown: bool,
}

impl Length {
    /// A position.
    pub(super) const ZERO: Self = Self { fixed: Some(0), may_be_empty: true, unknown: false };
    /// A character.
    pub(super) const ONE: Self = Self { fixed: Some(1), may_be_empty: false, unknown: false };
    /// One or more characters.
    pub(super) const SOME: Self = Self { fixed: None, may_be_empty: false, unknown: false };
    /// Any number of characters.
    pub(super) const ANY: Self = Self { fixed: None, may_be_empty: true, unknown: false };
    /// What a recursion matches.
    pub(super) const UNKNOWN: Self = Self { fixed: None, may_be_empty: false, unknown: true };

    /// One behind the other.
    pub(super) fn then(self, next: Self) -> Self {
        Self {
            fixed: self.fixed.zip(next.fixed).map(|(one, other)| one.saturating_add(other)),
            may_be_empty: self.may_be_empty && next.may_be_empty,
            unknown: self.unknown || next.unknown,
        }
    }

    /// One or the other.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            fixed: self.fixed.filter(|length| other.fixed == Some(*length)),
            may_be_empty: self.may_be_empty || other.may_be_empty,
            unknown: self.unknown || other.unknown,
        }
    }

    /// Repeated.
    pub(super) fn repeated(self, least: u32, most: Option<u32>) -> Self {
        Self {
            fixed: if most == Some(least) {
                self.fixed.map(|length| length.saturating_mul(least))
            } else {
                None
            },
            may_be_empty: self.may_be_empty || least == 0,
            unknown: self.unknown,
        }
    }

    /// Whether it certainly matches texts of different lengths.
    pub(super) fn varies(self) -> bool {
        self.fixed.is_none() && !self.unknown
    }
}
