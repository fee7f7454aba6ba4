//! The regular expressions of responses: each is compiled when the first reply is held against it.

use momentum_lua_analyzer::pcre;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// Those of the rules that hold, by their texts; none where the text is no expression.
#[derive(Default)]
pub(super) struct Patterns(FxHashMap<SmolStr, Option<pcre::Compiled>>);

impl Patterns {
    /// Whether a reply fits a pattern. Nothing fits what is no expression.
    pub(super) fn fits(&mut self, pattern: &SmolStr, reply: &[u8]) -> bool {
        let compiled = self
            .0
            .entry(pattern.clone())
            .or_insert_with(|| pcre::compile(pattern.as_bytes(), pcre::Flags::MSYS_PCRE).ok());
        compiled.as_ref().is_some_and(|compiled| compiled.is_match(reply).unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_compiled_once_and_what_is_none_fits_nothing() {
        let mut patterns = Patterns::default();
        let (good, bad) = (SmolStr::new("^4.1 .*many"), SmolStr::new("(unclosed"));
        assert!(patterns.fits(&good, b"421 too many"));
        assert!(!patterns.fits(&good, b"550 too many"));
        assert!(!patterns.fits(&bad, b"(unclosed"));
        assert!(patterns.fits(&good, b"451 many"));
        assert_eq!(patterns.0.len(), 2);
    }
}
