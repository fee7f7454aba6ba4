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
    for site in sites.into_iter().filter(|site| !statements.contains(&site.expression)) {
        let mut finding = report.at(
            script.called_span(site.expression),
            "This call returns nothing: its third argument makes it asynchronous, and the result is nil here",
        );
        finding.page("momentum/4/lua/ref-msys-runinpool");
        if let ExpressionKind::Call(call) = &tree.expression(site.expression).kind
            && let Some(&third) = call.arguments.get(2)
        {
            finding.related(script.span(third), "makes the call return before the function runs");
        }
    }
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
local function f() return msys.runInPool("CPU", print, function() end, msys.core.ECTP_COMPLETE_CALLBACK_SCHED) end
--                        ^^^^^^^^^^^^^^ its third argument
--                                                     ^^^^^^^^^^^^^^ related:
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
