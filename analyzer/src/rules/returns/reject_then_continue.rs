//! ## What it does
//! Reports a path of a validation callout that sets a 4xx or 5xx reply, or ends the session, and then returns
//! `VALIDATE_CONT`.
//!
//! ## Why it matters
//! `VALIDATE_CONT` lets the next script of the phase run. It may set another reply, so that the client is told 250 for what
//! this script has rejected; at best it works on a message that nobody will get. `VALIDATE_DONE` makes the reply stand.
//!
//! ## Example
//! ```lua expect=reject-then-continue
//! require("msys.core")
//!
//! local mod = {}
//!
//! function mod:validate_connect(accept, vctx)
//!   if vctx:get(msys.core.VCTX_CONN, "blocked") == "1" then
//!     vctx:set_code(554, "5.7.1 go away")
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("blocked", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.core")
//!
//! local mod = {}
//!
//! function mod:validate_connect(accept, vctx)
//!   if vctx:get(msys.core.VCTX_CONN, "blocked") == "1" then
//!     vctx:set_code(554, "5.7.1 go away")
//!     return msys.core.VALIDATE_DONE
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("blocked", mod)
//! ```
//!
//! ## Fix
//! Unsafe: returns `VALIDATE_DONE` where every path to the `return` has rejected. In other cases put a `return` behind the
//! reply.

use super::rejection::{self, Ending, certain_callee};
use super::results;
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::spelling::spelled;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::types::Value;
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, FunctionId};
use momentum_lua_stub_reader::model::Hook;
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule = Rule {
    code: "reject-then-continue",
    severity: Severity::Warning,
    since: "0.1",
    fixable: Fixable::Unsafe,
};

/// How far `return helper(…)` is followed.
const DEEPEST_TAIL_CALL: u32 = 4;

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let mut seen = FxHashSet::default();
    for (function, hook) in results::callouts(script) {
        if results::takes_verdict(hook) {
            check_function(script, function, hook, &mut seen, DEEPEST_TAIL_CALL, report);
        }
    }
}

fn check_function(
    script: &Script<'_>,
    function: FunctionId,
    hook: &Hook,
    seen: &mut FxHashSet<Span>,
    depth: u32,
    report: &mut Report<'_>,
) {
    for ending in rejection::endings(script, function) {
        let Some(&value) = ending.site.expressions.first() else { continue };
        let helper = certain_callee(script, value).filter(|helper| helper.file == script.id());
        let here = script.span(value);
        if let Some(helper) = helper
            && let Some(depth) = depth.checked_sub(1)
            && ending.rejections.iter().all(|rejection| rejection.span == here)
        {
            // What the helper returns is what the callout returns.
            check_function(script, helper.function, hook, seen, depth, report);
        } else if ending.site.values.first().and_then(|ty| ty.single()).is_some_and(is_continue)
            && !ending.rejections.is_empty()
            && seen.insert(ending.site.span)
        {
            describe(script, hook, value, &ending, report);
        }
    }
}

fn is_continue(value: &Value) -> bool {
    matches!(value, Value::Member(member) if member.owner == results::CORE && member.member == "VALIDATE_CONT")
}

fn describe(script: &Script<'_>, hook: &Hook, value: ExpressionId, ending: &Ending<'_>, report: &mut Report<'_>) {
    let span = script.span(value);
    let message = format!(
        "`{}` rejects and then lets the next script run, which may set another reply: return `VALIDATE_DONE`",
        hook.name
    );
    let mut finding = report.at(span, message);
    for rejection in &ending.rejections {
        finding.related(rejection.span, "the reply that rejects is set here");
    }
    finding.page("momentum/4/4-implementing-policy-scriptlets");
    if ending.on_all_paths && certain_callee(script, value).is_none() {
        let done = spelled(script, span.start, results::CORE, "VALIDATE_DONE");
        finding.unsafe_fix(format!("Return `{done}`"), vec![Edit::replace(span, done)]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn a_path_that_rejects_and_goes_on_is_found() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function refuse(vctx, text)
  vctx:set_code(550, text)
end
local function defer(vctx)
  vctx:disconnect(421, "later")
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ related: the reply
  return core.VALIDATE_CONT
--       ^^^^^^^^^^^^^^^^^^ warning: `validate_ehlo` rejects and then lets the next script run
end
function mod:validate_data(msg, accept, vctx)
  if msg.priority == 1 then
    vctx:set_code("554", "5.6.0 no")
--  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ related: the reply that rejects is set here
  end
  return core.VALIDATE_CONT
--       ^^^^^^^^^^^^^^^^^^ warning: `validate_data` rejects and then lets the next script run, which may set another reply
end
function mod:validate_rcptto(msg, str, accept, vctx)
  for _, address in ipairs({ "a", "b" }) do
    if address == tostring(str) then
      refuse(vctx, "no")
--    ^^^^^^^^^^^^^^^^^^ related: the reply that rejects
      break
    end
  end
  return core.VALIDATE_CONT
--       ^^^^^^^^^^^^^^^^^^ rejects
end
function mod:validate_ehlo(str, accept, vctx)
  return defer(vctx)
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn paths_that_do_not_belong_together_are_fine() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function refused(msg, vctx)
  if msg.priority == 1 then
    vctx:set_code(550, "no")
    return true
  end
  return false
end
function mod:validate_data(msg, accept, vctx)
  if refused(msg, vctx) then return core.VALIDATE_DONE end
  local bad = false
  if msg.priority == 2 then
    vctx:set_code(550, "no")
    bad = true
  end
  if bad then return core.VALIDATE_DONE end
  if msg.priority == 3 then
    vctx:set_code(550, "no")
  end
  if msg.priority == 3 then return core.VALIDATE_DONE end
  if msg.priority == 4 then
    vctx:set_code(550, "no")
    return core.VALIDATE_DONE
  else
    vctx:set_code(250, "yes")
  end
  return core.VALIDATE_CONT
end
function mod:validate_rcptto(msg, str, accept, vctx)
  local verdict = core.VALIDATE_CONT
  if msg.priority == 1 then
    vctx:set_code(550, "no")
    verdict = core.VALIDATE_DONE
  end
  return verdict
end
function mod:validate_mailfrom(str, accept, vctx)
  vctx:set_code(tonumber(tostring(str)), "unknown")
  if accept then vctx:set_code(550, "no") error("gone") end
  return core.VALIDATE_CONT
end
function mod:validate_connect(accept, vctx)
  vctx:set_code(450, "wait")
  vctx:set_code(220, "welcome")
  return core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn the_fix_keeps_the_spelling() {
        check_fix(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_ehlo(str, accept, vctx)
  vctx:disconnect(421, "bye")
  return core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_ehlo(str, accept, vctx)
  vctx:disconnect(421, "bye")
  return core.VALIDATE_DONE
end
msys.registerModule("mod", mod)
"#,
        );
    }
}
