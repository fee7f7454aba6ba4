//! The engine's grammar over tokens: finds every syntax error, and for each a repair after which the text parses.
//!
//! full_moon builds the tree, but stops making sense of a text at its first error and accepts five things that the
//! engine rejects. So errors are found here, in the engine's terms, and full_moon only ever sees text that parses:
//! missing tokens are put in, tokens that fit nowhere are blanked out. The tree keeps what was really written.

use super::source::offset_u32;
use super::token::{Token, TokenKind as T};
use super::{Span, SyntaxError};

/// The engine refuses to nest blocks, functions and expressions deeper than this.
pub(super) const NESTING_LIMIT: u32 = 200;

/// A chain of operators or of suffixes nests in the tree, though the engine reads it at one level. What is longer
/// than this, no person wrote; its tail is left out of the tree.
const CHAIN_LIMIT: u32 = 1000;

/// Errors, and the changes that make the text parse.
#[derive(Default)]
pub(super) struct Repairs {
    /// The errors, in the order in which they were met.
    pub errors: Vec<SyntaxError>,
    /// Texts to put in at an offset. For equal offsets the order counts.
    pub insertions: Vec<(u32, &'static str)>,
    /// Ranges to overwrite with blanks.
    pub blanks: Vec<Span>,
    /// Deepest nesting met.
    pub depth: u32,
}

/// Checks the tokens (which end in [`T::EndOfFile`]) of `source`.
pub(super) fn check(source: &str, tokens: &[Token]) -> Repairs {
    let plain = Grammar::run(source, tokens, false);
    if !plain.unbalanced {
        return plain.repairs;
    }
    // An `end` is missing or left over somewhere: the layout often tells where. Keep what needs fewer errors.
    let by_layout = Grammar::run(source, tokens, true);
    if by_layout.repairs.errors.len() <= plain.repairs.errors.len() {
        by_layout.repairs
    } else {
        plain.repairs
    }
}

/// A block that waits for its end.
struct OpenBlock {
    opener: Token,
    column: u32,
}

/// What an expression turned out to be, as far as statements care.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Name,
    Index,
    Call,
    Parenthesized,
}

struct Grammar<'a> {
    source: &'a str,
    tokens: &'a [Token],
    at: usize,
    repairs: Repairs,
    blocks: Vec<OpenBlock>,
    depth: u32,
    /// Per function that is open: whether it takes `...`, and how many loops are open in it.
    functions: Vec<(bool, u32)>,
    /// Start of the statement of the file that is being read.
    outermost: u32,
    /// An error was reported in this statement: what follows in it is likely its consequence.
    quiet: bool,
    /// The nesting limit was passed: nothing more is read.
    gave_up: bool,
    by_layout: bool,
    unbalanced: bool,
}

impl<'a> Grammar<'a> {
    fn run(source: &'a str, tokens: &'a [Token], by_layout: bool) -> Self {
        let mut grammar = Grammar {
            source,
            tokens,
            at: 0,
            repairs: Repairs::default(),
            blocks: Vec::new(),
            depth: 0,
            functions: vec![(true, 0)],
            outermost: 0,
            quiet: false,
            gave_up: false,
            by_layout,
            unbalanced: false,
        };
        grammar.block();
        if grammar.gave_up {
            let from = grammar.outermost;
            grammar.repairs.insertions.retain(|(offset, _)| *offset < from);
            grammar.repairs.blanks.retain(|span| span.start < from);
            grammar.repairs.blanks.push(Span::new(from, offset_u32(source.len())));
        }
        grammar
    }

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
        let between = Span::new(self.previous().span.end, self.token().span.start);
        self.at == 0 || self.kind() == T::EndOfFile || between.text(self.source).contains(['\n', '\r'])
    }

    fn found(&self) -> String {
        let token = self.token();
        match token.kind {
            T::EndOfFile | T::String => token.kind.text().to_owned(),
            T::Name | T::Number => format!("`{}`", token.span.text(self.source)),
            kind => format!("`{}`", kind.text()),
        }
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        if !self.quiet && !self.gave_up {
            self.repairs.errors.push(SyntaxError::new(span, message));
        }
        self.quiet = true;
    }

    /// Reports that something else was expected here: at the token that stands in its place or, where that is on
    /// a later line, at the token behind which it is missing.
    fn expected(&mut self, what: &str) {
        let span = if self.on_new_line() && self.at > 0 { self.previous().span } else { self.token().span };
        let message = format!("expected {what}, found {}", self.found());
        self.error(span, message);
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

    fn enter(&mut self) {
        self.depth += 1;
        self.repairs.depth = self.repairs.depth.max(self.depth);
        if self.depth > NESTING_LIMIT && !self.gave_up {
            self.quiet = false;
            let span = self.token().span;
            self.error(
                span,
                format!(
                    "nested deeper than {NESTING_LIMIT} levels, more than the engine reads; what follows is \
                         not analysed"
                ),
            );
            self.gave_up = true;
            self.at = self.tokens.len().saturating_sub(1);
        }
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    // Blocks

    fn block(&mut self) {
        self.enter();
        loop {
            match self.kind() {
                T::EndOfFile => break,
                T::End | T::Else | T::ElseIf | T::Until => {
                    if !self.blocks.is_empty() {
                        break;
                    }
                    self.unbalanced = true;
                    self.quiet = false;
                    let message = match self.kind() {
                        T::End => {
                            "this `end` closes nothing: there is an `end` too many, or a `then`, `do` or \
                                   `function` is missing before it"
                                .to_owned()
                        }
                        T::Until => "this `until` closes nothing: no `repeat` is open".to_owned(),
                        kind => format!("this `{}` belongs to no `if`", kind.text()),
                    };
                    self.error(self.token().span, message);
                    self.blank();
                }
                _ if self.ends_by_layout() => break,
                _ => {
                    if self.blocks.is_empty() {
                        self.outermost = self.token().span.start;
                    }
                    self.quiet = false;
                    let before = self.at;
                    self.statement();
                    if self.at == before {
                        self.blank();
                    }
                }
            }
        }
        self.leave();
    }

    /// The column of the first token on the current token's line, if that is the current token.
    fn column_of_line_start(&self) -> Option<u32> {
        let start = self.token().span.start as usize;
        let line = self.source.get(..start).unwrap_or("").rsplit(['\n', '\r']).next().unwrap_or("");
        line.trim_start().is_empty().then(|| offset_u32(line.len()))
    }

    fn line_column(&self, token: Token) -> u32 {
        let before = self.source.get(..token.span.start as usize).unwrap_or("");
        let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
        offset_u32(line.len() - line.trim_start().len())
    }

    /// By the layout, the innermost block ended before this statement, which stands no deeper than the line that
    /// opened the block.
    fn ends_by_layout(&self) -> bool {
        self.by_layout
            && self
                .blocks
                .last()
                .is_some_and(|block| self.column_of_line_start().is_some_and(|column| column <= block.column))
    }

    fn open(&mut self, opener: Token) {
        let column = self.line_column(opener);
        self.blocks.push(OpenBlock { opener, column });
    }

    /// Closes the innermost block with `closer`.
    fn close(&mut self, closer: T) {
        let Some(block) = self.blocks.pop() else { return };
        let outdented =
            self.by_layout && self.column_of_line_start().is_some_and(|column| column < block.column);
        if self.kind() == closer && !outdented {
            self.advance();
            return;
        }
        self.unbalanced = true;
        self.quiet = false;
        let line =
            self.source.get(..block.opener.span.start as usize).unwrap_or("").matches('\n').count() + 1;
        let opener = block.opener.kind.text();
        let message = format!(
            "expected `{}` to close the `{opener}` of line {line}, found {}",
            closer.text(),
            self.found()
        );
        let span = if self.on_new_line() && self.at > 0 { self.previous().span } else { self.token().span };
        if !self.gave_up {
            self.repairs
                .errors
                .push(SyntaxError::new(span, message).related(block.opener.span, format!("the `{opener}`")));
        }
        self.insert(if closer == T::Until { " until nil" } else { " end" });
    }

    fn block_until_end(&mut self, opener: Token) {
        self.open(opener);
        self.block();
        self.close(T::End);
    }

    // Statements

    fn statement(&mut self) {
        let token = self.token();
        match token.kind {
            T::If => self.if_statement(),
            T::While => {
                self.advance();
                self.expression();
                self.expect_opening(T::Do);
                self.loop_body(token);
            }
            T::Do => {
                self.advance();
                self.block_until_end(token);
            }
            T::For => self.for_statement(),
            T::Repeat => {
                self.advance();
                self.open(token);
                self.enter_loop();
                self.block();
                self.leave_loop();
                let closed = self.kind() == T::Until;
                self.close(T::Until);
                if closed {
                    self.expression();
                }
            }
            T::Function => self.function_statement(),
            T::Local => self.local_statement(),
            T::Return => self.return_statement(),
            T::Break => {
                self.advance();
                if self.functions.last().is_some_and(|(_, loops)| *loops == 0) {
                    self.error(token.span, "`break` outside a loop: there is no loop to leave");
                }
                self.last_statement(token);
                return;
            }
            T::Name | T::LeftParen => self.expression_statement(),
            T::Semicolon => {
                self.error(token.span, "expected a statement, found `;`: Lua 5.1 has no empty statement");
                self.blank();
                return;
            }
            _ => {
                self.expected("a statement");
                self.skip_rest();
                return;
            }
        }
        self.take(T::Semicolon);
    }

    /// Leaves out what stands before the next line or statement.
    fn skip_rest(&mut self) {
        loop {
            match self.kind() {
                T::EndOfFile
                | T::If
                | T::While
                | T::Do
                | T::For
                | T::Repeat
                | T::Function
                | T::Local
                | T::Return
                | T::Break
                | T::End
                | T::Else
                | T::ElseIf
                | T::Until => return,
                _ => self.blank(),
            }
            if self.on_new_line() {
                return;
            }
        }
    }

    fn enter_loop(&mut self) {
        if let Some((_, loops)) = self.functions.last_mut() {
            *loops += 1;
        }
    }

    fn leave_loop(&mut self) {
        if let Some((_, loops)) = self.functions.last_mut() {
            *loops = loops.saturating_sub(1);
        }
    }

    fn loop_body(&mut self, opener: Token) {
        self.enter_loop();
        self.block_until_end(opener);
        self.leave_loop();
    }

    /// `then` or `do` behind a condition.
    fn expect_opening(&mut self, keyword: T) {
        if self.take(keyword) {
            return;
        }
        if self.kind() == T::Assign {
            self.error(self.token().span, "`=` assigns and cannot stand in a condition; compare with `==`");
        } else {
            self.expected(&format!("`{}`", keyword.text()));
        }
        while self.kind() != keyword && !self.on_new_line() && !self.kind().is_keyword() {
            self.blank();
        }
        if !self.take(keyword) {
            self.insert(if keyword == T::Then { " then" } else { " do" });
        }
    }

    fn if_statement(&mut self) {
        let opener = self.token();
        self.advance();
        self.expression();
        self.expect_opening(T::Then);
        self.open(opener);
        self.block();
        loop {
            match self.kind() {
                T::ElseIf if !self.outdented() => {
                    self.advance();
                    self.quiet = false;
                    self.expression();
                    self.expect_opening(T::Then);
                    self.block();
                }
                T::Else if !self.outdented() => {
                    self.advance();
                    self.block();
                    if matches!(self.kind(), T::Else | T::ElseIf) && !self.outdented() {
                        self.quiet = false;
                        let message = format!("`{}` behind the `else` of the same `if`", self.kind().text());
                        self.error(self.token().span, message);
                        self.insert(" end if nil then");
                        continue;
                    }
                    break;
                }
                _ => break,
            }
        }
        self.close(T::End);
    }

    /// By the layout, this `else` belongs to a block further out.
    fn outdented(&self) -> bool {
        self.by_layout
            && self
                .blocks
                .last()
                .is_some_and(|block| self.column_of_line_start().is_some_and(|column| column < block.column))
    }

    fn name(&mut self, what: &str) -> bool {
        if self.take(T::Name) {
            return true;
        }
        if self.kind().is_keyword() && !self.on_new_line() && self.kind() != T::Function {
            let message = format!("expected {what}, found `{}`, which is a keyword", self.kind().text());
            self.error(self.token().span, message);
        } else {
            self.expected(what);
        }
        self.insert(" missing");
        false
    }

    fn for_statement(&mut self) {
        let opener = self.token();
        self.advance();
        self.name("a variable's name");
        match self.kind() {
            T::Assign => {
                self.advance();
                self.expression();
                if self.take(T::Comma) {
                    self.expression();
                } else {
                    self.expected("`,` and the last value of the loop");
                    self.insert(", nil");
                }
                if self.take(T::Comma) {
                    self.expression();
                }
            }
            _ => {
                while self.take(T::Comma) {
                    self.name("a variable's name");
                }
                if self.take(T::In) {
                    self.expression_list();
                } else {
                    self.expected("`=` or `in`");
                    self.insert(" in nil");
                }
            }
        }
        self.expect_opening(T::Do);
        self.loop_body(opener);
    }

    fn function_statement(&mut self) {
        let opener = self.token();
        self.advance();
        self.name("a function's name");
        while self.take(T::Dot) {
            self.name("a name behind `.`");
        }
        if self.take(T::Colon) {
            self.name("a method's name behind `:`");
        }
        self.function_body(opener);
    }

    fn function_body(&mut self, opener: Token) {
        let mut variadic = false;
        if self.take(T::LeftParen) {
            loop {
                match self.kind() {
                    T::RightParen => break,
                    T::Ellipsis => {
                        self.advance();
                        variadic = true;
                        break;
                    }
                    _ => {
                        if !self.name("a parameter's name or `)`") {
                            break;
                        }
                    }
                }
                if !self.take(T::Comma) {
                    break;
                }
                if self.kind() == T::RightParen {
                    self.expected("a parameter's name");
                    self.insert(" missing");
                }
            }
            while !matches!(self.kind(), T::RightParen | T::EndOfFile) && !self.on_new_line() && !self.quiet {
                self.expected("`,` or `)`");
                self.blank();
            }
            while self.quiet
                && !matches!(self.kind(), T::RightParen)
                && !self.on_new_line()
                && !self.kind().is_keyword()
            {
                self.blank();
            }
            if !self.take(T::RightParen) {
                self.expected("`)`");
                self.insert(")");
            }
        } else {
            self.expected("`(` and the parameters");
            self.insert("()");
        }
        self.functions.push((variadic, 0));
        self.block_until_end(opener);
        self.functions.pop();
    }

    fn local_statement(&mut self) {
        let local = self.token();
        self.advance();
        if self.kind() == T::Function {
            let opener = self.token();
            self.advance();
            self.name("a function's name");
            self.function_body(Token { span: local.span.to(opener.span), ..opener });
            return;
        }
        self.name("a variable's name or `function`");
        while self.take(T::Comma) {
            self.name("a variable's name");
        }
        if self.take(T::Assign) {
            self.expression_list();
        } else if !self.on_new_line()
            && !matches!(self.kind(), T::Semicolon)
            && !self.kind().is_keyword()
            && (self.quiet || !matches!(self.kind(), T::Name | T::LeftParen))
        {
            self.expected("`=` or the end of the statement");
            self.skip_rest();
        }
    }

    fn return_statement(&mut self) {
        let token = self.token();
        self.advance();
        let ends = matches!(
            self.kind(),
            T::EndOfFile | T::End | T::Else | T::ElseIf | T::Until | T::Semicolon | T::Return
        );
        if !ends {
            self.expression_list();
        }
        self.last_statement(token);
    }

    /// `return` and `break` must be the last statement of their block.
    fn last_statement(&mut self, statement: Token) {
        self.take(T::Semicolon);
        if matches!(self.kind(), T::EndOfFile | T::End | T::Else | T::ElseIf | T::Until)
            || self.ends_by_layout()
        {
            return;
        }
        let word = statement.kind.text();
        let closer = if self.blocks.is_empty() { "the end of the file" } else { "`end`" };
        let message = format!(
            "expected {closer}, found {}: `{word}` must be the last statement of its block",
            self.found()
        );
        self.error(self.token().span, message);
        self.repairs.insertions.push((statement.span.start, "do "));
        self.insert(" end ");
    }

    fn expression_statement(&mut self) {
        let shape = self.suffixed();
        match self.kind() {
            T::Assign | T::Comma => {
                self.check_target(shape);
                while self.take(T::Comma) {
                    if matches!(self.kind(), T::Name | T::LeftParen) {
                        let shape = self.suffixed();
                        self.check_target(shape);
                    } else {
                        self.expected("another variable");
                        self.insert(" missing");
                    }
                }
                if self.take(T::Assign) {
                    self.expression_list();
                } else {
                    self.expected("`=`");
                    self.insert(" = nil");
                }
            }
            _ if shape == Shape::Call => {}
            _ => {
                if self.on_new_line() || self.kind() == T::Semicolon || self.kind().is_keyword() {
                    let span = self.previous().span;
                    let message = format!(
                        "expected `=` or a call's arguments, found {}: an expression alone is no statement",
                        self.found()
                    );
                    self.error(span, message);
                } else if self.ahead(1).kind == T::Assign && self.ahead(1).span.start == self.token().span.end
                {
                    let operator = self.kind().text();
                    let span = self.token().span.to(self.ahead(1).span);
                    self.error(
                        span,
                        format!("Lua has no `{operator}=`: write the variable again, `x = x {operator} …`"),
                    );
                } else {
                    self.expected("`=` or a call's arguments");
                }
                self.insert("()");
                if !self.on_new_line() {
                    self.skip_rest();
                }
            }
        }
    }

    fn check_target(&mut self, shape: Shape) {
        match shape {
            Shape::Name | Shape::Index => {}
            Shape::Call => {
                self.error(self.previous().span, "a call's result cannot be assigned to");
                self.insert(".missing");
            }
            Shape::Parenthesized => {
                self.error(
                    self.previous().span,
                    "an expression in parentheses cannot be assigned to; leave the parentheses out",
                );
            }
        }
    }

    // Expressions

    fn expression_list(&mut self) {
        self.expression();
        while self.take(T::Comma) {
            self.expression();
        }
    }

    fn expression(&mut self) {
        self.subexpression(0);
    }

    /// An expression whose binary operators bind tighter than `limit`.
    fn subexpression(&mut self, limit: u8) {
        self.enter();
        if matches!(self.kind(), T::Not | T::Minus | T::Hash | T::Tilde | T::Bang) {
            self.advance();
            self.subexpression(UNARY_PRIORITY);
        } else {
            self.simple_expression();
        }
        let depth = self.depth;
        let mut chain = 0;
        while let Some((left, right)) = priority(self.kind())
            && left > limit
        {
            chain += 1;
            let start = self.token().span;
            self.advance();
            self.subexpression(right);
            if chain > CHAIN_LIMIT {
                self.repairs.blanks.push(start.to(self.previous().span));
            }
        }
        self.chained(chain, depth);
        self.leave();
    }

    /// Counts what a chain adds to the depth of the tree.
    fn chained(&mut self, chain: u32, depth: u32) {
        self.repairs.depth = self.repairs.depth.max(depth + chain.min(CHAIN_LIMIT));
    }

    fn simple_expression(&mut self) {
        let token = self.token();
        match token.kind {
            T::Number | T::String | T::Nil | T::True | T::False => self.advance(),
            T::Ellipsis => {
                self.advance();
                if self.functions.last().is_some_and(|(variadic, _)| !variadic) {
                    self.error(token.span, "`...` outside a function that takes `...`");
                }
            }
            T::LeftBrace => self.table(),
            T::Function => {
                self.advance();
                if self.kind() == T::Name && self.ahead(1).kind == T::LeftParen {
                    self.error(self.token().span, "a function inside an expression has no name");
                    self.blank();
                }
                let quiet = self.quiet;
                self.function_body(token);
                self.quiet = quiet;
            }
            T::Name | T::LeftParen => {
                self.suffixed();
            }
            _ => self.missing_expression(),
        }
    }

    /// Something else stands where an expression belongs.
    fn missing_expression(&mut self) {
        self.expected("an expression");
        // An operator too many: go on behind it.
        let skippable =
            priority(self.kind()).is_some() || matches!(self.kind(), T::Dot | T::Colon | T::Assign);
        if skippable && !self.on_new_line() && !self.kind().is_keyword() {
            self.blank();
            if starts_expression(self.kind()) && !self.on_new_line() {
                self.simple_expression();
                return;
            }
        }
        self.insert(" nil");
    }

    /// A name or parenthesized expression with its indexes and calls.
    fn suffixed(&mut self) -> Shape {
        let mut shape = if self.kind() == T::LeftParen {
            let opener = self.token();
            self.advance();
            self.expression();
            self.close_bracket(opener, T::RightParen);
            Shape::Parenthesized
        } else {
            self.advance();
            Shape::Name
        };
        let mut chain = 0;
        let mut cut = None;
        loop {
            chain += 1;
            if chain == CHAIN_LIMIT {
                cut = Some((self.token().span.start, shape));
            }
            match self.kind() {
                T::Dot => {
                    self.advance();
                    // A keyword on the next line belongs to the next statement.
                    if !self.take(T::Name) {
                        self.name("a name behind `.`");
                        if self.kind().is_keyword() && !self.on_new_line() && is_word_only(self.kind()) {
                            self.blank();
                        }
                    }
                    shape = Shape::Index;
                }
                T::LeftBracket => {
                    let opener = self.token();
                    self.advance();
                    self.expression();
                    self.close_bracket(opener, T::RightBracket);
                    shape = Shape::Index;
                }
                T::Colon => {
                    self.advance();
                    let named = self.name("a method's name behind `:`");
                    if matches!(self.kind(), T::LeftParen | T::String | T::LeftBrace)
                        && (named || !self.on_new_line())
                    {
                        self.arguments();
                    } else {
                        if named {
                            self.expected("the arguments of the method call");
                        }
                        self.insert("()");
                    }
                    shape = Shape::Call;
                }
                T::LeftParen | T::String | T::LeftBrace => {
                    self.arguments();
                    shape = Shape::Call;
                }
                _ => break,
            }
        }
        self.chained(chain, self.depth);
        if let Some((start, shape_there)) = cut.filter(|(start, _)| *start <= self.previous().span.start) {
            self.repairs.insertions.retain(|(offset, _)| *offset <= start);
            self.repairs.blanks.push(Span::new(start, self.previous().span.end));
            match shape {
                Shape::Call if shape_there != Shape::Call => self.insert("()"),
                Shape::Index if shape_there != Shape::Index => self.insert(".missing"),
                _ => {}
            }
        }
        shape
    }

    fn arguments(&mut self) {
        let opener = self.token();
        match opener.kind {
            T::String => self.advance(),
            T::LeftBrace => self.table(),
            _ => {
                if self.on_new_line() {
                    self.error(
                        opener.span,
                        "ambiguous: this `(` on a new line calls what stands before it; put a `;` between them, or \
                         the `(` on the line before",
                    );
                }
                self.advance();
                if self.take(T::RightParen) {
                    return;
                }
                loop {
                    self.expression();
                    if self.take(T::Comma) {
                        continue;
                    }
                    if starts_expression(self.kind()) && self.kind() != T::Function && !self.on_new_line() {
                        self.expected("`,` or `)`");
                        self.insert(",");
                        continue;
                    }
                    break;
                }
                self.close_bracket(opener, T::RightParen);
            }
        }
    }

    fn close_bracket(&mut self, opener: Token, closer: T) {
        if self.take(closer) {
            return;
        }
        self.expected(&format!("`{}` to close the `{}`", closer.text(), opener.kind.text()));
        // What stands between here and the closer on the same line fits nowhere.
        let mut count = 0;
        while self.ahead(count).kind != closer {
            let kind = self.ahead(count).kind;
            let end = if count == 0 { self.previous().span.end } else { self.ahead(count - 1).span.end };
            let line_ends =
                Span::new(end, self.ahead(count).span.start).text(self.source).contains(['\n', '\r']);
            if kind.is_keyword()
                || kind == T::EndOfFile
                || line_ends
                || matches!(kind, T::LeftParen | T::LeftBrace)
            {
                self.insert(match closer {
                    T::RightParen => ")",
                    T::RightBracket => "]",
                    _ => "}",
                });
                return;
            }
            count += 1;
        }
        for _ in 0..count {
            self.blank();
        }
        self.advance();
    }

    fn table(&mut self) {
        let opener = self.token();
        self.advance();
        self.enter();
        loop {
            match self.kind() {
                T::RightBrace | T::EndOfFile => break,
                T::LeftBracket => {
                    let bracket = self.token();
                    self.advance();
                    self.expression();
                    self.close_bracket(bracket, T::RightBracket);
                    self.field_value();
                }
                T::Name if self.ahead(1).kind == T::Assign => {
                    self.advance();
                    self.field_value();
                }
                _ => self.expression(),
            }
            if self.take(T::Comma) || self.take(T::Semicolon) {
                continue;
            }
            let begins_field = match self.kind() {
                T::Name => self.ahead(1).kind == T::Assign || !self.on_new_line(),
                T::LeftBracket | T::String | T::Number | T::LeftBrace => true,
                _ => false,
            };
            if !begins_field {
                break;
            }
            self.expected("`,` or `}`");
            self.insert(",");
        }
        self.leave();
        self.close_bracket(opener, T::RightBrace);
    }

    fn field_value(&mut self) {
        if self.take(T::Assign) {
            self.expression();
        } else {
            self.expected("`=` and the field's value");
            self.insert(" = nil");
        }
    }
}

const UNARY_PRIORITY: u8 = 8;

/// Left and right priority of a binary operator; observed on the engine, not those of Lua 5.3.
const fn priority(kind: T) -> Option<(u8, u8)> {
    Some(match kind {
        T::Caret => (10, 9),
        T::Star | T::Slash | T::Percent | T::ShiftLeft | T::ShiftRight | T::FloorDivide => (7, 7),
        T::Plus | T::Minus | T::BitAnd | T::BitOr | T::BitXor => (6, 6),
        T::Concat => (5, 4),
        T::Equal | T::NotEqual | T::Less | T::LessEqual | T::Greater | T::GreaterEqual => (3, 3),
        T::And => (2, 2),
        T::Or => (1, 1),
        _ => return None,
    })
}

const fn starts_expression(kind: T) -> bool {
    matches!(
        kind,
        T::Number
            | T::String
            | T::Nil
            | T::True
            | T::False
            | T::Ellipsis
            | T::LeftBrace
            | T::Function
            | T::Name
            | T::LeftParen
            | T::Not
            | T::Minus
            | T::Hash
            | T::Tilde
            | T::Bang
    )
}

/// Keywords that a person may have meant as a field's name; no block hangs on them.
const fn is_word_only(kind: T) -> bool {
    matches!(
        kind,
        T::And | T::Or | T::Not | T::In | T::Nil | T::True | T::False | T::Break | T::Return | T::Local
    )
}
