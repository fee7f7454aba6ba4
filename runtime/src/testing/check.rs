//! One expectation: held, or what was there instead.

use momentum_lua_stub_reader::Api;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use similar::{ChangeTag, TextDiff};

use crate::report::Report;
use crate::session::{Equality, Session, Wanted};

/// An expectation of a session, compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// The key in the session file: `message[1].expect.headers.Subject`; empty for what holds without being written.
    pub key: String,
    /// Its line there, from 1; absent where it stands in no file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What was expected, in words.
    pub expected: String,
    /// What was otherwise: empty when the expectation held.
    pub misses: Vec<Miss>,
}

impl Check {
    /// Whether the expectation held.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.misses.is_empty()
    }
}

/// Something that was not as expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Miss {
    /// Of which message or recipient, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// What was there, in words.
    pub actual: String,
    /// For longer texts: their lines, `-` before those that were expected alone, `+` before those that were there alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub difference: Vec<String>,
}

impl Miss {
    /// Something that is not as expected.
    pub(super) fn new(of: Option<String>, actual: impl Into<String>) -> Self {
        Self { of, actual: actual.into(), difference: Vec::new() }
    }
}

/// A text that is there, or not, and whose it is.
pub(super) struct Found {
    pub(super) of: Option<String>,
    pub(super) text: Option<String>,
}

/// Compares, and collects what comes of it.
pub(super) struct Judge<'a> {
    pub(super) session: &'a Session,
    pub(super) report: &'a Report,
    pub(super) api: &'a Api,
    checks: Vec<Check>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(session: &'a Session, report: &'a Report, api: &'a Api) -> Self {
        Self { session, report, api, checks: Vec::new() }
    }

    /// Adds an expectation.
    pub(super) fn add(&mut self, key: String, expected: impl Into<String>, misses: Vec<Miss>) {
        let line = self.session.lines.get(&key).copied();
        self.checks.push(Check { key, line, expected: expected.into(), misses });
    }

    /// Compares texts with what is wanted of each of them. Without any text the expectation did not hold: `none` says
    /// why there is none.
    pub(super) fn texts(
        &mut self,
        key: String,
        wanted: &Wanted,
        equality: Equality,
        found: Vec<Found>,
        none: &str,
    ) {
        let mut misses: Vec<Miss> = found
            .iter()
            .filter(|one| !wanted.fits(one.text.as_deref(), equality))
            .map(|one| miss(wanted, equality, one))
            .collect();
        if found.is_empty() {
            misses.push(Miss::new(None, none));
        }
        self.add(key, wanted.to_string(), misses);
    }

    /// All expectations in the order of their lines.
    pub(super) fn finish(mut self) -> Vec<Check> {
        self.checks.sort_by_key(|check| check.line.unwrap_or(u32::MAX));
        self.checks
    }
}

/// A text that is not as wanted.
fn miss(wanted: &Wanted, equality: Equality, found: &Found) -> Miss {
    let text = found.text.as_deref().map(|text| match equality {
        Equality::Lines => text.replace("\r\n", "\n"),
        Equality::Exact => text.to_owned(),
    });
    let mut miss = Miss::new(found.of.clone(), shown(text.as_deref()));
    if let (Wanted::Text(wanted), Some(text)) = (wanted, &found.text) {
        miss.difference = difference(wanted, text);
    }
    miss
}

/// A text in quotes; a longer one cut.
pub(super) fn shown(text: Option<&str>) -> String {
    const MOST: usize = 400;
    let Some(text) = text else { return "nothing".to_owned() };
    match text.char_indices().nth(MOST) {
        Some((end, _)) => {
            format!("{:?}… ({} bytes)", text.get(..end).unwrap_or_default(), text.len())
        }
        None => format!("{text:?}"),
    }
}

/// The lines of two texts of several lines, those that both have left out but for one around each change.
pub(super) fn difference(wanted: &str, text: &str) -> Vec<String> {
    /// Beyond this, comparing takes longer than it tells.
    const LONGEST: usize = 256 * 1024;
    const MOST_LINES: usize = 30;
    let (wanted, text) = (Equality::Lines.plain(wanted), Equality::Lines.plain(text));
    let one_line = !wanted.contains('\n') && !text.contains('\n');
    if one_line || wanted.len().max(text.len()) > LONGEST {
        return Vec::new();
    }
    let compared = TextDiff::from_lines(wanted.as_ref(), text.as_ref());
    let mut lines = Vec::new();
    for group in compared.grouped_ops(1) {
        for change in group.iter().flat_map(|operation| compared.iter_changes(operation)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            lines.push(format!("{sign}{}", change.value().trim_end_matches('\n')));
        }
    }
    if lines.len() > MOST_LINES {
        let more = lines.len() - MOST_LINES;
        lines.truncate(MOST_LINES);
        lines.push(format!("… and {more} more lines"));
    }
    lines
}
