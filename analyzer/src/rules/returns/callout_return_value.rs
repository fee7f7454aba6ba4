//! ## What it does
//! Reports a value that a callout or hook returns though it is none of its results.
//!
//! ## Why it matters
//! Momentum knows a fixed set of results for each callout and hook. A value outside of it, such as `true`, a text, or the
//! constant of another module, means nothing to it: for a validation callout it writes `validate_data error: (null)` to the
//! paniclog. `VALIDATE_AGAIN` asks to be called again later, which `validate_set_binding` cannot do.
//!
//! ## Example
//! ```lua expect=callout-return-value
//! require("msys.core")
//! require("msys.extended.message")
//!
//! local mod = {}
//!
//! function mod:validate_set_binding(msg)
//!   if msg:binding("bulk") == nil then
//!     return msys.core.VALIDATE_AGAIN
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("binding", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.core")
//! require("msys.extended.message")
//!
//! local mod = {}
//!
//! function mod:validate_set_binding(msg)
//!   if msg:binding("bulk") == nil then
//!     print("the binding bulk is not configured")
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("binding", mod)
//! ```

use super::results::{self, Allowance};
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::Type;
use crate::semantics::analysis::ReturnSite;
use crate::semantics::types::Value;
use crate::syntax::Span;
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind};
use momentum_lua_stub_reader::model::Hook;
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule =
    Rule { code: "callout-return-value", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let mut seen: FxHashSet<Span> = FxHashSet::default();
    for (function, hook) in results::callouts(script) {
        for site in results::sites(script, function) {
            let Some(ty) = site.values.first().filter(|ty| !ty.is_open()) else { continue };
            let mut wrong = wrong_part(script, hook, ty);
            if results::takes_verdict(hook) && !ty.is_nil() && site.expressions.first().is_some_and(|&value| is_and(script, value))
            {
                wrong.join(&ty.filter(|value| *value == Value::Nil));
            }
            if !wrong.is_never() && seen.insert(site.span) {
                describe(script, hook, site, &wrong, report);
            }
        }
    }
}

/// Whether it is `a and b`, which is nil where `a` is.
fn is_and(script: &Script<'_>, value: ExpressionId) -> bool {
    let tree = script.tree();
    let node = &tree.expression(tree.unparenthesized(value)).kind;
    matches!(node, ExpressionKind::Binary { operator: BinaryOperator::And, .. })
}

/// The values that are no results of the callout or hook. Nil is another rule's.
fn wrong_part(script: &Script<'_>, hook: &Hook, ty: &Type) -> Type {
    ty.filter(|value| *value != Value::Nil && results::allowance(script.api(), hook, value) == Allowance::No)
}

fn describe(script: &Script<'_>, hook: &Hook, site: &ReturnSite, wrong: &Type, report: &mut Report<'_>) {
    let name = &hook.name;
    let all = site.values.first().is_some_and(|ty| ty.values().len() == wrong.values().len());
    let returns = if all { "returns" } else { "may return" };
    let outcome = if results::takes_verdict(hook) {
        format!("Momentum then logs `{name} error: (null)`")
    } else {
        "what Momentum makes of it is not documented".to_owned()
    };
    let message = format!("`{name}` {returns} `{wrong}`, which is none of its results: {outcome}");
    let span = site.expressions.first().map_or(site.span, |&value| script.span(value));
    let mut finding = report.at(span, message);
    if let Some((helper, there)) = site.expressions.first().and_then(|&value| origin(script, hook, value)) {
        finding.related_in(helper.id(), there, "it comes from here");
    }
    for result in &hook.results {
        finding.note(format!("`{}`: {}", result.value, result.meaning));
    }
    finding.page_of(&hook.about);
}

/// The `return` of a function of the project that a wrong value comes from.
fn origin<'a>(
    script: &Script<'a>,
    hook: &Hook,
    value: ExpressionId,
) -> Option<(Script<'a>, Span)> {
    let call = script.analysis().calls.iter().find(|call| call.expression == value)?;
    call.callee.functions().find_map(|function| {
        let helper = script.project().script(function.file)?;
        let site = results::sites(&helper, function.function)
            .find(|site| site.values.first().is_some_and(|ty| !wrong_part(script, hook, ty).is_never()))?;
        Some((helper, site.span))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn a_condition_in_place_of_a_value() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local strict = os.getenv("STRICT")
local mod = {}
function mod:validate_ehlo(str, accept, vctx)
  return strict and core.VALIDATE_DONE
--       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `validate_ehlo` may return `nil`
end
function mod:validate_connect(accept, vctx)
  return strict and core.VALIDATE_DONE or core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn values_that_are_no_results_are_found() {
        check(
            RULE.code,
            r#"
require("msys.core")
require("msys.smpp")
local core = require("msys.core")
local mod = {}
local function verdict(msg)
  if msg.priority == 1 then return "done" end
--                          ^^^^^^^^^^^^^ related: it comes from here
  return core.VALIDATE_CONT
end
function mod:validate_data(msg)
  if msg.priority == 0 then return true end
--                                 ^^^^ error: `validate_data` returns `true`, which is none of its results: Momentum then logs `validate_data error: (null)`
  if msg.priority == 2 then return "CONT" end
--                                 ^^^^^^ returns `"CONT"`
  if msg.priority == 3 then return msys.smpp.SMPP_CONTINUE end
--                                 ^^^^^^^^^^^^^^^^^^^^^^^ returns `msys.smpp.SMPP_CONTINUE`
  if msg.priority == 4 then return mod end
--                                 ^^^ returns `table`
  return verdict(msg)
--       ^^^^^^^^^^^^ may return `"done"`
end
mod.validate_set_binding = function(self, msg)
  return core.VALIDATE_AGAIN
--       ^^^^^^^^^^^^^^^^^^^ error: `validate_set_binding` returns `msys.core.VALIDATE_AGAIN`
end
function mod:core_final_validation2(msg, accept, vctx)
  return core.VALIDATE_CONT
--       ^^^^^^^^^^^^^^^^^^ returns `msys.core.VALIDATE_CONT`, which is none of its results: what Momentum makes of it
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn documented_and_unknown_results_are_fine() {
        check_none(
            RULE.code,
            r#"
require("msys.delivery")
local core = require("msys.core")
local CONT = core.VALIDATE_CONT
local mod = {}
function mod:init() return "no" end
function mod:validate_data(msg, accept, vctx)
  if msg.priority == 1 then return core.VALIDATE_AGAIN end
  if msg.priority == 2 then return elsewhere(msg) end
  if msg.priority == 3 then return end
  if msg.priority == 4 then return 0 end
  return CONT
end
function mod:validate_set_binding(msg)
  return msg.priority == 1 and core.VALIDATE_DONE or CONT
end
function mod:core_final_validation2(msg) return core.EC_HOOK_DONE end
function mod:core_final_validation(msg) return core.VALIDATE_CONT end
function mod:http_request_eval(sess)
  if sess then return 1 end
  return msys.delivery.DELIVERY_CONTINUE
end
function mod:core_get_routing_domain(msg, domain)
  if msg then return 0 end
  return 1
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn functions_that_only_have_the_name_are_fine() {
        check_none(
            RULE.code,
            r#"
local checks = {}
function checks.validate_data(msg) return true end
local mod = {}
function mod:validate_data(msg)
  if checks.validate_data(msg) then return msys.core.VALIDATE_DONE end
  return msys.core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
    }
}
