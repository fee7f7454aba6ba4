//! ## What it does
//! Finds conditions that are a number, 0 or 1, where 0 means no: `if msg:context_exists(…) then`.
//!
//! ## Why it matters
//! In Lua only nil and false are false. 0 is true, so such a condition always holds.
//!
//! ## Example
//! ```lua expect=numeric-truth
//! local mod = {}
//! function mod:validate_data(msg, accept, vctx)
//!   if msg:context_exists(msys.core.ECMESS_CTX_CONN, "trusted") then
//!     return msys.core.VALIDATE_DONE
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("trust", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_data(msg, accept, vctx)
//!   if msg:context_exists(msys.core.ECMESS_CTX_CONN, "trusted") == 1 then
//!     return msys.core.VALIDATE_DONE
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("trust", mod)
//! ```
//!
//! ## Fix
//! Compares with 1, and with 0 where the condition is negated.

use super::conditions::tested;
use crate::rules::origins::Origins;
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::library;
use crate::semantics::types::{Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind, UnaryOperator};
use momentum_lua_stub_reader::model::Field;

pub(crate) const RULE: Rule =
    Rule { code: "numeric-truth", severity: Severity::Warning, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let origins = Origins::new(script);
    for expression in tested(script.tree()) {
        let ty = script.type_of(expression);
        if let Some(field) = hidden_flag(script, expression) {
            let name = &field.name;
            let message = format!(
                "`{name}` is the method here, and as a field 0 or 1: all of them are true in Lua, and the condition \
                 always holds"
            );
            report.at(script.span(expression), message).page_of(&field.about);
            continue;
        }
        let is_value = matches!(
            script.tree().expression(expression).kind,
            ExpressionKind::Call(_) | ExpressionKind::Name(_) | ExpressionKind::Field { .. }
        );
        if !is_value {
            continue;
        }
        let result = origins.result_anywhere(expression);
        let counts = result.is_some_and(|result| {
            result.position == 0 && result.function.about.traps.iter().any(|trap| warns_of_zero(trap))
        });
        let binary = is_zero_or_one(&ty);
        let number = ty.all(|value| matches!(value, Value::Number | Value::NumberLiteral(_)));
        if !(binary || number && counts) {
            continue;
        }
        let what = match result {
            Some(result) => format!("`{}` gives a number", result.function.name),
            None => "this is a number".to_owned(),
        };
        let message = format!("{what}, and 0 is true in Lua: the condition always holds");
        let mut finding = report.at(script.span(expression), message);
        if let Some(result) = result {
            finding.page_of(&result.function.about);
        }
        if binary && let Some((title, edits)) = comparison(script, expression) {
            finding.safe_fix(title, edits);
        }
    }
}

/// The field of 0 or 1 that an expression is meant to read, where a method of that name is what it finds.
fn hidden_flag<'a>(script: &Script<'a>, expression: ExpressionId) -> Option<&'a Field> {
    let ExpressionKind::Field { base, name } = &script.tree().expression(expression).kind else { return None };
    script.member(expression)?.function()?;
    let class = script.type_of(*base).class()?.clone();
    let fields = script.api().fields();
    let field = fields.into_iter().find(|field| field.owner == class && field.member == name.text.as_str())?;
    is_zero_or_one(&library::from_model(script.api(), &field.ty)).then_some(field)
}

/// Whether it is 0, or 0 or 1, and nothing else.
fn is_zero_or_one(ty: &Type) -> bool {
    let zero = Value::NumberLiteral(0.0);
    let one = Value::NumberLiteral(1.0);
    ty.any(|value| *value == zero) && ty.all(|value| *value == zero || *value == one)
}

/// Whether the description says that 0 among its results is true in Lua.
fn warns_of_zero(trap: &str) -> bool {
    ["0 counts as true", "0 is true in Lua", "0 is true"].iter().any(|words| trap.contains(words))
}

fn comparison(script: &Script<'_>, expression: ExpressionId) -> Option<(&'static str, Vec<Edit>)> {
    let tree = script.tree();
    let span = script.span(expression);
    let negation = tree.expressions().find(|(_, parent)| {
        matches!(parent.kind, ExpressionKind::Unary { operator: UnaryOperator::Not, operand, .. } if operand == expression)
    });
    let Some((negation, node)) = negation else {
        return Some(("Compare with 1", vec![Edit::insert(span.end, " == 1")]));
    };
    // `not x == y` is `(not x) == y`.
    let compared = tree.expressions().any(|(_, parent)| {
        matches!(parent.kind, ExpressionKind::Binary { operator, left, right, .. }
            if operator.is_comparison() && (left == negation || right == negation))
    });
    let edits =
        vec![Edit::replace(Span::new(node.span.start, span.start), ""), Edit::insert(span.end, " == 0")];
    (!compared).then_some(("Compare with 0", edits))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn zero_is_true() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function trusted(m)
  return m:context_exists(core.ECMESS_CTX_CONN, "trusted")
end
function mod:validate_data(msg, accept, vctx)
  if msg:context_exists(core.ECMESS_CTX_MESS, "a") then return core.VALIDATE_DONE end
--   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `msg:context_exists` gives a number, and 0 is true in Lua
  local there, value = msg:context_exists_and_get(core.ECMESS_CTX_MESS, "a")
  if not there then return core.VALIDATE_CONT end
--       ^^^^^ warning: `msg:context_exists_and_get` gives a number
  local x = trusted(msg) and value
--          ^^^^^^^^^^^^ warning: the condition always holds
  if msg.priority then return core.VALIDATE_DONE end
--   ^^^^^^^^^^^^ warning: this is a number
  local found = 0
  if value == "x" then found = 1 end
  if found then return core.VALIDATE_DONE end
--   ^^^^^ warning: this is a number, and 0 is true
  if os.execute("true") then return core.VALIDATE_DONE end
--   ^^^^^^^^^^^^^^^^^^ warning: `os.execute` gives a number
end
"#,
        );
    }

    #[test]
    fn flags_of_structs() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:validate_connect(accept, vctx)
  if vctx.disconnect then return msys.core.VALIDATE_DONE end
--   ^^^^^^^^^^^^^^^ warning: `vctx.disconnect` is the method here, and as a field 0 or 1
end
function mod:validate_ehlo(str, accept, vctx)
  if not vctx.disconnect and vctx:get(msys.core.VCTX_CONN, "a") == "b" then return msys.core.VALIDATE_DONE end
--       ^^^^^^^^^^^^^^^
  return msys.core.VALIDATE_CONT
end
function mod:validate_data(msg, accept, vctx)
  if msg.failed then return msys.core.VALIDATE_DONE end
--   ^^^^^^^^^^ warning: this is a number, and 0 is true
  return msys.core.VALIDATE_CONT
end
"#,
        );
        check_none(
            RULE.code,
            r#"
local mod = {}
function mod:validate_connect(accept, vctx)
  if not vctx.pbp_disconnect then vctx:disconnect(421, "4.7.0 No") end
  vctx.disconnect = 1
  if vctx.code == 250 then return msys.core.VALIDATE_DONE end
  return msys.core.VALIDATE_CONT
end
"#,
        );
    }

    #[test]
    fn compared_numbers_and_other_values() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  if msg:context_exists(core.ECMESS_CTX_MESS, "a") == 1 then return core.VALIDATE_DONE end
  local there = msg:context_exists(core.ECMESS_CTX_MESS, "a")
  if there ~= 0 then return core.VALIDATE_CONT end
  while 1 do break end
  local n = enabled and 0 or 1
  local size = msg:get_message_size()
  if size and size > 0 then print(size) end
  if msg:is_mcmt() then print("mcmt") end
  local count = tonumber("5") or 0
  if count then print(count) end
end
"#,
        );
    }

    #[test]
    fn fixes() {
        check_fix(
            RULE.code,
            r#"
local core = msys.core
local mod = {}
function mod:validate_data(msg, accept, vctx)
  if msg:context_exists(core.ECMESS_CTX_MESS, "a") and !msg:context_exists(core.ECMESS_CTX_MESS, "b") then
    return core.VALIDATE_DONE
  elseif not (msg:context_exists(core.ECMESS_CTX_MESS, "c")) then
    return core.VALIDATE_CONT
  end
end
"#,
            r#"
local core = msys.core
local mod = {}
function mod:validate_data(msg, accept, vctx)
  if msg:context_exists(core.ECMESS_CTX_MESS, "a") == 1 and msg:context_exists(core.ECMESS_CTX_MESS, "b") == 0 then
    return core.VALIDATE_DONE
  elseif not (msg:context_exists(core.ECMESS_CTX_MESS, "c") == 1) then
    return core.VALIDATE_CONT
  end
end
"#,
        );
    }
}
