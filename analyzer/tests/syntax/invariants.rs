//! What holds of every parsed text, however broken. The fuzz target checks the same.

use momentum_lua_analyzer::syntax::tree::{
    BlockId, ExpressionId, ExpressionKind as E, FunctionId, Name, StatementKind as S, TableKey, Tree,
};
use momentum_lua_analyzer::syntax::{Parsed, Span, TokenKind, parse, with_stack_for};

/// Parses `source` and panics, naming what does not hold.
pub(crate) fn check(source: &str) -> Parsed {
    let parsed = parse(source);
    check_lists(source, &parsed);
    let tree = &parsed.tree;
    let mut walk = Walk {
        source,
        tree,
        expressions: vec![false; tree.expressions().len()],
        statements: vec![false; tree.statements().len()],
        holes: 0,
        deepest: 0,
    };
    with_stack_for(parsed.depth, || walk.block(tree.root_id(), whole(source), 1));
    assert!(walk.deepest <= parsed.depth, "depth {} is not enough for {}", parsed.depth, walk.deepest);
    assert!(walk.expressions.iter().all(|&seen| seen), "an expression hangs nowhere in the tree");
    assert!(walk.statements.iter().all(|&seen| seen), "a statement hangs nowhere in the tree");
    assert!(walk.holes == 0 || !parsed.errors.is_empty(), "a hole in the tree without an error");
    parsed
}

fn whole(source: &str) -> Span {
    Span::new(0, u32::try_from(source.len()).unwrap())
}

fn check_span(source: &str, span: Span) {
    assert!(span.start <= span.end && source.get(span.range()).is_some(), "{span:?} does not fit the source");
}

fn check_lists(source: &str, parsed: &Parsed) {
    let mut end = 0;
    for token in &parsed.tokens {
        check_span(source, token.span);
        assert!(token.span.start >= end, "{token:?} overlaps the one before");
        assert_eq!(token.span.is_empty(), token.kind == TokenKind::EndOfFile);
        end = token.span.end;
    }
    assert_eq!(parsed.tokens.last().unwrap().kind, TokenKind::EndOfFile);
    end = 0;
    for comment in &parsed.comments {
        check_span(source, comment.span);
        assert!(comment.span.start >= end && comment.span.text(source).starts_with("--"));
        end = comment.span.end;
    }
    let mut start = 0;
    for error in &parsed.errors {
        check_span(source, error.span);
        assert!(error.span.start >= start, "errors are not sorted");
        assert!(!error.message.is_empty() && !error.message.ends_with('.'), "{}", error.message);
        start = error.span.start;
        if let Some((span, _)) = &error.related {
            check_span(source, *span);
        }
    }
}

struct Walk<'a> {
    source: &'a str,
    tree: &'a Tree,
    expressions: Vec<bool>,
    statements: Vec<bool>,
    holes: u32,
    deepest: u32,
}

impl Walk<'_> {
    /// Checks that `span` fits the source and lies in `parent`.
    fn inside(&self, span: Span, parent: Span) {
        check_span(self.source, span);
        assert!(parent.covers(span), "{span:?} reaches out of {parent:?}");
    }

    fn name(&mut self, name: &Name, parent: Span) {
        self.inside(name.span, parent);
        assert_eq!(name.span.text(self.source), name.text, "a name is not what is written");
        self.holes += u32::from(name.is_missing());
    }

    fn names(&mut self, names: &[Name], parent: Span) {
        for name in names {
            self.name(name, parent);
        }
        assert!(names.is_sorted_by_key(|name| name.span));
    }

    fn block(&mut self, id: BlockId, parent: Span, depth: u32) {
        let block = self.tree.block(id);
        self.inside(block.span, parent);
        let mut end = block.span.start;
        for &statement in &block.statements {
            assert!(!std::mem::replace(&mut self.statements[statement.index()], true), "seen twice");
            let statement = self.tree.statement(statement);
            self.inside(statement.span, block.span);
            assert!(statement.span.start >= end, "{:?} overlaps the one before", statement.span);
            end = statement.span.end;
            self.statement(&statement.kind, statement.span, depth + 1);
        }
    }

    fn statement(&mut self, kind: &S, span: Span, depth: u32) {
        match kind {
            S::Local { names, values } => {
                self.names(names, span);
                self.expressions(values, span, depth);
            }
            S::LocalFunction { name, function } => {
                self.name(name, span);
                self.function(*function, span, depth);
            }
            S::Function { target, function } => {
                self.expression(*target, span, depth);
                self.function(*function, span, depth);
            }
            S::Assign { targets, values } => {
                self.expressions(targets, span, depth);
                self.expressions(values, span, depth);
            }
            S::Call(id) => {
                assert!(matches!(self.tree.expression(*id).kind, E::Call(_)));
                self.expression(*id, span, depth);
            }
            S::Incomplete(id) => {
                self.holes += 1;
                self.expression(*id, span, depth);
            }
            S::Do(body) => self.block(*body, span, depth),
            S::While { condition, body } => {
                self.expression(*condition, span, depth);
                self.block(*body, span, depth);
            }
            S::Repeat { body, condition } => {
                self.block(*body, span, depth);
                self.expression(*condition, span, depth);
            }
            S::If { branches, otherwise } => {
                for &(condition, body) in branches {
                    self.expression(condition, span, depth);
                    self.block(body, span, depth);
                }
                if let Some(body) = *otherwise {
                    self.block(body, span, depth);
                }
            }
            S::NumericFor { variable, start, limit, step, body } => {
                self.name(variable, span);
                for &id in [start, limit].into_iter().chain(step) {
                    self.expression(id, span, depth);
                }
                self.block(*body, span, depth);
            }
            S::GenericFor { variables, values, body } => {
                self.names(variables, span);
                self.expressions(values, span, depth);
                self.block(*body, span, depth);
            }
            S::Return(values) => self.expressions(values, span, depth),
            S::Break => assert_eq!(span.text(self.source), "break"),
        }
    }

    fn function(&mut self, id: FunctionId, parent: Span, depth: u32) {
        let function = self.tree.function(id);
        self.inside(function.span, parent);
        self.inside(function.parameters_span, function.span);
        self.inside(function.end, function.span);
        assert_eq!(function.keyword.text(self.source), "function");
        self.names(&function.parameters, function.parameters_span);
        if let Some(vararg) = function.vararg {
            self.inside(vararg, function.parameters_span);
            assert_eq!(vararg.text(self.source), "...");
        }
        self.block(function.body, function.span, depth);
    }

    fn expressions(&mut self, ids: &[ExpressionId], parent: Span, depth: u32) {
        let mut end = parent.start;
        for &id in ids {
            let span = self.tree.expression(id).span;
            assert!(span.start >= end, "{span:?} overlaps the one before");
            end = span.end;
            self.expression(id, parent, depth);
        }
    }

    fn expression(&mut self, id: ExpressionId, parent: Span, depth: u32) {
        self.deepest = self.deepest.max(depth);
        assert!(!std::mem::replace(&mut self.expressions[id.index()], true), "seen twice");
        let expression = self.tree.expression(id);
        let span = expression.span;
        self.inside(span, parent);
        match &expression.kind {
            E::Missing => {
                self.holes += 1;
                assert!(span.is_empty(), "{span:?} is missing");
            }
            E::Nil => assert_eq!(span.text(self.source), "nil"),
            E::True => assert_eq!(span.text(self.source), "true"),
            E::False => assert_eq!(span.text(self.source), "false"),
            E::Vararg => assert_eq!(span.text(self.source), "..."),
            E::Number(_) => {
                assert!(span.text(self.source).starts_with(|c: char| c == '.' || c.is_ascii_digit()))
            }
            E::String(_) => assert!(span.text(self.source).starts_with(['"', '\'', '['])),
            E::Name(name) => assert_eq!(span.text(self.source), name),
            E::Field { base, name } => {
                self.expression(*base, span, depth + 1);
                self.name(name, span);
            }
            E::Index { base, key } => self.expressions(&[*base, *key], span, depth + 1),
            E::Call(call) => {
                self.expression(call.callee, span, depth + 1);
                if let Some(method) = &call.method {
                    self.name(method, span);
                }
                self.inside(call.arguments_span, span);
                self.expressions(&call.arguments, call.arguments_span, depth + 1);
                for &comma in &call.commas {
                    assert_eq!(Span::new(comma, comma + 1).text(self.source), ",");
                }
            }
            E::Function(function) => self.function(*function, span, depth + 1),
            E::Table(fields) => {
                let mut end = span.start;
                for field in fields {
                    self.inside(field.span, span);
                    assert!(field.span.start >= end);
                    end = field.span.end;
                    match &field.key {
                        TableKey::Positional => {}
                        TableKey::Name(name) => self.name(name, field.span),
                        TableKey::Expression(key) => self.expression(*key, field.span, depth + 1),
                    }
                    self.expression(field.value, field.span, depth + 1);
                }
            }
            E::Binary { operator_span, left, right, .. } => {
                self.expressions(&[*left, *right], span, depth + 1);
                self.inside(*operator_span, span);
                assert!(!operator_span.is_empty());
            }
            E::Unary { operator_span, operand, .. } => {
                self.inside(*operator_span, span);
                self.expression(*operand, span, depth + 1);
            }
            E::Parenthesized(inner) => self.expression(*inner, span, depth + 1),
        }
    }
}
