//! A place in one line of an annotation.

use std::ops::Range;

use crate::problem::Problem;

/// Reads one line from left to right. Nothing here goes past the line's end.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    /// The byte of the file at which `text` begins.
    base: usize,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, base: usize) -> Self {
        Self { text, base, at: 0 }
    }

    /// What is left of the line.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The byte of the file at which the cursor stands.
    pub(super) fn offset(&self) -> usize {
        self.base + self.at
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes `token` if it stands here.
    pub(super) fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// The same after white space; the white space stays where `token` does not stand.
    pub(super) fn take_after_space(&mut self, token: &str) -> bool {
        let before = self.at;
        self.skip_space();
        let found = self.take(token);
        if !found {
            self.at = before;
        }
        found
    }

    /// Takes characters as long as they fit.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or("")
    }

    /// Takes a name: a letter or `_`, then what `more` allows.
    pub(super) fn name(&mut self, more: impl Fn(char) -> bool) -> Option<&'a str> {
        let first = self.peek()?;
        if !(first.is_alphabetic() || first == '_') {
            return None;
        }
        Some(self.take_while(|c| c.is_alphanumeric() || c == '_' || more(c)))
    }

    /// Gives the end of what was just taken back to the line, where it is `end`.
    pub(super) fn give_back<'t>(&mut self, taken: &'t str, end: &str) -> &'t str {
        match taken.strip_suffix(end) {
            Some(shorter) => {
                self.at -= end.len();
                shorter
            }
            None => taken,
        }
    }

    /// Takes a string literal with its quotes and returns what stands between them. Escapes stay as they are, but a
    /// quote behind a backslash does not end it.
    pub(super) fn quoted(&mut self) -> Option<Result<String, Problem>> {
        let quote = self.peek().filter(|c| matches!(c, '"' | '\''))?;
        let start = self.offset();
        let rest = self.rest();
        let mut escaped = false;
        for (position, c) in rest.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                c if c == quote => {
                    self.at += position + c.len_utf8();
                    return Some(Ok(rest.get(1..position).unwrap_or("").to_owned()));
                }
                _ => {}
            }
        }
        self.at = self.text.len();
        Some(Err(Problem::new(
            start..self.offset(),
            format!("the string is not closed: `{quote}` is missing"),
        )))
    }

    /// Takes everything to the end of the line, without white space around it and without the `#` that may open it.
    pub(super) fn remainder(&mut self) -> &'a str {
        let rest = self.rest().trim();
        self.at = self.text.len();
        rest.strip_prefix('#').map_or(rest, str::trim_start)
    }

    /// The bytes of the file from `start` to the cursor.
    pub(super) fn since(&self, start: usize) -> Range<usize> {
        start..self.offset()
    }

    /// The bytes of the file of the character under the cursor; empty at the line's end.
    pub(super) fn here(&self) -> Range<usize> {
        self.offset()..self.offset() + self.peek().map_or(0, char::len_utf8)
    }

    /// `expected TYPE, found `x``
    pub(super) fn expected(&self, what: &str) -> Problem {
        let found = self.rest().split_whitespace().next();
        let found = found.map_or_else(|| "the end of the line".to_owned(), |word| format!("`{word}`"));
        Problem::new(self.here(), format!("expected {what}, found {found}"))
    }
}
