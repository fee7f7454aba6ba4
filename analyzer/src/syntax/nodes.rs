//! The nodes of a tree while it is built, and how those of some pieces of a text take the place of others.

use super::Span;
use super::source::offset_u32;
use super::tree::{
    Block, BlockId, Expression, ExpressionId, ExpressionKind, Function, FunctionId, Name, Statement,
    StatementId, StatementKind, TableKey,
};
use std::ops::{AddAssign, Sub};

/// How many nodes of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    expressions: usize,
    statements: usize,
    blocks: usize,
    functions: usize,
    own: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.expressions += other.expressions;
        self.statements += other.statements;
        self.blocks += other.blocks;
        self.functions += other.functions;
        self.own += other.own;
    }
}

impl Sub for Counts {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            expressions: self.expressions - other.expressions,
            statements: self.statements - other.statements,
            blocks: self.blocks - other.blocks,
            functions: self.functions - other.functions,
            own: self.own - other.own,
        }
    }
}

/// Nodes in arenas, in the order of the pieces of the text that they come from.
#[derive(Clone, Debug, Default)]
pub(super) struct Nodes {
    pub(super) expressions: Vec<Expression>,
    pub(super) statements: Vec<Statement>,
    pub(super) blocks: Vec<Block>,
    pub(super) functions: Vec<Function>,
    /// The statements that stand in no other one.
    pub(super) own: Vec<StatementId>,
}

impl Nodes {
    pub(super) fn counts(&self) -> Counts {
        Counts {
            expressions: self.expressions.len(),
            statements: self.statements.len(),
            blocks: self.blocks.len(),
            functions: self.functions.len(),
            own: self.own.len(),
        }
    }

    pub(super) fn expression(&self, id: ExpressionId) -> &Expression {
        &self.expressions[id.index()]
    }

    pub(super) fn function(&self, id: FunctionId) -> &Function {
        &self.functions[id.index()]
    }

    pub(super) fn add_expression(&mut self, span: Span, kind: ExpressionKind) -> ExpressionId {
        self.expressions.push(Expression { span, kind });
        ExpressionId(offset_u32(self.expressions.len() - 1))
    }

    pub(super) fn add_statement(&mut self, span: Span, kind: StatementKind) -> StatementId {
        self.statements.push(Statement { span, kind });
        StatementId(offset_u32(self.statements.len() - 1))
    }

    pub(super) fn add_block(&mut self, span: Span, statements: Vec<StatementId>) -> BlockId {
        self.blocks.push(Block { span, statements: statements.into() });
        BlockId(offset_u32(self.blocks.len() - 1))
    }

    pub(super) fn add_function(&mut self, function: Function) -> FunctionId {
        self.functions.push(function);
        FunctionId(offset_u32(self.functions.len() - 1))
    }

    /// Puts nodes in place of those between the first `head` and the last `tail`. The new ones have places in the new
    /// text already; those of the tail have moved by `moved` bytes, which wraps around.
    pub(super) fn replace(&mut self, head: Counts, tail: Counts, mut new: Nodes, moved: u32) {
        let before = self.counts();
        let start = before - tail;
        let added = new.counts();
        Shift::of(Counts::default(), head, 0).nodes(&mut new, Counts::default());
        let mut end = head;
        end += added;
        splice(&mut self.expressions, head.expressions..start.expressions, new.expressions);
        splice(&mut self.statements, head.statements..start.statements, new.statements);
        splice(&mut self.blocks, head.blocks..start.blocks, new.blocks);
        splice(&mut self.functions, head.functions..start.functions, new.functions);
        splice(&mut self.own, head.own..start.own, new.own);
        let shift = Shift::of(start, end, moved);
        if shift != Shift::default() {
            shift.nodes(self, end);
        }
    }

    /// Gives back memory that it does not need: a project keeps the trees of all its files.
    pub(super) fn shrink(&mut self) {
        self.expressions.shrink_to_fit();
        self.statements.shrink_to_fit();
        self.blocks.shrink_to_fit();
        self.functions.shrink_to_fit();
    }
}

/// Replaces a range. What grows by a key stroke does not take twice the memory for it.
fn splice<T>(all: &mut Vec<T>, range: std::ops::Range<usize>, new: Vec<T>) {
    let grows = new.len().saturating_sub(range.len());
    if all.capacity() - all.len() < grows {
        all.reserve_exact(grows + all.len() / 16);
    }
    all.splice(range, new);
}

/// By how much ids and places of nodes change; all of it wraps around.
#[derive(Default, PartialEq, Eq)]
struct Shift {
    bytes: u32,
    expressions: u32,
    statements: u32,
    blocks: u32,
    functions: u32,
}

impl Shift {
    /// Nodes that began behind `from` begin behind `to`, and their places move.
    fn of(from: Counts, to: Counts, bytes: u32) -> Self {
        let by = |from, to| offset_u32(to).wrapping_sub(offset_u32(from));
        Self {
            bytes,
            expressions: by(from.expressions, to.expressions),
            statements: by(from.statements, to.statements),
            blocks: by(from.blocks, to.blocks),
            functions: by(from.functions, to.functions),
        }
    }

    /// Shifts all nodes behind the first `kept`.
    fn nodes(&self, nodes: &mut Nodes, kept: Counts) {
        for expression in nodes.expressions.iter_mut().skip(kept.expressions) {
            self.expression(expression);
        }
        for statement in nodes.statements.iter_mut().skip(kept.statements) {
            self.statement(statement);
        }
        for block in nodes.blocks.iter_mut().skip(kept.blocks) {
            self.span(&mut block.span);
            for statement in &mut block.statements {
                statement.0 = statement.0.wrapping_add(self.statements);
            }
        }
        for function in nodes.functions.iter_mut().skip(kept.functions) {
            for span in
                [&mut function.span, &mut function.keyword, &mut function.parameters_span, &mut function.end]
            {
                self.span(span);
            }
            self.names(&mut function.parameters);
            if let Some(vararg) = &mut function.vararg {
                self.span(vararg);
            }
            self.block_id(&mut function.body);
        }
        for statement in nodes.own.iter_mut().skip(kept.own) {
            statement.0 = statement.0.wrapping_add(self.statements);
        }
    }

    fn span(&self, span: &mut Span) {
        span.start = span.start.wrapping_add(self.bytes);
        span.end = span.end.wrapping_add(self.bytes);
    }

    fn name(&self, name: &mut Name) {
        self.span(&mut name.span);
    }

    fn names(&self, names: &mut [Name]) {
        for name in names {
            self.name(name);
        }
    }

    fn id(&self, id: &mut ExpressionId) {
        id.0 = id.0.wrapping_add(self.expressions);
    }

    fn ids(&self, ids: &mut [ExpressionId]) {
        for id in ids {
            self.id(id);
        }
    }

    fn block_id(&self, id: &mut BlockId) {
        id.0 = id.0.wrapping_add(self.blocks);
    }

    fn function_id(&self, id: &mut FunctionId) {
        id.0 = id.0.wrapping_add(self.functions);
    }

    fn expression(&self, expression: &mut Expression) {
        self.span(&mut expression.span);
        match &mut expression.kind {
            ExpressionKind::Missing
            | ExpressionKind::Nil
            | ExpressionKind::True
            | ExpressionKind::False
            | ExpressionKind::Number(_)
            | ExpressionKind::String(_)
            | ExpressionKind::Vararg
            | ExpressionKind::Name(_) => {}
            ExpressionKind::Field { base, name } => {
                self.id(base);
                self.name(name);
            }
            ExpressionKind::Index { base, key } => {
                self.id(base);
                self.id(key);
            }
            ExpressionKind::Call(call) => {
                self.id(&mut call.callee);
                if let Some(method) = &mut call.method {
                    self.name(method);
                }
                self.ids(&mut call.arguments);
                self.span(&mut call.arguments_span);
                for comma in &mut call.commas {
                    *comma = comma.wrapping_add(self.bytes);
                }
            }
            ExpressionKind::Function(function) => self.function_id(function),
            ExpressionKind::Table(fields) => {
                for field in fields {
                    self.span(&mut field.span);
                    match &mut field.key {
                        TableKey::Positional => {}
                        TableKey::Name(name) => self.name(name),
                        TableKey::Expression(key) => self.id(key),
                    }
                    self.id(&mut field.value);
                }
            }
            ExpressionKind::Binary { operator: _, operator_span, left, right } => {
                self.span(operator_span);
                self.id(left);
                self.id(right);
            }
            ExpressionKind::Unary { operator: _, operator_span, operand } => {
                self.span(operator_span);
                self.id(operand);
            }
            ExpressionKind::Parenthesized(inner) => self.id(inner),
        }
    }

    fn statement(&self, statement: &mut Statement) {
        self.span(&mut statement.span);
        match &mut statement.kind {
            StatementKind::Local { names, values } => {
                self.names(names);
                self.ids(values);
            }
            StatementKind::LocalFunction { name, function } => {
                self.name(name);
                self.function_id(function);
            }
            StatementKind::Function { target, function } => {
                self.id(target);
                self.function_id(function);
            }
            StatementKind::Assign { targets, values } => {
                self.ids(targets);
                self.ids(values);
            }
            StatementKind::Call(expression) | StatementKind::Incomplete(expression) => self.id(expression),
            StatementKind::Do(body) => self.block_id(body),
            StatementKind::While { condition, body } | StatementKind::Repeat { body, condition } => {
                self.id(condition);
                self.block_id(body);
            }
            StatementKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    self.id(condition);
                    self.block_id(body);
                }
                if let Some(body) = otherwise {
                    self.block_id(body);
                }
            }
            StatementKind::NumericFor { variable, start, limit, step, body } => {
                self.name(variable);
                self.id(start);
                self.id(limit);
                if let Some(step) = step {
                    self.id(step);
                }
                self.block_id(body);
            }
            StatementKind::GenericFor { variables, values, body } => {
                self.names(variables);
                self.ids(values);
                self.block_id(body);
            }
            StatementKind::Return(values) => self.ids(values),
            StatementKind::Break => {}
        }
    }
}
