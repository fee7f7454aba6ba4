//! Whether a text is the one that is wanted.

use std::borrow::Cow;
use std::fmt;

use momentum_lua_analyzer::pcre;

use super::expect::{Pattern, Wanted};

/// How texts are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Equality {
    /// Byte for byte.
    #[default]
    Exact,
    /// However lines end, and whether the last one ends.
    Lines,
}

impl Equality {
    /// The text as it is compared.
    #[must_use]
    pub fn plain(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Exact => Cow::Borrowed(text),
            Self::Lines => Cow::Owned(text.replace("\r\n", "\n").trim_end_matches('\n').to_owned()),
        }
    }
}

impl Wanted {
    /// Whether a text is as wanted; none where there is no text. Of a list, all must hold.
    #[must_use]
    pub fn fits(&self, text: Option<&str>, equality: Equality) -> bool {
        let equals = |wanted: &str| text.is_some_and(|text| equality.plain(text) == equality.plain(wanted));
        match self {
            Self::There(there) => text.is_some() == *there,
            Self::Integer(number) => equals(&number.to_string()),
            Self::Text(wanted) => equals(wanted),
            Self::Pattern(pattern) => text.is_some_and(|text| pattern.fits(&equality.plain(text))),
            Self::All(all) => all.iter().all(|one| one.fits(text, equality)),
        }
    }
}

impl Wanted {
    /// Whether an argument of a call is as wanted, by what it prints; none for nil. A boolean is compared as one.
    #[must_use]
    pub fn fits_argument(&self, printed: Option<&str>) -> bool {
        match (self, printed) {
            (Self::There(wanted), Some(given @ ("true" | "false"))) => (given == "true") == *wanted,
            _ => self.fits(printed, Equality::Exact),
        }
    }
}

impl Pattern {
    /// Whether a text is as described. A pattern that PCRE does not take fits nothing; one that gives up on the text
    /// does not match it.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let matches = |pattern: &str| {
            let compiled = pcre::compile(pattern.as_bytes(), pcre::Flags::MSYS_PCRE).ok()?;
            Some(compiled.is_match(text.as_bytes()).unwrap_or(false))
        };
        self.pcre.as_deref().is_none_or(|pattern| matches(pattern) == Some(true))
            && self.not_pcre.as_deref().is_none_or(|pattern| matches(pattern) == Some(false))
            && self.contains.as_deref().is_none_or(|part| text.contains(part))
    }
}

/// In words, for whoever reads what was expected.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::There(true) => f.write_str("anything"),
            Self::There(false) => f.write_str("nothing"),
            Self::Integer(number) => write!(f, "\"{number}\""),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Pattern(pattern) => pattern.fmt(f),
            Self::All(all) => listed(f, all.iter(), ", "),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            self.pcre.as_ref().map(|pattern| format!("something that matches {pattern:?}")),
            self.not_pcre.as_ref().map(|pattern| format!("nothing that matches {pattern:?}")),
            self.contains.as_ref().map(|part| format!("something that contains {part:?}")),
        ];
        listed(f, parts.iter().flatten(), " and ")
    }
}

fn listed<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    items: impl Iterator<Item = T>,
    between: &str,
) -> fmt::Result {
    for (place, item) in items.enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        write!(f, "{item}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(pcre: Option<&str>, not_pcre: Option<&str>, contains: Option<&str>) -> Wanted {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Wanted::Pattern(Pattern { pcre: owned(pcre), not_pcre: owned(not_pcre), contains: owned(contains) })
    }

    #[test]
    fn texts_fit_what_is_wanted() {
        let fits = |wanted: &Wanted, text: Option<&str>| wanted.fits(text, Equality::Exact);
        assert!(fits(&Wanted::Integer(550), Some("550")));
        assert!(fits(&Wanted::There(false), None) && !fits(&Wanted::There(false), Some("")));
        assert!(fits(&Wanted::There(true), Some("")) && !fits(&Wanted::There(true), None));
        assert!(fits(&pattern(Some("^a"), Some("z$"), Some("b")), Some("abc")));
        for (wanted, text) in [
            (pattern(Some("^b"), None, None), "abc"),
            (pattern(None, Some("c$"), None), "abc"),
            (pattern(None, None, Some("d")), "abc"),
            (pattern(None, Some("("), None), "abc"),
            (Wanted::All(vec![Wanted::There(true), Wanted::Text("a".to_owned())]), "abc"),
        ] {
            assert!(!fits(&wanted, Some(text)), "{wanted}");
        }
        assert!(!fits(&pattern(None, Some("x"), None), None), "a text that is not there cannot be described");
    }

    #[test]
    fn booleans_among_arguments_are_compared_as_such() {
        assert!(
            Wanted::There(false).fits_argument(Some("false")) && Wanted::There(false).fits_argument(None)
        );
        assert!(
            !Wanted::There(true).fits_argument(Some("false")) && Wanted::There(true).fits_argument(Some("x"))
        );
        assert!(!Wanted::There(false).fits_argument(Some("x")));
    }

    #[test]
    fn ends_of_lines_count_only_where_they_are_part_of_the_text() {
        let wanted = Wanted::Text("one\ntwo\n".to_owned());
        assert!(wanted.fits(Some("one\r\ntwo"), Equality::Lines));
        assert!(!wanted.fits(Some("one\r\ntwo"), Equality::Exact));
        assert!(!wanted.fits(Some("one\r\n\r\ntwo"), Equality::Lines));
    }
}
