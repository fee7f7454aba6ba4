//! Reads a pattern token by token: rewrites what only PCRE 1 takes, finds what only PCRE 2 takes.
//!
//! What neither takes is left for PCRE to report: where the syntax breaks, the rest is copied as it stands.

mod class;
mod escape;
mod group;

use super::Flags;
use super::difference::counted;
use super::length::Length;
use group::{Group, GroupKind};
use std::ops::Range;

/// A token of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its bytes in the pattern.
    pub range: Range<usize>,
}

/// What a token of a pattern is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A character that stands for itself.
    Literal(char),
    /// `.`
    Any,
    /// `*`, `+?`, `{2,3}`
    Quantifier,
    /// `^`, `$`, `\b` and the like.
    Position,
    /// `(…` with all that tells its kind.
    Open,
    /// `)`
    Close,
    /// `|`
    Or,
    /// A class, an escape, a back reference.
    Other,
}

/// A pattern that was read.
pub(super) struct Scan {
    /// The pattern for PCRE 2.
    pub(super) text: String,
    /// Where its bytes stand in the pattern.
    pub(super) offsets: Offsets,
    /// What the pattern is made of.
    pub(super) items: Vec<Item>,
    /// PCRE 1 would not take it.
    pub(super) error: Option<ScanError>,
    /// The last parenthesis or bracket that is not closed.
    pub(super) unclosed: Option<Range<usize>>,
}

/// What PCRE 1 would not take: its number for that, and where.
pub(super) struct ScanError {
    pub(super) code: u32,
    pub(super) range: Range<usize>,
}

/// Offsets of a rewritten pattern.
#[derive(Debug, Default)]
pub(super) struct Offsets {
    /// From here on, in the rewritten pattern and in the original.
    steps: Vec<(usize, usize)>,
}

impl Offsets {
    /// The offset in the original.
    pub(super) fn original(&self, offset: usize) -> usize {
        let next = self.steps.partition_point(|(new, _)| *new <= offset);
        match next.checked_sub(1).and_then(|index| self.steps.get(index)) {
            Some((new, old)) => old + (offset - new),
            None => offset,
        }
    }
}

/// Reads a pattern.
pub(super) fn scan(pattern: &str, flags: Flags) -> Scan {
    let mut scanner = Scanner {
        pattern,
        flags,
        at: 0,
        text: String::with_capacity(pattern.len()),
        offsets: Offsets::default(),
        items: Vec::new(),
        error: None,
        unclosed: None,
        options: Options::default(),
        groups: vec![Group::new(0..0, GroupKind::Whole)],
        captures: 0,
        after_verb: false,
    };
    scanner.run();
    let unclosed = scanner.unclosed.take().or_else(|| {
        scanner.groups.last().filter(|group| group.kind != GroupKind::Whole).map(|group| group.open.clone())
    });
    let Scanner { text, offsets, items, error, .. } = scanner;
    Scan { text, offsets, items, error, unclosed }
}

/// Settings of `(?…)` that change how a pattern is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Options {
    /// `x`: white space and comments do not count.
    extended: bool,
    /// `X`: escapes without a meaning are errors.
    extra: bool,
}

struct Scanner<'a> {
    pattern: &'a str,
    flags: Flags,
    at: usize,
    text: String,
    offsets: Offsets,
    items: Vec<Item>,
    error: Option<ScanError>,
    unclosed: Option<Range<usize>>,
    options: Options,
    groups: Vec<Group>,
    captures: u32,
    /// `(*ACCEPT)` and the like stand directly before: nothing that can be repeated.
    after_verb: bool,
}

/// The rest cannot be read: PCRE will say why.
struct Broken;

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        while self.error.is_none() && self.at < self.pattern.len() {
            if self.item().is_err() {
                break;
            }
        }
        let rest = self.rest();
        self.text.push_str(rest);
    }

    fn rest(&self) -> &'a str {
        self.pattern.get(self.at..).unwrap_or("")
    }

    fn peek(&self, offset: usize) -> Option<char> {
        self.rest().get(offset..)?.chars().next()
    }

    /// Takes that many bytes as they stand.
    fn copy(&mut self, length: usize) {
        let rest = self.rest();
        let part = rest.get(..length).unwrap_or(rest);
        self.text.push_str(part);
        self.at += part.len();
    }

    /// Puts `text` in place of that many bytes.
    fn replace(&mut self, length: usize, text: &str) {
        self.text.push_str(text);
        self.at += length;
        self.offsets.steps.push((self.text.len(), self.at));
    }

    /// Takes a character that stands for itself. Without UTF-8, a byte that is not ASCII must be written as a number to
    /// PCRE 2, which is handed text.
    fn literal(&mut self, character: char) {
        if self.flags.utf8 || character.is_ascii() {
            self.copy(character.len_utf8());
        } else {
            self.replace(character.len_utf8(), &format!("\\x{:02x}", u32::from(character)));
        }
    }

    /// Puts the number of a letter or digit in place of its escape: it cannot become part of what stands before.
    fn replace_by_number(&mut self, character: char) {
        self.replace(2, &format!("\\x{:02x}", u32::from(character)));
    }

    fn fail(&mut self, range: Range<usize>, code: u32) {
        if self.error.is_none() {
            self.error = Some(ScanError { code, range });
        }
    }

    fn push(&mut self, start: usize, kind: ItemKind, length: Length) {
        self.items.push(Item { kind, range: start..self.at });
        self.after_verb = false;
        if let Some(group) = self.groups.last_mut() {
            group.push(length);
        }
    }

    fn item(&mut self) -> Result<(), Broken> {
        let start = self.at;
        let Some(first) = self.peek(0) else { return Ok(()) };
        if self.options.extended && (first.is_ascii_whitespace() || first == '\u{b}') {
            self.copy(1);
            return Ok(());
        }
        match first {
            '#' if self.options.extended => {
                let rest = self.rest();
                let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
                self.copy(length);
            }
            '\\' => return self.escape(),
            '[' => return self.class(),
            '(' => return self.open(),
            ')' => return self.close(),
            '|' => self.alternative(),
            '^' | '$' => {
                self.copy(1);
                self.push(start, ItemKind::Position, Length::ZERO);
            }
            '.' => {
                self.copy(1);
                self.push(start, ItemKind::Any, Length::ONE);
            }
            '*' => self.quantifier(1, 0, None),
            '+' => self.quantifier(1, 1, None),
            '?' => self.quantifier(1, 0, Some(1)),
            '{' => match counted(self.rest()) {
                Some((length, least, most)) => self.quantifier(length, least, most),
                None => {
                    // PCRE 2 may see a quantifier in `{,3}` and `{ 1 }`.
                    self.replace(1, "\\{");
                    self.push(start, ItemKind::Literal('{'), Length::ONE);
                }
            },
            other => {
                self.literal(other);
                self.push(start, ItemKind::Literal(other), Length::ONE);
            }
        }
        Ok(())
    }

    fn quantifier(&mut self, length: usize, least: u32, most: Option<u32>) {
        let start = self.at;
        if self.after_verb {
            self.fail(start..start + length, 9);
        }
        self.copy(length);
        if matches!(self.peek(0), Some('?' | '+')) {
            self.copy(1);
        }
        if let Some(group) = self.groups.last_mut() {
            group.repeat_last(least, most);
        }
        self.items.push(Item { kind: ItemKind::Quantifier, range: start..self.at });
    }
}
