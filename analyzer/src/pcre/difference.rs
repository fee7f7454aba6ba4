//! Where PCRE 1 and PCRE 2 part, as far as single tokens tell.

/// Escapes of letters that mean nothing to PCRE 1, so that the letter stands for itself; PCRE 2 rejects them.
pub(super) fn is_unknown_escape(letter: char) -> bool {
    matches!(letter, 'i' | 'j' | 'm' | 'q' | 'y' | 'F' | 'I' | 'J' | 'M' | 'O' | 'T' | 'Y')
}

/// Escapes that mean something outside of character classes alone: inside, PCRE 1 takes the letter.
pub(super) fn is_plain_in_class(letter: char) -> bool {
    is_unknown_escape(letter)
        || matches!(letter, 'A' | 'B' | 'C' | 'G' | 'K' | 'R' | 'X' | 'Z' | 'z' | 'g' | 'k')
}

/// Escapes that are a set of characters, and so no end of a range.
pub(super) fn is_set(letter: char) -> bool {
    matches!(letter, 'd' | 'D' | 'h' | 'H' | 'p' | 'P' | 's' | 'S' | 'v' | 'V' | 'w' | 'W')
}

/// Escapes that match a position.
pub(super) fn is_position(letter: char) -> bool {
    matches!(letter, 'A' | 'b' | 'B' | 'G' | 'K' | 'z' | 'Z')
}

/// Verbs that PCRE 1 knows; `(*:NAME)` has no letters.
pub(super) const VERBS: &[&str] = &["", "ACCEPT", "COMMIT", "F", "FAIL", "MARK", "PRUNE", "SKIP", "THEN"];

/// Settings that may stand at the start of a pattern.
pub(super) const SETTINGS: &[&str] = &[
    "UTF8",
    "UTF",
    "UCP",
    "CR",
    "LF",
    "CRLF",
    "ANYCRLF",
    "ANY",
    "BSR_ANYCRLF",
    "BSR_UNICODE",
    "NO_START_OPT",
    "NO_AUTO_POSSESS",
    "LIMIT_MATCH",
    "LIMIT_RECURSION",
];

/// The longest name of a group, in bytes.
pub(super) const LONGEST_NAME: usize = 32;

/// Whether `text` can name a group.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether `text`, which starts with `{`, is a quantifier; gives its length and its bounds.
pub(super) fn counted(text: &str) -> Option<(usize, u32, Option<u32>)> {
    let (inside, _) = text.strip_prefix('{')?.split_once('}')?;
    let (least, most) = match inside.split_once(',') {
        Some((least, "")) => (least, None),
        Some((least, most)) => (least, Some(most)),
        None => (inside, Some(inside)),
    };
    let number = |digits: &str| -> Option<u32> {
        (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(())?;
        // What does not fit is PCRE's error to report.
        Some(digits.parse().unwrap_or(u32::MAX))
    };
    let most = match most {
        Some(most) => Some(number(most)?),
        None => None,
    };
    Some((inside.len() + 2, number(least)?, most))
}
