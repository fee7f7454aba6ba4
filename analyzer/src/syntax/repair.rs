//! The text that full_moon reads: the rewritten source with what the grammar left out and put in.

use super::source::offset_u32;
use super::{Span, lower};
use std::borrow::Cow;

/// Not a text to put in, but a place between two statements of the file where the text may be cut. full_moon takes
/// kilobytes for a statement: what it reads piece by piece needs no more memory than a piece.
pub(super) const SEAM: &str = "";

/// A text that parses.
pub(super) struct Repaired {
    /// Where each piece starts in the text as a whole, and the piece. Each parses on its own.
    pub pieces: Vec<(u32, String)>,
    /// How offsets in the text as a whole become offsets in the source.
    pub offsets: lower::Offsets,
}

/// Applies `blanks`, `insertions` and the ends of tokens that are `unclosed` to the rewritten text; in one piece if
/// `whole`.
pub(super) fn repaired(
    mut text: Vec<u8>,
    blanks: Vec<Span>,
    insertions: Vec<(u32, &'static str)>,
    mut unclosed: Vec<(Span, String)>,
    whole: bool,
) -> Repaired {
    for span in blanks {
        for byte in text.get_mut(span.range()).unwrap_or_default() {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    // A string that was blanked out needs no delimiter.
    unclosed.retain(|(span, _)| text.get(span.start as usize) != Some(&b' '));
    // A delimiter that closes a token stands before what follows the token.
    let mut all: Vec<(u32, Option<Cow<str>>)> =
        unclosed.into_iter().map(|(span, text)| (span.end, Some(text.into()))).collect();
    all.extend(
        insertions
            .into_iter()
            .filter(|&(_, text)| !(whole && text == SEAM))
            .map(|(offset, text)| (offset, (text != SEAM).then_some(text.into()))),
    );
    let mut offsets = lower::Offsets::default();
    if all.is_empty() {
        return Repaired { pieces: vec![(0, into_string(text))], offsets };
    }
    all.sort_by_key(|&(offset, _)| offset);
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut piece = Vec::new();
    let mut copied = 0;
    for (offset, insertion) in all {
        let until = (offset as usize).clamp(copied, text.len());
        piece.extend_from_slice(text.get(copied..until).unwrap_or_default());
        copied = until;
        match insertion {
            Some(insertion) => {
                // Blanks keep it apart from its neighbours.
                offsets.insert(offset, offset_u32(insertion.len() + 2));
                piece.push(b' ');
                piece.extend_from_slice(insertion.as_bytes());
                piece.push(b' ');
            }
            None => {
                let length = offset_u32(piece.len());
                pieces.push((start, into_string(std::mem::take(&mut piece))));
                start += length;
            }
        }
    }
    piece.extend_from_slice(text.get(copied..).unwrap_or_default());
    pieces.push((start, into_string(piece)));
    Repaired { pieces, offsets }
}

/// Only whole characters are replaced, and by ASCII, so the text stays UTF-8.
fn into_string(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
