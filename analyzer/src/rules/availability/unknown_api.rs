//! ## What it does
//! Finds members of modules, classes and userdata of the API that do not exist there.
//!
//! ## Why it matters
//! A misspelt method raises `attempt to call method … (a nil value)` in the session that first comes to it; a misspelt
//! constant is nil, and is handed on as such.
//!
//! ## Example
//! ```lua expect=unknown-api
//! require("msys.extended.message")
//! local mod = {}
//! function mod:validate_set_binding(msg)
//!   msg:bindng("bulk")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("route", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.extended.message")
//! local mod = {}
//! function mod:validate_set_binding(msg)
//!   msg:binding("bulk")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("route", mod)
//! ```
//!
//! ## Fix
//! Takes the one name that is close.

use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::Function;

pub(crate) const RULE: Rule =
    Rule { code: "unknown-api", severity: Severity::Error, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    if !script.parsed().errors.is_empty() {
        return;
    }
    let mut seen = rustc_hash::FxHashSet::default();
    for missing in &script.analysis().missing_members {
        let (owner, member) = (missing.owner.as_str(), missing.member.as_str());
        if !seen.insert(missing.span) || script.project().is_extended(owner, member) {
            continue;
        }
        if let Some(function) = c_function(script.api(), owner, member) {
            let text = format!(
                "no page shows `{member}` as a method of `{owner}`; the C function of that name is `{}`",
                function.name
            );
            report.at(missing.span, text).severity(Severity::Info).page_of(&function.about);
            continue;
        }
        let near = script.api().near_members(owner, member);
        let is_close = !near.is_empty();
        let what = script.text_at(script.span(missing.expression));
        let written = what.lines().next().unwrap_or(what).split('(').next().unwrap_or(what);
        let message = format!("`{written}` does not exist: `{owner}` has no `{member}`, so it is nil here");
        let mut finding = report.at(missing.span, message);
        if !is_close {
            // The documentation does not describe everything that the server has.
            finding.severity(Severity::Warning);
        }
        if let [one] = near.as_slice() {
            finding.safe_fix(format!("Rename to `{one}`"), vec![Edit::replace(missing.span, *one)]);
        } else if is_close {
            let names: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
            finding.note(format!("names close to it: {}", names.join(", ")));
        }
    }
}

/// The function of the C API for objects of a class that a method is called after: published policy calls some of them as
/// methods.
fn c_function<'a>(api: &'a Api, class: &str, member: &str) -> Option<&'a Function> {
    match api.member("msys.core", &format!("{class}_{member}"))? {
        Member::CFunction(of_c) if !of_c.is_macro => Some(&of_c.function),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn members_of_userdata_and_of_modules() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
require("msys.extended.message")
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  local subject = msg:heder("Subject")
--                    ^^^^^ error: `ec_message` has no `heder`
  return core.VALIDATE_CONTT
--            ^^^^^^^^^^^^^^ error: `msys.core` has no `VALIDATE_CONTT`
end
msys.registerModule("stamp", mod)
"#,
        );
    }

    #[test]
    fn functions_of_c_called_as_methods() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  vctx:can_modify_rcpts()
--     ^^^^^^^^^^^^^^^^ info: no page shows `can_modify_rcpts` as a method of `validate_context`; the C function of that name is `msys.core.validate_context_can_modify_rcpts`
  msg:set_code(554, "5.4.7 gave up")
  return msys.core.VALIDATE_CONT
end
msys.registerModule("stamp", mod)
"#,
        );
    }

    #[test]
    fn what_scripts_add_and_what_is_not_known() {
        check_none(
            RULE.code,
            r#"
require("msys.extended.message")
msys.site = {}
msys.site.limit = 5
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  if msys.site.limit > 3 then print(unknown().anything) end
  print(msys.site_routes.first, msys.dp_config.site.limit)
  local http = require("msys.http_lua")
  http.registerModule("x", mod)
  return msys.core.VALIDATE_CONT
end
msys.registerModule("stamp", mod)
//- /policy/site_routes.lua
module("msys.site_routes", package.seeall)
first = "a"
//- /policy/site_limits.lua
module("msys.dp_config.site")
"#,
        );
    }
}
