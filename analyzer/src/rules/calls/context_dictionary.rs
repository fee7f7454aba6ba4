//! ## What it does
//! Tells where a `VCTX_*` constant names the dictionary for a function of the message that is documented with
//! `ECMESS_CTX_*`, or the reverse.
//!
//! ## Why it matters
//! Both name the dictionaries of message and connection, and scripts that mix them up are known to work. Nothing in the
//! documentation says that they are the same numbers, or will be.
//!
//! ## Example
//! ```lua expect=context-dictionary
//! local mod = {}
//! function mod:validate_data(msg, accept, vctx)
//!   msg:context_set(msys.core.VCTX_MESS, "scanned", "yes")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("scan", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_data(msg, accept, vctx)
//!   msg:context_set(msys.core.ECMESS_CTX_MESS, "scanned", "yes")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("scan", mod)
//! ```
//!
//! ## Fix
//! Names the constant that is documented.

use super::arguments::{ApiCall, api_calls};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::library;
use crate::semantics::types::Value;
use crate::syntax::tree::ExpressionKind;
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::Type;

pub(crate) const RULE: Rule =
    Rule { code: "context-dictionary", severity: Severity::Info, since: "0.1", fixable: Fixable::Safe };

/// The group of constants for functions of the message, and of the validation context.
const MESSAGE: &str = "context_dictionary";
const VALIDATION: &str = "vctx_dictionary";

/// Constants that name the same dictionary: for the message, for the validation context.
const PAIRS: &[(&str, &str)] = &[("ECMESS_CTX_MESS", "VCTX_MESS"), ("ECMESS_CTX_CONN", "VCTX_CONN")];

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for call in api_calls(script) {
        let Some((position, wanted)) = dictionary(&call) else { continue };
        let Some(arguments) = call.arguments() else { continue };
        let Some(argument) = arguments.get(position) else { continue };
        let Some(Value::Member(constant)) = argument.ty.single() else { continue };
        let Some(Member::Constant(constant)) = library::resolve(script.api(), constant) else { continue };
        let is_other = constant.group.as_ref().is_some_and(|group| group != wanted && (group == MESSAGE || group == VALIDATION));
        let pair = PAIRS.iter().find(|(message, validation)| {
            constant.member == *message || constant.member == *validation
        });
        let Some((message, validation)) = pair.filter(|_| is_other) else { continue };
        let right = if wanted == MESSAGE { message } else { validation };
        let text = format!(
            "`{}` is documented with `{right}`, not with `{}`: that both name the same dictionary is not said anywhere",
            call.function.name, constant.member
        );
        let expression = script.tree().unparenthesized(argument.expression);
        let mut finding = report.at(script.span(argument.expression), text);
        finding.page_of(&call.function.about);
        if let ExpressionKind::Field { name, .. } = &script.tree().expression(expression).kind {
            finding.safe_fix(format!("Write `{right}`"), vec![Edit::replace(name.span, *right)]);
        }
    }
}

/// Where a function takes a dictionary, and the group of its constants.
fn dictionary(call: &ApiCall<'_>) -> Option<(usize, &'static str)> {
    let function = call.function;
    if function.owner == "msys.core" {
        // The C functions take the message or the context first and declare the dictionary as an int.
        return match function.member.as_str() {
            name if name.starts_with("ec_message_context_") => Some((1, MESSAGE)),
            "validate_context_get" | "validate_context_set" | "validate_context_exists" => Some((1, VALIDATION)),
            _ => None,
        };
    }
    function.signature.params.iter().enumerate().find_map(|(position, param)| match &param.ty {
        Type::Named(name) if name == MESSAGE => Some((position, MESSAGE)),
        Type::Named(name) if name == VALIDATION => Some((position, VALIDATION)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn the_other_dictionary() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local where = core.VCTX_CONN
local mod = {}
local function set(v, dictionary)
  v:set(dictionary, "a", "b")
--      ^^^^^^^^^^ info: `vctx:set` is documented with `VCTX_MESS`, not with `ECMESS_CTX_MESS`
end
function mod:validate_data(msg, accept, vctx)
  msg:context_get(where, "a")
--                ^^^^^ info: `msg:context_get` is documented with `ECMESS_CTX_CONN`, not with `VCTX_CONN`
  core.ec_message_context_set(msg, core.VCTX_MESS, "a", "b")
--                                 ^^^^^^^^^^^^^^ info: `msys.core.ec_message_context_set` is documented with `ECMESS_CTX_MESS`
  set(vctx, core.ECMESS_CTX_MESS)
end
"#,
        );
    }

    #[test]
    fn the_right_dictionary() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  msg:context_get(core.ECMESS_CTX_MESS, "a")
  vctx:get(core.VCTX_CONN, "a")
  vctx:get(unknown, "a")
  vctx:set_code(core.ECMESS_CTX_MESS, "a")
end
"#,
        );
    }

    #[test]
    fn fix() {
        check_fix(
            RULE.code,
            "local m = {}\nfunction m:validate_data(msg, ac, vctx)\n  vctx:get(msys.core.ECMESS_CTX_CONN, \"a\")\nend\n",
            "local m = {}\nfunction m:validate_data(msg, ac, vctx)\n  vctx:get(msys.core.VCTX_CONN, \"a\")\nend\n",
        );
    }
}
