//! Whether a call of a method comes behind a place before the function around it returns.

use crate::project::{Project, Script};
use crate::semantics::analysis::CallSite;
use crate::semantics::types::FunctionRef;
use crate::syntax::Span;
use crate::syntax::tree::{BlockId, FunctionId, StatementKind, Tree};
use rustc_hash::FxHashSet;

/// A method, and the functions of the project that call it.
pub(super) struct Completion<'a> {
    class: &'a str,
    method: &'a str,
    functions: FxHashSet<FunctionRef>,
}

impl<'a> Completion<'a> {
    pub(super) fn of(project: &Project, class: &'a str, method: &'a str) -> Self {
        let mut completion = Self { class, method, functions: FxHashSet::default() };
        loop {
            let mut found = Vec::new();
            for script in project.scripts() {
                for site in &script.analysis().calls {
                    let Some(function) = site.function else { continue };
                    let function = FunctionRef { file: script.id(), function };
                    if !completion.functions.contains(&function) && completion.is_in(site) {
                        found.push(function);
                    }
                }
            }
            if found.is_empty() {
                return completion;
            }
            completion.functions.extend(found);
        }
    }

    /// Whether a call is one of the method, or perhaps leads to one.
    fn is_in(&self, site: &CallSite) -> bool {
        site.callee.member().is_some_and(|member| member.owner == self.class && member.member == self.method)
            || site.callee.functions().any(|function| self.functions.contains(&function))
    }
}

/// Whether the method is called, at least where some condition holds, behind `place` in `function`.
pub(super) fn follows(
    script: &Script<'_>,
    function: Option<FunctionId>,
    place: Span,
    completion: &Completion<'_>,
) -> bool {
    let tree = script.tree();
    let body = function.map_or(tree.root_id(), |function| tree.function(function).body);
    let calls: Vec<Span> = script
        .analysis()
        .calls
        .iter()
        .filter(|site| completion.is_in(site))
        .map(|site| script.span(site.expression))
        .collect();
    behind(tree, body, place, &calls) == Outcome::Called
}

#[derive(PartialEq)]
enum Outcome {
    Called,
    Returned,
    GoesOn,
}

/// What comes behind a place in a block.
fn behind(tree: &Tree, block: BlockId, place: Span, calls: &[Span]) -> Outcome {
    let has_call = |span: Span| calls.iter().any(|call| span.covers(*call));
    let mut is_behind = false;
    for &id in &tree.block(block).statements {
        let statement = tree.statement(id);
        if is_behind {
            if has_call(statement.span) {
                return Outcome::Called;
            }
            if matches!(statement.kind, StatementKind::Return(_)) {
                return Outcome::Returned;
            }
        } else if statement.span.covers(place) {
            is_behind = true;
            let (bodies, is_loop) = bodies(&statement.kind);
            if is_loop && has_call(statement.span) {
                return Outcome::Called;
            }
            for body in bodies {
                if tree.block(body).span.covers(place) {
                    match behind(tree, body, place, calls) {
                        Outcome::GoesOn => {}
                        outcome => return outcome,
                    }
                }
            }
        }
    }
    Outcome::GoesOn
}

/// The blocks of a statement, and whether they may run again.
fn bodies(kind: &StatementKind) -> (Vec<BlockId>, bool) {
    match kind {
        StatementKind::Do(body) => (vec![*body], false),
        StatementKind::If { branches, otherwise } => {
            (branches.iter().map(|(_, body)| *body).chain(*otherwise).collect(), false)
        }
        StatementKind::While { body, .. }
        | StatementKind::Repeat { body, .. }
        | StatementKind::NumericFor { body, .. }
        | StatementKind::GenericFor { body, .. } => (vec![*body], true),
        _ => (Vec::new(), false),
    }
}
