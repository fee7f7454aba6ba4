//! # shared-state
//!
//! ## What it does
//! Points at variables and tables that a file declares at its top level and that a callout changes while no mutex is held.
//!
//! ## Why it matters
//! What stands outside of all functions exists once in the server, not once a session. Two sessions that change it at the
//! same time, on two threads or because one of them is suspended in between, see each other's half-done work: a counter
//! loses counts, and what one message left decides about another.
//!
//! Values of one session belong into `self`, `_TLS` or a context variable. What is shared on purpose wants a lock around
//! each change, or one of the server's own counters and audit series.
//!
//! ## Example
//! ```lua expect=shared-state
//! local connections = 0
//! local mod = {}
//!
//! function mod:validate_connect(accept, vctx)
//!   connections = connections + 1
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("connections", mod)
//! ```
//! Use instead:
//! ```lua
//! local connections = 0
//! local mod = {}
//!
//! function mod:validate_connect(accept, vctx)
//!   msys.lock("connections")
//!   connections = connections + 1
//!   msys.unlock("connections")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("connections", mod)
//! ```

use super::callers::serves_sessions;
use super::locks::Locks;
use crate::diagnostic::Severity;
use crate::project::{FileId, Script};
use crate::rules::{Fixable, Report, Rule, call_path};
use crate::semantics::reach::{Manner, Reach};
use crate::semantics::scope::{BindingId, BindingKind};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId, StatementKind};
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) const RULE: Rule =
    Rule { code: "shared-state", severity: Severity::Info, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let changes = changes(script);
    if changes.is_empty() {
        return;
    }
    let mut locks = AllLocks::default();
    let mut told = FxHashSet::default();
    for change in changes {
        if !locks.of(script).at_write(change.target).is_empty() {
            continue;
        }
        let ways = script.reached_by(Some(change.function)).iter();
        let mut unlocked = ways.filter(|reach| serves_sessions(reach) && !locks.is_held_on(reach, script));
        let Some(reach) = unlocked.next() else { continue };
        // One place in a function says it all.
        if !told.insert((change.binding, change.function)) {
            continue;
        }
        let declared = script.scopes().binding(change.binding);
        let text = format!(
            "All sessions share `{}`, and {}{} changes it with no lock held",
            declared.name,
            call_path::entry(reach),
            call_path::through(reach)
        );
        report
            .at(change.span, text)
            .related(declared.span, "declared once for all sessions")
            .call_path(reach)
            .page("momentum/4/lua/ref-thread-mutex");
    }
}

/// A change of what all sessions share.
struct Change {
    binding: BindingId,
    target: ExpressionId,
    span: Span,
    function: FunctionId,
}

/// Assignments in functions to variables of the file's top level, and to fields of tables that such variables hold.
fn changes(script: &Script<'_>) -> Vec<Change> {
    let (tree, scopes) = (script.tree(), script.scopes());
    let mut functions: FxHashMap<ExpressionId, FunctionId> = FxHashMap::default();
    let at_top_level = scopes
        .bindings()
        .filter(|(_, declared)| declared.function.is_none() && matches!(declared.kind, BindingKind::Local));
    for (id, _) in at_top_level {
        for reference in scopes.references(id) {
            functions.extend(reference.function.map(|function| (reference.expression, function)));
        }
    }
    if functions.is_empty() {
        return Vec::new();
    }
    let targets = tree.statements().flat_map(|(_, statement)| match &statement.kind {
        StatementKind::Assign { targets, .. } => targets.to_vec(),
        _ => Vec::new(),
    });
    let changes = targets.filter_map(|target| {
        let root = root(script, target);
        let function = *functions.get(&root)?;
        let binding = scopes.resolve(root)?;
        let is_whole = root == target;
        (is_whole || holds_data(script, binding)).then(|| Change {
            binding,
            target,
            span: script.span(target),
            function,
        })
    });
    changes.collect()
}

/// The variable that `name.field[key]` starts at.
fn root(script: &Script<'_>, mut target: ExpressionId) -> ExpressionId {
    while let ExpressionKind::Field { base, .. } | ExpressionKind::Index { base, .. } =
        script.tree().expression(target).kind
    {
        target = base;
    }
    target
}

/// Whether a variable holds a table of the file that is neither registered nor a module of functions.
fn holds_data(script: &Script<'_>, binding: BindingId) -> bool {
    let Some(ty) = script.analysis().binding_types.get(binding.index()) else { return false };
    let registered = |index: u32| script.analysis().registrations_of(index).next().is_some();
    let mut tables = ty.tables().peekable();
    tables.peek().is_some() && tables.all(|table| table.file == script.id() && !registered(table.index))
}

/// The locks of the files that were asked about.
#[derive(Default)]
struct AllLocks(FxHashMap<FileId, Locks>);

impl AllLocks {
    fn of(&mut self, script: &Script<'_>) -> &Locks {
        self.0.entry(script.id()).or_insert_with(|| Locks::of(script))
    }

    /// Whether a lock is held at some call on the way, or by a function that calls what it is given.
    fn is_held_on(&mut self, reach: &Reach, script: &Script<'_>) -> bool {
        reach.path().into_iter().any(|step| {
            let Some(caller) = script.project().script(step.file) else { return false };
            if step.manner != Manner::Called {
                return self.is_given_to_locker(&caller, step.span);
            }
            !self.of(&caller).at_call(step.span).is_empty()
        })
    }

    /// Whether a function is given to one that takes locks.
    fn is_given_to_locker(&mut self, caller: &Script<'_>, given: Span) -> bool {
        let around = caller.analysis().calls.iter().filter(|site| caller.span(site.expression).covers(given));
        let Some(site) = around.min_by_key(|site| caller.span(site.expression).len()) else { return false };
        if !self.of(caller).at_call(caller.span(site.expression)).is_empty() {
            return true;
        }
        site.callee.functions().any(|function| {
            let target = caller.project().script(function.file);
            target.is_some_and(|target| self.of(&target).are_taken_in(function.function))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn what_a_callout_changes_without_a_lock() {
        check(
            RULE.code,
            r#"
local total, last = 0, nil
--    ^^^^^ related: declared once for all sessions
--           ^^^^ related:
local seen = {}
--    ^^^^ related:
local mod = {}
local function remember(address)
  seen[address] = true
--^^^^^^^^^^^^^ info: All sessions share `seen`, and `validate_connect` through `remember` changes it with no lock held
  seen[address] = false
end
function mod:validate_connect(accept, vctx)
  total = total + 1
--^^^^^ info: All sessions share `total`, and `validate_connect` changes it with no lock held
  remember("x")
--^^^^^^^^^^^^^ related:
  msys.runInPool("CPU", function() last = 1 end)
--                                 ^^^^ info: `last`
--                      ^^^^^^^^^^^^^^^^^^^^^^^ related:
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn what_a_lock_guards() {
        check_none(
            RULE.code,
            r#"
require("thread")
local lock = thread.mutex()
local total, seen = 0, {}
local function guarded(f)
  lock:lock()
  local ok = pcall(f)
  lock:unlock()
  return ok
end
local function count() total = total + 1 end
local mod = {}
function mod:validate_connect(accept, vctx)
  lock:lock()
  seen.x = 1
  pcall(function() seen.y = 2 end)
  count()
  lock:unlock()
  if lock:trylock() == true then total = 1 lock:unlock() end
  msys.lock("x")
  total = 2
  msys.unlock("x")
  guarded(function() total = 3 end)
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn what_no_session_changes() {
        check_none(
            RULE.code,
            r#"
local limits = {}
local loaded = false
local mod = {}
loaded = true
limits.max = 10
function mod:init()
  limits.max, loaded = 20, true
  return true
end
function mod:validate_data(msg, accept, vctx)
  local own = {}
  own.x = limits.max
  self.seen = true
  mod.last = 1
  local total = 0
  local function add() total = total + 1 end
  add()
end
local function unused() loaded = false end
msys.registerModule("a", mod)
"#,
        );
    }
}
