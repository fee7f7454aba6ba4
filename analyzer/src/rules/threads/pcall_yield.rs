//! ## What it does
//! Finds `pcall` and `xpcall` around functions whose documentation rules that out, directly or in functions of the project:
//! the scanners `msys.brightmail.scan`, `msys.cloudmark.score` and the like, and `coroutine.yield`.
//!
//! ## Why it matters
//! Such a function suspends the script until its answer comes. The engine cannot do that across `pcall`, which is C: the
//! call fails, `pcall` hides it, and no message is scanned.
//!
//! ## Example
//! ```lua expect=pcall-yield
//! require("msys.core")
//! require("msys.brightmail")
//! local mod = {}
//!
//! function mod:validate_data(msg, accept, vctx)
//!   pcall(msys.brightmail.scan, msg, accept, vctx)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("scan", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.core")
//! require("msys.brightmail")
//! local mod = {}
//!
//! function mod:validate_data(msg, accept, vctx)
//!   msys.brightmail.scan(msg, accept, vctx)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("scan", mod)
//! ```

use crate::diagnostic::Severity;
use crate::project::{FileId, Script};
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::CallSite;
use crate::semantics::library;
use crate::semantics::types::{FunctionRef, Type};
use crate::syntax::Span;
use crate::syntax::tree::ExpressionKind;
use momentum_lua_stub_reader::model::Function;
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule =
    Rule { code: "pcall-yield", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for site in &script.analysis().calls {
        let Some(protector) = script.called(site).filter(|function| is_protector(function)) else { continue };
        let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else { continue };
        let (Some(&given), Some(ty)) = (call.arguments.first(), site.arguments.first()) else { continue };
        let Some((function, place)) = suspending(script, ty, &mut FxHashSet::default()) else { continue };
        let text = format!(
            "`{}` must not run below `{}`: it suspends the script, which the engine cannot do there, so that the call \
             fails",
            function.name, protector.name,
        );
        match place {
            // A function written in the call itself: the call in it is the place to look at.
            Some((file, span)) if file == script.id() && script.span(given).covers(span) => {
                let mut finding = report.at(span, text);
                finding.page_of(&function.about);
                finding.related(script.called_span(site.expression), format!("below this `{}`", protector.name));
            }
            place => {
                let mut finding = report.at(script.span(given), text);
                finding.page_of(&function.about);
                if let Some((file, span)) = place {
                    finding.related_in(file, span, format!("`{}` is called here", function.name));
                }
            }
        }
    }
}

fn is_protector(function: &Function) -> bool {
    function.owner.is_empty() && matches!(function.member.as_str(), "pcall" | "xpcall")
}

/// What a value that is called may come to that must not run below `pcall`: the function of the API, and where it is
/// called, unless it is the value itself.
fn suspending<'a>(
    script: &Script<'a>,
    called: &Type,
    seen: &mut FxHashSet<FunctionRef>,
) -> Option<(&'a Function, Option<(FileId, Span)>)> {
    if let Some(member) = called.member() {
        let function = library::resolve(script.api(), member)?.function()?;
        return function.no_pcall.then_some((function, None));
    }
    // Each of them is known to come here.
    let functions: Vec<FunctionRef> = called.functions().collect();
    functions.into_iter().find_map(|function| {
        let target = script.project().script(function.file).filter(|_| seen.insert(function))?;
        let calls = target.analysis().calls.iter().filter(|site| site.function == Some(function.function));
        calls.filter(|site| is_certain(site)).find_map(|site| {
            let (function, place) = suspending(&target, &site.callee, seen)?;
            Some((function, place.or(Some((target.id(), target.called_span(site.expression))))))
        })
    })
}

/// Whether a call has one possible target.
fn is_certain(site: &CallSite) -> bool {
    site.callee.member().is_some() || site.callee.functions().count() == 1
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn given_by_name_in_a_closure_and_through_helpers() {
        check(
            RULE.code,
            r#"
require("msys.core")
require("msys.brightmail")
require("msys.cloudmark")
local scan = msys.brightmail.scan
local mod = {}
local function try(f, ...)
  local ok, result = pcall(f, ...)
--                         ^ error: `msys.cloudmark.score` must not run below `pcall`
  return ok and result
end
local function score(msg, accept, vctx)
  return msys.cloudmark.score(msg, accept, vctx)
--       ^^^^^^^^^^^^^^^^^^^^ related: `msys.cloudmark.score` is called here
end
local function worth(msg, accept, vctx)
  return score(msg, accept, vctx)
end
function mod:validate_data(msg, accept, vctx)
  pcall(scan, msg, accept, vctx)
--      ^^^^ error: `msys.brightmail.scan` must not run below `pcall`: it suspends the script, which the engine cannot do there, so that the call fails
  xpcall(function()
--^^^^^^ related: below this `xpcall`
    return scan(msg, accept, vctx)
--         ^^^^ error: `msys.brightmail.scan` must not run below `xpcall`
  end, print)
  try(worth, msg, accept, vctx)
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn what_may_stand_there() {
        check_none(
            RULE.code,
            r#"
require("msys.core")
require("msys.brightmail")
require("msys.base64")
local mod = {}
local function worker() coroutine.yield(1) end
function mod:validate_data(msg, accept, vctx)
  pcall(msys.base64.decode, "x")
  pcall(function()
    local step = coroutine.wrap(worker)
    step()
  end)
  pcall(function()
    local later = function() return msys.brightmail.scan(msg, accept, vctx) end
    return later
  end)
  msys.brightmail.scan(msg, accept, vctx)
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }
}
