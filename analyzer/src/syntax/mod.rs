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
mod scan;
mod source;
mod span;
mod token;
pub mod tree;

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
    parse_with(source, |_| ()).0
}

/// Parses `source` and hands full_moon's own tree of the rewritten text to `look`, if the source has no error.
/// Offsets in that tree are those of the source, its operators are not: only what does not look at operators may
/// use it (see the module `general`).
pub fn parse_with<T>(source: &str, look: impl FnOnce(&full_moon::ast::Ast) -> T) -> (Parsed, Option<T>) {
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

    let (text, offsets) = repaired(scan.text, repairs.blanks, repairs.insertions, scan.unclosed);
    let broken = !errors.is_empty();
    let (tree, looked) = with_stack_for(depth, || {
        let result = full_moon::parse_fallible(&text, full_moon::LuaVersion::lua51());
        debug_assert!(result.errors().is_empty(), "repairs left an error: {:?}\n{text}", result.errors());
        let tree = lower::lower(source, &scan.tokens, &offsets, result.ast());
        (tree, (!broken && result.errors().is_empty()).then(|| look(result.ast())))
    });
    (Parsed { tree, tokens: scan.tokens, comments: scan.comments, errors, depth }, looked)
}

/// The grammar recurses no deeper than the engine nests, in frames of less than 4 KiB.
const CHECK_STACK: usize = 1024 * 1024;

/// Runs `work`, which recurses over a tree of that depth, with enough stack.
pub fn with_stack_for<T>(depth: u32, work: impl FnOnce() -> T) -> T {
    // full_moon takes most: about 40 KiB a level in unoptimized builds.
    let needed = 256 * 1024 + depth as usize * 48 * 1024;
    stacker::maybe_grow(needed, needed + 256 * 1024, work)
}

/// Applies blanks and insertions to the rewritten text.
fn repaired(
    mut text: Vec<u8>,
    blanks: Vec<Span>,
    insertions: Vec<(u32, &'static str)>,
    mut unclosed: Vec<(Span, String)>,
) -> (String, lower::Offsets) {
    for span in blanks {
        for byte in text.get_mut(span.range()).unwrap_or_default() {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    // A string that was blanked out needs no delimiter.
    unclosed.retain(|(span, _)| text.get(span.start as usize) != Some(&b' '));
    let mut offsets = lower::Offsets::default();
    // A delimiter that closes a token stands before what follows the token.
    let mut all: Vec<(u32, bool, std::borrow::Cow<'static, str>)> =
        unclosed.into_iter().map(|(span, text)| (span.end, false, text.into())).collect();
    all.extend(insertions.into_iter().map(|(offset, text)| (offset, true, text.into())));
    if all.is_empty() {
        return (into_string(text), offsets);
    }
    all.sort_by_key(|&(offset, order, _)| (offset, order));
    let mut result = Vec::with_capacity(text.len() + all.len() * 8);
    let mut copied = 0;
    for (offset, _, insertion) in all {
        let until = (offset as usize).clamp(copied, text.len());
        result.extend_from_slice(text.get(copied..until).unwrap_or_default());
        copied = until;
        // Blanks keep it apart from its neighbours.
        offsets.insert(offset, offset_u32(insertion.len() + 2));
        result.push(b' ');
        result.extend_from_slice(insertion.as_bytes());
        result.push(b' ');
    }
    result.extend_from_slice(text.get(copied..).unwrap_or_default());
    (into_string(result), offsets)
}

/// Only whole characters are replaced, and by ASCII, so the text stays UTF-8.
fn into_string(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
