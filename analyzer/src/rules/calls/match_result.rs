//! ## What it does
//! Finds results of the match functions that are compared with the wrong kind of nothing: `msg:body_match` and its kin give
//! false when nothing matches, `msys.pcre.match` gives nil.
//!
//! ## Why it matters
//! false is not nil. The comparison has the same outcome whether the pattern matched or not.
//!
//! ## Example
//! ```lua expect=match-result
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   if msg:body_match("(?i)lottery") ~= nil then
//!     vctx:set_code(550, "5.7.1 no thanks")
//!     return msys.core.VALIDATE_DONE
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("content", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   if msg:body_match("(?i)lottery") then
//!     vctx:set_code(550, "5.7.1 no thanks")
//!     return msys.core.VALIDATE_DONE
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("content", mod)
//! ```
//!
//! ## Fix
//! Compares with the value that the function gives.

use crate::rules::origins::{ApiResult, Origins};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind};

pub(crate) const RULE: Rule =
    Rule { code: "match-result", severity: Severity::Warning, since: "0.1", fixable: Fixable::Safe };

/// Functions that give nil when nothing matches, by table and name.
const GIVE_NIL: &[(&str, &str)] = &[("msys.pcre", "match"), ("pcre", "match"), ("msys", "pcre_match")];

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let origins = Origins::new(script);
    for (_, expression) in script.tree().expressions() {
        let ExpressionKind::Binary { operator, left, right, .. } = expression.kind else { continue };
        if !matches!(operator, BinaryOperator::Equal | BinaryOperator::NotEqual) {
            continue;
        }
        for (side, other) in [(left, right), (right, left)] {
            compared(&origins, operator, side, other, report);
        }
    }
}

fn compared(
    origins: &Origins<'_>,
    operator: BinaryOperator,
    side: ExpressionId,
    other: ExpressionId,
    report: &mut Report<'_>,
) {
    let script = &origins.script;
    let written = match script.tree().expression(other).kind {
        ExpressionKind::Nil => "nil",
        ExpressionKind::False => "false",
        _ => return,
    };
    let Some(result) = origins.result_anywhere(side) else { return };
    let Some(given) = without_match(&result).filter(|given| *given != written) else { return };
    let then = if operator == BinaryOperator::Equal { "never holds" } else { "always holds" };
    let message =
        format!("`{}` gives {given} when nothing matches, not {written}: this {then}", result.function.name);
    let mut finding = report.at(script.span(other), message);
    finding.page_of(&result.function.about);
    finding.safe_fix(format!("Compare with {given}"), vec![Edit::replace(script.span(other), given)]);
}

/// What a match function gives when nothing matches.
fn without_match(result: &ApiResult<'_>) -> Option<&'static str> {
    if result.is_first_of(GIVE_NIL) {
        return Some("nil");
    }
    let function = result.function;
    let of_a_message = matches!(function.owner.as_str(), "ec_message" | "ec_message_part");
    let matches = function.member.ends_with("_match") || function.member.ends_with("_replace");
    (of_a_message && matches && result.position == 0).then_some("false")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn the_wrong_nothing() {
        check(
            RULE.code,
            r#"
require("msys.pcre")
local function search(m) return m:raw_match("a") end
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local found = msg:text_match("a")
  if found == nil then return msys.core.VALIDATE_CONT end
--            ^^^ warning: `msg:text_match` gives false when nothing matches, not nil: this never holds
  if nil ~= search(msg) then return msys.core.VALIDATE_DONE end
--   ^^^ warning: `msg:raw_match` gives false when nothing matches, not nil: this always holds
  local part = msg:mime()
  if part:body_match("x") == nil then return msys.core.VALIDATE_DONE end
--                           ^^^ warning: `msgpart:body_match` gives false
  local m, why = msys.pcre.match("abc", "b")
  if m == false then return msys.core.VALIDATE_CONT end
--        ^^^^^ warning: `msys.pcre.match` gives nil when nothing matches, not false
end
"#,
        );
    }

    #[test]
    fn the_right_nothing() {
        check_none(
            RULE.code,
            r#"
require("msys.pcre")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local found = msg:text_match("a")
  if found == false or not found then return msys.core.VALIDATE_CONT end
  local m, why = msys.pcre.match("abc", "b")
  if m == nil or why ~= nil then return msys.core.VALIDATE_CONT end
  local s = string.match("abc", "b")
  if s == nil then return msys.core.VALIDATE_CONT end
end
"#,
        );
    }

    #[test]
    fn fix() {
        check_fix(
            RULE.code,
            "local m = {}\nfunction m:validate_data(msg, ac, vctx)\n  return msg:body_match(\"a\") ~= nil\nend\n",
            "local m = {}\nfunction m:validate_data(msg, ac, vctx)\n  return msg:body_match(\"a\") ~= false\nend\n",
        );
    }
}
