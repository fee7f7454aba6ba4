//! Texts of checked files, as reports show them.

use std::sync::Arc;

use momentum_lua_analyzer::syntax::{ColumnUnit, LineIndex, Span};

/// A file that was read.
#[derive(Debug)]
pub struct Source {
    /// The path that people see: relative to the working directory where it lies below it.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
    lines: LineIndex,
}

/// A place that people read: line and column from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// U+FEFF at the beginning of a file is no column.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Source {
    /// A source with its lines.
    pub fn new(path: String, text: Arc<str>) -> Self {
        Self { path, lines: LineIndex::new(&text), text }
    }

    /// The place of a byte offset. Inside a line end it is that of the line end.
    pub fn location(&self, offset: u32) -> Location {
        let offset = offset.min(self.lines.line_span(self.lines.line(offset), &self.text).end);
        let position = self.lines.position(offset, &self.text, ColumnUnit::Utf32);
        let mark = position.line == 0 && self.text.starts_with(BYTE_ORDER_MARK);
        Location {
            line: position.line + 1,
            column: if mark { position.column.max(1) } else { position.column + 1 },
        }
    }

    /// The line, from 0, of a byte offset.
    pub fn line(&self, offset: u32) -> u32 {
        self.lines.line(offset)
    }

    /// The range of a line (from 0) without its line end and without a byte order mark.
    pub fn line_span(&self, line: u32) -> Span {
        let span = self.lines.line_span(line, &self.text);
        let mark =
            if line == 0 && self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        Span::new((span.start + u32::try_from(mark).unwrap_or(0)).min(span.end), span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let source = Source::new("a.lua".into(), "\u{feff}x = é1\ny".into());
        assert_eq!(source.location(3), Location { line: 1, column: 1 });
        assert_eq!(source.location(9), Location { line: 1, column: 6 });
        assert_eq!(source.location(11), Location { line: 2, column: 1 });
        assert_eq!(source.line_span(0).text(&source.text), "x = é1");
    }
}
