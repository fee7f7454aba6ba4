//! The texts that an expression may stand for: written there, or passed by callers, those in other files included.

use std::collections::BTreeSet;

use momentum_lua_analyzer::project::{FileId, Script};
use momentum_lua_analyzer::semantics::Type;
use momentum_lua_analyzer::semantics::analysis::CallSite;
use momentum_lua_analyzer::semantics::scope::BindingKind;
use momentum_lua_analyzer::semantics::types::{FunctionRef, Value};
use momentum_lua_analyzer::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind, FunctionId};
use rustc_hash::FxHashMap;

/// Expressions that are followed for one question.
const MOST_STEPS: usize = 200;

/// The calls of the project's own functions. Inference tells a function nothing of the texts that other files pass, so
/// that a key stroke in one of them does not reach the others; what a script reads is asked for once, and for all files.
#[derive(Default)]
pub(super) struct Passed<'a> {
    calls: FxHashMap<FunctionRef, Vec<(Script<'a>, &'a CallSite)>>,
}

impl<'a> Passed<'a> {
    pub(super) fn in_files(files: &[Script<'a>]) -> Self {
        let mut passed = Self::default();
        for file in files {
            for call in &file.analysis().calls {
                for value in call.callee.values() {
                    if let Value::Function(function) = value {
                        passed.calls.entry(*function).or_default().push((*file, call));
                    }
                }
            }
        }
        passed
    }

    /// The texts that an argument of a call may be, in alphabetical order.
    pub(super) fn texts(&self, file: &Script<'a>, call: &CallSite, at: usize) -> Vec<String> {
        let mut found = Found::default();
        self.argument(*file, call, at, &mut found);
        found.texts.into_iter().collect()
    }

    fn argument(&self, file: Script<'a>, call: &CallSite, at: usize, found: &mut Found) {
        if let Some(ty) = call.arguments.get(at) {
            found.texts.extend(literals(ty));
        }
        // `pcall(f, a)` passes what is not written as an argument of the call of `f`.
        if call.protected {
            return;
        }
        if let ExpressionKind::Call(written) = &file.tree().expression(call.expression).kind
            && let Some(expression) = written.arguments.get(at)
        {
            self.expression(file, *expression, found);
        }
    }

    fn expression(&self, file: Script<'a>, expression: ExpressionId, found: &mut Found) {
        if found.seen.len() >= MOST_STEPS || !found.seen.insert((file.id(), expression)) {
            return;
        }
        found.texts.extend(literals(&file.type_of(expression)));
        match &file.tree().expression(expression).kind {
            ExpressionKind::Parenthesized(inner) => self.expression(file, *inner, found),
            ExpressionKind::Binary { operator: BinaryOperator::And, right, .. } => {
                self.expression(file, *right, found);
            }
            ExpressionKind::Binary { operator: BinaryOperator::Or, left, right, .. } => {
                self.expression(file, *left, found);
                self.expression(file, *right, found);
            }
            ExpressionKind::Name(_) => {
                let Some(id) = file.scopes().resolve(expression) else { return };
                let binding = file.scopes().binding(id);
                match (binding.kind, binding.initial) {
                    (BindingKind::Parameter(function, index), _) => {
                        self.parameter(file, function, index as usize, found);
                    }
                    (BindingKind::Local, Some(initial)) => self.expression(file, initial, found),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn parameter(&self, file: Script<'a>, function: FunctionId, index: usize, found: &mut Found) {
        let is_method = file.analysis().function(function).is_some_and(|facts| facts.is_method);
        let callers = self.calls.get(&FunctionRef { file: file.id(), function });
        for (caller, call) in callers.into_iter().flatten() {
            // `t:f(a)` passes `t` before `a`, `function t:f(a)` takes it before `a`.
            let place = (index + usize::from(is_method)).checked_sub(usize::from(call.receiver.is_some()));
            if let Some(at) = place {
                self.argument(*caller, call, at, found);
            }
        }
    }
}

#[derive(Default)]
struct Found {
    texts: BTreeSet<String>,
    seen: BTreeSet<(FileId, ExpressionId)>,
}

/// The strings that a value is known to be.
pub(super) fn literals(ty: &Type) -> impl Iterator<Item = String> {
    ty.values().iter().filter_map(|value| match value {
        Value::StringLiteral(text) => Some(text.to_string()),
        _ => None,
    })
}
