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
#[derive(Clone, Debug)]
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
    parse_and_look(source, None::<fn(&full_moon::ast::Ast)>).0
}

/// Parses `source` and hands full_moon's own tree of the rewritten text to `look`, if the source has no error.
/// Offsets in that tree are those of the source, its operators are not: only what does not look at operators may
/// use it (see the module `general`).
pub fn parse_with<T>(source: &str, look: impl FnOnce(&full_moon::ast::Ast) -> T) -> (Parsed, Option<T>) {
    parse_and_look(source, Some(look))
}

fn parse_and_look<T>(
    source: &str,
    look: Option<impl FnOnce(&full_moon::ast::Ast) -> T>,
) -> (Parsed, Option<T>) {
    let scan = scan::scan(source);
    let lines = LineIndex::new(source);
    let repairs =
        stacker::maybe_grow(CHECK_STACK, CHECK_STACK, || grammar::check(source, &lines, &scan.tokens));
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

    let look = look.filter(|_| errors.is_empty());
    let text = repair::repaired(scan.text, repairs.blanks, repairs.insertions, scan.unclosed, look.is_some());
    let (tree, looked) = with_stack_for(depth, || {
        let mut lowering = lower::Lowering::new(source, &scan.tokens, &text.offsets);
        let mut look = look;
        let mut looked = None;
        for (start, piece) in &text.pieces {
            let result = full_moon::parse_fallible(piece, full_moon::LuaVersion::lua51());
            debug_assert!(
                result.errors().is_empty(),
                "repairs left an error: {:?}\n{piece}",
                result.errors()
            );
            lowering.piece(*start, result.ast());
            looked = look.take().filter(|_| result.errors().is_empty()).map(|look| look(result.ast()));
        }
        (lowering.finish(), looked)
    });
    let (mut tokens, mut comments) = (scan.tokens, scan.comments);
    tokens.shrink_to_fit();
    comments.shrink_to_fit();
    (Parsed { tree, tokens, comments, errors, depth }, looked)
}

/// The grammar recurses no deeper than the engine nests, in frames of less than 4 KiB.
const CHECK_STACK: usize = 1024 * 1024;

/// Runs `work`, which recurses over a tree of that depth, with enough stack.
pub fn with_stack_for<T>(depth: u32, work: impl FnOnce() -> T) -> T {
    // full_moon takes most: about 40 KiB a level in unoptimized builds.
    let needed = 256 * 1024 + depth as usize * 48 * 1024;
    stacker::maybe_grow(needed, needed + 256 * 1024, work)
}
