//! Characters that look like others.

use super::problem::TextProblem;

/// The character of ASCII that a character looks like, and its name: what word processors and web pages put in its place.
fn look_alike(character: char) -> Option<(char, &'static str)> {
    Some(match character {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' => ('\'', "a typographic quote"),
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' => ('"', "a typographic quote"),
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' => (' ', "a space that is no plain space"),
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2014}' | '\u{2212}' => {
            ('-', "a typographic dash")
        }
        '\u{2044}' | '\u{2215}' => ('/', "a slash that is no plain slash"),
        '\u{ff10}'..='\u{ff19}' => {
            let digit = char::from_digit(u32::from(character) - 0xff10, 10)?;
            (digit, "a wide digit")
        }
        // Letters of other scripts that a keyboard layout brings.
        '\u{430}' => ('a', CYRILLIC),
        '\u{435}' => ('e', CYRILLIC),
        '\u{43e}' => ('o', CYRILLIC),
        '\u{440}' => ('p', CYRILLIC),
        '\u{441}' => ('c', CYRILLIC),
        '\u{443}' => ('y', CYRILLIC),
        '\u{445}' => ('x', CYRILLIC),
        '\u{455}' => ('s', CYRILLIC),
        '\u{456}' => ('i', CYRILLIC),
        _ => return None,
    })
}

const CYRILLIC: &str = "a Cyrillic letter";

/// The first character of a text that only looks like the one that is meant.
pub(super) fn first_look_alike(text: &str) -> Option<TextProblem> {
    // Nearly every text is plain.
    if text.is_ascii() {
        return None;
    }
    let (start, character) = text.char_indices().find(|(_, character)| look_alike(*character).is_some())?;
    let (meant, what) = look_alike(character)?;
    let meant_shown = if meant == ' ' { "a space".to_owned() } else { format!("`{meant}`") };
    let message = format!("U+{:04X} is {what} and only looks like {meant_shown}", u32::from(character));
    let range = start..start + character.len_utf8();
    Some(TextProblem::new(range, message).corrected(meant.to_string()))
}

/// Words with what separates the last two: `a`, `b` or `c`.
pub(super) fn listed<'w>(words: impl IntoIterator<Item = &'w str>, last: &str) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, others)) => format!("{} {last} {end}", others.join(", ")),
    }
}

/// Whether a text is a whole number without a sign.
pub(super) fn whole_number(text: &str) -> Option<u64> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}
