//! Finds in the true tree what selene points at.

use super::Found;
use crate::project::Script;
use crate::syntax::tree::{Expression, ExpressionId, ExpressionKind, Statement, StatementId};
use crate::syntax::{Span, Token, TokenKind, Tree};
use rustc_hash::FxHashMap;

/// The nodes of a script by their places.
pub(crate) struct Places<'a> {
    script: Script<'a>,
    statements: FxHashMap<u32, StatementId>,
    /// Ordered by the start; of those with the same start, the inner ones first.
    expressions: Vec<(u32, ExpressionId)>,
    found: &'a [Found],
}

impl<'a> Places<'a> {
    /// The places of a script in which a lint of selene's found something.
    pub(crate) fn of(script: &Script<'a>, lint: &str) -> Option<Self> {
        let found = script.general(lint);
        if found.is_empty() {
            return None;
        }
        let tree = &script.parsed().tree;
        let mut expressions: Vec<_> = tree.expressions().map(|(id, node)| (node.span.start, id)).collect();
        // An expression comes behind the ones that it is made of.
        expressions.sort_unstable();
        let statements = tree.statements().map(|(id, node)| (node.span.start, id)).collect();
        Some(Self { script: *script, statements, expressions, found })
    }

    /// The same for a rule that does not ask selene: it cannot look up nodes by their start.
    pub(crate) fn all(script: &Script<'a>) -> Self {
        Self { script: *script, statements: FxHashMap::default(), expressions: Vec::new(), found: &[] }
    }

    /// What selene found.
    pub(crate) fn found(&self) -> &'a [Found] {
        self.found
    }

    /// The tree.
    pub(crate) fn tree(&self) -> &'a Tree {
        &self.script.parsed().tree
    }

    /// The source at a place.
    pub(crate) fn text(&self, span: Span) -> &'a str {
        span.text(self.script.text())
    }

    /// The statement that starts there.
    pub(crate) fn statement(&self, start: u32) -> Option<&'a Statement> {
        self.statements.get(&start).map(|&id| self.tree().statement(id))
    }

    /// The innermost expression that starts where `span` does, covers it, and fits.
    pub(crate) fn expression(
        &self,
        span: Span,
        fits: impl Fn(&ExpressionKind) -> bool,
    ) -> Option<&'a Expression> {
        let first = self.expressions.partition_point(|&(start, _)| start < span.start);
        let candidates = self.expressions.get(first..).unwrap_or_default();
        candidates
            .iter()
            .take_while(|&&(start, _)| start == span.start)
            .map(|&(_, id)| self.tree().expression(id))
            .find(|node| node.span.end >= span.end && fits(&node.kind))
    }

    /// The tokens that lie within a place.
    pub(crate) fn tokens(&self, span: Span) -> &'a [Token] {
        let tokens = &self.script.parsed().tokens;
        let first = tokens.partition_point(|token| token.span.start < span.start);
        let behind = tokens.partition_point(|token| token.span.end <= span.end && !token.span.is_empty());
        tokens.get(first..behind.max(first)).unwrap_or_default()
    }

    /// The token before an offset.
    pub(crate) fn token_before(&self, offset: u32) -> Option<Token> {
        let tokens = &self.script.parsed().tokens;
        let index = tokens.partition_point(|token| token.span.start < offset);
        tokens.get(index.checked_sub(1)?).copied()
    }

    /// Whether the same code stands at both places, white space and comments aside.
    pub(crate) fn same(&self, one: Span, other: Span) -> bool {
        let (one, other) = (self.tokens(one), self.tokens(other));
        one.len() == other.len()
            && one.iter().zip(other).all(|(a, b)| a.kind == b.kind && self.text(a.span) == self.text(b.span))
    }

    /// Whether a comment stands within a place.
    pub(crate) fn has_comment(&self, span: Span) -> bool {
        let comments = &self.script.parsed().comments;
        let first = comments.partition_point(|comment| comment.span.start < span.start);
        comments.get(first).is_some_and(|comment| comment.span.end <= span.end)
    }

    /// The part of a place that lies in its first line.
    pub(crate) fn first_line(&self, span: Span) -> Span {
        let lines = self.script.lines();
        let line = lines.line_span(lines.line(span.start), self.script.text());
        Span::new(span.start, span.end.min(line.end))
    }

    /// The line of an offset, as people count.
    pub(crate) fn line(&self, offset: u32) -> u32 {
        self.script.lines().line(offset) + 1
    }

    /// Whether the code at a place calls something.
    pub(crate) fn calls(&self, span: Span) -> bool {
        use TokenKind as T;
        let tokens = self.tokens(span);
        tokens.windows(2).any(|pair| {
            let [callee, argument] = pair else { return false };
            matches!(callee.kind, T::Name | T::RightParen | T::RightBracket)
                && matches!(argument.kind, T::LeftParen | T::String | T::LeftBrace)
        })
    }
}

/// A count with its noun: `1 value`, `2 values`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
