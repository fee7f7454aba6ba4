//! How much work a script is for stylua.
//!
//! To see which fits, stylua lays out the arguments of a call once on a line and once on several, and so again for the
//! arguments inside them: its time grows exponentially with the nesting. Some scripts would keep it busy for years.

use momentum_lua_analyzer::syntax::tree::{
    BlockId, ExpressionId, ExpressionKind as E, StatementId, StatementKind as S, TableKey, Tree,
};
use momentum_lua_analyzer::syntax::{Comment, Parsed, Span, with_stack_for};

/// Expressions may take so many steps in any case (about a second)…
const STEPS: u64 = 100_000;

/// …and so many for each of their nodes, so that a long table is no problem.
const STEPS_PER_NODE: u64 = 64;

/// The first expression within `within` that stylua would take too long for.
pub(crate) fn too_costly(parsed: &Parsed, source: &str, within: Span) -> Option<Span> {
    let mut costs = Costs { tree: &parsed.tree, ignored: ignored(parsed, source), found: None };
    with_stack_for(parsed.depth, || {
        let statements = &parsed.tree.root().statements;
        for &statement in statements.iter().filter(|&&id| touches(parsed.tree.statement(id).span, within)) {
            costs.statement(statement);
        }
    });
    costs.found
}

fn touches(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// What stylua leaves as it is: the statement that starts behind a comment `stylua: ignore`, and all between comments
/// `stylua: ignore start` and `stylua: ignore end`.
fn ignored(parsed: &Parsed, source: &str) -> Vec<Span> {
    let says = |comment: &Comment, words: &str| {
        let text = comment.span.text(source).trim_start_matches(['-', '[', '=']);
        text.trim_end_matches([']', '=']).lines().any(|line| line.trim() == words)
    };
    let mut spans = Vec::new();
    let mut start = None;
    for comment in &parsed.comments {
        if says(comment, "stylua: ignore") {
            let next = parsed.tokens.partition_point(|token| token.span.start < comment.span.end);
            spans.extend(parsed.tokens.get(next).map(|token| Span::empty(token.span.start)));
        } else if says(comment, "stylua: ignore start") {
            start = start.or(Some(comment.span.end));
        } else if says(comment, "stylua: ignore end") {
            spans.extend(start.take().map(|start| Span::new(start, comment.span.start)));
        }
    }
    spans.extend(start.map(|start| Span::new(start, parsed.tree.root().span.end.max(start))));
    spans
}

/// Steps and nodes.
#[derive(Clone, Copy, Default)]
struct Cost {
    steps: u64,
    nodes: u64,
}

impl Cost {
    fn add(&mut self, other: Self, times: u64) {
        self.steps = self.steps.saturating_add(other.steps.saturating_mul(times));
        self.nodes += other.nodes;
    }
}

struct Costs<'a> {
    tree: &'a Tree,
    ignored: Vec<Span>,
    found: Option<Span>,
}

impl Costs<'_> {
    fn block(&mut self, id: BlockId) -> Cost {
        let mut cost = Cost::default();
        for &statement in &self.tree.block(id).statements {
            cost.add(self.statement(statement), 1);
        }
        cost
    }

    fn statement(&mut self, id: StatementId) -> Cost {
        let tree = self.tree;
        let statement = tree.statement(id);
        let start = statement.span.start;
        if self.found.is_some() || self.ignored.iter().any(|span| span.start <= start && start <= span.end) {
            return Cost::default();
        }
        let mut cost = Cost::default();
        match &statement.kind {
            S::Local { values, .. } | S::Return(values) => self.all(values, &mut cost),
            S::Assign { targets, values } => {
                self.all(targets, &mut cost);
                self.all(values, &mut cost);
            }
            S::LocalFunction { function, .. } | S::Function { function, .. } => {
                cost.add(self.block(tree.function(*function).body), 1);
            }
            // The arguments of a call that is a statement are not tried out as a part of something larger.
            S::Call(call) => match &tree.expression(*call).kind {
                E::Call(call) => {
                    cost.add(self.expression(call.callee, true), 1);
                    self.all(&call.arguments, &mut cost);
                }
                _ => self.all(&[*call], &mut cost),
            },
            S::Do(body) => cost.add(self.block(*body), 1),
            S::While { condition, body } | S::Repeat { body, condition } => {
                self.all(&[*condition], &mut cost);
                cost.add(self.block(*body), 1);
            }
            S::If { branches, otherwise } => {
                for &(condition, body) in branches {
                    self.all(&[condition], &mut cost);
                    cost.add(self.block(body), 1);
                }
                otherwise.iter().for_each(|&body| cost.add(self.block(body), 1));
            }
            S::NumericFor { start, limit, step, body, .. } => {
                self.all(&[*start, *limit], &mut cost);
                self.all(step.as_slice(), &mut cost);
                cost.add(self.block(*body), 1);
            }
            S::GenericFor { values, body, .. } => {
                self.all(values, &mut cost);
                cost.add(self.block(*body), 1);
            }
            S::Incomplete(_) | S::Break => {}
        }
        cost
    }

    /// Whole expressions of a statement.
    fn all(&mut self, expressions: &[ExpressionId], cost: &mut Cost) {
        for &id in expressions {
            let own = self.expression(id, false);
            if own.steps > STEPS.saturating_add(own.nodes.saturating_mul(STEPS_PER_NODE)) {
                self.found = self.found.or(Some(self.tree.expression(id).span));
            }
            cost.add(own, 1);
        }
    }

    /// An expression; `called` if it is what a call or an index behind it applies to.
    fn expression(&mut self, id: ExpressionId, called: bool) -> Cost {
        let tree = self.tree;
        let mut cost = Cost { steps: 1, nodes: 1 };
        match &tree.expression(id).kind {
            E::Field { base, .. } => cost.add(self.expression(*base, true), 1),
            E::Index { base, key } => {
                cost.add(self.expression(*base, true), 1);
                cost.add(self.expression(*key, false), 1);
            }
            E::Call(call) => {
                cost.add(self.expression(call.callee, true), 1);
                for &argument in &call.arguments {
                    cost.add(self.expression(argument, false), if called { 3 } else { 2 });
                }
            }
            E::Function(function) => cost.add(self.block(tree.function(*function).body), 1),
            E::Table(fields) => {
                for field in fields {
                    if let TableKey::Expression(key) = field.key {
                        cost.add(self.expression(key, false), 1);
                    }
                    cost.add(self.expression(field.value, false), 1);
                }
            }
            E::Binary { left, right, .. } => {
                for operand in [*left, *right] {
                    let times = if matches!(tree.expression(operand).kind, E::Table(_)) { 2 } else { 1 };
                    cost.add(self.expression(operand, false), times);
                }
            }
            E::Unary { operand, .. } => cost.add(self.expression(*operand, false), 1),
            E::Parenthesized(inner) => {
                let times = if matches!(tree.expression(*inner).kind, E::Binary { .. }) { 2 } else { 1 };
                cost.add(self.expression(*inner, false), times);
            }
            _ => {}
        }
        cost
    }
}
