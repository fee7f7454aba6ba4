//! ## What it does
//! Finds arguments of the API that are certainly of another kind than the function takes: a table for a text, a function
//! that was meant to be called, the arguments in the wrong order.
//!
//! ## Why it matters
//! The standard library raises an error, which ends the callout. The server's own functions raise one too, or work with
//! something that nobody meant.
//!
//! ## Example
//! ```lua expect=argument-type
//! require("msys.extended.message")
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   msg:forward("postmaster@example.com", { "a@example.com", "b@example.com" }, "see below")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("forward", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.extended.message")
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   msg:forward("postmaster@example.com", "a@example.com,b@example.com", "see below")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("forward", mod)
//! ```

use super::arguments::{UNDOCUMENTED, ApiCall, Argument, Failure, Misfit, api_calls, failure, shown};
use super::header_table::header_values;
use crate::rules::origins::Origins;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::library;
use crate::semantics::types::{Type, Value};
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::Signature;

pub(crate) const RULE: Rule =
    Rule { code: "argument-type", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let origins = Origins::new(script);
    for call in api_calls(script) {
        let Some((arguments, judgement)) = call.judge(script.api()) else { continue };
        for &(position, misfit) in &judgement.misfits {
            // `header-table` and `argument-value` say more of theirs.
            if misfit == Misfit::Kind
                && !judgement.by_constant
                && let Some(argument) = arguments.get(position)
                && header_values(&origins, argument.expression).is_none()
            {
                tell(script, &call, judgement.signature, position, argument, report);
            }
        }
    }
}

fn tell(
    script: &Script<'_>,
    call: &ApiCall<'_>,
    signature: &Signature,
    position: usize,
    argument: &Argument,
    report: &mut Report<'_>,
) {
    let Some(param) = signature.param(position) else { return };
    let name = &call.function.name;
    let wanted = param.ty.without_nil();
    let what = match uncalled(script, &argument.ty) {
        Some(function) => format!("and is the function `{function}` itself, which was not called"),
        None => format!("and is `{}`", argument.ty.without_nil()),
    };
    let consequence = match failure(call.function) {
        Failure::Raises => ": it raises an error",
        Failure::MayCrash => "",
    };
    let message = format!("`{}` of `{name}` must be `{wanted}`, {what}{consequence}", param.name);
    let mut finding = report.at(script.span(argument.expression), message);
    finding.page_of(&call.function.about);
    finding.note(format!("`{}`", shown(call.function, signature)));
    if call.function.about.undocumented {
        finding.severity(Severity::Warning).note(UNDOCUMENTED);
    }
}

/// The function of the API that an argument is.
fn uncalled<'a>(script: &Script<'a>, ty: &Type) -> Option<&'a str> {
    match ty.single()? {
        Value::Member(member) => match library::resolve(script.project().api(), member)? {
            Member::Constant(_) => None,
            other => Some(other.name()),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn what_callouts_get_as_self_is_a_table() {
        check_none(
            RULE.code,
            r#"
local mod = {}
function mod:validate_connect(accept, vctx)
  for name, value in pairs(self) do print(name, value) end
  table.insert(self, accept)
  rawset(self, "seen", next(self) == nil and #self or unpack(self))
  print(select(1, self), setmetatable(self, getmetatable(self)), tostring(self), rawget(self, "a"), type(self))
  return msys.core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn what_no_page_describes() {
        check(
            RULE.code,
            r#"
require("msys.pbp")
local mod = {}
function mod:validate_connect(accept, vctx)
  msys.pbp.set_whitelist(vctx, "partners", "true")
--                                         ^^^^^^ warning: `value` of `msys.pbp.set_whitelist` must be `boolean`
  return msys.core.VALIDATE_CONT
end
"#,
        );
    }

    #[test]
    fn what_is_certainly_of_another_kind() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function ask(name)
  return msys.dnsLookup(name, "MX")
--                      ^^^^ error: `name` of `msys.dnsLookup` must be `string`, and is `table`
end
function mod:validate_data(msg, accept, vctx)
  ask({ "example.com" })
  vctx:set_code("5.7.1 refused", msg)
--                               ^^^ error: `message` of `vctx:set_code` must be `string`, and is `ec_message`
  msg:context_get("key", core.ECMESS_CTX_MESS)
--                ^^^^^ error: `type` of `msg:context_get` must be `context_dictionary`, and is `"key"`
  msg:inject(msg.mailfrom, "a@example.com")
--           ^^^^^^^^^^^^ error: is the function `msg:mailfrom` itself, which was not called
  string.rep("x", {})
--                ^^ error: `n` of `string.rep` must be `integer`, and is `table`: it raises an error
  string.format("%s", true)
--                    ^^^^ error: must be `string|number`, and is `true`
  for i, v in ipairs("abc") do end
--                   ^^^^^ error: `t` of `ipairs` must be
  pcall("x")
--      ^^^ error: `f` of `pcall` must be `function`
end
"#,
        );
    }

    #[test]
    fn what_fits_or_is_not_known() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function ask(name) return msys.dnsLookup(name, "MX") end
function mod:validate_data(msg, accept, vctx)
  vctx:set_code(550, "x")
  vctx:set_code("550", "x")
  vctx:set(core.VCTX_MESS, "n", 5)
  msg:context_get(core.VCTX_MESS, "n")
  vctx:get(core.ECMESS_CTX_MESS, "n")
  vctx:get(1, "n")
  msg:header("To", { "a", "b" })
  msys.dnsLookup("example.com", "mx", { priority = true })
  msys.snmpTrap({ type = "string", payload = "x" })
  string.rep("x", "3")
  string.upper(5)
  core.io_wrapper_open("x", core.O_CREAT | core.O_WRONLY, 0644)
  ipairs(msg:header("To"))
  tostring(msg)
  table.sort({}, function(a, b) return a < b end)
  msys.registerControl("x", function(cc) end)
  local x = unknown()
  msys.dnsLookup(x)
  msys.runInPool("IO", function() end, true)
end
"#,
        );
    }
}
