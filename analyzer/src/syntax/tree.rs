//! The syntax tree: statements and expressions of the dialect in arenas, with the true operators, values and spans.
//!
//! Nodes are addressed by small ids that stay valid as long as the tree. What a repair put in appears as
//! [`ExpressionKind::Missing`] or as a [`Name`] with [`Name::is_missing`], never as invented code.

use super::Span;
use super::nodes::Nodes;
use smol_str::SmolStr;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $name(pub u32);
        impl $name {
            /// Position in its arena.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )* };
}

ids! {
    /// Names an [`Expression`] of a [`Tree`].
    ExpressionId,
    /// Names a [`Statement`] of a [`Tree`].
    StatementId,
    /// Names a [`Block`] of a [`Tree`].
    #[derive(Default)]
    BlockId,
    /// Names a [`Function`] of a [`Tree`].
    FunctionId
}

/// An identifier where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The identifier; empty if it is missing.
    pub text: SmolStr,
    /// Where it stands; empty where it is missing.
    pub span: Span,
}

impl Name {
    /// Whether the source lacks the name (an error is reported there).
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.text.is_empty()
    }
}

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named for what they do")]
pub enum BinaryOperator {
    Power,
    Multiply,
    Divide,
    Modulo,
    FloorDivide,
    ShiftLeft,
    ShiftRight,
    Add,
    Subtract,
    BitAnd,
    BitOr,
    BitXor,
    Concatenate,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    And,
    Or,
}

impl BinaryOperator {
    /// Whether it compares and so gives a boolean.
    #[must_use]
    pub const fn is_comparison(self) -> bool {
        use BinaryOperator as B;
        matches!(self, B::Equal | B::NotEqual | B::Less | B::LessEqual | B::Greater | B::GreaterEqual)
    }

    /// Whether it computes a number.
    #[must_use]
    pub const fn is_arithmetic(self) -> bool {
        use BinaryOperator as B;
        !self.is_comparison() && !matches!(self, B::Concatenate | B::And | B::Or)
    }
}

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named for what they do")]
pub enum UnaryOperator {
    Negate,
    /// `not x` or `!x`.
    Not,
    Length,
    /// `~x`.
    BitNot,
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expression {
    /// Where it stands, with its parentheses and brackets.
    pub span: Span,
    /// What it is.
    pub kind: ExpressionKind,
}

/// What an expression is.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are named for their part in the grammar")]
pub enum ExpressionKind {
    /// Nothing is written where an expression belongs.
    Missing,
    Nil,
    True,
    False,
    /// A number with the engine's value: `0660` is 432.
    Number(f64),
    /// A string literal: the bytes that it stands for.
    String(Box<[u8]>),
    /// `...`
    Vararg,
    /// A variable: local, upvalue or global.
    Name(SmolStr),
    /// `base.name`
    Field {
        base: ExpressionId,
        name: Name,
    },
    /// `base[key]`
    Index {
        base: ExpressionId,
        key: ExpressionId,
    },
    Call(Call),
    Function(FunctionId),
    Table(Box<[TableField]>),
    Binary {
        operator: BinaryOperator,
        operator_span: Span,
        left: ExpressionId,
        right: ExpressionId,
    },
    Unary {
        operator: UnaryOperator,
        operator_span: Span,
        operand: ExpressionId,
    },
    /// `(inner)`, which cuts several values to one.
    Parenthesized(ExpressionId),
}

/// A call of a function or method.
#[derive(Clone, Debug)]
pub struct Call {
    /// The function, or the value whose method is called.
    pub callee: ExpressionId,
    /// The method's name behind `:`.
    pub method: Option<Name>,
    /// The arguments.
    pub arguments: Box<[ExpressionId]>,
    /// From `(` to `)`; for `f"x"` and `f{…}` that one argument.
    pub arguments_span: Span,
    /// The commas between the arguments, where they are written.
    pub commas: Box<[u32]>,
}

/// A field of a table constructor.
#[derive(Clone, Debug)]
pub struct TableField {
    /// The whole field.
    pub span: Span,
    /// Its key.
    pub key: TableKey,
    /// Its value.
    pub value: ExpressionId,
}

/// The key of a table field.
#[derive(Clone, Debug)]
pub enum TableKey {
    /// `value`: the next whole number from 1.
    Positional,
    /// `name = value`
    Name(Name),
    /// `[key] = value`
    Expression(ExpressionId),
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Where it stands, without its semicolon.
    pub span: Span,
    /// What it is.
    pub kind: StatementKind,
}

/// What a statement is.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are named for their part in the grammar")]
pub enum StatementKind {
    Local {
        names: Box<[Name]>,
        values: Box<[ExpressionId]>,
    },
    LocalFunction {
        name: Name,
        function: FunctionId,
    },
    /// `function a.b:c() … end`; the target is the expression `a.b.c`.
    Function {
        target: ExpressionId,
        function: FunctionId,
    },
    Assign {
        targets: Box<[ExpressionId]>,
        values: Box<[ExpressionId]>,
    },
    /// A call as a statement.
    Call(ExpressionId),
    /// An expression that is no statement; an error is reported there.
    Incomplete(ExpressionId),
    Do(BlockId),
    While {
        condition: ExpressionId,
        body: BlockId,
    },
    Repeat {
        body: BlockId,
        condition: ExpressionId,
    },
    If {
        /// Condition and body of `if` and each `elseif`.
        branches: Box<[(ExpressionId, BlockId)]>,
        otherwise: Option<BlockId>,
    },
    NumericFor {
        variable: Name,
        start: ExpressionId,
        limit: ExpressionId,
        step: Option<ExpressionId>,
        body: BlockId,
    },
    GenericFor {
        variables: Box<[Name]>,
        values: Box<[ExpressionId]>,
        body: BlockId,
    },
    Return(Box<[ExpressionId]>),
    Break,
}

/// A sequence of statements with a scope of its own.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Everything between the words that open and close it.
    pub span: Span,
    /// Its statements.
    pub statements: Box<[StatementId]>,
}

/// A function's parameters and body.
#[derive(Clone, Debug)]
pub struct Function {
    /// From `function` (or `local function`) to its `end`.
    pub span: Span,
    /// The word `function`.
    pub keyword: Span,
    /// Defined with `:`, so that `self` is its first parameter.
    pub is_method: bool,
    /// The parameters as written, without `self` of a method.
    pub parameters: Box<[Name]>,
    /// `...`, if it takes further arguments.
    pub vararg: Option<Span>,
    /// From `(` to `)`.
    pub parameters_span: Span,
    /// The statements.
    pub body: BlockId,
    /// The closing `end`; empty where it is missing.
    pub end: Span,
}

/// A whole source file.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    nodes: Nodes,
    root: BlockId,
}

impl Tree {
    /// The statements of the file.
    #[must_use]
    pub fn root(&self) -> &Block {
        self.block(self.root)
    }

    /// Id of the file's own block.
    #[must_use]
    pub fn root_id(&self) -> BlockId {
        self.root
    }

    /// The expression of that id.
    ///
    /// # Panics
    /// If the id is of another tree.
    #[must_use]
    pub fn expression(&self, id: ExpressionId) -> &Expression {
        &self.nodes.expressions[id.index()]
    }

    /// The statement of that id.
    ///
    /// # Panics
    /// If the id is of another tree.
    #[must_use]
    pub fn statement(&self, id: StatementId) -> &Statement {
        &self.nodes.statements[id.index()]
    }

    /// The block of that id.
    ///
    /// # Panics
    /// If the id is of another tree.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.nodes.blocks[id.index()]
    }

    /// The function of that id.
    ///
    /// # Panics
    /// If the id is of another tree.
    #[must_use]
    pub fn function(&self, id: FunctionId) -> &Function {
        &self.nodes.functions[id.index()]
    }

    /// All expressions with their ids; an expression comes behind the expressions that it is made of.
    pub fn expressions(
        &self,
    ) -> impl ExactSizeIterator<Item = (ExpressionId, &Expression)> + DoubleEndedIterator {
        self.nodes.expressions.iter().enumerate().map(|(index, node)| (ExpressionId(offset(index)), node))
    }

    /// An expression and those that it is made of, with those of functions in it, from the last to the first.
    pub fn parts_of(&self, id: ExpressionId) -> impl Iterator<Item = (ExpressionId, &Expression)> {
        let whole = self.expression(id).span;
        // Parts come right before what they are part of.
        let up_to = self.expressions().take(id.index() + 1).rev();
        up_to.take_while(move |(_, part)| whole.covers(part.span))
    }

    /// All statements with their ids.
    pub fn statements(&self) -> impl ExactSizeIterator<Item = (StatementId, &Statement)> {
        self.nodes.statements.iter().enumerate().map(|(index, node)| (StatementId(offset(index)), node))
    }

    /// All functions with their ids; a function comes behind the functions inside it.
    pub fn functions(&self) -> impl ExactSizeIterator<Item = (FunctionId, &Function)> {
        self.nodes.functions.iter().enumerate().map(|(index, node)| (FunctionId(offset(index)), node))
    }

    /// The innermost function that a range stands in.
    #[must_use]
    pub fn function_around(&self, span: Span) -> Option<FunctionId> {
        self.functions().find(|(_, function)| function.span.covers(span)).map(|(id, _)| id)
    }

    /// All blocks with their ids.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = (BlockId, &Block)> {
        self.nodes.blocks.iter().enumerate().map(|(index, node)| (BlockId(offset(index)), node))
    }

    /// The expression without the parentheses around it.
    #[must_use]
    pub fn unparenthesized(&self, mut id: ExpressionId) -> ExpressionId {
        while let ExpressionKind::Parenthesized(inner) = self.expression(id).kind {
            id = inner;
        }
        id
    }

    /// The value of a string literal, if the expression is one and is UTF-8.
    #[must_use]
    pub fn string(&self, id: ExpressionId) -> Option<&str> {
        match &self.expression(self.unparenthesized(id)).kind {
            ExpressionKind::String(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// The tree of those nodes, for a text of that length.
    pub(super) fn new(mut nodes: Nodes, length: u32) -> Self {
        let own = std::mem::take(&mut nodes.own);
        let root = nodes.add_block(Span::new(0, length), own);
        Self { nodes, root }
    }

    /// Its nodes, without the block that is the file.
    pub(super) fn into_nodes(mut self) -> Nodes {
        let root = self.nodes.blocks.pop().unwrap_or_default();
        self.nodes.own = root.statements.into_vec();
        self.nodes
    }
}

fn offset(index: usize) -> u32 {
    super::source::offset_u32(index)
}

#[cfg(test)]
mod tests {
    use crate::syntax::parse;

    #[test]
    fn parts_come_right_before_what_they_are_part_of() {
        let source = r#"
local t = { a = f(x.y[1], -z), [g()] = function(u, ...) if u ~= nil then return u + 1, ... end end, h:m"k" }
for i = 1, #t do t[i], t.b = (i .. "c" and not d) or e { i }, function() local v = i ^ 2 return v end end
for row in rows(1 << 2, "q") do if row != nil & last then print(row) elseif other | third then stop() end end
repeat local n = next(t) until (n == nil) and done
"#;
        let parsed = parse(source);
        assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
        let tree = &parsed.tree;
        assert!(tree.expressions().len() > 60);
        for (id, whole) in tree.expressions() {
            let mut within: Vec<_> = tree
                .expressions()
                .filter(|(_, part)| whole.span.covers(part.span))
                .map(|(id, _)| id)
                .collect();
            // Around an expression in parentheses stands nothing else, but a call without arguments may be as long.
            within.retain(|part| part.index() <= id.index());
            within.reverse();
            let parts: Vec<_> = tree.parts_of(id).map(|(id, _)| id).collect();
            assert_eq!(parts, within, "{}", whole.span.text(source));
        }
    }
}
