//! ## What it does
//! Finds comparisons of an `ec_string`, the kind of string that callouts and hooks get from C, with a Lua string, and
//! lookups by it in a table whose keys are Lua strings.
//!
//! ## Why it matters
//! An `ec_string` is userdata. It never equals a Lua string, whatever its content: `==` never holds, `~=` always does, and a
//! table has nothing under it.
//!
//! ## Example
//! ```lua expect=ec-string-compare
//! local mod = {}
//! function mod:validate_ehlo(str, accept, vctx)
//!   if str == "localhost" then
//!     vctx:set_code(550, "5.7.1 say who you are")
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("helo", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_ehlo(str, accept, vctx)
//!   if tostring(str) == "localhost" then
//!     vctx:set_code(550, "5.7.1 say who you are")
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("helo", mod)
//! ```
//!
//! ## Fix
//! Puts `tostring(…)` around the `ec_string`.

use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::types::Value;
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind};

pub(crate) const RULE: Rule =
    Rule { code: "ec-string-compare", severity: Severity::Warning, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for (_, expression) in script.tree().expressions() {
        if let ExpressionKind::Index { base, key } = expression.kind
            && is_ec_string(script, key)
            && has_text_keys(script, base)
        {
            tell(script, key, "no key of the table equals it, and nothing is found", report);
        }
        let ExpressionKind::Binary { operator, left, right, .. } = expression.kind else { continue };
        let then = match operator {
            BinaryOperator::Equal => "this never holds",
            BinaryOperator::NotEqual => "this always holds",
            operator if operator.is_comparison() => "comparing them raises an error",
            _ => continue,
        };
        for (side, other) in [(left, right), (right, left)] {
            if is_ec_string(script, side) && is_text(script, other) {
                tell(script, side, then, report);
            }
        }
    }
}

fn tell(script: &Script<'_>, expression: ExpressionId, then: &str, report: &mut Report<'_>) {
    let span = script.span(expression);
    let text = script.text_at(span);
    let message = format!("`{text}` is an `ec_string`, which is no Lua string: {then}");
    let mut finding = report.at(span, message);
    let edits = vec![Edit::insert(span.start, "tostring("), Edit::insert(span.end, ")")];
    finding.safe_fix("Take its text", edits);
    if let Some(class) = script.api().class("ec_string") {
        finding.page_of(&class.about);
    }
}

/// Whether a table of the project has keys, and all of them are strings.
fn has_text_keys(script: &Script<'_>, expression: ExpressionId) -> bool {
    let is_text = |key: &Value| matches!(key, Value::String | Value::StringLiteral(_));
    script.type_of(expression).all(|value| {
        let Value::Table(table) = value else { return false };
        script.project().table(*table).is_some_and(|table| {
            let computed = &table.keys;
            let has_only_texts = computed.is_never() || computed.all(is_text);
            !table.open && table.fallback.is_never() && has_only_texts && !(table.fields.is_empty() && computed.is_never())
        })
    })
}

/// Whether an expression is an `ec_string` for certain.
pub(super) fn is_ec_string(script: &Script<'_>, expression: ExpressionId) -> bool {
    script.type_of(expression).class().is_some_and(|class| class == "ec_string")
}

fn is_text(script: &Script<'_>, expression: ExpressionId) -> bool {
    script.type_of(expression).all(|value| matches!(value, Value::String | Value::StringLiteral(_)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn never_equal() {
        check(
            RULE.code,
            r#"
local blocked = "localhost"
local function is_blocked(name)
  return name == blocked
--       ^^^^ warning: `name` is an `ec_string`, which is no Lua string: this never holds
end
local mod = {}
function mod:validate_ehlo(str, accept, vctx)
  if "x" ~= str or is_blocked(str) then return msys.core.VALIDATE_DONE end
--          ^^^ warning: this always holds
end
mod.validate_rcptto = function(self, msg, str, accept, vctx)
  local address = str
  if address == msg:rcptto() then return msys.core.VALIDATE_CONT end
--   ^^^^^^^ warning: `address` is an `ec_string`
end
local buffer = msys.core.string_new()
if buffer < "x" then print(buffer) end
-- ^^^^^^ warning: comparing them raises an error
"#,
        );
    }

    #[test]
    fn its_text_and_other_uses() {
        check_none(
            RULE.code,
            r#"
local mod = {}
function mod:validate_ehlo(str, accept, vctx)
  if tostring(str) == "localhost" then return msys.core.VALIDATE_DONE end
  if str == nil or #str == 0 then return msys.core.VALIDATE_CONT end
  str = tostring(str)
  if str == "localhost" then return msys.core.VALIDATE_DONE end
end
"#,
        );
    }

    #[test]
    fn no_key_of_a_table() {
        check(
            RULE.code,
            r#"
local blocked = { ["a@example.com"] = true, ["b@example.com"] = true }
local seen, names = {}, {}
names.admin = true
local mod = {}
function mod:validate_rcptto(msg, str, accept, vctx)
  if blocked[str] then return msys.core.VALIDATE_DONE end
--           ^^^ warning: `str` is an `ec_string`, which is no Lua string: no key of the table equals it
  local recipient = str
  if not names[recipient] then return msys.core.VALIDATE_DONE end
--             ^^^^^^^^^
  if seen[str] or blocked[tostring(str)] then return msys.core.VALIDATE_DONE end
  seen[str] = true
  return msys.core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
        check_fix(
            RULE.code,
            r#"
local blocked = { ["a@example.com"] = true }
local mod = {}
function mod:validate_rcptto(msg, str, accept, vctx)
  return blocked[str]
end
"#,
            r#"
local blocked = { ["a@example.com"] = true }
local mod = {}
function mod:validate_rcptto(msg, str, accept, vctx)
  return blocked[tostring(str)]
end
"#,
        );
    }

    #[test]
    fn fix() {
        check_fix(
            RULE.code,
            r#"
local mod = {}
function mod:validate_ehlo(str, accept, vctx)
  return str == "a" or "b" == str
end
"#,
            r#"
local mod = {}
function mod:validate_ehlo(str, accept, vctx)
  return tostring(str) == "a" or "b" == tostring(str)
end
"#,
        );
    }
}
