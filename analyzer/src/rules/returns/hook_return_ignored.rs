//! ## What it does
//! Tells of a value that is returned from a callout or hook that ignores it. `VALIDATE_*` constants are not reported: the
//! documentation's own samples return `VALIDATE_CONT` from such hooks.
//!
//! ## Why it matters
//! Nothing happens with the value. Somebody who wants to refuse a message in `core_final_validation`, for instance, does
//! not refuse it; `core_final_validation2` and the validation callouts can.
//!
//! ## Example
//! ```lua expect=hook-return-ignored
//! require("msys.core")
//!
//! local mod = {}
//!
//! function mod:core_final_validation(msg, accept, vctx)
//!   if msg.priority == 1 then
//!     return msys.core.EC_HOOK_DONE
//!   end
//! end
//!
//! msys.registerModule("final", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.core")
//!
//! local mod = {}
//!
//! function mod:core_final_validation2(msg, accept, vctx)
//!   if msg.priority == 1 then
//!     return msys.core.EC_HOOK_DONE
//!   end
//!   return msys.core.EC_HOOK_CONT
//! end
//!
//! msys.registerModule("final", mod)
//! ```

use super::results;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::types::Value;
use crate::syntax::tree::ExpressionKind;

pub(crate) const RULE: Rule =
    Rule { code: "hook-return-ignored", severity: Severity::Info, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for (function, hook) in results::callouts(script) {
        if !results::is_ignored(hook) {
            continue;
        }
        for site in results::sites(script, function) {
            let (Some(&value), Some(ty)) = (site.expressions.first(), site.values.first()) else { continue };
            let is_tail_call = matches!(script.tree().expression(value).kind, ExpressionKind::Call(_));
            if is_tail_call || !ty.all(|value| *value != Value::Nil && !is_validate_constant(value)) {
                continue;
            }
            let message = format!("`{}` ignores what is returned: `{ty}` changes nothing", hook.name);
            report.at(script.span(value), message).page_of(&hook.about);
        }
    }
}

fn is_validate_constant(value: &Value) -> bool {
    match value {
        Value::Member(member) => member.owner == results::CORE && member.member.starts_with("VALIDATE_"),
        Value::Group(group) => group == "validate_result",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn values_for_nobody_are_told() {
        check(
            RULE.code,
            r#"
require("msys.core")
local mod = {}
function mod:validate_dealloc()
  return true
--       ^^^^ info: `validate_dealloc` ignores what is returned: `true` changes nothing
end
mod.core_post_final_validation = function(self, msg)
  if msg.priority == 1 then return msys.core.EC_HOOK_DONE end
--                                 ^^^^^^^^^^^^^^^^^^^^^^ info: `core_post_final_validation` ignores
end
local table_of_hooks = { core_final_validation = function(self, msg) return 1 end }
--                                                                          ^ info: `core_final_validation` ignores
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn verdicts_and_tail_calls_are_fine() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function sign(msg) return true end
function mod:core_final_validation(msg) return core.VALIDATE_CONT end
function mod:core_post_final_validation(msg) return sign(msg) end
function mod:validate_dealloc() return nil end
function mod:validate_data(msg) return true end
function mod:core_final_validation2(msg) return core.EC_HOOK_CONT end
msys.registerModule("mod", mod)
"#,
        );
    }
}
