//! Signs that a regular expression was written where Lua takes a pattern of its own, and the reverse.

use super::lua_patterns::{self, Piece};
use std::ops::Range;

/// A part of a text that belongs to the other language.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// Where.
    pub(super) range: Range<usize>,
    /// What is written.
    pub(super) found: String,
    /// What it is here.
    pub(super) here: &'static str,
    /// What says the same here.
    pub(super) instead: String,
}

/// Classes of Lua's patterns and their counterparts.
const CLASSES: &[(char, &str)] = &[
    ('a', "[A-Za-z]"),
    ('d', r"\d"),
    ('l', "[a-z]"),
    ('p', "[[:punct:]]"),
    ('s', r"\s"),
    ('u', "[A-Z]"),
    ('w', "[A-Za-z0-9]"),
    ('x', "[0-9A-Fa-f]"),
    ('A', "[^A-Za-z]"),
    ('D', r"\D"),
    ('S', r"\S"),
    ('W', "[^A-Za-z0-9]"),
];

/// `%d+` in a regular expression, where `%` stands for itself. Only what is repeated or stands first in a class is taken:
/// `%20` and `100%s` may well be meant.
pub(super) fn lua_in_pcre(pattern: &str) -> Option<Foreign> {
    let bytes = pattern.as_bytes();
    pattern.match_indices('%').find_map(|(at, _)| {
        let class = pattern.get(at + 1..)?.chars().next()?;
        let (_, instead) = CLASSES.iter().find(|(letter, _)| *letter == class)?;
        let before = pattern.get(..at)?;
        let opens_class = before.ends_with('[') || before.ends_with("[^");
        let repeated = matches!(bytes.get(at + 2), Some(b'+' | b'*' | b'?')) || is_count(pattern.get(at + 2..)?);
        (repeated || (opens_class && pattern.get(at + 2..)?.contains(']'))).then(|| Foreign {
            range: at..at + 2,
            found: format!("%{class}"),
            here: "a percent sign and a letter",
            instead: (*instead).to_owned(),
        })
    })
}

/// Syntax of regular expressions in a pattern of Lua that is well formed.
pub(super) fn pcre_in_lua(pattern: &str) -> Option<Foreign> {
    let pieces = lua_patterns::read(pattern.as_bytes()).pieces;
    let mut depth = 0_u32;
    for (index, piece) in pieces.iter().enumerate() {
        let next = pieces.get(index + 1);
        let found = match piece.text(pattern) {
            "(" => {
                depth += 1;
                group(pattern, piece)
            }
            ")" => {
                depth = depth.saturating_sub(1);
                None
            }
            "|" => alternatives(pattern, piece, depth),
            "\\" => escape(pattern, piece),
            "{" => count(pattern, &pieces, index),
            text if text.starts_with("[[:") && piece.is_set => posix(pattern, piece),
            _ => lazy(pattern, piece, next),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn foreign(pattern: &str, range: Range<usize>, here: &'static str, instead: impl Into<String>) -> Option<Foreign> {
    let found = pattern.get(range.clone())?.to_owned();
    Some(Foreign { range, found, here, instead: instead.into() })
}

/// `(?:`, `(?i)`, `(?=`, `(?P<name>`
fn group(pattern: &str, open: &Piece) -> Option<Foreign> {
    let start = open.range.start;
    let inside = pattern.get(open.range.end..)?.strip_prefix('?')?;
    let length = [":", "=", "!", "<=", "<!", ">"].iter().find(|kind| inside.starts_with(**kind)).map(|kind| kind.len());
    let length = length.or_else(|| {
        let letters = inside.bytes().take_while(|byte| b"imsx-".contains(byte)).count();
        (letters > 0 && inside.get(letters..)?.starts_with(')')).then_some(letters + 1)
    });
    let length = length.or_else(|| inside.starts_with("P<").then_some(2))?;
    foreign(pattern, start..start + 2 + length, "a group with a question mark", "a group without it")
}

/// `foo|bar` between words, or `(a|b)`.
fn alternatives(pattern: &str, bar: &Piece, depth: u32) -> Option<Foreign> {
    let word = |character: char| character.is_ascii_alphanumeric();
    let before = pattern.get(..bar.range.start)?;
    let behind = pattern.get(bar.range.end..)?;
    let left = before.chars().rev().take_while(|c| word(*c)).count();
    let right = behind.chars().take_while(|c| word(*c)).count();
    // `%a|` ends in a class, not in a letter.
    let left = if left == 1 && before.chars().rev().nth(1) == Some('%') { 0 } else { left };
    let enough = if depth > 0 { left > 0 && right > 0 } else { left > 2 && right > 2 };
    let of_addresses = ends_in_address(before.chars().rev()) && ends_in_address(behind.chars());
    if !enough && !of_addresses {
        return None;
    }
    foreign(pattern, bar.range.clone(), "a `|` that must stand in the text", "one search for each alternative")
}

/// Whether a part of a pattern is one of an address, as `.*@example%.com` is.
fn ends_in_address(from_bar: impl Iterator<Item = char>) -> bool {
    let of_address = |c: &char| c.is_ascii_alphanumeric() || "@._-%+*^$".contains(*c);
    from_bar.take_while(of_address).any(|c| c == '@')
}

/// `\d`, `\w`, `\s`; `\.` between letters.
fn escape(pattern: &str, backslash: &Piece) -> Option<Foreign> {
    let letter = pattern.get(backslash.range.end..)?.chars().next()?;
    let range = backslash.range.start..backslash.range.end + letter.len_utf8();
    let here = "a backslash that must stand in the text, and what follows it";
    match letter {
        'd' | 'w' | 's' | 'D' | 'W' | 'S' => foreign(pattern, range, here, format!("%{letter}")),
        '.' => {
            let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let around = word(pattern.get(..range.start)?.chars().next_back())
                && word(pattern.get(range.end..)?.chars().next());
            if around { foreign(pattern, range, here, "%.") } else { None }
        }
        _ => None,
    }
}

/// `%d{3}`, `[0-9]{1,3}`
fn count(pattern: &str, pieces: &[Piece], index: usize) -> Option<Foreign> {
    let open = pieces.get(index)?;
    let before = index.checked_sub(1).and_then(|before| pieces.get(before))?;
    let rest = pattern.get(open.range.start..)?;
    if !before.is_set || before.range.end != open.range.start || !is_count(rest) {
        return None;
    }
    let length = rest.find('}')? + 1;
    let range = open.range.start..open.range.start + length;
    foreign(pattern, range, "braces that must stand in the text", "the class as often as it must occur")
}

fn is_count(text: &str) -> bool {
    let Some((inside, _)) = text.strip_prefix('{').and_then(|rest| rest.split_once('}')) else { return false };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
    !least.is_empty() && digits(least) && digits(most)
}

/// `[[:alpha:]]`
fn posix(pattern: &str, class: &Piece) -> Option<Foreign> {
    let inside = class.text(pattern).strip_prefix("[[:")?;
    let name = inside.strip_suffix(":]")?;
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let instead = match name {
        "alpha" => "%a",
        "digit" => "%d",
        "alnum" => "%w",
        "space" => "%s",
        "upper" => "%u",
        "lower" => "%l",
        "punct" => "%p",
        "xdigit" => "%x",
        _ => "a class of letters",
    };
    foreign(pattern, class.range.clone(), "a set of letters and a bracket", instead)
}

/// `.*?`, `.+?`
fn lazy(pattern: &str, piece: &Piece, next: Option<&Piece>) -> Option<Foreign> {
    let repeated = piece.text(pattern);
    let next = next?;
    if !matches!(repeated, ".*" | ".+") || next.text(pattern) != "?" || next.range.start != piece.range.end {
        return None;
    }
    let instead = if repeated == ".*" { ".-" } else { "..-" };
    foreign(pattern, piece.range.start..next.range.end, "as much as possible, and a question mark", instead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_expressions_in_patterns() {
        let found = |pattern: &str| pcre_in_lua(pattern).map(|foreign| foreign.found);
        for (pattern, part) in [
            (r"^\d+$", r"\d"),
            (r"(\w+)@", r"\w"),
            (r"example\.com", r"\."),
            ("(jpg|png)$", "|"),
            (".*@a%.example|.*@b%.example$", "|"),
            ("a@x.example|b@x.example", "|"),
            ("unsubscribe|optout", "|"),
            ("(?:re)", "(?:"),
            ("(?i)re", "(?i)"),
            ("^%d{1,3}", "{1,3}"),
            ("[0-9]{3}", "{3}"),
            ("<(.*?)>", ".*?"),
            ("[[:alpha:]]+", "[[:alpha:]"),
        ] {
            assert_eq!(found(pattern).as_deref(), Some(part), "{pattern}");
        }
        for pattern in [
            "^%d+$", "([^|]+)|([^|]+)", "|", "a|b", "\\", "\\\\", "[\\\"]", "\\n", "\\.", "(%?)", "^(.-)%?(.*)$", "{}", "%${(%w+)}",
            "%b()", "(.*)?", "x?", "[|]", "%a|%a", "{%d}", "%w+{", "(a)?", "(?)", "a-?",
        ] {
            assert_eq!(found(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn patterns_in_regular_expressions() {
        let found = |pattern: &str| lua_in_pcre(pattern).map(|foreign| (foreign.found, foreign.instead));
        assert_eq!(found("^%d+$"), Some(("%d".to_owned(), r"\d".to_owned())));
        assert_eq!(found("[%w_]+@").map(|found| found.0).as_deref(), Some("%w"));
        assert_eq!(found("[^%s]*").map(|found| found.0).as_deref(), Some("%s"));
        for pattern in ["100%", "%20", "50%discount", "%%", r"\d+%", "100%s?ure".trim_end_matches("?ure"), "%s", "[%]"] {
            assert_eq!(found(pattern), None, "{pattern}");
        }
    }
}
