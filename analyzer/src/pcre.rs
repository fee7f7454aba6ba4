//! Regular expressions as Momentum reads them.
//!
//! Momentum links PCRE 1, here PCRE 2 does the work. The two agree but for a number of corners; a pass over the pattern
//! rewrites what only PCRE 1 takes (`[\w-\.]`, `\i`) and rejects what only PCRE 2 takes (`(?R)` that recurses without
//! end, lookbehind of varying length). What PCRE 1 says was asked of its release 8.39; of 100 000 patterns put together
//! at random from all of its syntax, a hundred were judged otherwise, by these corners that are left: `(?(R1)…)` without
//! a group 1, `\g{65536}`, `\E` before a quantifier, the length of recursions in a lookbehind, and `\p{Lu}` under
//! `(?i)`, which matches small letters, too.

mod difference;
mod length;
mod message;
mod properties;
mod scan;

/// A compiled pattern. It works on bytes; groups are numbered as in the pattern that was handed in.
pub use pcre2::bytes::Regex as Compiled;
pub use scan::{Item, ItemKind};

use pcre2::bytes::RegexBuilder;
use std::borrow::Cow;
use std::ops::Range;

/// How a pattern is compiled. All else is said in the pattern itself, as in `(?i)`: no function of Momentum takes
/// options of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags {
    /// Pattern and subject are UTF-8: `.` is a character. Matching a subject that is not UTF-8 is an error. Otherwise
    /// both are bytes.
    pub utf8: bool,
}

impl Flags {
    /// As `msys.pcre.match`, `replace` and `split` compile.
    pub const MSYS_PCRE: Self = Self { utf8: true };
    /// For contents of any encoding.
    pub const BYTES: Self = Self { utf8: false };
}

/// Why a pattern does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// The number that PCRE 1 gives it.
    pub code: u32,
    /// What is wrong, in the words of PCRE 1: no full stop.
    pub message: Cow<'static, str>,
    /// The bytes of the pattern that are wrong; empty at its end if something is missing there.
    pub range: Range<usize>,
}

/// The number of "invalid range in character class": `[a-\d]`, which PCRE took before its release 8.34.
pub const INVALID_RANGE: u32 = 83;
/// The number of "invalid UTF-8 string".
pub const INVALID_UTF8: u32 = 44;

/// What every pattern begins with, so that no match goes on for ever: 10 million steps, the default of PCRE 1, and
/// 64 MiB of memory.
const BOUNDS: &str = "(*LIMIT_MATCH=10000000)(*LIMIT_HEAP=65536)";

/// Whether a match was given up because it took too many steps or too much memory.
#[must_use]
pub fn is_given_up(error: &pcre2::Error) -> bool {
    // PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT
    matches!(error.code(), -47 | -53 | -63)
}

/// Compiles a pattern. Classes such as `\w` stand for ASCII alone. Each match with it ends: after 10 million steps it
/// is an error ([`is_given_up`]).
///
/// # Errors
/// If PCRE 1 would not compile it.
pub fn compile(pattern: &[u8], flags: Flags) -> Result<Compiled, PatternError> {
    let text = decode(pattern, flags)?;
    let scan = scan::scan(&text, flags);
    let built = RegexBuilder::new().utf(flags.utf8).build(&format!("{BOUNDS}{}", scan.text));
    let place = |error: &pcre2::Error| match error.offset() {
        Some(offset) => scan.offsets.original(offset.saturating_sub(BOUNDS.len())),
        None => text.len(),
    };
    let mut error = match (built, scan.error) {
        (Ok(regex), None) => return Ok(regex),
        (Ok(_), Some(error)) => pattern_error(error.code, None, error.range),
        (Err(error), None) => {
            let offset = place(&error);
            told_by_pcre_2(&text, &error, offset, scan.unclosed)
        }
        // What is wrong first is told, and nothing of what may come of the other.
        (Err(error), Some(found)) => {
            let offset = place(&error);
            if offset <= found.range.start {
                told_by_pcre_2(&text, &error, offset, scan.unclosed)
            } else {
                pattern_error(found.code, None, found.range)
            }
        }
    };
    if !flags.utf8 {
        // Each byte became a character.
        let bytes = |offset: usize| text.get(..offset).map_or(pattern.len(), |before| before.chars().count());
        error.range = bytes(error.range.start)..bytes(error.range.end);
    }
    Err(error)
}

/// What a UTF-8 pattern is made of, in order; ends where its syntax is broken.
#[must_use]
pub fn items(pattern: &str) -> Vec<Item> {
    scan::scan(pattern, Flags::MSYS_PCRE).items
}

/// The pattern as text: without UTF-8, each byte is a character.
fn decode(pattern: &[u8], flags: Flags) -> Result<Cow<'_, str>, PatternError> {
    if !flags.utf8 {
        return Ok(pattern.iter().copied().map(char::from).collect::<String>().into());
    }
    std::str::from_utf8(pattern).map(Cow::Borrowed).map_err(|error| {
        let start = error.valid_up_to();
        let end = error.error_len().map_or(pattern.len(), |length| start + length);
        pattern_error(INVALID_UTF8, None, start..end)
    })
}

/// `missing terminating ] for character class`
const MISSING_BRACKET: i32 = 106;
/// `missing closing parenthesis`
const MISSING_PARENTHESIS: i32 = 114;
/// `range out of order in character class`
const RANGE_OUT_OF_ORDER: i32 = 108;
/// `quantifier does not follow a repeatable item`
const NOTHING_TO_REPEAT: i32 = 109;
/// `unmatched closing parenthesis`
const UNMATCHED_PARENTHESIS: i32 = 122;

fn told_by_pcre_2(
    pattern: &str,
    error: &pcre2::Error,
    offset: usize,
    unclosed: Option<Range<usize>>,
) -> PatternError {
    let range = match (error.code(), unclosed) {
        // Something is not closed: its opening says more than the end.
        (MISSING_PARENTHESIS | MISSING_BRACKET, Some(open)) => open,
        (RANGE_OUT_OF_ORDER | NOTHING_TO_REPEAT | UNMATCHED_PARENTHESIS, _) => character_at(pattern, offset),
        _ => character_before(pattern, offset),
    };
    pattern_error(message::code(error.code()), Some(error), range)
}

fn pattern_error(code: u32, error: Option<&pcre2::Error>, range: Range<usize>) -> PatternError {
    let message = match (message::words(code), error) {
        (Some(words), _) => words.into(),
        (None, Some(error)) => words_of_pcre_2(error).into(),
        (None, None) => "not a regular expression".into(),
    };
    PatternError { code, message, range }
}

/// What PCRE 2 says, without the place: that is told otherwise.
fn words_of_pcre_2(error: &pcre2::Error) -> String {
    let text = error.to_string();
    match text.split_once("at offset ").and_then(|(_, rest)| rest.split_once(": ")) {
        Some((_, message)) => message.to_owned(),
        None => text,
    }
}

fn character_at(pattern: &str, offset: usize) -> Range<usize> {
    let length = pattern.get(offset..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    offset.min(pattern.len())..(offset + length).min(pattern.len())
}

/// Most offsets of PCRE lie behind what it did not like.
fn character_before(pattern: &str, offset: usize) -> Range<usize> {
    let offset = offset.min(pattern.len());
    match pattern.get(..offset).and_then(|before| before.char_indices().next_back()) {
        Some((start, _)) => start..offset,
        None => 0..pattern.chars().next().map_or(0, char::len_utf8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error of a pattern with its range marked: `a[>b<`.
    fn error(pattern: &str) -> String {
        match compile(pattern.as_bytes(), Flags::MSYS_PCRE) {
            Ok(_) => "compiles".to_owned(),
            Err(error) => {
                let Range { start, end } = error.range;
                let (before, wrong, behind) = (&pattern[..start], &pattern[start..end], &pattern[end..]);
                format!("{before}>{wrong}<{behind}: {}", error.message)
            }
        }
    }

    #[test]
    fn errors_have_their_place() {
        assert_eq!(error("a(b"), "a>(<b: missing )");
        assert_eq!(error("a[b-"), "a>[<b-: missing terminating ] for character class");
        assert_eq!(error("*a"), ">*<a: nothing to repeat");
        assert_eq!(error("ab)c"), "ab>)<c: unmatched parentheses");
        assert_eq!(error("a\\"), "a>\\<: \\ at end of pattern");
        assert_eq!(error("[z-a]"), "[z->a<]: range out of order in character class");
        assert_eq!(error("é(["), "é(>[<: missing terminating ] for character class");
    }

    #[test]
    fn what_only_pcre_2_takes_has_its_place() {
        assert_eq!(error("a|b?(?R)c"), "a|b?>(?R)<c: recursive call could loop indefinitely");
        assert_eq!(error("(a|(?1)b)"), "(a|>(?1)<b): recursive call could loop indefinitely");
        assert_eq!(error("(?<n>x*(?&n))"), "(?<n>x*>(?&n)<): recursive call could loop indefinitely");
        assert_eq!(error("(?<!(?:ab|c))b"), ">(?<!(?:ab|c))<b: lookbehind assertion is not fixed length");
        assert_eq!(error("(?^i)a"), "(?>^<i)a: unrecognized character after (? or (?-");
        assert_eq!(error(r"\N{U+41}"), r">\N{<U+41}: PCRE does not support \L, \l, \N{name}, \U, or \u");
        assert_eq!(error("(*atomic:a)"), ">(*atomic:<a): (*VERB) not recognized or malformed");
        assert_eq!(error(r"a\p{latin}"), r"a>\p{latin}<: unknown property name after \P or \p");
        // The first mistake is told.
        assert_eq!(error("*(?R)"), ">*<(?R): nothing to repeat");
    }

    #[test]
    fn places_survive_the_rewriting() {
        assert_eq!(error(r"\i[\w-\.]{,3}(?x-i--s)*"), r"\i[\w-\.]{,3}(?x-i--s)>*<: nothing to repeat");
    }

    #[test]
    fn bytes_are_no_characters() {
        let pattern = b"^[\xe9\xe8]\\Q\xff.\\E\xe9+$";
        let regex = compile(pattern, Flags::BYTES).unwrap();
        assert!(regex.is_match(b"\xe8\xff.\xe9\xe9").unwrap());
        assert!(!regex.is_match("é\u{ff}.é".as_bytes()).unwrap());
        assert_eq!(compile(b"\xe9(", Flags::BYTES).unwrap_err().range, 1..2);
        let error = compile(b"a\xe9b", Flags::MSYS_PCRE).unwrap_err();
        assert_eq!((error.code, error.range), (INVALID_UTF8, 1..2));
    }

    #[test]
    fn items_tell_what_stands_for_itself() {
        let kinds: Vec<ItemKind> = items(r"a\.b.c+[d]").into_iter().map(|item| item.kind).collect();
        use ItemKind::{Any, Literal, Other, Quantifier};
        let letters = [Literal('a'), Literal('.'), Literal('b'), Any, Literal('c'), Quantifier, Other];
        assert_eq!(kinds, letters);
    }
}
