//! The text that full_moon reads: the rewritten source with what the grammar left out and put in.

use super::source::offset_u32;
use super::{Span, lower};
use std::borrow::Cow;

/// Not a text to put in, but a place between two statements of the file where the text may be cut. full_moon takes
/// kilobytes for a statement: what it reads piece by piece needs no more memory than a piece.
pub(super) const SEAM: &str = "";

/// A piece of the rewritten text that parses on its own.
pub(super) struct RepairedPiece {
    /// How many bytes of the source it stands for.
    pub length: u32,
    /// What full_moon reads.
    pub text: String,
    /// Nothing was left out or put in.
    pub is_sound: bool,
    /// How offsets in it become offsets in its part of the source.
    pub offsets: lower::Offsets,
}

/// Applies `blanks`, `insertions` and the ends of tokens that are `unclosed` to the rewritten text; in one piece if
/// `whole`.
pub(super) fn repaired(
    mut text: Vec<u8>,
    mut blanks: Vec<Span>,
    insertions: Vec<(u32, &'static str)>,
    mut unclosed: Vec<(Span, String)>,
    whole: bool,
) -> Vec<RepairedPiece> {
    for span in &blanks {
        for byte in text.get_mut(span.range()).unwrap_or_default() {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    blanks.sort_unstable();
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
    all.sort_by_key(|&(offset, _)| offset);
    let mut pieces = Vec::new();
    let mut piece = Vec::new();
    let mut offsets = lower::Offsets::default();
    let (mut start, mut copied) = (0, 0);
    // The end of the text ends the last piece.
    for (offset, insertion) in all.into_iter().chain([(offset_u32(text.len()), None)]) {
        let until = (offset as usize).clamp(copied, text.len());
        piece.extend_from_slice(text.get(copied..until).unwrap_or_default());
        copied = until;
        match insertion {
            Some(insertion) => {
                // Blanks keep it apart from its neighbours.
                offsets.insert(offset_u32(copied - start), offset_u32(insertion.len() + 2));
                piece.push(b' ');
                piece.extend_from_slice(insertion.as_bytes());
                piece.push(b' ');
            }
            None => {
                let source = Span::new(offset_u32(start), offset_u32(copied));
                let blank = blanks.partition_point(|blank| blank.end <= source.start);
                let is_blanked = blanks.get(blank).is_some_and(|blank| blank.start < source.end);
                pieces.push(RepairedPiece {
                    length: source.len(),
                    text: into_string(std::mem::take(&mut piece)),
                    is_sound: offsets.is_empty() && !is_blanked,
                    offsets: std::mem::take(&mut offsets),
                });
                start = copied;
            }
        }
    }
    pieces
}

/// Only whole characters are replaced, and by ASCII, so the text stays UTF-8.
fn into_string(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
