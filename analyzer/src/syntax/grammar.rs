//! The engine's grammar over tokens: finds every syntax error, and for each a repair after which the text parses.
//!
//! full_moon builds the tree, but stops making sense of a text at its first error and accepts five things that the
//! engine rejects. So errors are found here, in the engine's terms, and full_moon only ever sees text that parses:
//! missing tokens are put in, tokens that fit nowhere are blanked out. The tree keeps what was really written.

mod expressions;
mod statements;

use super::repair::SEAM;
use super::source::{LineIndex, offset_u32};
use super::token::{Token, TokenKind as T};
use super::{Span, SyntaxError};
use rustc_hash::FxHasher;
use std::cell::OnceCell;
use std::hash::{Hash, Hasher};

/// The engine refuses to nest blocks, functions and expressions deeper than this.
const NESTING_LIMIT: u32 = 200;

/// A chain of operators or of suffixes nests in the tree, though the engine reads it at one level. No person wrote
/// one that makes the tree higher than this; what goes beyond is left out of the tree.
const CHAIN_LIMIT: u32 = 1000;

/// After so many errors nobody reads on; nothing more is read.
const ERROR_LIMIT: usize = 1000;

/// How many bytes of a file full_moon reads at once, unless one statement is longer. Few where things are tested,
/// so that most texts are cut.
const PIECE: u32 = if cfg!(debug_assertions) { 128 } else { 4 * 1024 };

/// A piece of so many bytes ends behind the next statement whose own text says so. An edit that moves the cuts behind it
/// moves them no further than to such a statement.
const SHORT_PIECE: u32 = PIECE / 4;

/// How many tokens a repair looks ahead, so that none takes more than constant time.
const LOOKAHEAD: usize = 64;

/// Errors, and the changes that make the text parse.
#[derive(Default)]
pub(super) struct Repairs {
    /// The errors, in the order in which they were met.
    pub errors: Vec<SyntaxError>,
    /// Texts to put in at an offset. For equal offsets the order counts.
    pub insertions: Vec<(u32, &'static str)>,
    /// Ranges to overwrite with blanks.
    pub blanks: Vec<Span>,
    /// Height of the tree, or a little more.
    pub depth: u32,
}

/// Checks the tokens (which end in [`T::EndOfFile`]) of `source`. Where a comment or string `swallows_rest`, what is missing
/// at the end of the file stands in it.
pub(super) fn check(source: &str, lines: &LineIndex, tokens: &[Token], swallows_rest: bool) -> Repairs {
    let plain = Grammar::run(source, lines, tokens, false, swallows_rest);
    if !plain.unbalanced {
        return plain.repairs;
    }
    // An `end` is missing or left over somewhere: the layout often tells where. Keep what needs fewer errors.
    let by_layout = Grammar::run(source, lines, tokens, true, swallows_rest);
    if by_layout.repairs.errors.len() <= plain.repairs.errors.len() {
        by_layout.repairs
    } else {
        plain.repairs
    }
}

/// A block that waits for its end.
struct OpenBlock {
    opener: Token,
    /// Indentation of the line that opens it.
    indent: u32,
    /// It is an `if` in which `else if` opened another one.
    else_if: bool,
}

/// What an expression turned out to be, as far as statements care.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Name,
    Index,
    Call,
    Parenthesized,
}

/// A place from which on everything that the grammar noted can be taken back.
#[derive(Clone, Copy)]
struct Mark {
    start: u32,
    insertions: usize,
    blanks: usize,
    height: u32,
}

struct Grammar<'a> {
    source: &'a str,
    lines: &'a LineIndex,
    tokens: &'a [Token],
    /// The layout says which blocks end.
    by_layout: bool,
    /// Indentation of each line, as soon as it is asked for.
    indents: OnceCell<Vec<u32>>,
    at: usize,
    repairs: Repairs,
    blocks: Vec<OpenBlock>,
    /// Levels of nesting, as the engine counts them.
    depth: u32,
    /// Height of the highest tree among those read since it was last set to 0.
    height: u32,
    /// Per function that is open: whether it takes `...`, and how many loops are open in it.
    functions: Vec<(bool, u32)>,
    /// Start of the statement of the file that is being read.
    outermost: Mark,
    /// Where the piece starts that full_moon will read at once.
    piece: u32,
    /// The expression that is being read is a table's field.
    in_table: bool,
    /// An error was reported in this statement: what follows in it is likely its consequence.
    quiet: bool,
    /// A limit was passed: nothing more is read.
    gave_up: bool,
    unbalanced: bool,
    /// A comment or string that is not closed goes up to the end of the file.
    swallows_rest: bool,
}

impl<'a> Grammar<'a> {
    fn run(
        source: &'a str,
        lines: &'a LineIndex,
        tokens: &'a [Token],
        by_layout: bool,
        swallows_rest: bool,
    ) -> Self {
        let mut grammar = Grammar {
            source,
            lines,
            tokens,
            by_layout,
            indents: OnceCell::new(),
            at: 0,
            repairs: Repairs::default(),
            blocks: Vec::new(),
            depth: 0,
            height: 0,
            functions: vec![(true, 0)],
            outermost: Mark { start: 0, insertions: 0, blanks: 0, height: 0 },
            piece: 0,
            in_table: false,
            quiet: false,
            gave_up: false,
            unbalanced: false,
            swallows_rest,
        };
        grammar.block();
        grammar.repairs.depth = grammar.height;
        if grammar.gave_up {
            let from = grammar.outermost;
            grammar.repairs.insertions.truncate(from.insertions);
            grammar.repairs.blanks.truncate(from.blanks);
            grammar.repairs.blanks.push(Span::new(from.start, offset_u32(source.len())));
        }
        grammar
    }

    // Tokens

    fn token(&self) -> Token {
        self.ahead(0)
    }

    fn ahead(&self, count: usize) -> Token {
        let last = Token { kind: T::EndOfFile, span: Span::empty(offset_u32(self.source.len())) };
        self.tokens.get(self.at + count).copied().unwrap_or(last)
    }

    fn kind(&self) -> T {
        self.token().kind
    }

    fn previous(&self) -> Token {
        let first = Token { kind: T::EndOfFile, span: Span::empty(0) };
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).copied().unwrap_or(first)
    }

    fn advance(&mut self) {
        if self.kind() != T::EndOfFile {
            self.at += 1;
        }
    }

    fn take(&mut self, kind: T) -> bool {
        let taken = self.kind() == kind;
        if taken {
            self.advance();
        }
        taken
    }

    /// Whether the current token starts on a later line than the previous one ends.
    fn on_new_line(&self) -> bool {
        self.at == 0 || self.kind() == T::EndOfFile || self.line_ends_before(0)
    }

    /// Whether the token `count` ahead starts on a later line than the one before it ends.
    fn line_ends_before(&self, count: usize) -> bool {
        let before = (self.at + count).checked_sub(1).and_then(|at| self.tokens.get(at));
        let start = before.map_or(0, |token| token.span.end);
        Span::new(start, self.ahead(count).span.start).text(self.source).contains(['\n', '\r'])
    }

    /// How many tokens before the next `wanted`, if it comes on this line and no `stop` before it.
    fn distance_on_line(&self, wanted: T, stop: impl Fn(T) -> bool) -> Option<usize> {
        (0..LOOKAHEAD)
            .take_while(|&count| {
                let kind = self.ahead(count).kind;
                kind != T::EndOfFile && !self.line_ends_before(count) && (kind == wanted || !stop(kind))
            })
            .find(|&count| self.ahead(count).kind == wanted)
    }

    /// Whether the current and the next token are `first` and `second` with nothing between them.
    fn are_joined(&self, first: T, second: T) -> bool {
        let (one, other) = (self.token(), self.ahead(1));
        one.kind == first && other.kind == second && one.span.end == other.span.start
    }

    // Errors and repairs

    fn found(&self) -> String {
        let token = self.token();
        match token.kind {
            T::EndOfFile => token.kind.text().to_owned(),
            T::Name | T::Number | T::String => format!("`{}`", shortened(token.span.text(self.source))),
            kind => format!("`{}`", kind.text()),
        }
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.report(SyntaxError::new(span, message));
    }

    fn report(&mut self, error: SyntaxError) {
        let is_swallowed = self.swallows_rest && self.kind() == T::EndOfFile;
        if !self.quiet && !self.gave_up && !is_swallowed {
            let span = error.span;
            self.repairs.errors.push(error);
            if self.repairs.errors.len() >= ERROR_LIMIT {
                let message = format!("{ERROR_LIMIT} errors: what follows is not analysed");
                self.repairs.errors.push(SyntaxError::new(span, message));
                self.give_up();
            }
        }
        self.quiet = true;
    }

    /// Reads nothing more: what is read ends here, and with it all that is open.
    fn give_up(&mut self) {
        self.gave_up = true;
        self.at = self.tokens.len().saturating_sub(1);
    }

    /// Where to say that something else was expected: at the token that stands in its place or, where that is on
    /// a later line, at the token behind which it is missing.
    fn place(&self) -> Span {
        if self.on_new_line() && self.at > 0 { self.previous().span } else { self.token().span }
    }

    /// Reports that something else was expected here.
    fn expected(&mut self, what: &str) {
        let message = format!("expected {what}, found {}", self.found());
        self.error(self.place(), message);
    }

    /// Reports that the closer of what `opener` opened was expected here.
    fn expected_closer(&mut self, closer: T, opener: Token, hint: &str) {
        let line = self.lines.line(opener.span.start);
        let word = opener.kind.text();
        let place = self.place();
        let which = if self.lines.line(place.start) == line {
            String::new()
        } else {
            format!(" of line {}", line + 1)
        };
        let message = format!(
            "expected `{}` to close the `{word}`{which}, found {}{hint}",
            closer.text(),
            self.found()
        );
        self.report(
            SyntaxError::new(place, message).related(opener.span, format!("the `{word}` that is not closed")),
        );
    }

    fn insert(&mut self, text: &'static str) {
        let offset = if self.at == 0 { self.token().span.start } else { self.previous().span.end };
        self.repairs.insertions.push((offset, text));
    }

    /// Steps over the current token and leaves it out of the text that is parsed.
    fn blank(&mut self) {
        self.repairs.blanks.push(self.token().span);
        self.advance();
    }

    fn mark(&self) -> Mark {
        Mark {
            start: self.token().span.start,
            insertions: self.repairs.insertions.len(),
            blanks: self.repairs.blanks.len(),
            height: self.height,
        }
    }

    fn repaired_since(&self, mark: Mark) -> bool {
        mark.insertions < self.repairs.insertions.len() || mark.blanks < self.repairs.blanks.len()
    }

    /// Leaves everything between two marks out of the text that is parsed.
    fn leave_out(&mut self, from: Mark, to: Mark) {
        if from.start < to.start {
            self.repairs.insertions.drain(from.insertions..to.insertions);
            self.repairs.blanks.push(Span::new(from.start, to.start));
        }
    }

    // Nesting

    /// Enters a level of nesting; the height to hand to [`Self::leave`] comes back.
    fn enter(&mut self) -> u32 {
        self.depth += 1;
        if self.depth > NESTING_LIMIT && !self.gave_up {
            self.quiet = false;
            self.error(
                self.token().span,
                format!(
                    "nested deeper than {NESTING_LIMIT} levels: the engine does not load it, and what follows is \
                     not analysed"
                ),
            );
            self.give_up();
        }
        std::mem::take(&mut self.height)
    }

    fn leave(&mut self, outer: u32) {
        self.depth = self.depth.saturating_sub(1);
        self.height = outer.max(self.height + 1);
    }

    // Blocks

    fn block(&mut self) {
        let outer = self.enter();
        let in_table = std::mem::take(&mut self.in_table);
        // A `return` or `break` that was read, after which nothing may follow.
        let mut last: Option<Token> = None;
        // An `end` too many stands behind it.
        let mut strayed = false;
        // Where the last statement begins, if no semicolon ends it.
        let mut before: Option<Mark> = None;
        loop {
            match self.kind() {
                T::EndOfFile => break,
                T::End | T::Else | T::ElseIf | T::Until => {
                    if self.closes_an_open_block() {
                        break;
                    }
                    self.stray_closer();
                    strayed = true;
                }
                _ if self.ends_by_layout() => break,
                _ => {
                    // What cannot begin a statement, on a line with an error, is that error's consequence.
                    self.quiet &= !self.on_new_line() && !begins_statement(self.kind());
                    if let Some(last) = last.take() {
                        self.behind_last_statement(last, strayed);
                    }
                    strayed = false;
                    if self.kind() == T::LeftParen && before.is_some_and(|mark| self.repaired_since(mark)) {
                        // What once stood between them may be gone, and this no call.
                        self.insert(";");
                    }
                    if self.blocks.is_empty() && self.begins_piece() {
                        before = None;
                    }
                    let (token, mark) = (self.token(), self.mark());
                    if let Some(ended) = self.statement() {
                        last = matches!(token.kind, T::Return | T::Break).then_some(token);
                        before = (!ended).then_some(mark);
                    }
                }
            }
        }
        self.in_table = in_table;
        self.leave(outer);
    }

    /// Whether the text of the statement that ends before `start` is one of the quarter of all behind which cuts are made.
    fn says_cut(&self, start: u32) -> bool {
        let mut hasher = FxHasher::default();
        Span::new(self.outermost.start, start).text(self.source).hash(&mut hasher);
        hasher.finish().is_multiple_of(4)
    }

    /// Notes where a statement of the file begins, and says whether a piece of the text begins there.
    fn begins_piece(&mut self) -> bool {
        if self.gave_up {
            return false;
        }
        let start = self.token().span.start;
        let length = start - self.piece;
        let begins = length >= PIECE || (length >= SHORT_PIECE && self.says_cut(start));
        if begins {
            self.piece = start;
            self.insert(SEAM);
        }
        self.outermost = self.mark();
        begins
    }

    /// Whether the current `end`, `else`, `elseif` or `until` belongs to a block that is open in this function.
    fn closes_an_open_block(&self) -> bool {
        let opener = match self.kind() {
            T::End => return !self.blocks.is_empty(),
            T::Until => T::Repeat,
            _ => T::If,
        };
        self.blocks
            .iter()
            .rev()
            .take_while(|block| block.opener.kind != T::Function)
            .any(|block| block.opener.kind == opener)
    }

    fn stray_closer(&mut self) {
        if self.blocks.is_empty() {
            self.outermost = self.mark();
        }
        self.unbalanced = true;
        self.quiet = false;
        let kind = self.kind();
        let message = match kind {
            T::End => {
                "this `end` closes nothing: there is an `end` too many, or a `then`, `do` or `function` is \
                       missing before it"
                    .to_owned()
            }
            T::Until => "this `until` closes nothing: no `repeat` is open".to_owned(),
            kind => format!("this `{}` belongs to no `if`", kind.text()),
        };
        self.error(self.token().span, message);
        self.blank();
        if matches!(kind, T::Until | T::ElseIf) && !self.on_new_line() {
            self.skip_rest();
        }
    }

    fn indent_of_line(&self, offset: u32) -> u32 {
        let line = self.lines.line(offset) as usize;
        let indents = self.indents.get_or_init(|| self.lines.indents(self.source));
        indents.get(line).copied().unwrap_or(0)
    }

    /// The indentation of the current token and of the innermost block, if the layout counts and the token is the
    /// first of its line.
    fn layout(&self) -> Option<(u32, u32)> {
        let block = self.blocks.last().filter(|_| self.by_layout && self.on_new_line())?;
        Some((self.indent_of_line(self.token().span.start), block.indent))
    }

    /// By the layout, the innermost block ended before this statement, which stands no deeper than the line that
    /// opened the block.
    fn ends_by_layout(&self) -> bool {
        self.layout().is_some_and(|(indent, block)| indent <= block)
    }

    /// By the layout, this `end`, `else` or `until` belongs to a block further out.
    fn outdented(&self) -> bool {
        self.layout().is_some_and(|(indent, block)| indent < block)
    }

    fn open(&mut self, opener: Token) {
        let indent = if self.by_layout { self.indent_of_line(opener.span.start) } else { 0 };
        self.blocks.push(OpenBlock { opener, indent, else_if: false });
    }

    /// Closes the innermost block with `closer`; false if that is missing.
    fn close(&mut self, closer: T) -> bool {
        let closed = self.kind() == closer && !self.outdented();
        let Some(block) = self.blocks.pop() else { return false };
        if closed {
            self.advance();
            return true;
        }
        self.unbalanced = true;
        self.quiet = false;
        let hint = if block.else_if { "; `else if` opens a block of its own, `elseif` does not" } else { "" };
        self.expected_closer(closer, block.opener, hint);
        self.insert(if closer == T::Until { "until nil" } else { "end" });
        if self.kind() == T::End && self.blocks.is_empty() {
            // It can only stand for the missing `until`.
            self.blank();
        }
        false
    }

    fn block_until_end(&mut self, opener: Token) -> bool {
        self.open(opener);
        self.block();
        self.close(T::End)
    }
}

/// Whether a statement can begin with it.
const fn begins_statement(kind: T) -> bool {
    matches!(
        kind,
        T::If
            | T::While
            | T::Do
            | T::For
            | T::Repeat
            | T::Function
            | T::Local
            | T::Return
            | T::Break
            | T::Name
            | T::LeftParen
    )
}

/// As much of a token as a message can hold.
fn shortened(text: &str) -> String {
    let end =
        text.char_indices().position(|(_, character)| character.is_control()).unwrap_or(text.len()).min(40);
    match text.char_indices().nth(end) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
