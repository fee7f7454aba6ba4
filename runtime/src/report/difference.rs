//! What a message became, compared with what it was.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use similar::{ChangeTag, TextDiff};

use crate::api::plain;
use crate::message::{Field, Headers, Message};

/// How many lines of a changed body a report shows.
const MOST_LINES: usize = 40;

/// What changed between two messages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// Header fields that came, went or have another value, in the order of the message.
    pub headers: Vec<HeaderChange>,
    /// Lines of the body: `+` before those that came, `-` before those that went; the first 40 of them.
    pub body: Vec<String>,
    /// How many bytes it had, and how many it has.
    pub bytes: (usize, usize),
}

/// A header field that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeaderChange {
    /// Its name.
    pub name: String,
    /// The value that went.
    pub before: Option<String>,
    /// The value that came.
    pub after: Option<String>,
}

impl Difference {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.headers.is_empty() && self.body.is_empty()
    }

    /// Compares two messages.
    #[must_use]
    pub fn between(before: &Message, after: &Message) -> Self {
        if before == after {
            let size = after.to_bytes().len();
            return Self { headers: Vec::new(), body: Vec::new(), bytes: (size, size) };
        }
        Self {
            headers: headers(before.headers(), after.headers()),
            body: body(&before.body(), &after.body()),
            bytes: (before.to_bytes().len(), after.to_bytes().len()),
        }
    }
}

fn headers(before: &Headers, after: &Headers) -> Vec<HeaderChange> {
    let shown = |field: &Field| (plain(field.name()), plain(&field.value()));
    let mut gone: Vec<(String, String)> = before.iter().map(shown).collect();
    let mut came: Vec<(String, String)> = Vec::new();
    for field in after.iter().map(shown) {
        match gone.iter().position(|one| *one == field) {
            Some(place) => {
                gone.remove(place);
            }
            None => came.push(field),
        }
    }
    let mut changes = Vec::new();
    for (name, value) in came {
        let same = gone.iter().position(|(other, _)| other.eq_ignore_ascii_case(&name));
        let before = same.map(|place| gone.remove(place).1);
        changes.push(HeaderChange { name, before, after: Some(value) });
    }
    changes.extend(gone.into_iter().map(|(name, value)| HeaderChange {
        name,
        before: Some(value),
        after: None,
    }));
    changes
}

fn body(before: &[u8], after: &[u8]) -> Vec<String> {
    /// Beyond this, comparing line by line takes longer than it tells.
    const LONGEST: usize = 256 * 1024;
    if before == after {
        return Vec::new();
    }
    if before.len().max(after.len()) > LONGEST {
        return vec![format!("-{} bytes", before.len()), format!("+{} bytes", after.len())];
    }
    let (before, after) = (plain(before), plain(after));
    let difference = TextDiff::from_lines(before.as_str(), after.as_str());
    let mut lines: Vec<String> = difference
        .iter_all_changes()
        .filter_map(|change| {
            let sign = match change.tag() {
                ChangeTag::Insert => '+',
                ChangeTag::Delete => '-',
                ChangeTag::Equal => return None,
            };
            Some(format!("{sign}{}", change.value().trim_end_matches(['\r', '\n'])))
        })
        .collect();
    if lines.len() > MOST_LINES {
        let more = lines.len() - MOST_LINES;
        lines.truncate(MOST_LINES);
        lines.push(format!("… and {more} more"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(before: &'static str, after: &'static str) -> Difference {
        Difference::between(&Message::from_bytes(before.as_bytes()), &Message::from_bytes(after.as_bytes()))
    }

    #[test]
    fn names_what_came_and_went() {
        let difference = between(
            "From: a\r\nX-Old: 1\r\nSubject: x\r\n\r\none\r\ntwo\r\n",
            "Subject: y\r\nFrom: a\r\nX-New: 2\r\n\r\none\r\nthree\r\n",
        );
        let shown: Vec<String> = difference
            .headers
            .iter()
            .map(|one| format!("{} {:?} {:?}", one.name, one.before, one.after))
            .collect();
        assert_eq!(
            shown,
            ["Subject Some(\"x\") Some(\"y\")", "X-New None Some(\"2\")", "X-Old Some(\"1\") None"]
        );
        assert_eq!(difference.body, ["-two", "+three"]);
        assert!(between("From: a\r\n\r\nx", "From: a\r\n\r\nx").is_empty());
    }
}
