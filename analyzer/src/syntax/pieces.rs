//! What of a tree comes from which piece of the text, so that after an edit only what changed is read again.

use super::lower::Offsets;
use super::nodes::Counts;
use super::repair::RepairedPiece;
use super::source::offset_u32;

/// A piece of a text that was read: whole statements of the file, with what stands before each of them.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// How many bytes of the source it is.
    length: u32,
    /// What full_moon read and where something was put in, unless nothing was repaired: then that follows from the source.
    repaired: Option<(Box<str>, Offsets)>,
    /// The nodes that came of it.
    nodes: Counts,
}

impl Piece {
    /// A piece that was read.
    pub(super) fn new(read: RepairedPiece, nodes: Counts) -> Self {
        let repaired = (!read.is_sound).then(|| (read.text.into(), read.offsets));
        Self { length: read.length, repaired, nodes }
    }

    /// Whether the other one, at the given places of their sources, gives the same nodes.
    fn is_same(
        &self,
        source: &str,
        start: u32,
        new: &RepairedPiece,
        new_source: &str,
        new_start: u32,
    ) -> bool {
        let repaired = match &self.repaired {
            None => new.is_sound,
            Some((text, offsets)) => !new.is_sound && **text == new.text && *offsets == new.offsets,
        };
        let length = self.length as usize;
        let of_old = source.as_bytes().get(start as usize..).and_then(|rest| rest.get(..length));
        let of_new = new_source.as_bytes().get(new_start as usize..).and_then(|rest| rest.get(..length));
        repaired && self.length == new.length && of_old == of_new
    }
}

/// Which pieces at the beginning and at the end of a text stay what they were.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct KeptPieces {
    /// So many at the beginning, with their bytes and nodes.
    pub(super) head: (usize, u32, Counts),
    /// So many at the end, with their bytes and nodes.
    pub(super) tail: (usize, u32, Counts),
}

impl KeptPieces {
    /// Compares the pieces of an old text with those of a new one.
    pub(super) fn between(
        source: &str,
        pieces: &[Piece],
        new_source: &str,
        new_pieces: &[RepairedPiece],
    ) -> Self {
        let mut kept = Self::default();
        let mut at = 0;
        for (piece, new) in pieces.iter().zip(new_pieces) {
            if !piece.is_same(source, at, new, new_source, at) {
                break;
            }
            at += piece.length;
            kept.head.2 += piece.nodes;
            kept.head.0 += 1;
        }
        kept.head.1 = at;
        let (mut end, mut new_end) = (offset_u32(source.len()), offset_u32(new_source.len()));
        let rest = pieces.iter().skip(kept.head.0).rev();
        for (piece, new) in rest.zip(new_pieces.iter().skip(kept.head.0).rev()) {
            let (start, new_start) = (end - piece.length, new_end - new.length);
            if !piece.is_same(source, start, new, new_source, new_start) {
                break;
            }
            (end, new_end) = (start, new_start);
            kept.tail.2 += piece.nodes;
            kept.tail.0 += 1;
            kept.tail.1 += piece.length;
        }
        kept
    }
}
