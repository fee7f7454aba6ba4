//! ## What it does
//! Finds changes of an HTTP request (`sess:request_add_header`, `sess:request_set_body`, …) behind which no
//! `sess:request_finalize` comes before the hook returns.
//!
//! ## Why it matters
//! Changes of a request are only noted. Without `request_finalize` the server sends the request as it was: the header, say a
//! token that the receiver asks for, is missing, and the delivery fails for a reason that no log shows.
//!
//! ## Example
//! ```lua expect=request-finalize
//! require("msys.core")
//! require("msys.httpclnt")
//! local mod = {}
//!
//! function mod:http_request_eval(sess)
//!   sess:request_add_header("X-Tenant", "a", 1)
//!   return 0
//! end
//!
//! msys.registerModule("tenant", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.core")
//! require("msys.httpclnt")
//! local mod = {}
//!
//! function mod:http_request_eval(sess)
//!   sess:request_add_header("X-Tenant", "a", 1)
//!   sess:request_finalize(1)
//!   return 0
//! end
//!
//! msys.registerModule("tenant", mod)
//! ```

use super::following::{Completion, follows};
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::Value;
use crate::semantics::analysis::CallSite;
use crate::semantics::reach::Reach;
use crate::syntax::Span;
use crate::syntax::tree::FunctionId;
use momentum_lua_stub_reader::model::Function;

pub(crate) const RULE: Rule =
    Rule { code: "request-finalize", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let mut told: Vec<(Option<FunctionId>, &str)> = Vec::new();
    for site in &script.analysis().calls {
        let Some((function, method)) = change(script, site) else { continue };
        let completion = Completion::of(script.project(), &function.owner, method);
        let place = (site.function, method);
        if told.contains(&place) || is_given_away(script, site, &function.owner) {
            continue;
        }
        let span = script.span(site.expression);
        let ways = script.reached_by(site.function).iter().filter(|reach| reach.certain && reach.callout().is_some());
        let Some(reach) = { ways }.find(|reach| !is_completed(script, site, span, reach, &completion)) else { continue };
        told.push(place);
        let called = script.called_span(site.expression);
        let hook = reach.callout().map_or("", |name| name.as_str());
        let text = format!(
            "`{}` has no effect: `{hook}` returns without `{method}`, and the request goes out as it was",
            script.text_at(called),
        );
        report.at(called, text).page_of(&function.about).call_path(reach);
    }
}

/// A call that changes something, and the method that puts the change into effect.
fn change<'a>(script: &Script<'a>, site: &CallSite) -> Option<(&'a Function, &'a str)> {
    let function = script.called(site)?;
    let method = function.mutates.as_ref()?.completed_by.as_ref()?;
    function.mutates_with(site.arguments.len()).then_some((function, method.as_str()))
}

/// Whether a call of the same function hands a value of the class to something that is not known.
fn is_given_away(script: &Script<'_>, change: &CallSite, class: &str) -> bool {
    let is_one = |value: &Value| matches!(value, Value::Instance(known) if known == class);
    script.analysis().calls.iter().any(|site| {
        site.function == change.function
            && site.callee.is_open()
            && site.arguments.iter().any(|argument| argument.any(is_one))
    })
}

/// Whether the change is put into effect behind it, in its function or in one of those that call it on the way.
fn is_completed(
    script: &Script<'_>,
    site: &CallSite,
    span: Span,
    reach: &Reach,
    completion: &Completion<'_>,
) -> bool {
    follows(script, site.function, span, completion)
        || reach.path().into_iter().rev().any(|step| {
            let caller = script.project().script(step.file);
            caller.is_none_or(|caller| follows(&caller, step.caller, step.span, completion))
        })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn nothing_puts_the_change_into_effect() {
        check(
            RULE.code,
            r#"
require("msys.core")
require("msys.httpclnt")
local mod = {}
local function sign(sess, token)
  sess:request_add_header("Authorization", token, 1)
--^^^^^^^^^^^^^^^^^^^^^^^ warning: `sess:request_add_header` has no effect: `http_request_eval` returns without `request_finalize`, and the request goes out as it was
end
local limit = tonumber(os.getenv("LIMIT"))
function mod:http_request_eval(sess)
  if limit then
    sess:request_set_body("{}")
--  ^^^^^^^^^^^^^^^^^^^^^ warning: `sess:request_set_body` has no effect
    return 0
  end
  sess:request_finalize(1)
  sign(sess, "x")
--^^^^^^^^^^^^^^^ related: `http_request_eval` calls `sign` here
  return 0
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn something_does() {
        check_none(
            RULE.code,
            r#"
require("msys.core")
require("msys.httpclnt")
local helpers = require("helpers")
local unknown = helpers.nothing_known
local mod = {}
local function sign(sess, token)
  if token then
    sess:request_add_header("Authorization", token, 1)
  end
end
local function done(sess) sess:request_finalize(0) end
function mod:http_request_eval(sess)
  for _, name in ipairs({ "a", "b" }) do
    sess:request_delete_header(name)
  end
  sign(sess, "x")
  if msys.core then done(sess) end
  return 0
end
local other = {}
function other:http_request_eval(sess)
  sess:request_set_body("{}")
  helpers.send(sess)
  return 0
end
local third = {}
function third:http_request_eval(sess)
  sess:request_set_body("{}")
  unknown(sess)
end
local function nobody_calls_it(sess) sess:request_set_body("{}") end
msys.registerModule("a", mod)
msys.registerModule("b", other)
msys.registerModule("c", third)
//- /policy/helpers.lua
require("msys.httpclnt")
local helpers = {}
function helpers.send(sess) sess:request_finalize(1) end
return setmetatable(helpers, { __index = _G.elsewhere })
"#,
        );
    }
}
