//! Statements.

use super::expressions::starts_expression;
use super::{CHAIN_LIMIT, Grammar, Mark, Shape};
use crate::syntax::Span;
use crate::syntax::token::{Token, TokenKind as T};

impl Grammar<'_> {
    /// Reads a statement and says whether a semicolon ends it; `None` if there was only something to leave out.
    pub(super) fn statement(&mut self) -> Option<bool> {
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
            T::Repeat => self.repeat_statement(),
            T::Function => self.function_statement(),
            T::Local => self.local_statement(),
            T::Return => self.return_statement(),
            T::Break => {
                self.advance();
                if self.functions.last().is_some_and(|(_, loops)| *loops == 0) {
                    self.error(token.span, "`break` outside a loop: there is no loop to leave");
                }
            }
            T::Name | T::LeftParen => self.expression_statement(),
            T::Semicolon => {
                self.error(token.span, "expected a statement, found `;`: Lua 5.1 has no empty statement");
                self.blank();
                return None;
            }
            _ => {
                self.error(self.token().span, format!("expected a statement, found {}", self.found()));
                self.skip_rest();
                return None;
            }
        }
        Some(self.take(T::Semicolon))
    }

    /// Leaves out what stands before the next line or statement.
    pub(super) fn skip_rest(&mut self) {
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

    /// Something follows the `return` or `break` that must be the last statement of its block. It was the last one where
    /// an `end` that closes nothing stands between the two.
    pub(super) fn behind_last_statement(&mut self, statement: Token, strayed: bool) {
        if strayed {
            self.repairs.insertions.push((statement.span.start, "do"));
            self.insert("end");
            return;
        }
        let word = statement.kind.text();
        let closer = if self.blocks.is_empty() { "the end of the file" } else { "the end of the block" };
        let message = format!("expected {closer} behind `{word}`, found {}", self.found());
        self.quiet = false;
        self.report(
            super::SyntaxError::new(self.token().span, message)
                .related(statement.span, format!("`{word}` must be the last statement of its block")),
        );
        // A semicolon begins no statement either, but that is the same error.
        self.quiet = self.kind() == T::Semicolon;
        self.repairs.insertions.push((statement.span.start, "do"));
        self.insert("end");
    }

    fn loop_body(&mut self, opener: Token) {
        self.count_loop(|loops| loops + 1);
        self.block_until_end(opener);
        self.count_loop(|loops| loops.saturating_sub(1));
    }

    fn count_loop(&mut self, change: impl Fn(u32) -> u32) {
        if let Some((_, loops)) = self.functions.last_mut() {
            *loops = change(*loops);
        }
    }

    /// `then` or `do` behind a condition.
    fn expect_opening(&mut self, keyword: T) {
        if self.take(keyword) {
            return;
        }
        if self.kind() == T::Assign && !self.on_new_line() {
            self.assignment_in_expression();
        } else {
            self.expected(&format!("`{}`", keyword.text()));
        }
        if matches!(self.kind(), T::Then | T::Do) && !self.on_new_line() {
            self.blank();
            self.insert(if keyword == T::Then { "then" } else { "do" });
            return;
        }
        match self.distance_on_line(keyword, T::is_keyword) {
            Some(count) => {
                for _ in 0..count {
                    self.blank();
                }
                self.advance();
            }
            None => {
                if self.is_misspelt(keyword) {
                    self.blank();
                }
                self.insert(if keyword == T::Then { "then" } else { "do" });
                if !self.on_new_line() && !super::begins_statement(self.kind()) {
                    self.skip_rest();
                }
            }
        }
    }

    /// Whether a name stands here alone that is nearly the keyword: `the` for `then`.
    fn is_misspelt(&self, keyword: T) -> bool {
        let wanted = keyword.text();
        let written = self.token().span.text(self.source).to_lowercase();
        let farthest = wanted.len() / 2;
        let goes_on = matches!(
            self.ahead(1).kind,
            T::Assign
                | T::Comma
                | T::Dot
                | T::Colon
                | T::LeftParen
                | T::LeftBracket
                | T::LeftBrace
                | T::String
        );
        self.kind() == T::Name
            && !self.on_new_line()
            && (!goes_on || self.line_ends_before(1))
            && strsim::damerau_levenshtein(&written, wanted) <= farthest
    }

    fn if_statement(&mut self) {
        let opener = self.token();
        if self.previous().kind == T::Else
            && !self.on_new_line()
            && let Some(outer) = self.blocks.last_mut()
        {
            outer.else_if = true;
        }
        self.advance();
        self.expression();
        self.expect_opening(T::Then);
        self.open(opener);
        self.block();
        let mut otherwise = false;
        while matches!(self.kind(), T::ElseIf | T::Else) && !self.outdented() {
            let keyword = self.token();
            if otherwise {
                self.quiet = false;
                self.error(
                    keyword.span,
                    format!("`{}` behind the `else` of the same `if`", keyword.kind.text()),
                );
                self.insert("end if nil then");
            }
            self.advance();
            self.quiet = false;
            otherwise = keyword.kind == T::Else;
            if !otherwise {
                self.expression();
                self.expect_opening(T::Then);
            }
            self.block();
        }
        self.close(T::End);
    }

    fn repeat_statement(&mut self) {
        let opener = self.token();
        self.advance();
        self.open(opener);
        self.count_loop(|loops| loops + 1);
        self.block();
        self.count_loop(|loops| loops.saturating_sub(1));
        if self.close(T::Until) {
            self.expression();
        }
    }

    /// A name; false if something else stands here, which is reported.
    pub(super) fn name(&mut self, what: &str) -> bool {
        if self.take(T::Name) {
            return true;
        }
        if self.kind().is_keyword() && !self.on_new_line() && self.kind() != T::Function {
            let message = format!("expected {what}, found `{}`, which is a keyword", self.kind().text());
            self.error(self.token().span, message);
        } else {
            self.expected(what);
        }
        self.insert("missing");
        if self.is_keyword_as_name() {
            self.blank();
        }
        false
    }

    /// Whether a keyword stands here as if it were a name: what comes behind it only fits a name.
    fn is_keyword_as_name(&self) -> bool {
        let next = self.ahead(1).kind;
        let fits_a_name = match self.kind() {
            T::And | T::Or | T::Then | T::Do | T::Else | T::Return | T::In => {
                matches!(next, T::Assign | T::Dot | T::Colon)
            }
            _ => matches!(next, T::Assign | T::Dot | T::Colon | T::Comma | T::LeftParen | T::LeftBracket),
        };
        self.kind().is_keyword() && fits_a_name && !self.on_new_line() && !self.line_ends_before(1)
    }

    fn for_statement(&mut self) {
        let opener = self.token();
        self.advance();
        self.name("a variable's name");
        if self.take(T::Assign) {
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
        } else {
            let mut several = false;
            while self.take(T::Comma) {
                several = true;
                self.name("a variable's name");
            }
            if self.take(T::In) {
                self.expression_list();
            } else {
                self.expected(if several { "`in`" } else { "`=` or `in`" });
                self.insert("in nil");
            }
        }
        self.expect_opening(T::Do);
        self.loop_body(opener);
    }

    fn function_statement(&mut self) {
        let opener = self.token();
        self.advance();
        let outer = std::mem::take(&mut self.height);
        self.name("a function's name");
        let mut too_many: Option<Mark> = None;
        let mut last = self.mark();
        while self.kind() == T::Dot {
            last = self.mark();
            if self.height >= CHAIN_LIMIT {
                too_many.get_or_insert(last);
            } else {
                self.height += 1;
            }
            self.advance();
            self.name("a name behind `.`");
        }
        if let Some(from) = too_many {
            self.leave_out(from, last);
        }
        if self.take(T::Colon) {
            self.name("a method's name behind `:`");
        }
        // The name itself, and what stands behind the last `.` and `:`.
        self.height = outer.max(self.height + 3);
        self.function_body(opener);
    }

    /// Parameters and body; false if the `end` is missing.
    pub(super) fn function_body(&mut self, opener: Token) -> bool {
        let variadic = self.parameters();
        self.functions.push((variadic, 0));
        let closed = self.block_until_end(opener);
        self.functions.pop();
        closed
    }

    /// The parameters in their parentheses; whether the last one is `...`.
    fn parameters(&mut self) -> bool {
        if self.kind() != T::LeftParen {
            self.expected("`(` and the parameters");
            let Some(count) = self.distance_on_line(T::LeftParen, T::is_keyword) else {
                self.insert("()");
                return false;
            };
            for _ in 0..count {
                self.blank();
            }
        }
        let opener = self.token();
        self.advance();
        let mut variadic = false;
        loop {
            match self.kind() {
                T::Name => self.advance(),
                T::Ellipsis => {
                    self.advance();
                    variadic = true;
                    if self.kind() == T::Comma {
                        self.error(self.previous().span, "`...` must be the last parameter");
                    }
                    break;
                }
                _ if self.previous().kind == T::Comma => {
                    self.name("a parameter's name");
                }
                T::RightParen => break,
                _ => {
                    self.expected("a parameter's name or `)`");
                    break;
                }
            }
            if !self.take(T::Comma) {
                break;
            }
        }
        if self.kind() == T::Name && !self.on_new_line() {
            self.expected("`,` or `)`");
        }
        self.close_bracket(opener, T::RightParen);
        variadic
    }

    fn local_statement(&mut self) {
        let local = self.token();
        self.advance();
        if self.kind() == T::Function && self.ahead(1).kind == T::Assign {
            self.error(self.token().span, "expected a variable's name, found `function`, which is a keyword");
            self.insert("missing");
            self.blank();
        } else if self.kind() == T::Function {
            let opener = self.token();
            self.advance();
            self.name("a function's name");
            if matches!(self.kind(), T::Dot | T::Colon) {
                self.error(
                    self.token().span,
                    format!(
                        "a local function has a plain name, found `{}`: leave out `local`",
                        self.kind().text()
                    ),
                );
            }
            self.function_body(Token { span: local.span.to(opener.span), ..opener });
            return;
        }
        if self.kind() != T::Assign || self.previous().kind != T::Function {
            self.name("a variable's name or `function`");
        }
        while self.take(T::Comma) {
            self.name("a variable's name");
        }
        if self.take(T::Assign) {
            self.expression_list();
        } else if !self.on_new_line()
            && self.kind() != T::Semicolon
            && !self.kind().is_keyword()
            && (self.quiet || !matches!(self.kind(), T::Name | T::LeftParen))
        {
            self.expected("`=` or the end of the statement");
            self.skip_rest();
        }
    }

    fn return_statement(&mut self) {
        self.advance();
        let ends = matches!(
            self.kind(),
            T::EndOfFile | T::End | T::Else | T::ElseIf | T::Until | T::Semicolon | T::Return
        );
        if !ends && (!self.on_new_line() || starts_expression(self.kind())) {
            self.expression_list();
        }
    }

    fn expression_statement(&mut self) {
        let start = self.token().span;
        let shape = self.suffixed();
        match self.kind() {
            T::Assign | T::Comma => {
                self.check_target(start, shape);
                while self.take(T::Comma) {
                    if matches!(self.kind(), T::Name | T::LeftParen) {
                        let start = self.token().span;
                        let shape = self.suffixed();
                        self.check_target(start, shape);
                    } else {
                        self.expected("another variable");
                        self.insert("missing");
                    }
                }
                if self.take(T::Assign) {
                    self.expression_list();
                } else {
                    self.expected("`=`");
                    self.insert("= nil");
                }
            }
            _ if shape == Shape::Call => {}
            _ => self.expression_alone(start.to(self.previous().span)),
        }
    }

    /// An expression that neither calls nor is assigned to.
    fn expression_alone(&mut self, span: Span) {
        let next = self.token().span.to(self.ahead(1).span);
        let text = span.text(self.source);
        if matches!(text, "continue" | "goto") {
            self.error(span, format!("Lua 5.1 has no `{text}`"));
        } else if self.on_new_line() || self.kind() == T::Semicolon || self.kind().is_keyword() {
            let message = format!(
                "expected `=` or a call's arguments, found {}: an expression alone is no statement",
                self.found()
            );
            self.error(span, message);
        } else if self.are_joined(self.kind(), T::Assign) {
            let operator = self.kind().text();
            self.error(
                next,
                format!("Lua has no `{operator}=`: write the variable again, `x = x {operator} …`"),
            );
        } else if self.are_joined(T::Plus, T::Plus) {
            self.error(next, "Lua has no `++`: write `x = x + 1`");
        } else {
            self.expected("`=` or a call's arguments");
        }
        self.insert("()");
        if !self.on_new_line() && self.kind() != T::Semicolon {
            self.skip_rest();
        }
    }

    /// What an assignment assigns to, whose first token is `start`.
    fn check_target(&mut self, start: Span, shape: Shape) {
        let span = start.to(self.previous().span);
        match shape {
            Shape::Name | Shape::Index => {}
            Shape::Call => {
                self.error(span, "a call's result cannot be assigned to");
                self.insert(".missing");
                self.height += 1;
            }
            Shape::Parenthesized => {
                self.error(
                    span,
                    "an expression in parentheses cannot be assigned to; leave the parentheses out",
                );
            }
        }
    }
}
