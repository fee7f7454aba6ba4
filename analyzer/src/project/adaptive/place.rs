//! Where a value of a rule is written.

use crate::project::{FileId, Project};
use crate::syntax::{Span, literal};
use std::ops::Range;
use std::sync::Arc;

/// Where a value is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// The file.
    pub(crate) file: FileId,
    /// The expression; for a function, the word.
    pub(crate) span: Span,
    /// Of a text: the literals that it is joined of, where that is known.
    pieces: Arc<[Piece]>,
}

/// A literal that a text is joined of.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    file: FileId,
    span: Span,
    /// The bytes of the text that it gives.
    bytes: Range<usize>,
    /// It is a name without quotes: a key.
    is_name: bool,
}

impl Place {
    /// A value that is no text, or one whose literals are not known.
    pub(super) fn new(file: FileId, span: Span) -> Self {
        Self { file, span, pieces: Arc::new([]) }
    }

    /// A text that a literal gives.
    pub(super) fn literal(file: FileId, span: Span, length: usize) -> Self {
        Self { file, span, pieces: Arc::new([Piece { file, span, bytes: 0..length, is_name: false }]) }
    }

    /// A key that is written as a name.
    pub(super) fn name(file: FileId, span: Span, length: usize) -> Self {
        Self { file, span, pieces: Arc::new([Piece { file, span, bytes: 0..length, is_name: true }]) }
    }

    /// A text joined of two, of which the first is `length` bytes long.
    pub(super) fn joined(file: FileId, span: Span, left: &Place, length: usize, right: &Place) -> Self {
        if left.pieces.is_empty() || right.pieces.is_empty() {
            return Self::new(file, span);
        }
        let behind = right.pieces.iter().cloned().map(|mut piece| {
            piece.bytes = piece.bytes.start + length..piece.bytes.end + length;
            piece
        });
        Self { file, span, pieces: left.pieces.iter().cloned().chain(behind).collect() }
    }

    /// Where a part of a text stands, and whether it stands there letter for letter, so that it can be replaced.
    pub(crate) fn part(&self, project: &Project, range: &Range<usize>) -> (FileId, Span, bool) {
        let whole = (self.file, self.span, false);
        let holds = |piece: &&Piece| piece.bytes.start <= range.start && range.end <= piece.bytes.end;
        let Some(piece) = self.pieces.iter().find(holds) else { return whole };
        let Some(text) = project.text(piece.file).map(|text| piece.span.text(text)) else { return whole };
        let (from, to) = (range.start - piece.bytes.start, range.end - piece.bytes.start);
        let (start, end) = if piece.is_name {
            (from, to)
        } else {
            (literal::position_in_string(text, from), literal::position_in_string(text, to))
        };
        // An empty range at the end of a text has nothing to show but the text.
        if start >= end || text.get(start..end).is_none() {
            return (piece.file, piece.span, false);
        }
        let offset = |at: usize| piece.span.start + crate::syntax::offset_u32(at);
        (piece.file, Span::new(offset(start), offset(end)), end - start == to - from)
    }
}
