//! # async-result
//!
//! ## What it does
//! Finds scripts that use the result of `msys.runInPool` where its third argument (`true` or a completion function) makes
//! the call asynchronous.
//!
//! ## Why it matters
//! An asynchronous call returns at once, with nothing: the function starts only after the script has given control back
//! to the server. What the script takes for the outcome is nil, and a check of it goes the wrong way every time.
//!
//! ## Example
//! ```lua expect=async-result
//! local function scan(path)
//!   local ok, verdict = msys.runInPool("IO", function() return msys.readfile(path) end, true)
//!   return ok and verdict
//! end
//! ```
//! Use instead:
//! ```lua
//! local function scan(path)
//!   local ok, verdict = msys.runInPool("IO", function() return msys.readfile(path) end)
//!   return ok and verdict
//! end
//! ```

use super::yielding::is_asynchronous;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::{CallSite, ReturnSite};
use crate::semantics::types::{FunctionRef, Value};
use crate::syntax::tree::{ExpressionKind, StatementKind};
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule =
    Rule { code: "async-result", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let tree = script.tree();
    let sites: Vec<_> =
        script.analysis().calls.iter().filter(|site| is_asynchronous(script, site)).collect();
    if sites.is_empty() {
        return;
    }
    let statements: FxHashSet<_> = tree
        .statements()
        .filter_map(|(_, statement)| match statement.kind {
            StatementKind::Call(call) => Some(call),
            _ => None,
        })
        .collect();
    // Calls with the one that makes them asynchronous: the same, or the one whose nothing a function hands on.
    let mut waiting: Vec<(&CallSite, &CallSite)> = sites.into_iter().map(|site| (site, site)).collect();
    let mut next = 0;
    while let Some(&(site, origin)) = waiting.get(next) {
        next += 1;
        if statements.contains(&site.expression) {
            continue;
        }
        if is_handed_on(script, site) {
            for caller in callers(script, site) {
                if !waiting.iter().any(|(known, _)| known.expression == caller.expression) {
                    waiting.push((caller, origin));
                }
            }
            continue;
        }
        let how = if site.expression == origin.expression { "its third argument makes it" } else { "it is" };
        let message = format!("This call returns nothing: {how} asynchronous, and the result is nil here");
        let mut finding = report.at(script.called_span(site.expression), message);
        finding.page("momentum/4/lua/ref-msys-runinpool");
        if let ExpressionKind::Call(call) = &tree.expression(origin.expression).kind
            && let Some(&third) = call.arguments.get(2)
        {
            finding.related(script.span(third), "makes the call return before the function runs");
        }
    }
}

/// Whether the function around a call only hands on what it gives: whether somebody looks at that is up to callers.
fn is_handed_on(script: &Script<'_>, site: &CallSite) -> bool {
    let Some(function) = site.function else { return false };
    let mut returns = script.analysis().returns.iter().filter(|back| back.function == Some(function));
    returns.any(|back| {
        back.expressions.last().is_some_and(|&last| script.tree().unparenthesized(last) == site.expression)
    })
}

/// The calls of the function around a call, where that ends with it on every path.
fn callers<'a>(script: &Script<'a>, site: &CallSite) -> Vec<&'a CallSite> {
    let analysis = script.analysis();
    let Some(function) = site.function else { return Vec::new() };
    let mut returns = analysis.returns.iter().filter(|back| back.function == Some(function));
    let hands_on = |back: &ReturnSite| {
        matches!(back.expressions.as_slice(), [only] if script.tree().unparenthesized(*only) == site.expression)
    };
    if !returns.all(hands_on) {
        return Vec::new();
    }
    let callee = Value::Function(FunctionRef { file: script.id(), function });
    analysis.calls.iter().filter(|call| call.callee.single() == Some(&callee)).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn results_of_asynchronous_calls() {
        check(
            RULE.code,
            r#"
local run = msys.runInPool
local function done() end
local ok, result = msys.runInPool("CPU", print, true)
--                 ^^^^^^^^^^^^^^ warning: the result is nil here
--                                              ^^^^ related:
if run("CPU", print, done) then print(result) end
-- ^^^ makes it asynchronous
--                   ^^^^ related:
local done_in = { time = msys.runInPool("CPU", print, function() end, msys.core.ECTP_COMPLETE_CALLBACK_SCHED) }
--                       ^^^^^^^^^^^^^^ its third argument
--                                                    ^^^^^^^^^^^^^^ related:
"#,
        );
    }

    #[test]
    fn functions_that_hand_it_on() {
        check(
            RULE.code,
            r#"
local function later(work) return msys.runInPool("IO", work, true) end
--                                                           ^^^^ related:
local function log(line) return later(function() print(line) end) end
log("a")
later(print)
local count = later(function() return 5 end)
--            ^^^^^ warning: This call returns nothing: it is asynchronous
return { log = log }
"#,
        );
        check_none(
            RULE.code,
            r#"
local function run(work, wait)
  if wait then return msys.runInPool("IO", work) end
  return msys.runInPool("IO", work, true)
end
local ok, value = run(print, true)
"#,
        );
    }

    #[test]
    fn results_that_come() {
        check_none(
            RULE.code,
            r#"
local function f(wait)
  msys.runInPool("CPU", print, true)
  local ok, result = msys.runInPool("CPU", print)
  ok, result = msys.runInPool("CPU", print, false)
  ok, result = msys.runInPool("CPU", print, nil)
  ok, result = msys.runInPool("CPU", print, wait)
  return ok, result
end
"#,
        );
    }
}
