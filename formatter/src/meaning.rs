//! Whether two scripts mean the same: their trees are alike but for parentheses that change nothing, and they have the
//! same comments.

use momentum_lua_analyzer::syntax::tree::{
    Block, BlockId, ExpressionId, ExpressionKind as E, Function, FunctionId, Name, Statement, StatementId,
    StatementKind as S, TableField, TableKey, Tree,
};
use momentum_lua_analyzer::syntax::{Parsed, Span, with_stack_for};

/// Compares a script with another one that is made of it.
///
/// `sorted_requires`: neighbouring statements of the file that are of the form `local name = require("…")` may stand in
/// another order.
///
/// # Errors
/// Where in the first script the first difference is; `None` if the second one cannot be read, or has more in it.
pub(crate) fn compare(
    before: &Parsed,
    source: &str,
    after: &Parsed,
    result: &str,
    sorted_requires: bool,
) -> Result<(), Option<Span>> {
    if !after.errors.is_empty() {
        return Err(None);
    }
    with_stack_for(before.depth.max(after.depth), || {
        Comparison { a: &before.tree, b: &after.tree }.file(sorted_requires)
    })
    .map_err(Some)?;
    comments(before, source, after, result)
}

/// Comments may change places when a statement is laid out anew, but none gets lost or doubled.
fn comments(before: &Parsed, source: &str, after: &Parsed, result: &str) -> Result<(), Option<Span>> {
    let mut rest: Vec<Vec<&str>> = texts(after, result).map(|(_, text)| text).collect();
    rest.sort_unstable();
    let mut wanted: Vec<(Vec<&str>, Span)> = texts(before, source).map(|(span, text)| (text, span)).collect();
    wanted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut rest = rest.into_iter();
    for (text, span) in wanted {
        if rest.next() != Some(text) {
            return Err(Some(span));
        }
    }
    if rest.next().is_some() { Err(None) } else { Ok(()) }
}

/// The comments, each as lines without white space at their ends.
fn texts<'a>(parsed: &'a Parsed, source: &'a str) -> impl Iterator<Item = (Span, Vec<&'a str>)> {
    parsed.comments.iter().map(move |comment| {
        let lines = comment.span.text(source).split(['\r', '\n']).map(str::trim_end);
        (comment.span, lines.filter(|line| !line.is_empty()).collect())
    })
}

struct Comparison<'a> {
    a: &'a Tree,
    b: &'a Tree,
}

type Same = Result<(), Span>;

impl Comparison<'_> {
    fn file(&self, sorted_requires: bool) -> Same {
        if !sorted_requires {
            return self.block_contents(self.a.root(), self.b.root());
        }
        self.statements(
            &in_order(self.a, &self.a.root().statements),
            &in_order(self.b, &self.b.root().statements),
            self.a.root().span,
        )
    }

    fn block(&self, a: BlockId, b: BlockId) -> Same {
        self.block_contents(self.a.block(a), self.b.block(b))
    }

    fn block_contents(&self, a: &Block, b: &Block) -> Same {
        self.statements(&a.statements, &b.statements, a.span)
    }

    fn statements(&self, a: &[StatementId], b: &[StatementId], place: Span) -> Same {
        for (&a, &b) in a.iter().zip(b) {
            self.statement(self.a.statement(a), self.b.statement(b))?;
        }
        equal(a.len(), b.len(), place)
    }

    fn statement(&self, a: &Statement, b: &Statement) -> Same {
        let place = a.span;
        match (&a.kind, &b.kind) {
            (S::Local { names: n, values: v }, S::Local { names: m, values: w }) => {
                names(n, m, place)?;
                self.all(v, w, place)
            }
            (S::LocalFunction { name: n, function: f }, S::LocalFunction { name: m, function: g }) => {
                name(n, m)?;
                self.function(*f, *g)
            }
            (S::Function { target: s, function: f }, S::Function { target: t, function: g }) => {
                self.one(*s, *t)?;
                self.function(*f, *g)
            }
            (S::Assign { targets: s, values: v }, S::Assign { targets: t, values: w }) => {
                self.all(s, t, place)?;
                self.all(v, w, place)
            }
            (S::Call(s), S::Call(t)) => self.one(*s, *t),
            (S::Do(s), S::Do(t)) => self.block(*s, *t),
            (S::While { condition: c, body: s }, S::While { condition: d, body: t })
            | (S::Repeat { condition: c, body: s }, S::Repeat { condition: d, body: t }) => {
                self.single(*c, *d)?;
                self.block(*s, *t)
            }
            (S::If { branches: s, otherwise: o }, S::If { branches: t, otherwise: p }) => {
                for ((c, s), (d, t)) in s.iter().zip(t) {
                    self.single(*c, *d)?;
                    self.block(*s, *t)?;
                }
                equal(s.len(), t.len(), place)?;
                match (o, p) {
                    (Some(s), Some(t)) => self.block(*s, *t),
                    _ => equal(o.is_some(), p.is_some(), place),
                }
            }
            (
                S::NumericFor { variable: n, start: s1, limit: l1, step: d1, body: s },
                S::NumericFor { variable: m, start: s2, limit: l2, step: d2, body: t },
            ) => {
                name(n, m)?;
                self.single(*s1, *s2)?;
                self.single(*l1, *l2)?;
                match (d1, d2) {
                    (Some(s), Some(t)) => self.single(*s, *t)?,
                    _ => equal(d1.is_some(), d2.is_some(), place)?,
                }
                self.block(*s, *t)
            }
            (
                S::GenericFor { variables: n, values: v, body: s },
                S::GenericFor { variables: m, values: w, body: t },
            ) => {
                names(n, m, place)?;
                self.all(v, w, place)?;
                self.block(*s, *t)
            }
            (S::Return(v), S::Return(w)) => self.all(v, w, place),
            (S::Break, S::Break) => Ok(()),
            _ => Err(place),
        }
    }

    fn all(&self, a: &[ExpressionId], b: &[ExpressionId], place: Span) -> Same {
        for (&a, &b) in a.iter().zip(b) {
            self.one(a, b)?;
        }
        equal(a.len(), b.len(), place)
    }

    fn function(&self, a: FunctionId, b: FunctionId) -> Same {
        let (a, b): (&Function, &Function) = (self.a.function(a), self.b.function(b));
        names(&a.parameters, &b.parameters, a.parameters_span)?;
        equal(a.is_method, b.is_method, a.keyword)?;
        equal(a.vararg.is_some(), b.vararg.is_some(), a.parameters_span)?;
        self.block(a.body, b.body)
    }

    /// Expressions of which one value is taken wherever they stand.
    fn single(&self, a: ExpressionId, b: ExpressionId) -> Same {
        self.inner(self.a.unparenthesized(a), self.b.unparenthesized(b))
    }

    /// Expressions that may give several values.
    fn one(&self, a: ExpressionId, b: ExpressionId) -> Same {
        let (inner_a, inner_b) = (self.a.unparenthesized(a), self.b.unparenthesized(b));
        if matches!(self.a.expression(inner_a).kind, E::Call(_) | E::Vararg) {
            equal(inner_a == a, inner_b == b, self.a.expression(a).span)?;
        }
        self.inner(inner_a, inner_b)
    }

    fn inner(&self, a: ExpressionId, b: ExpressionId) -> Same {
        let (a, b) = (self.a.expression(a), self.b.expression(b));
        let place = a.span;
        match (&a.kind, &b.kind) {
            (E::Nil, E::Nil) | (E::True, E::True) | (E::False, E::False) | (E::Vararg, E::Vararg) => Ok(()),
            (E::Number(m), E::Number(n)) => equal(m.to_bits(), n.to_bits(), place),
            (E::String(s), E::String(t)) => equal(s, t, place),
            (E::Name(n), E::Name(m)) => equal(n, m, place),
            (E::Field { base: s, name: n }, E::Field { base: t, name: m }) => {
                name(n, m)?;
                self.single(*s, *t)
            }
            (E::Index { base: s, key: k }, E::Index { base: t, key: l }) => {
                self.single(*s, *t)?;
                self.single(*k, *l)
            }
            (E::Call(c), E::Call(d)) => {
                self.single(c.callee, d.callee)?;
                match (&c.method, &d.method) {
                    (Some(n), Some(m)) => name(n, m)?,
                    (n, m) => equal(n.is_some(), m.is_some(), place)?,
                }
                self.all(&c.arguments, &d.arguments, c.arguments_span)
            }
            (E::Function(f), E::Function(g)) => self.function(*f, *g),
            (E::Table(s), E::Table(t)) => {
                for (s, t) in s.iter().zip(t) {
                    self.field(s, t)?;
                }
                equal(s.len(), t.len(), place)
            }
            (
                E::Binary { operator: o, left: l, right: r, .. },
                E::Binary { operator: p, left: m, right: s, .. },
            ) => {
                equal(o, p, place)?;
                self.single(*l, *m)?;
                self.single(*r, *s)
            }
            (E::Unary { operator: o, operand: s, .. }, E::Unary { operator: p, operand: t, .. }) => {
                equal(o, p, place)?;
                self.single(*s, *t)
            }
            _ => Err(place),
        }
    }

    fn field(&self, a: &TableField, b: &TableField) -> Same {
        match (&a.key, &b.key) {
            (TableKey::Positional, TableKey::Positional) => {}
            (TableKey::Name(n), TableKey::Name(m)) => name(n, m)?,
            (TableKey::Expression(s), TableKey::Expression(t)) => self.single(*s, *t)?,
            _ => return Err(a.span),
        }
        self.one(a.value, b.value)
    }
}

fn equal<T: PartialEq>(a: T, b: T, place: Span) -> Same {
    if a == b { Ok(()) } else { Err(place) }
}

fn name(a: &Name, b: &Name) -> Same {
    equal(&a.text, &b.text, a.span)
}

fn names(a: &[Name], b: &[Name], place: Span) -> Same {
    for (a, b) in a.iter().zip(b) {
        name(a, b)?;
    }
    equal(a.len(), b.len(), place)
}

/// The statements with each run of `local name = require("…")` sorted by names.
fn in_order(tree: &Tree, statements: &[StatementId]) -> Vec<StatementId> {
    let mut sorted = statements.to_vec();
    for run in sorted.chunk_by_mut(|&a, &b| required_as(tree, a).is_some() && required_as(tree, b).is_some())
    {
        run.sort_by_key(|&id| required_as(tree, id));
    }
    sorted
}

/// The variable, if the statement is `local name = require("…")`.
fn required_as(tree: &Tree, id: StatementId) -> Option<&str> {
    let S::Local { names, values } = &tree.statement(id).kind else { return None };
    let ([name], [value]) = (&**names, &**values) else { return None };
    let E::Call(call) = &tree.expression(*value).kind else { return None };
    let E::Name(callee) = &tree.expression(call.callee).kind else { return None };
    let [argument] = &*call.arguments else { return None };
    (callee == "require" && call.method.is_none() && tree.string(*argument).is_some()).then_some(&name.text)
}
