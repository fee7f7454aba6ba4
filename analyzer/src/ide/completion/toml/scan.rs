//! Where a cursor stands in a TOML text that is being written: read character for character, whatever is missing.

use crate::syntax::{Span, offset_u32};

/// Nested deeper than this, nothing is read any more.
const DEEPEST: u32 = 64;

/// A table as it stands in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// The keys that lead to it.
    pub(super) path: Vec<String>,
    /// How many of them its header has.
    pub(super) header: usize,
    /// Which one it is, where several have the same path.
    number: usize,
}

/// What may stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// A name between the brackets of a header, behind those names.
    Header { path: Vec<String>, array: bool, word: Span },
    /// A key of a table. `followed`: a `=` stands behind it. `inline`: between braces.
    Key { table: Table, word: Span, inline: bool, followed: bool },
    /// The value of the key at the end of the path, or an element of it.
    Value { path: Vec<String>, word: Span, quoted: bool },
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) spot: Option<Spot>,
    /// Keys, with the tables that they stand in and where.
    keys: Vec<(Table, String, Span)>,
    headers: Vec<Vec<String>>,
}

impl Document {
    /// Reads a text with a cursor.
    pub(super) fn scan(text: &str, cursor: usize) -> Self {
        let mut scanner = Scanner { text, cursor, at: 0, tables: 0, document: Document::default() };
        scanner.statements();
        scanner.document
    }

    /// The keys that a table has, but for the word at the cursor.
    pub(super) fn keys_of(&self, table: &Table, word: Span) -> Vec<String> {
        let keys = self.keys.iter().filter(|(owner, _, span)| owner == table && *span != word);
        keys.map(|(_, key, _)| key.clone()).collect()
    }

    /// Whether a header begins with that name.
    pub(super) fn has_table(&self, name: &str) -> bool {
        self.headers.iter().any(|path| path.len() == 1 && path.first().is_some_and(|first| first == name))
            || self.keys.iter().any(|(table, key, _)| table.path.is_empty() && key == name)
    }
}

struct Scanner<'t> {
    text: &'t str,
    cursor: usize,
    at: usize,
    tables: usize,
    document: Document,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn starts_with(&self, what: &str) -> bool {
        self.text.get(self.at..).is_some_and(|rest| rest.starts_with(what))
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn skip(&mut self, is_part: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&is_part) {
            self.bump();
        }
    }

    fn span(&self, start: usize) -> Span {
        Span::new(offset_u32(start), offset_u32(self.at))
    }

    /// Blanks, and with `lines` line ends and comments. Whether the cursor stands in it and not in a comment.
    fn gap(&mut self, lines: bool) -> bool {
        self.gap_from(self.at, lines)
    }

    /// The same where a cursor counts only from `start` on.
    fn gap_from(&mut self, mut start: usize, lines: bool) -> bool {
        let mut here = false;
        loop {
            self.skip(|c| c == ' ' || c == '\t' || (lines && (c == '\n' || c == '\r')));
            here |= start <= self.cursor && self.cursor <= self.at;
            if !(lines && self.peek() == Some('#')) {
                return here;
            }
            self.skip(|c| c != '\n');
            // What stands behind the comment belongs to it up to the line's end.
            start = self.at + 1;
        }
    }

    fn statements(&mut self) {
        let mut table = Table::default();
        // A statement ends with its line.
        let mut next_line = 0;
        while self.at < self.text.len() || self.document.spot.is_none() {
            let before = self.at;
            let here = self.gap_from(next_line.max(self.at), true);
            match self.peek() {
                Some('[') => table = self.header(),
                next => {
                    let in_line = here && (next.is_none() || self.cursor < self.at);
                    if in_line && self.document.spot.is_none() {
                        let word = Span::empty(offset_u32(self.cursor));
                        let table = table.clone();
                        self.document.spot = Some(Spot::Key { table, word, inline: false, followed: false });
                    }
                    if next.is_none() {
                        return;
                    }
                    self.entry(&table, false, DEEPEST);
                    // What does not belong to it is passed over.
                    self.skip(|c| c != '\n');
                }
            }
            next_line = self.at + 1;
            if self.at == before && self.bump().is_none() {
                return;
            }
        }
    }

    /// `[a.b]`, `[[a.b]]`
    fn header(&mut self) -> Table {
        self.bump();
        let array = self.peek() == Some('[');
        if array {
            self.bump();
        }
        let mut path: Vec<String> = Vec::new();
        loop {
            let start = self.at;
            self.skip(|c| c == ' ' || c == '\t');
            let (key, word) = self.key();
            if start <= self.cursor && self.cursor <= self.at {
                let word = if key.is_empty() { Span::empty(offset_u32(self.cursor)) } else { word };
                self.document.spot = Some(Spot::Header { path: path.clone(), array, word });
            }
            if !key.is_empty() {
                path.push(key);
            }
            self.skip(|c| c == ' ' || c == '\t');
            if self.peek() != Some('.') {
                break;
            }
            self.bump();
        }
        self.skip(|c| c != '\n');
        self.document.headers.push(path.clone());
        self.tables += 1;
        Table { header: path.len(), path, number: self.tables }
    }

    /// A bare or quoted key, and where it stands.
    fn key(&mut self) -> (String, Span) {
        let start = self.at;
        match self.peek() {
            Some(quote @ ('"' | '\'')) => {
                self.bump();
                let inside = self.at;
                self.skip(|c| c != quote && c != '\n');
                let key = self.text.get(inside..self.at).unwrap_or_default().to_owned();
                if self.peek() == Some(quote) {
                    self.bump();
                }
                (key, self.span(start))
            }
            _ => {
                self.skip(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                (self.text.get(start..self.at).unwrap_or_default().to_owned(), self.span(start))
            }
        }
    }

    /// `a.b = value`
    fn entry(&mut self, table: &Table, inline: bool, depth: u32) {
        let mut owner = table.clone();
        let mut last;
        loop {
            let (key, word) = self.key();
            self.document.keys.push((owner.clone(), key.clone(), word));
            last = key;
            let after = self.at;
            self.skip(|c| c == ' ' || c == '\t');
            if word.start as usize <= self.cursor && self.cursor <= after {
                let followed = matches!(self.peek(), Some('=' | '.'));
                self.document.spot = Some(Spot::Key { table: owner.clone(), word, inline, followed });
            }
            if self.peek() != Some('.') {
                break;
            }
            self.bump();
            owner.path.push(last.clone());
            self.skip(|c| c == ' ' || c == '\t');
        }
        if self.peek() != Some('=') {
            return;
        }
        self.bump();
        let mut path = owner.path.clone();
        path.push(last);
        self.value(&Table { path, ..owner }, false, depth);
    }

    /// A value; the path of `table` leads to it. `lines`: it may stand in another line.
    fn value(&mut self, table: &Table, lines: bool, depth: u32) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let here = self.gap(lines);
        let start = self.at;
        let spot = |word: Span, quoted: bool| Spot::Value { path: table.path.clone(), word, quoted };
        if here {
            let word = Span::empty(offset_u32(self.cursor));
            self.document.spot = Some(spot(word, false));
        }
        match self.peek() {
            Some(quote @ ('"' | '\'')) => {
                let inside = self.string(quote);
                if (inside.start as usize) <= self.cursor && self.cursor <= inside.end as usize {
                    self.document.spot = Some(spot(inside, true));
                }
            }
            Some('[') => {
                self.bump();
                loop {
                    self.value(table, true, depth);
                    self.gap(true);
                    match self.peek() {
                        Some(',') => self.bump(),
                        Some(']') => {
                            self.bump();
                            return;
                        }
                        _ => return,
                    };
                }
            }
            Some('{') => {
                self.bump();
                self.tables += 1;
                let inner = Table { path: table.path.clone(), header: 0, number: self.tables };
                loop {
                    if self.gap(true) {
                        let word = Span::empty(offset_u32(self.cursor));
                        let table = inner.clone();
                        self.document.spot = Some(Spot::Key { table, word, inline: true, followed: false });
                    }
                    if !matches!(self.peek(), Some(',' | '}') | None) {
                        self.entry(&inner, true, depth);
                    }
                    self.gap(true);
                    match self.peek() {
                        Some(',') => self.bump(),
                        Some('}') => {
                            self.bump();
                            return;
                        }
                        _ => return,
                    };
                }
            }
            _ => {
                self.skip(|c| !(c.is_whitespace() || matches!(c, ',' | ']' | '}' | '#')));
                if self.at > start && start <= self.cursor && self.cursor <= self.at {
                    self.document.spot = Some(spot(self.span(start), false));
                }
            }
        }
    }

    /// A string; what stands between its quotes.
    fn string(&mut self, quote: char) -> Span {
        let long = if quote == '"' { "\"\"\"" } else { "'''" };
        if self.starts_with(long) {
            self.at += long.len();
            let start = self.at;
            while self.at < self.text.len() && !self.starts_with(long) {
                self.bump();
            }
            let inside = self.span(start);
            self.at = (self.at + long.len()).min(self.text.len());
            return inside;
        }
        self.bump();
        let start = self.at;
        while let Some(c) = self.peek() {
            if c == quote || c == '\n' {
                break;
            }
            self.bump();
            if c == '\\' && quote == '"' && self.peek() != Some('\n') {
                self.bump();
            }
        }
        let inside = self.span(start);
        if self.peek() == Some(quote) {
            self.bump();
        }
        inside
    }
}
