//! Which locks a script holds where: mutexes of `thread.mutex` and those that `msys.lock` names.
//!
//! The walk follows statements, branches and loops of one function; a lock that one branch takes counts as held behind it.
//! Function expressions that `pcall` runs on the spot are part of the function that they stand in.

use crate::project::Script;
use crate::semantics::analysis::CallSite;
use crate::syntax::Span;
use crate::syntax::tree::{
    BlockId, Call, ExpressionId, ExpressionKind, FunctionId, StatementKind, TableKey,
};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// A lock that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// What the script calls it.
    pub(super) name: SmolStr,
    /// Where it was taken.
    pub(super) taken: Span,
    /// It is held for certain; `trylock` may have failed, and a method called `lock` may be anything.
    pub(super) certain: bool,
}

/// The locks of a file.
#[derive(Debug, Default)]
pub(super) struct Locks {
    calls: FxHashMap<Span, Vec<Held>>,
    writes: FxHashMap<ExpressionId, Vec<Held>>,
    takers: FxHashSet<FunctionId>,
}

impl Locks {
    /// Walks all functions of a file.
    pub(super) fn of(script: &Script<'_>) -> Self {
        let mut locks = Self::default();
        if !script.text().contains("lock") {
            return locks;
        }
        let sites = script.analysis().calls.iter().map(|site| (site.expression, site)).collect();
        let mut walk = Walk { script, sites, function: None, locks: &mut locks };
        walk.block(script.tree().root_id(), Vec::new());
        for (id, function) in script.tree().functions() {
            walk.function = Some(id);
            walk.block(function.body, Vec::new());
        }
        locks
    }

    /// The locks that are held while a call runs.
    pub(super) fn at_call(&self, call: Span) -> &[Held] {
        self.calls.get(&call).map_or(&[], Vec::as_slice)
    }

    /// Whether a function takes some lock.
    pub(super) fn are_taken_in(&self, function: FunctionId) -> bool {
        self.takers.contains(&function)
    }

    /// The locks that are held when a variable or field is assigned.
    pub(super) fn at_write(&self, target: ExpressionId) -> &[Held] {
        self.writes.get(&target).map_or(&[], Vec::as_slice)
    }
}

/// Whether a function waits for a lock: that is no I/O, and what locks are for.
pub(super) fn takes_lock(path: &str) -> bool {
    matches!(path, "mutex:lock" | "msys.lock")
}

/// What a call does with a lock.
enum Effect {
    Takes(Held),
    Gives(SmolStr),
    Ends,
    Nothing,
}

struct Walk<'a, 's> {
    script: &'s Script<'a>,
    sites: FxHashMap<ExpressionId, &'a CallSite>,
    function: Option<FunctionId>,
    locks: &'s mut Locks,
}

impl Walk<'_, '_> {
    /// The locks that are held behind a block; `None` where no path leads.
    fn block(&mut self, id: BlockId, mut held: Vec<Held>) -> Option<Vec<Held>> {
        let tree = self.script.tree();
        for &statement in &tree.block(id).statements {
            held = self.statement(&tree.statement(statement).kind, held)?;
        }
        Some(held)
    }

    fn statement(&mut self, statement: &StatementKind, mut held: Vec<Held>) -> Option<Vec<Held>> {
        match statement {
            StatementKind::Local { values, .. } => self.expressions(values, &mut held).then_some(held),
            StatementKind::Assign { targets, values } => {
                let goes_on = self.expressions(values, &mut held);
                for &target in targets {
                    if !held.is_empty() {
                        self.locks.writes.insert(target, held.clone());
                    }
                }
                goes_on.then_some(held)
            }
            StatementKind::Call(call) | StatementKind::Incomplete(call) => {
                self.expression(*call, &mut held).then_some(held)
            }
            StatementKind::Do(body) => self.block(*body, held),
            StatementKind::While { condition, body } => {
                self.expression(*condition, &mut held);
                let inside = self.block(*body, held.clone());
                Some(either(Some(held), inside).unwrap_or_default())
            }
            StatementKind::Repeat { body, condition } => {
                let mut held = self.block(*body, held)?;
                self.expression(*condition, &mut held);
                Some(held)
            }
            StatementKind::NumericFor { body, .. } => {
                let inside = self.block(*body, held.clone());
                either(Some(held), inside)
            }
            StatementKind::GenericFor { values, body, .. } => {
                self.expressions(values, &mut held);
                let inside = self.block(*body, held.clone());
                either(Some(held), inside)
            }
            StatementKind::If { branches, otherwise } => {
                let mut after = None;
                for (condition, body) in branches {
                    self.expression(*condition, &mut held);
                    after = either(after, self.block(*body, held.clone()));
                }
                let rest = match otherwise {
                    Some(body) => self.block(*body, held),
                    None => Some(held),
                };
                either(after, rest)
            }
            StatementKind::Return(values) => {
                self.expressions(values, &mut held);
                None
            }
            // Behind a `break` only the loop's end follows, which the state before it stands for.
            StatementKind::Break => None,
            StatementKind::LocalFunction { .. } | StatementKind::Function { .. } => Some(held),
        }
    }

    fn expressions(&mut self, ids: &[ExpressionId], held: &mut Vec<Held>) -> bool {
        let mut goes_on = true;
        for &id in ids {
            goes_on &= self.expression(id, held);
        }
        goes_on
    }

    /// Notes the calls in an expression in their order; false where one of them does not come back.
    fn expression(&mut self, id: ExpressionId, held: &mut Vec<Held>) -> bool {
        let tree = self.script.tree();
        match &tree.expression(id).kind {
            ExpressionKind::Call(call) => self.call(id, call, held),
            ExpressionKind::Field { base, .. } => self.expression(*base, held),
            ExpressionKind::Index { base, key } => self.expressions(&[*base, *key], held),
            ExpressionKind::Binary { left, right, .. } => self.expressions(&[*left, *right], held),
            ExpressionKind::Unary { operand, .. } => self.expression(*operand, held),
            ExpressionKind::Parenthesized(inner) => self.expression(*inner, held),
            ExpressionKind::Table(fields) => {
                let mut goes_on = true;
                for field in fields {
                    if let TableKey::Expression(key) = field.key {
                        goes_on &= self.expression(key, held);
                    }
                    goes_on &= self.expression(field.value, held);
                }
                goes_on
            }
            _ => true,
        }
    }

    fn call(&mut self, id: ExpressionId, call: &Call, held: &mut Vec<Held>) -> bool {
        let tree = self.script.tree();
        self.expression(call.callee, held);
        self.expressions(&call.arguments, held);
        if !held.is_empty() {
            self.locks.calls.insert(tree.expression(id).span, held.clone());
        }
        match self.effect(id, call) {
            Effect::Takes(lock) => {
                self.locks.takers.extend(self.function);
                held.push(lock);
            }
            Effect::Gives(name) => {
                let before = held.len();
                held.retain(|lock| lock.name != name);
                if held.len() == before {
                    // Some lock is known here by another name.
                    held.clear();
                }
            }
            Effect::Ends => return false,
            Effect::Nothing => {}
        }
        if let Some(body) = self.protected(call)
            && let Some(behind) = self.block(body, held.clone())
        {
            *held = behind;
        }
        true
    }

    /// The body of a function expression that `pcall` or `xpcall` runs.
    fn protected(&self, call: &Call) -> Option<BlockId> {
        let tree = self.script.tree();
        let function = self.script.member(call.callee)?.function()?;
        if !matches!(function.path().as_str(), "pcall" | "xpcall") {
            return None;
        }
        match tree.expression(*call.arguments.first()?).kind {
            ExpressionKind::Function(function) => Some(tree.function(function).body),
            _ => None,
        }
    }

    fn effect(&self, id: ExpressionId, call: &Call) -> Effect {
        let tree = self.script.tree();
        let taken = tree.expression(id).span;
        let text = |id: ExpressionId| SmolStr::new(self.script.text_at(tree.expression(id).span));
        let Some(function) = self.sites.get(&id).and_then(|site| self.script.called(site)) else {
            // A receiver of a type that is not known may well be a mutex.
            return match call.method.as_ref().map(|method| method.text.as_str()) {
                Some("lock") => Effect::Takes(Held { name: text(call.callee), taken, certain: false }),
                Some("unlock") => Effect::Gives(text(call.callee)),
                _ => Effect::Nothing,
            };
        };
        let subject = match &call.method {
            Some(_) => Some(call.callee),
            None => call.arguments.first().copied(),
        };
        let name = subject.map(text).unwrap_or_default();
        match function.path().as_str() {
            "mutex:lock" | "msys.lock" => Effect::Takes(Held { name, taken, certain: true }),
            "mutex:trylock" => Effect::Takes(Held { name, taken, certain: false }),
            "mutex:unlock" | "msys.unlock" => Effect::Gives(name),
            "error" | "os.exit" => Effect::Ends,
            _ => Effect::Nothing,
        }
    }
}

/// The locks that are held on one way or the other.
fn either(one: Option<Vec<Held>>, other: Option<Vec<Held>>) -> Option<Vec<Held>> {
    match (one, other) {
        (Some(mut one), Some(other)) => {
            for lock in other {
                if !one.contains(&lock) {
                    one.push(lock);
                }
            }
            Some(one)
        }
        (one, other) => one.or(other),
    }
}
