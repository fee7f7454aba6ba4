//! Expressions.

use super::{CHAIN_LIMIT, Grammar, Mark, Shape};
use crate::syntax::token::{Token, TokenKind as T};

impl Grammar<'_> {
    pub(super) fn expression_list(&mut self) {
        self.expression();
        while self.take(T::Comma) {
            self.expression();
        }
    }

    pub(super) fn expression(&mut self) {
        self.subexpression(0);
    }

    /// An expression whose binary operators bind tighter than `limit`.
    fn subexpression(&mut self, limit: u8) {
        let outer = self.enter();
        if matches!(self.kind(), T::Not | T::Minus | T::Hash | T::Tilde | T::Bang) {
            self.advance();
            self.subexpression(UNARY_PRIORITY);
        } else {
            self.simple_expression();
        }
        let mut too_many: Option<Mark> = None;
        while let Some((left, right)) = priority(self.kind())
            && left > limit
        {
            if self.height >= CHAIN_LIMIT && too_many.is_none() {
                too_many = Some(self.mark());
            }
            self.advance();
            self.subexpression(right);
            self.height += 1;
        }
        if let Some(from) = too_many {
            self.leave_out(from, Mark { start: self.previous().span.end, ..self.mark() });
            self.height = from.height;
        }
        self.leave(outer);
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
                let closed = self.function_body(token);
                self.quiet = quiet || !closed;
            }
            T::Name | T::LeftParen => {
                self.suffixed();
            }
            _ => self.missing_expression(),
        }
    }

    /// Something else stands where an expression belongs.
    fn missing_expression(&mut self) {
        // The habits of other languages: the token before is the first half.
        let (before, token) = (self.previous(), self.token());
        let joined = before.kind == token.kind && before.span.end == token.span.start;
        let both = before.span.to(token.span);
        match token.kind {
            T::BitAnd if joined => self.error(both, "Lua has no `&&`: write `and`"),
            T::BitOr if joined => self.error(both, "Lua has no `||`: write `or`"),
            T::Slash if joined => {
                self.error(both, "Lua 5.1 has no `//`: a comment begins with `--`, floor division is `\\`");
            }
            _ => self.expected("an expression"),
        }
        // An operator too many: go on behind it.
        let skippable =
            priority(self.kind()).is_some() || matches!(self.kind(), T::Dot | T::Colon | T::Assign);
        if skippable && !self.on_new_line() && !self.kind().is_keyword() {
            self.blank();
            if starts_expression(self.kind()) && !self.on_new_line() {
                self.subexpression(UNARY_PRIORITY);
                return;
            }
        }
        self.insert("nil");
    }

    /// `=` where only an expression can stand.
    pub(super) fn assignment_in_expression(&mut self) {
        self.error(self.token().span, "`=` assigns and cannot stand in an expression; `==` compares");
    }

    /// A name or parenthesized expression with its indexes and calls.
    pub(super) fn suffixed(&mut self) -> Shape {
        let outer = std::mem::take(&mut self.height);
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
        self.height += 1;
        // Of a chain that is too long the middle is left out: its end says what it is.
        let mut too_many: Option<Mark> = None;
        let mut last = self.mark();
        loop {
            let start = self.mark();
            if self.height >= CHAIN_LIMIT {
                self.height = too_many.get_or_insert(start).height;
            }
            let Some(suffixed) = self.suffix() else { break };
            shape = suffixed;
            last = start;
            self.height += 1;
        }
        if let Some(from) = too_many {
            self.leave_out(from, last);
        }
        self.height = outer.max(self.height + 1);
        shape
    }

    /// An index or a call behind an expression; `None` if there is none.
    fn suffix(&mut self) -> Option<Shape> {
        match self.kind() {
            T::Dot => {
                self.advance();
                self.name("a name behind `.`");
                Some(Shape::Index)
            }
            T::LeftBracket if self.begins_field_behind_missing_comma() => None,
            T::LeftBracket => {
                let opener = self.token();
                self.advance();
                self.expression();
                self.close_bracket(opener, T::RightBracket);
                Some(Shape::Index)
            }
            T::Colon => {
                self.advance();
                let named = self.name("a method's name behind `:`");
                if matches!(self.kind(), T::LeftParen | T::String | T::LeftBrace)
                    && (named || !self.on_new_line())
                {
                    self.arguments();
                } else {
                    self.expected("the arguments of the method call");
                    self.insert("()");
                }
                Some(Shape::Call)
            }
            T::LeftParen | T::String | T::LeftBrace => {
                self.arguments();
                Some(Shape::Call)
            }
            _ => None,
        }
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
                if starts_expression(self.kind()) || self.kind() == T::Comma {
                    self.argument_list();
                }
                self.close_bracket(opener, T::RightParen);
            }
        }
    }

    fn argument_list(&mut self) {
        loop {
            self.expression();
            if self.take(T::Comma) {
                continue;
            }
            // What can begin a statement does so on a new line; a function ends a call whose `)` is missing.
            let another = starts_expression(self.kind())
                && self.kind() != T::Function
                && !(self.on_new_line() && matches!(self.kind(), T::Name | T::LeftParen));
            if !another {
                return;
            }
            self.expected("`,` or `)`");
            self.insert(",");
        }
    }

    pub(super) fn close_bracket(&mut self, opener: Token, closer: T) {
        if self.take(closer) {
            return;
        }
        if self.kind() == T::Assign && closer == T::RightParen && !self.on_new_line() {
            self.assignment_in_expression();
        } else {
            self.expected_closer(closer, opener, "");
        }
        // What stands between here and the closer on the same line fits nowhere.
        let in_index = closer == T::RightBracket;
        let distance = self.distance_on_line(closer, |kind| {
            kind.is_keyword()
                || matches!(kind, T::LeftParen | T::LeftBrace | T::LeftBracket)
                || (in_index && matches!(kind, T::Assign | T::Comma | T::Semicolon))
        });
        match distance {
            Some(count) => {
                for _ in 0..count {
                    self.blank();
                }
                self.advance();
            }
            None => self.insert(match closer {
                T::RightParen => ")",
                T::RightBracket => "]",
                _ => "}",
            }),
        }
    }

    fn table(&mut self) {
        let opener = self.token();
        let in_table = std::mem::replace(&mut self.in_table, true);
        self.advance();
        loop {
            match self.kind() {
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
                T::Comma | T::Semicolon => {
                    self.expected("a field or `}`");
                    self.blank();
                    continue;
                }
                kind if starts_expression(kind) => self.expression(),
                _ => break,
            }
            if self.take(T::Comma) || self.take(T::Semicolon) {
                // A field on a line of its own can have an error of its own.
                self.quiet &= !self.on_new_line();
                continue;
            }
            if self.kind() == T::Assign && !self.on_new_line() {
                let hint = "a key that is not a plain name stands in brackets, `[key] = value`";
                self.error(self.token().span, format!("expected `,` or `}}`, found `=`: {hint}"));
                self.blank();
                self.insert(",");
                continue;
            }
            if !self.begins_field(opener) {
                break;
            }
            self.expected("`,` or `}`");
            self.quiet &= !self.on_new_line();
            self.insert(",");
        }
        self.in_table = in_table;
        self.close_bracket(opener, T::RightBrace);
    }

    /// Whether a field begins here, in the table of `opener`, though no comma stands before it.
    fn begins_field(&self, opener: Token) -> bool {
        match self.kind() {
            T::LeftBracket | T::String | T::Number | T::LeftBrace | T::True | T::False | T::Nil => true,
            T::Name if !self.on_new_line() => true,
            T::Name => {
                matches!(self.ahead(1).kind, T::Assign | T::Comma | T::RightBrace)
                    && self.indent_of_line(self.token().span.start) > self.indent_of_line(opener.span.start)
            }
            _ => false,
        }
    }

    /// Whether the `[` on a new line begins the next field of a table, since `=` stands behind its `]`.
    fn begins_field_behind_missing_comma(&self) -> bool {
        self.in_table
            && self.on_new_line()
            && self.ahead(2).kind == T::RightBracket
            && self.ahead(3).kind == T::Assign
    }

    fn field_value(&mut self) {
        if self.take(T::Assign) {
            self.expression();
        } else {
            self.expected("`=` and the field's value");
            self.insert("= nil");
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

pub(super) const fn starts_expression(kind: T) -> bool {
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
