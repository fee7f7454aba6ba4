//! From full_moon's tree of the rewritten text to the project's tree of the source: true operators, values and
//! offsets are put back, and what a repair put in becomes a hole.

use super::nodes::{Counts, Nodes};
use super::source::offset_u32;
use super::token::{Token, TokenKind};
use super::tree::{
    BinaryOperator, BlockId, Call, ExpressionId, ExpressionKind, Function, FunctionId, Name, StatementId,
    StatementKind, TableField, TableKey, UnaryOperator,
};
use super::{Span, literal};
use full_moon::ast::punctuated::Punctuated;
use full_moon::ast::{self, BinOp, UnOp};
use full_moon::tokenizer::{TokenReference, TokenType};
use smol_str::SmolStr;

/// Offsets of a piece of the parsed text, into which repairs put something, as offsets of its part of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Offsets {
    /// Per insertion: where it starts in the parsed text, its length, and all lengths up to and with it.
    insertions: Vec<(u32, u32, u32)>,
}

impl Offsets {
    /// Whether nothing was put in.
    pub(super) fn is_empty(&self) -> bool {
        self.insertions.is_empty()
    }

    /// Notes that `length` bytes were put in at `offset` of the source; in ascending order.
    pub(super) fn insert(&mut self, offset: u32, length: u32) {
        let before = self.insertions.last().map_or(0, |&(_, _, total)| total);
        self.insertions.push((offset + before, length, before + length));
    }

    fn source(&self, parsed: u32) -> u32 {
        let index = self.insertions.partition_point(|&(start, _, _)| start <= parsed);
        let Some(&(start, length, total)) = index.checked_sub(1).and_then(|index| self.insertions.get(index))
        else {
            return parsed;
        };
        let inside = length.saturating_sub(parsed - start);
        parsed + inside - total
    }

    fn is_inserted(&self, parsed: u32) -> bool {
        let index = self.insertions.partition_point(|&(start, _, _)| start <= parsed);
        index
            .checked_sub(1)
            .and_then(|index| self.insertions.get(index))
            .is_some_and(|&(start, length, _)| parsed < start + length)
    }
}

/// Builds the nodes of pieces of the parsed text, one after the other.
pub(super) struct Lowering<'a> {
    source: &'a str,
    tokens: &'a [Token],
    /// Those of the piece.
    offsets: &'a Offsets,
    /// Where the piece starts in the source.
    start: u32,
    nodes: Nodes,
}

impl<'a> Lowering<'a> {
    /// Nothing yet; `tokens` are those of `source`.
    pub(super) fn new(source: &'a str, tokens: &'a [Token]) -> Self {
        const NONE: &Offsets = &Offsets { insertions: Vec::new() };
        Self { source, tokens, offsets: NONE, start: 0, nodes: Nodes::default() }
    }

    /// Adds the statements of the piece that starts at `start` of the source. Gives the number of the nodes that it has.
    pub(super) fn piece(&mut self, start: u32, offsets: &'a Offsets, ast: &ast::Ast) -> Counts {
        (self.start, self.offsets) = (start, offsets);
        let before = self.nodes.counts();
        let mut statements = std::mem::take(&mut self.nodes.own);
        self.statements(ast.nodes(), &mut statements);
        self.nodes.own = statements;
        self.nodes.counts() - before
    }

    /// The nodes of all pieces.
    pub(super) fn finish(self) -> Nodes {
        self.nodes
    }

    fn span(&self, token: &TokenReference) -> Span {
        let start = offset_u32(token.token().start_position().bytes());
        let end = offset_u32(token.token().end_position().bytes());
        Span::new(self.start + self.offsets.source(start), self.start + self.offsets.source(end))
    }

    fn is_inserted(&self, token: &TokenReference) -> bool {
        self.offsets.is_inserted(offset_u32(token.token().start_position().bytes()))
    }

    fn name(&self, token: &TokenReference) -> Name {
        let span = self.span(token);
        let text = match token.token_type() {
            TokenType::Identifier { .. } if !self.is_inserted(token) => SmolStr::new(span.text(self.source)),
            _ => SmolStr::default(),
        };
        Name { text, span }
    }

    /// The token of the source at that place, which knows the true operator.
    fn true_kind(&self, span: Span) -> Option<Token> {
        let index = self.tokens.binary_search_by_key(&span.start, |token| token.span.start).ok()?;
        self.tokens.get(index).copied()
    }

    fn end_of(&self, id: ExpressionId) -> u32 {
        self.nodes.expression(id).span.end
    }

    fn spanning(&self, start: Span, ids: &[ExpressionId]) -> Span {
        let end = ids.last().map_or(start.end, |&id| self.end_of(id));
        Span::new(start.start, end.max(start.end))
    }

    // Statements

    fn block(&mut self, block: &ast::Block, opener: Span, closer: Span) -> BlockId {
        let mut statements = Vec::new();
        self.statements(block, &mut statements);
        self.nodes.add_block(Span::new(opener.end.min(closer.start), closer.start), statements)
    }

    fn statements(&mut self, block: &ast::Block, into: &mut Vec<StatementId>) {
        for statement in block.stmts() {
            // A `do` that was put in only holds a `return` that is not the last statement.
            if let ast::Stmt::Do(inner) = statement
                && self.is_inserted(inner.do_token())
            {
                self.statements(inner.block(), into);
                continue;
            }
            if let Some((span, kind)) = self.statement(statement) {
                into.push(self.nodes.add_statement(span, kind));
            }
        }
        match block.last_stmt() {
            Some(ast::LastStmt::Return(statement)) => {
                let keyword = self.span(statement.token());
                let values = self.expressions(statement.returns());
                let span = self.spanning(keyword, &values);
                into.push(self.nodes.add_statement(span, StatementKind::Return(values)));
            }
            Some(ast::LastStmt::Break(token)) => {
                let span = self.span(token);
                into.push(self.nodes.add_statement(span, StatementKind::Break));
            }
            _ => {}
        }
    }

    fn statement(&mut self, statement: &ast::Stmt) -> Option<(Span, StatementKind)> {
        Some(match statement {
            ast::Stmt::Assignment(assignment) => {
                let targets: Box<[_]> =
                    assignment.variables().iter().map(|variable| self.variable(variable)).collect();
                let equal = self.span(assignment.equal_token());
                let values = self.expressions(assignment.expressions());
                let start = targets.first().map_or(equal.start, |&id| self.nodes.expression(id).span.start);
                let span = self.spanning(Span::new(start, equal.end), &values);
                (span, StatementKind::Assign { targets, values })
            }
            ast::Stmt::LocalAssignment(local) => {
                let names: Box<[_]> = local.names().iter().map(|token| self.name(token)).collect();
                let values = self.expressions(local.expressions());
                let last_name = names.last().map_or(0, |name| name.span.end);
                let keyword = self.span(local.local_token());
                let equal = local.equal_token().map_or(last_name, |token| self.span(token).end);
                let span = self.spanning(Span::new(keyword.start, equal.max(keyword.end)), &values);
                (span, StatementKind::Local { names, values })
            }
            ast::Stmt::LocalFunction(local) => {
                let name = self.name(local.name());
                let local_keyword = self.span(local.local_token());
                let keyword = self.span(local.function_token());
                let function = self.function(local_keyword.to(keyword), keyword, local.body(), false);
                let span = self.nodes.function(function).span;
                (span, StatementKind::LocalFunction { name, function })
            }
            ast::Stmt::FunctionDeclaration(declaration) => {
                let keyword = self.span(declaration.function_token());
                let mut target = None;
                for token in declaration.name().names() {
                    target = Some(self.field_or_name(target, token));
                }
                let method = declaration.name().method_name();
                if let Some(token) = method {
                    target = Some(self.field_or_name(target, token));
                }
                let function = self.function(keyword, keyword, declaration.body(), method.is_some());
                let span = self.nodes.function(function).span;
                (span, StatementKind::Function { target: target?, function })
            }
            ast::Stmt::FunctionCall(call) => {
                let expression = self.call(call);
                let span = self.nodes.expression(expression).span;
                let complete =
                    call.suffixes().last().is_some_and(|suffix| !self.arguments_are_inserted(suffix));
                let kind = if complete {
                    StatementKind::Call(expression)
                } else {
                    StatementKind::Incomplete(expression)
                };
                (span, kind)
            }
            ast::Stmt::Do(statement) => {
                let keyword = self.span(statement.do_token());
                let end = self.span(statement.end_token());
                let body = self.block(statement.block(), keyword, end);
                (keyword.to(end), StatementKind::Do(body))
            }
            ast::Stmt::While(statement) => {
                let condition = self.expression(statement.condition());
                let end = self.span(statement.end_token());
                let body = self.block(statement.block(), self.span(statement.do_token()), end);
                (self.span(statement.while_token()).to(end), StatementKind::While { condition, body })
            }
            ast::Stmt::Repeat(statement) => {
                let keyword = self.span(statement.repeat_token());
                let until = self.span(statement.until_token());
                let body = self.block(statement.block(), keyword, until);
                let condition = self.expression(statement.until());
                let span = self.spanning(keyword.to(until), &[condition]);
                (span, StatementKind::Repeat { body, condition })
            }
            ast::Stmt::If(statement) => self.if_statement(statement),
            ast::Stmt::NumericFor(statement) => {
                let variable = self.name(statement.index_variable());
                let start = self.expression(statement.start());
                let limit = self.expression(statement.end());
                let step = statement.step().map(|step| self.expression(step));
                let end = self.span(statement.end_token());
                let body = self.block(statement.block(), self.span(statement.do_token()), end);
                let kind = StatementKind::NumericFor { variable, start, limit, step, body };
                (self.span(statement.for_token()).to(end), kind)
            }
            ast::Stmt::GenericFor(statement) => {
                let variables = statement.names().iter().map(|token| self.name(token)).collect();
                let values = self.expressions(statement.expressions());
                let end = self.span(statement.end_token());
                let body = self.block(statement.block(), self.span(statement.do_token()), end);
                let kind = StatementKind::GenericFor { variables, values, body };
                (self.span(statement.for_token()).to(end), kind)
            }
            _ => return None,
        })
    }

    fn if_statement(&mut self, statement: &ast::If) -> (Span, StatementKind) {
        let end = self.span(statement.end_token());
        let alternatives: &[ast::ElseIf] = statement.else_if().map_or(&[], |list| list.as_slice());
        let else_token = statement.else_token().map(|token| self.span(token));
        // Where each body ends: at the next `elseif`, `else` or `end`.
        let mut closers: Vec<Span> =
            alternatives.iter().map(|alternative| self.span(alternative.else_if_token())).collect();
        closers.push(else_token.unwrap_or(end));
        let first = (statement.condition(), statement.then_token(), statement.block());
        let rest = alternatives.iter().map(|next| (next.condition(), next.then_token(), next.block()));
        let branches = std::iter::once(first)
            .chain(rest)
            .zip(closers)
            .map(|((condition, then, block), closer)| {
                let condition = self.expression(condition);
                (condition, self.block(block, self.span(then), closer))
            })
            .collect();
        let otherwise =
            statement.else_block().zip(else_token).map(|(block, keyword)| self.block(block, keyword, end));
        (self.span(statement.if_token()).to(end), StatementKind::If { branches, otherwise })
    }

    fn function(
        &mut self,
        start: Span,
        keyword: Span,
        body: &ast::FunctionBody,
        is_method: bool,
    ) -> FunctionId {
        let (open, close) = body.parameters_parentheses().tokens();
        let parameters_span = self.span(open).to(self.span(close));
        let mut parameters = Vec::with_capacity(body.parameters().len());
        let mut vararg = None;
        for parameter in body.parameters() {
            match parameter {
                ast::Parameter::Name(token) => parameters.push(self.name(token)),
                ast::Parameter::Ellipsis(token) => vararg = Some(self.span(token)),
                _ => {}
            }
        }
        let end = self.span(body.end_token());
        let block = self.block(body.block(), parameters_span, end);
        self.nodes.add_function(Function {
            span: start.to(end),
            keyword,
            is_method,
            parameters: parameters.into(),
            vararg,
            parameters_span,
            body: block,
            end,
        })
    }

    fn field_or_name(&mut self, base: Option<ExpressionId>, token: &TokenReference) -> ExpressionId {
        let name = self.name(token);
        match base {
            None => self.variable_name(token),
            Some(base) => {
                let span = self.nodes.expression(base).span.to(name.span);
                self.nodes.add_expression(span, ExpressionKind::Field { base, name })
            }
        }
    }

    // Expressions

    fn expressions(&mut self, list: &Punctuated<ast::Expression>) -> Box<[ExpressionId]> {
        list.iter().map(|expression| self.expression(expression)).collect()
    }

    fn expression(&mut self, expression: &ast::Expression) -> ExpressionId {
        match expression {
            ast::Expression::BinaryOperator { lhs, binop, rhs } => {
                let left = self.expression(lhs);
                let operator_span = self.span(binop.token());
                let operator = self.binary_operator(binop, operator_span);
                let right = self.expression(rhs);
                let span = self.nodes.expression(left).span.to(self.nodes.expression(right).span);
                let operator_span = Span::new(
                    operator_span.start,
                    self.true_kind(operator_span).map_or(operator_span.end, |token| token.span.end),
                );
                self.nodes
                    .add_expression(span, ExpressionKind::Binary { operator, operator_span, left, right })
            }
            ast::Expression::UnaryOperator { unop, expression } => {
                let operator_span = self.span(unop.token());
                let operator = match unop {
                    UnOp::Minus(_) => UnaryOperator::Negate,
                    UnOp::Not(_) => UnaryOperator::Not,
                    _ => match self.true_kind(operator_span).map(|token| token.kind) {
                        Some(TokenKind::Bang) => UnaryOperator::Not,
                        Some(TokenKind::Tilde) => UnaryOperator::BitNot,
                        _ => UnaryOperator::Length,
                    },
                };
                let operand = self.expression(expression);
                let span = operator_span.to(self.nodes.expression(operand).span);
                self.nodes.add_expression(span, ExpressionKind::Unary { operator, operator_span, operand })
            }
            ast::Expression::Parentheses { contained, expression } => {
                let (open, close) = contained.tokens();
                let span = self.span(open).to(self.span(close));
                let inner = self.expression(expression);
                self.nodes.add_expression(span, ExpressionKind::Parenthesized(inner))
            }
            ast::Expression::Function(function) => {
                let keyword = self.span(function.function_token());
                let id = self.function(keyword, keyword, function.body(), false);
                let span = self.nodes.function(id).span;
                self.nodes.add_expression(span, ExpressionKind::Function(id))
            }
            ast::Expression::FunctionCall(call) => self.call(call),
            ast::Expression::TableConstructor(table) => self.table(table),
            ast::Expression::Var(variable) => self.variable(variable),
            ast::Expression::Number(token) => {
                let span = self.span(token);
                let value = literal::number(span.text(self.source)).unwrap_or(f64::NAN);
                self.nodes.add_expression(span, ExpressionKind::Number(value))
            }
            ast::Expression::String(token) => self.string(token),
            ast::Expression::Symbol(token) => self.symbol(token),
            _ => self.nodes.add_expression(Span::empty(self.start), ExpressionKind::Missing),
        }
    }

    fn symbol(&mut self, token: &TokenReference) -> ExpressionId {
        let span = self.span(token);
        let kind = if self.is_inserted(token) {
            ExpressionKind::Missing
        } else {
            match span.text(self.source) {
                "true" => ExpressionKind::True,
                "false" => ExpressionKind::False,
                "..." => ExpressionKind::Vararg,
                _ => ExpressionKind::Nil,
            }
        };
        self.nodes.add_expression(span, kind)
    }

    fn string(&mut self, token: &TokenReference) -> ExpressionId {
        let span = self.span(token);
        let value = literal::string(span.text(self.source));
        self.nodes.add_expression(span, ExpressionKind::String(value.into()))
    }

    fn binary_operator(&self, operator: &BinOp, span: Span) -> BinaryOperator {
        use BinaryOperator as B;
        let kind = || self.true_kind(span).map(|token| token.kind);
        match operator {
            BinOp::Caret(_) => B::Power,
            BinOp::Percent(_) => B::Modulo,
            BinOp::Slash(_) => B::Divide,
            BinOp::Minus(_) => B::Subtract,
            BinOp::TwoDots(_) => B::Concatenate,
            BinOp::GreaterThan(_) => B::Greater,
            BinOp::GreaterThanEqual(_) => B::GreaterEqual,
            BinOp::LessThan(_) => B::Less,
            BinOp::LessThanEqual(_) => B::LessEqual,
            BinOp::TildeEqual(_) => B::NotEqual,
            BinOp::TwoEqual(_) => B::Equal,
            BinOp::And(_) => B::And,
            BinOp::Or(_) => B::Or,
            BinOp::Star(_) => match kind() {
                Some(TokenKind::ShiftLeft) => B::ShiftLeft,
                Some(TokenKind::ShiftRight) => B::ShiftRight,
                Some(TokenKind::FloorDivide) => B::FloorDivide,
                _ => B::Multiply,
            },
            _ => match kind() {
                Some(TokenKind::BitAnd) => B::BitAnd,
                Some(TokenKind::BitOr) => B::BitOr,
                Some(TokenKind::BitXor) => B::BitXor,
                _ => B::Add,
            },
        }
    }

    fn variable_name(&mut self, token: &TokenReference) -> ExpressionId {
        let name = self.name(token);
        let kind = if name.is_missing() { ExpressionKind::Missing } else { ExpressionKind::Name(name.text) };
        self.nodes.add_expression(name.span, kind)
    }

    fn variable(&mut self, variable: &ast::Var) -> ExpressionId {
        match variable {
            ast::Var::Name(token) => self.variable_name(token),
            ast::Var::Expression(expression) => self.suffixed(expression.prefix(), expression.suffixes()),
            _ => self.nodes.add_expression(Span::empty(self.start), ExpressionKind::Missing),
        }
    }

    fn call(&mut self, call: &ast::FunctionCall) -> ExpressionId {
        self.suffixed(call.prefix(), call.suffixes())
    }

    fn arguments_are_inserted(&self, suffix: &ast::Suffix) -> bool {
        let arguments = match suffix {
            ast::Suffix::Call(ast::Call::AnonymousCall(arguments)) => arguments,
            ast::Suffix::Call(ast::Call::MethodCall(call)) => call.args(),
            _ => return false,
        };
        matches!(arguments, ast::FunctionArgs::Parentheses { parentheses, .. }
            if self.is_inserted(parentheses.tokens().0))
    }

    fn suffixed<'s>(
        &mut self,
        prefix: &ast::Prefix,
        suffixes: impl Iterator<Item = &'s ast::Suffix>,
    ) -> ExpressionId {
        let mut current = match prefix {
            ast::Prefix::Name(token) => self.variable_name(token),
            ast::Prefix::Expression(expression) => self.expression(expression),
            _ => self.nodes.add_expression(Span::empty(self.start), ExpressionKind::Missing),
        };
        for suffix in suffixes {
            let start = self.nodes.expression(current).span;
            current = match suffix {
                ast::Suffix::Index(ast::Index::Dot { name, .. }) => self.field_or_name(Some(current), name),
                ast::Suffix::Index(ast::Index::Brackets { brackets, expression }) => {
                    let key = self.expression(expression);
                    let span = start.to(self.span(brackets.tokens().1));
                    self.nodes.add_expression(span, ExpressionKind::Index { base: current, key })
                }
                ast::Suffix::Call(ast::Call::AnonymousCall(arguments)) => {
                    if self.arguments_are_inserted(suffix) {
                        continue;
                    }
                    self.called(current, None, arguments)
                }
                ast::Suffix::Call(ast::Call::MethodCall(call)) => {
                    let method = self.name(call.name());
                    self.called(current, Some(method), call.args())
                }
                _ => current,
            };
        }
        current
    }

    fn called(
        &mut self,
        callee: ExpressionId,
        method: Option<Name>,
        arguments: &ast::FunctionArgs,
    ) -> ExpressionId {
        let mut commas: Box<[u32]> = Box::default();
        let (arguments, arguments_span) = match arguments {
            ast::FunctionArgs::Parentheses { parentheses, arguments } => {
                let (open, close) = parentheses.tokens();
                let span = self.span(open).to(self.span(close));
                commas = arguments
                    .pairs()
                    .filter_map(|pair| pair.punctuation())
                    .filter(|comma| !self.is_inserted(comma))
                    .map(|comma| self.span(comma).start)
                    .collect();
                (self.expressions(arguments), span)
            }
            ast::FunctionArgs::String(token) => {
                let id = self.string(token);
                (Box::from([id]), self.nodes.expression(id).span)
            }
            ast::FunctionArgs::TableConstructor(table) => {
                let id = self.table(table);
                (Box::from([id]), self.nodes.expression(id).span)
            }
            _ => (Box::default(), Span::empty(self.end_of(callee))),
        };
        let span = self.nodes.expression(callee).span.to(arguments_span);
        let call = Call { callee, method, arguments, arguments_span, commas };
        self.nodes.add_expression(span, ExpressionKind::Call(call))
    }

    fn table(&mut self, table: &ast::TableConstructor) -> ExpressionId {
        let (open, close) = table.braces().tokens();
        let span = self.span(open).to(self.span(close));
        let fields = table.fields().iter().filter_map(|field| self.field(field)).collect();
        self.nodes.add_expression(span, ExpressionKind::Table(fields))
    }

    fn field(&mut self, field: &ast::Field) -> Option<TableField> {
        let (start, key, value) = match field {
            ast::Field::ExpressionKey { brackets, key, value, .. } => {
                let start = self.span(brackets.tokens().0);
                let key = self.expression(key);
                (start, TableKey::Expression(key), self.expression(value))
            }
            ast::Field::NameKey { key, value, .. } => {
                let name = self.name(key);
                (name.span, TableKey::Name(name), self.expression(value))
            }
            ast::Field::NoKey(value) => {
                let value = self.expression(value);
                (self.nodes.expression(value).span, TableKey::Positional, value)
            }
            _ => return None,
        };
        Some(TableField { span: start.to(self.nodes.expression(value).span), key, value })
    }
}
