//! # timer-lost
//!
//! ## What it does
//! Finds timers of `msys.timer.after`, `at` and `every` that nothing keeps: the result is dropped, or stands in a local that
//! no function sees and that is gone when its block ends.
//!
//! ## Why it matters
//! The timer that these functions return is the timer: when Lua collects it, it stops. A timer in no variable, or in a local
//! of `init`, is collected soon after `init` has returned. It never fires, or fires a few times on a quiet machine and
//! stops for good on a busy one; nothing is logged.
//!
//! ## Example
//! ```lua expect=timer-lost
//! require("msys.timer")
//!
//! local mod = {}
//!
//! function mod:init()
//!   msys.timer.every(60, function() print("one minute more") end)
//!   return true
//! end
//!
//! msys.registerModule("minutes", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.timer")
//!
//! local mod = {}
//!
//! function mod:init()
//!   minute_timer = msys.timer.every(60, function() print("one minute more") end)
//!   return true
//! end
//!
//! msys.registerModule("minutes", mod)
//! ```

use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::{CallSite, ReturnSite};
use crate::semantics::scope::{Access, BindingId};
use crate::semantics::types::{FunctionRef, Value};
use crate::syntax::tree::{ExpressionId, ExpressionKind, StatementKind};
use momentum_lua_stub_reader::model::Text;
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) const RULE: Rule =
    Rule { code: "timer-lost", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let timers = timers(script);
    if timers.is_empty() {
        return;
    }
    let kept = Kept::of(script);
    for (site, page) in timers {
        let place = script.called_span(site.expression);
        if kept.dropped.contains(&site.expression) {
            let text = "Nothing keeps this timer: it is collected, and then never fires";
            report.at(place, text).page(&page).note(ADVICE);
        } else if let Some(&binding) = kept.locals.get(&site.expression)
            && kept.is_lost(script, binding)
        {
            let local = script.scopes().binding(binding);
            let end = if local.function.is_some() { "its block ends" } else { "the file is loaded" };
            let text = format!(
                "Only the local `{}` keeps this timer: when {end} it is collected, and then never fires",
                local.name
            );
            report.at(place, text).related(local.span, "gone at the end of its block").page(&page).note(ADVICE);
        }
    }
}

/// The calls that make a timer, or give back one that they made, with the page of the function that makes it.
fn timers<'a>(script: &Script<'a>) -> Vec<(&'a CallSite, Text)> {
    let analysis = script.analysis();
    let made = |site: &CallSite| {
        let function = script.called(site)?;
        let is_timer =
            matches!(function.name.as_str(), "msys.timer.after" | "msys.timer.at" | "msys.timer.every");
        is_timer.then(|| function.about.page.clone().unwrap_or_default())
    };
    let mut found: Vec<(&CallSite, Text)> =
        analysis.calls.iter().filter_map(|site| made(site).map(|page| (site, page))).collect();
    // Functions that return the timer of a call; what calls them has the timer.
    let mut next = 0;
    while let Some((site, page)) = found.get(next).cloned() {
        next += 1;
        let gives_it = |site: &ReturnSite, call: ExpressionId| {
            matches!(site.expressions.as_slice(), [only] if script.tree().unparenthesized(*only) == call)
        };
        let Some(function) = site.function else { continue };
        let mut returns = analysis.returns.iter().filter(|site| site.function == Some(function)).peekable();
        if returns.peek().is_none() || !returns.all(|back| gives_it(back, site.expression)) {
            continue;
        }
        let maker = Value::Function(FunctionRef { file: script.id(), function });
        let callers = analysis.calls.iter().filter(|call| call.callee.single() == Some(&maker));
        for caller in callers.collect::<Vec<_>>() {
            if !found.iter().any(|(known, _)| known.expression == caller.expression) {
                found.push((caller, page.clone()));
            }
        }
    }
    found
}

const ADVICE: &str = "keep it in a global, or in a local at the top of the file that a function uses";

/// What becomes of the values of calls.
struct Kept {
    /// Calls whose values are dropped.
    dropped: FxHashSet<ExpressionId>,
    /// Calls whose value a local gets.
    locals: FxHashMap<ExpressionId, BindingId>,
    /// Names on which methods are called, or that are assigned anew: that keeps nothing.
    passing: FxHashSet<ExpressionId>,
}

impl Kept {
    fn of(script: &Script<'_>) -> Self {
        let (tree, scopes) = (script.tree(), script.scopes());
        let mut kept =
            Self { dropped: FxHashSet::default(), locals: FxHashMap::default(), passing: FxHashSet::default() };
        for (_, statement) in tree.statements() {
            match &statement.kind {
                StatementKind::Call(call) => {
                    kept.dropped.insert(*call);
                }
                StatementKind::Local { names, values } => {
                    let declared = names.iter().map(|name| scopes.declared_at(name.span.start));
                    for (&value, binding) in values.iter().zip(declared) {
                        kept.locals.extend(binding.map(|binding| (tree.unparenthesized(value), binding)));
                    }
                }
                StatementKind::Assign { targets, values } => {
                    for (&value, &target) in values.iter().zip(targets) {
                        let binding = scopes.resolve(target);
                        kept.locals.extend(binding.map(|binding| (tree.unparenthesized(value), binding)));
                    }
                }
                _ => {}
            }
        }
        for (_, expression) in tree.expressions() {
            if let ExpressionKind::Call(call) = &expression.kind
                && call.method.is_some()
            {
                kept.passing.insert(tree.unparenthesized(call.callee));
            }
        }
        kept
    }

    /// Whether a local goes out of use with its block: no function inside its own uses it, and its value goes nowhere.
    fn is_lost(&self, script: &Script<'_>, binding: BindingId) -> bool {
        let local = script.scopes().binding(binding);
        let goes_nowhere = script.scopes().references(binding).iter().all(|reference| {
            reference.access == Access::Write || self.passing.contains(&reference.expression)
        });
        !local.read_in_closure && !local.written_in_closure && goes_nowhere
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn timers_that_nothing_keeps() {
        check(
            RULE.code,
            r#"
require("msys.timer")
local mod = {}
local every = msys.timer.every
local loaded = msys.timer.after(5, print)
--             ^^^^^^^^^^^^^^^^ error: Only the local `loaded` keeps this timer: when the file is loaded
--    ^^^^^^ related:
local function wait(seconds) return every(seconds, print) end
local function start(seconds) return wait(seconds) end
function mod:init()
  msys.timer.after(10, function()
--^^^^^^^^^^^^^^^^ error: Nothing keeps this timer
    print("fired")
  end)
  every(60, print, "name")
--^^^^^ Nothing keeps this timer
  local timer = msys.timer.at(0, print)
--              ^^^^^^^^^^^^^ error: Only the local `timer` keeps this timer: when its block ends
--      ^^^^^ related:
  timer:start()
  print(timer:name())
  start(5)
--^^^^^ Nothing keeps this timer
  return true
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn timers_that_are_kept() {
        check_none(
            RULE.code,
            r#"
require("msys.timer")
local mod = {}
local minute
local hour = msys.timer.every(3600, print)
local timers = {}
function mod:init()
  global_timer = msys.timer.every(60, print)
  minute = msys.timer.every(60, print)
  mod.timer = msys.timer.every(60, print)
  timers[1], timers[2] = msys.timer.every(60, print), msys.timer.every(60, print)
  table.insert(timers, msys.timer.after(1, print))
  local again
  again = msys.timer.after(5, function() again:start() end)
  local passed = msys.timer.after(5, print)
  timers.passed = passed
  return true
end
function mod:deinit() hour:stop() return true end
local function make() return msys.timer.after(5, print) end
local function make2() local t = msys.timer.after(5, print) return t end
msys.registerModule("a", mod)
"#,
        );
    }
}
