//! The front end: from the bytes of a policy file to a syntax tree of the Momentum dialect, with every error.
//!
//! ```text
//! source ──scan──▶ tokens, comments, rewritten text ──grammar──▶ errors, repairs
//!                                    └──▶ text that parses ──full_moon──▶ its tree ──lower──▶ Tree
//! ```
//!
//! Invariants: nothing outside this module sees a rewritten token; every span lies inside the source on character
//! boundaries; no input panics, and none takes more than time linear in its length.

mod grammar;
pub mod literal;
mod lower;
mod nodes;
mod pieces;
mod plain;
mod repair;
mod scan;
mod source;
mod span;
mod token;
pub mod tree;

pub use plain::PlainText;
pub use source::{ColumnUnit, Encoding, LineIndex, Position, decode, encode};
pub use span::Span;
pub use token::{Comment, Token, TokenKind};
pub use tree::Tree;

pub(crate) use source::offset_u32;

use nodes::{Counts, Nodes};
use pieces::{KeptPieces, Piece};
use rustc_hash::FxHashSet;

/// Something that the engine would not load, or a place where the text ends too soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong: the token that does not fit, or the one behind which something is missing.
    pub span: Span,
    /// What was expected and what stands there, without a full stop.
    pub message: String,
    /// Another place that explains it, such as the word that opened the block.
    pub related: Option<(Span, String)>,
}

impl SyntaxError {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), related: None }
    }

    fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related = Some((span, message.into()));
        self
    }
}

/// A parsed source.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The tree; partial where there are errors.
    pub tree: Tree,
    /// All tokens in order, ending in [`TokenKind::EndOfFile`].
    pub tokens: Vec<Token>,
    /// All comments in order.
    pub comments: Vec<Comment>,
    /// All errors, in the order of their places. Empty exactly when the engine loads the text.
    pub errors: Vec<SyntaxError>,
    /// How deep the tree nests; [`with_stack_for`] takes it.
    pub depth: u32,
    /// What of the tree comes from which part of the text.
    pieces: Vec<Piece>,
}

/// A part of a text that full_moon read: whole statements of the file, without an error.
pub struct SoundPiece<'a> {
    /// Where it starts in the source.
    pub start: u32,
    /// The source's text there.
    pub text: &'a str,
    /// full_moon's own tree of the rewritten text. Its offsets count from the piece's start; its operators are not those
    /// of the source.
    pub ast: &'a full_moon::ast::Ast,
}

/// What of an earlier text's tree stayed, as bytes at the beginning and at the end of both texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// At the beginning.
    pub head: u32,
    /// At the end.
    pub tail: u32,
}

impl Parsed {
    /// The token that `offset` lies in or directly behind, preferring the one that starts there.
    #[must_use]
    pub fn token_at(&self, offset: u32) -> Option<Token> {
        let index = self.tokens.partition_point(|token| token.span.start <= offset).checked_sub(1)?;
        self.tokens.get(index).copied().filter(|token| token.span.touches(offset))
    }

    /// The comment that `offset` lies in or directly behind.
    #[must_use]
    pub fn comment_at(&self, offset: u32) -> Option<Comment> {
        let index = self.comments.partition_point(|comment| comment.span.start <= offset).checked_sub(1)?;
        self.comments.get(index).copied().filter(|comment| comment.span.touches(offset))
    }
}

/// Parses `source`.
#[must_use]
pub fn parse(source: &str) -> Parsed {
    parse_again(source, None, |_| {}).0
}

/// Parses `source`, which is `before` with some edits, and takes over what of the tree they leave as it is. Each part
/// that is read, and has no error, is shown to `look`. Gives the same as a [`parse`], and what was taken over.
pub fn parse_again(
    source: &str,
    before: Option<(&str, Parsed)>,
    mut look: impl FnMut(&SoundPiece<'_>),
) -> (Parsed, Kept) {
    read(source, before, false, &mut look)
}

/// Parses `source` and hands full_moon's own tree of the rewritten text to `look`, if the source has no error.
/// Offsets in that tree are those of the source, its operators are not: only what does not look at operators may
/// use it (see the module `general`).
pub fn parse_with<T>(source: &str, look: impl FnOnce(&full_moon::ast::Ast) -> T) -> (Parsed, Option<T>) {
    let (mut look, mut looked) = (Some(look), None);
    let (parsed, _) = read(source, None, true, &mut |piece| {
        looked = look.take().map(|look| look(piece.ast));
    });
    let looked = looked.filter(|_| parsed.errors.is_empty());
    (parsed, looked)
}

/// Parses `source`; as one piece if `whole`.
fn read(
    source: &str,
    before: Option<(&str, Parsed)>,
    whole: bool,
    look: &mut dyn FnMut(&SoundPiece<'_>),
) -> (Parsed, Kept) {
    let scan = scan::scan(source);
    let lines = LineIndex::new(source);
    let repairs = stacker::maybe_grow(CHECK_STACK, CHECK_STACK, || {
        grammar::check(source, &lines, &scan.tokens, scan.swallows_rest)
    });
    let depth = repairs.depth;
    let mut errors = scan.errors;
    // Behind a character that means nothing, what the grammar misses on that line is a consequence.
    let unknown: FxHashSet<u32> = scan.unknown.iter().map(|&offset| lines.line(offset)).collect();
    // A string that is not closed may have swallowed what the grammar misses behind it.
    let unclosed: FxHashSet<Span> =
        scan.unclosed.iter().filter(|(_, closer)| !closer.is_empty()).map(|(span, _)| *span).collect();
    errors.extend(repairs.errors.into_iter().filter(|error| {
        !unclosed.contains(&error.span)
            && (unknown.is_empty()
                || error.related.is_some()
                || !unknown.contains(&lines.line(error.span.start)))
    }));
    errors.sort_by_key(|error| (error.span.start, error.span.end));

    let cut = repair::repaired(scan.text, repairs.blanks, repairs.insertions, scan.unclosed, whole);
    let length = offset_u32(source.len());
    let (old_length, kept, mut pieces, mut nodes) = match before {
        Some((old, parsed)) => {
            let kept = KeptPieces::between(old, &parsed.pieces, source, &cut);
            (offset_u32(old.len()), kept, parsed.pieces, parsed.tree.into_nodes())
        }
        None => (0, KeptPieces::default(), Vec::new(), Nodes::default()),
    };
    let is_new = pieces.is_empty();
    let changed = kept.head.0..cut.len() - kept.tail.0;
    let mut lowering = lower::Lowering::new(source, &scan.tokens);
    let counts: Vec<Counts> = with_stack_for(depth, || {
        let mut start = kept.head.1;
        let mut read = Vec::with_capacity(changed.len());
        for piece in cut.get(changed.clone()).unwrap_or_default() {
            let result = full_moon::parse_fallible(&piece.text, full_moon::LuaVersion::lua51());
            debug_assert!(
                result.errors().is_empty(),
                "repairs left an error: {:?}\n{}",
                result.errors(),
                piece.text
            );
            read.push(lowering.piece(start, &piece.offsets, result.ast()));
            let text = Span::new(start, start + piece.length).text(source);
            if piece.is_sound && result.errors().is_empty() {
                look(&SoundPiece { start, text, ast: result.ast() });
            }
            start += piece.length;
        }
        read
    });
    let new = lowering.finish();
    nodes.replace(kept.head.2, kept.tail.2, new, length.wrapping_sub(old_length));
    if is_new {
        nodes.shrink();
    }
    let read = cut.into_iter().skip(changed.start).take(changed.len());
    let old_changed = kept.head.0..pieces.len() - kept.tail.0;
    pieces.splice(old_changed, read.zip(counts).map(|(piece, nodes)| Piece::new(piece, nodes)));

    let (mut tokens, mut comments) = (scan.tokens, scan.comments);
    tokens.shrink_to_fit();
    comments.shrink_to_fit();
    let tree = Tree::new(nodes, length);
    let kept = Kept { head: kept.head.1, tail: kept.tail.1 };
    (Parsed { tree, tokens, comments, errors, depth, pieces }, kept)
}

/// The grammar recurses no deeper than the engine nests, in frames of less than 4 KiB.
const CHECK_STACK: usize = 1024 * 1024;

/// Runs `work`, which recurses over a tree of that depth, with enough stack.
pub fn with_stack_for<T>(depth: u32, work: impl FnOnce() -> T) -> T {
    // full_moon takes most: about 40 KiB a level in unoptimized builds.
    let needed = 256 * 1024 + depth as usize * 48 * 1024;
    stacker::maybe_grow(needed, needed + 256 * 1024, work)
}
