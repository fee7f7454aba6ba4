//! Between byte offsets and the protocol's positions.

use momentum_lua_analyzer::syntax::{self, ColumnUnit, LineIndex, Span};
use tower_lsp::lsp_types::{Position, PositionEncodingKind, Range};

/// How the client counts columns.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Positions {
    unit: ColumnUnit,
}

impl Positions {
    /// The best of what the client offers. Columns in bytes cost nothing here.
    pub(crate) fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offered = offered.unwrap_or_default();
        let unit = if offered.contains(&PositionEncodingKind::UTF8) {
            ColumnUnit::Utf8
        } else if offered.contains(&PositionEncodingKind::UTF32)
            && !offered.contains(&PositionEncodingKind::UTF16)
        {
            ColumnUnit::Utf32
        } else {
            ColumnUnit::Utf16
        };
        Self { unit }
    }

    /// The name of what was chosen.
    pub(crate) fn encoding(self) -> PositionEncodingKind {
        match self.unit {
            ColumnUnit::Utf8 => PositionEncodingKind::UTF8,
            ColumnUnit::Utf16 => PositionEncodingKind::UTF16,
            ColumnUnit::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The offset of a position; what lies behind a line or the text counts as its end.
    pub(crate) fn offset(self, position: Position, lines: &LineIndex, text: &str) -> u32 {
        let position = syntax::Position { line: position.line, column: position.character };
        lines.offset(position, text, self.unit)
    }

    /// The position of an offset. Between the two characters of a line's end there is none: the line ends before them.
    pub(crate) fn position(self, offset: u32, lines: &LineIndex, text: &str) -> Position {
        let before = offset.saturating_sub(1);
        let splits = text.as_bytes().get(before as usize..=offset as usize) == Some(b"\r\n");
        let offset = if splits { before } else { offset };
        let position = lines.position(offset, text, self.unit);
        Position { line: position.line, character: position.column }
    }

    /// The range of a span.
    pub(crate) fn range(self, span: Span, lines: &LineIndex, text: &str) -> Range {
        Range { start: self.position(span.start, lines, text), end: self.position(span.end, lines, text) }
    }

    /// The span of a range; one that is the wrong way round is empty.
    pub(crate) fn span(self, range: Range, lines: &LineIndex, text: &str) -> Span {
        let start = self.offset(range.start, lines, text);
        Span::new(start, self.offset(range.end, lines, text).max(start))
    }
}
