//! ## What it does
//! Finds context values that are held against the wrong kind of nothing, or against numbers:
//! - a value of `msg:context_get` or `vctx:get` compared with nil, tested for truth, or given a default by `or`, although a
//!   missing variable gives `""`;
//! - the value of `msg:context_exists_and_get` compared with `""`, although a missing variable gives nil there;
//! - a context value or an expanded macro that is calculated with or compared with a number without `tonumber`.
//!
//! ## Why it matters
//! `""` is not nil and is true in Lua: such a condition always holds, and the default is never used. A text is never equal
//! to a number, and `<` between the two raises an error, as does calculating with `""`.
//!
//! ## Example
//! ```lua expect=context-nil
//! local mod = {}
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   local count = vctx:get(msys.core.VCTX_CONN, "recipients")
//!   if count > 100 then
//!     vctx:set_code(452, "4.5.3 too many recipients")
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("limit", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   local count = tonumber(vctx:get(msys.core.VCTX_CONN, "recipients")) or 0
//!   if count > 100 then
//!     vctx:set_code(452, "4.5.3 too many recipients")
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("limit", mod)
//! ```
//!
//! ## Fix
//! Compares with `""` or nil, or makes a number of the text, 0 where it is none.

use super::conditions::{asked_further, tested};
use super::nil::STORED_TEXTS;
use crate::rules::origins::{ApiResult, Origins};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::types::Value;
use crate::syntax::Span;
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind, UnaryOperator};

pub(crate) const RULE: Rule =
    Rule { code: "context-nil", severity: Severity::Warning, since: "0.1", fixable: Fixable::Unsafe };

/// Functions whose second result is the value, nil when there is none.
const STORED_OR_NIL: &[(&str, &str)] =
    &[("ec_message", "context_exists_and_get"), ("msys.core", "ec_message_context_exists_and_get")];

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let origins = Origins::new(script);
    let tree = script.tree();
    let further = asked_further(script);
    for expression in tested(tree).into_iter().filter(|expression| !further.contains(expression)) {
        truth(&origins, expression, report);
    }
    for (_, expression) in tree.expressions() {
        match expression.kind {
            ExpressionKind::Binary { operator: BinaryOperator::Or, left, right, .. } => {
                default(&origins, left, right, report);
            }
            ExpressionKind::Binary { operator, left, right, .. } => {
                for (side, other) in [(left, right), (right, left)] {
                    if !further.contains(&tree.unparenthesized(side)) {
                        compared(&origins, operator, side, other, report);
                    }
                    number(&origins, operator, side, other, report);
                }
            }
            ExpressionKind::Unary { operator: UnaryOperator::Negate, operand, .. } => {
                number(&origins, BinaryOperator::Subtract, operand, operand, report);
            }
            _ => {}
        }
    }
}

/// A context value that is never nil.
fn stored<'a>(origins: &Origins<'a>, expression: ExpressionId) -> Option<ApiResult<'a>> {
    let is_text = origins.script.type_of(expression).all(is_text);
    is_text.then(|| origins.result_anywhere(expression)).flatten().filter(|result| result.is_first_of(STORED_TEXTS))
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::String | Value::StringLiteral(_))
}

/// `if vctx:get(…) then`
fn truth(origins: &Origins<'_>, expression: ExpressionId, report: &mut Report<'_>) {
    let Some(result) = stored(origins, expression) else { return };
    let script = &origins.script;
    let span = script.span(expression);
    let mut finding = report.at(span, format!("{}: this always holds", missing_gives(&result, "\"\", which is true")));
    finish(&mut finding, &result);
    let negation = script.tree().expressions().find(|(_, parent)| {
        matches!(parent.kind, ExpressionKind::Unary { operator: UnaryOperator::Not, operand, .. } if operand == expression)
    });
    let edits = match negation {
        Some((_, parent)) => {
            let not = Span::new(parent.span.start, span.start);
            vec![Edit::replace(not, ""), Edit::insert(span.end, " == \"\"")]
        }
        None => vec![Edit::insert(span.end, " ~= \"\"")],
    };
    finding.unsafe_fix("Compare with the empty text", edits);
}

/// `vctx:get(…) or "none"`
fn default(origins: &Origins<'_>, left: ExpressionId, right: ExpressionId, report: &mut Report<'_>) {
    let left = origins.script.tree().unparenthesized(left);
    let Some(result) = stored(origins, left) else { return };
    // In a condition both sides are tested; that is told there.
    if tested(origins.script.tree()).contains(&left) {
        return;
    }
    // Nothing is put in the place of nothing.
    if origins.script.type_of(right).string_literal().is_some_and(|text| text.is_empty()) {
        return;
    }
    let span = origins.script.span(right);
    let message = format!("{}: what stands behind `or` is never used", missing_gives(&result, "\"\", which is true"));
    finish(&mut report.at(span, message), &result);
}

fn compared(
    origins: &Origins<'_>,
    operator: BinaryOperator,
    side: ExpressionId,
    other: ExpressionId,
    report: &mut Report<'_>,
) {
    let then = match operator {
        BinaryOperator::Equal => "never holds",
        BinaryOperator::NotEqual => "always holds",
        _ => return,
    };
    let script = &origins.script;
    let other_type = script.type_of(other);
    let is_written = matches!(script.tree().expression(other).kind, ExpressionKind::Nil | ExpressionKind::String(_));
    if other_type.is_nil()
        && let Some(result) = stored(origins, side)
    {
        let message = format!("{}: the comparison {then}", missing_gives(&result, "\"\", not nil"));
        let mut finding = report.at(script.span(other), message);
        finish(&mut finding, &result);
        if is_written {
            let edits = vec![Edit::replace(script.span(other), "\"\"")];
            finding.unsafe_fix("Compare with the empty text", edits);
        }
        return;
    }
    let is_empty = other_type.string_literal().is_some_and(|text| text.is_empty());
    if !is_empty || !script.type_of(side).may_be_nil() {
        return;
    }
    let Some(result) = origins.result(side).filter(|result| {
        result.position == 1 && STORED_OR_NIL.iter().any(|(owner, member)| result.is_of(owner, member))
    }) else {
        return;
    };
    // Where the first result or nil is asked for, too, `""` is meant.
    if origins.nil(side).is_none() || nil_is_asked_for(script, side) {
        return;
    }
    let mut finding =
        report.at(script.span(other), missing_gives(&result, "nil as second result, not \"\""));
    finish(&mut finding, &result);
    if is_written {
        finding.unsafe_fix("Compare with nil", vec![Edit::replace(script.span(other), "nil")]);
    }
}

/// Whether the same variable is compared with nil anywhere.
fn nil_is_asked_for(script: &Script<'_>, side: ExpressionId) -> bool {
    let tree = script.tree();
    let Some(binding) = script.scopes().resolve(side) else { return false };
    tree.expressions().any(|(_, expression)| match expression.kind {
        ExpressionKind::Binary { left, right, .. } => [(left, right), (right, left)].iter().any(|(one, other)| {
            script.scopes().resolve(*one) == Some(binding)
                && matches!(tree.expression(*other).kind, ExpressionKind::Nil)
        }),
        _ => false,
    })
}

fn number(
    origins: &Origins<'_>,
    operator: BinaryOperator,
    side: ExpressionId,
    other: ExpressionId,
    report: &mut Report<'_>,
) {
    let script = &origins.script;
    let with_number = || {
        let ty = script.type_of(other);
        ty.all(|value| matches!(value, Value::Number | Value::NumberLiteral(_)))
    };
    let then = match operator {
        operator if operator.is_arithmetic() => "calculating with \"\", or with text that is no number, raises an error",
        BinaryOperator::Equal if with_number() => "it never equals a number",
        BinaryOperator::NotEqual if with_number() => "it never equals a number, so this always holds",
        BinaryOperator::Equal | BinaryOperator::NotEqual => return,
        operator if operator.is_comparison() && with_number() => "comparing it with a number raises an error",
        _ => return,
    };
    if !script.type_of(side).all(is_text) {
        return;
    }
    let Some(result) = origins.result_anywhere(side) else { return };
    if !(result.is_first_of(STORED_TEXTS) || result.is_first_of(&[("msys", "expandMacro")])) {
        return;
    }
    let span = script.span(side);
    let mut finding = report.at(span, format!("`{}` gives text: {then}", result.function.name));
    finding.page_of(&result.function.about);
    let edits = vec![Edit::insert(span.start, "(tonumber("), Edit::insert(span.end, ") or 0)")];
    finding.unsafe_fix("Make a number of it, 0 where it is none", edits);
}

fn missing_gives(result: &ApiResult<'_>, what: &str) -> String {
    format!("`{}` gives a missing variable as {what}", result.function.name)
}

fn finish(finding: &mut crate::rules::Builder<'_>, result: &ApiResult<'_>) {
    finding.page_of(&result.function.about);
    if result.is_of("validate_context", "get") || result.is_of("msys.core", "validate_context_get") {
        finding.note("The page does not say what a missing variable gives; it is read like that of `msg:context_get`.");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn nothing_is_an_empty_text() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function get(m, key)
  return m:context_get(core.ECMESS_CTX_MESS, key)
end
function mod:validate_data(msg, accept, vctx)
  if msg:context_get(core.ECMESS_CTX_MESS, "a") == nil then return core.VALIDATE_DONE end
--                                                 ^^^ warning: `msg:context_get` gives a missing variable as "", not nil: the comparison never holds
  local value = get(msg, "b")
  if value ~= nil then return core.VALIDATE_DONE end
--            ^^^ warning: the comparison always holds
  if vctx:get(core.VCTX_MESS, "c") then return core.VALIDATE_DONE end
--   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `vctx:get` gives a missing variable as "", which is true: this always holds
  local limit = vctx:get(core.VCTX_MESS, "limit")
  if limit == nil then
--            ^^^ warning: the comparison never holds
    limit = "10"
  end
  local name = get(msg, "d") or "nobody"
--                              ^^^^^^^^ warning: what stands behind `or` is never used
  local there, text = msg:context_exists_and_get(core.ECMESS_CTX_MESS, "e")
  if text == "" then return core.VALIDATE_DONE end
--           ^^ warning: gives a missing variable as nil as second result
end
"#,
        );
    }

    #[test]
    fn questions_that_go_further() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local known = { gold = true }
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local a = vctx:get(core.VCTX_MESS, "a")
  if a ~= nil and a ~= "" then return core.VALIDATE_DONE end
  local b = vctx:get(core.VCTX_MESS, "b")
  if not b or b == "" then return core.VALIDATE_DONE end
  local c = vctx:get(core.VCTX_MESS, "c")
  if (c) and #c > 0 then return core.VALIDATE_DONE end
  local d = vctx:get(core.VCTX_MESS, "d")
  if d and d == "yes" then return core.VALIDATE_DONE end
  local e = vctx:get(core.VCTX_MESS, "e")
  local number = e and tonumber(e) or 0
  local f = vctx:get(core.VCTX_MESS, "f")
  if f and known[f] then return core.VALIDATE_DONE end
  local g = vctx:get(core.VCTX_MESS, "g") or ""
  if vctx:get(core.VCTX_MESS, "h") and vctx:get(core.VCTX_MESS, "h") ~= "no" then return core.VALIDATE_DONE end
  local i = vctx:get(core.VCTX_MESS, "i")
  if i == nil or i:len() == 0 or number > #g then return core.VALIDATE_DONE end
end
"#,
        );
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local a = vctx:get(core.VCTX_MESS, "a")
  local label = a and "[" .. a .. "]" or "none"
--              ^ warning: this always holds
  local b = vctx:get(core.VCTX_MESS, "b")
  if b and msg:get_message_size() > 5 then return core.VALIDATE_DONE end
--   ^ warning: this always holds
end
"#,
        );
    }

    #[test]
    fn values_that_functions_of_other_files_give_back() {
        check(
            RULE.code,
            r#"
//- /policy/site.lua
local core = require("msys.core")
local site = {}
function site.stored(vctx, key) return vctx:get(core.VCTX_MESS, key) end
return site
//- /policy/main.lua
local core = require("msys.core")
local site = require("site")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  if site.stored(vctx, "a") == nil then return core.VALIDATE_DONE end
--                             ^^^ warning: the comparison never holds
  local count = site.stored(vctx, "count")
  if count > 5 then return core.VALIDATE_DONE end
--   ^^^^^ warning: comparing it with a number raises an error
  return core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn texts_are_no_numbers() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local count = vctx:get(core.VCTX_MESS, "count")
  vctx:set(core.VCTX_MESS, "count", count + 1)
--                                  ^^^^^ warning: `vctx:get` gives text: calculating
  if count > 5 then return core.VALIDATE_DONE end
--   ^^^^^ warning: comparing it with a number raises an error
  if 1 == msg:context_get(core.ECMESS_CTX_MESS, "a") then return core.VALIDATE_DONE end
--        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: it never equals a number
  if msys.expandMacro("%{vctx_conn:n}") >= 5 then return core.VALIDATE_DONE end
--   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: comparing it
end
"#,
        );
    }

    #[test]
    fn right_comparisons() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  if msg:context_get(core.ECMESS_CTX_MESS, "a") == "" then return core.VALIDATE_DONE end
  local count = tonumber(vctx:get(core.VCTX_MESS, "count")) or 0
  if count + 1 > 5 then return core.VALIDATE_DONE end
  local there, text = msg:context_exists_and_get(core.ECMESS_CTX_MESS, "e")
  if there == 1 and text == "" then return core.VALIDATE_DONE end
  local level = msg:context_get(core.ECMESS_CTX_MESS, "level")
  for round = 1, 3 do
    if level == nil then return core.VALIDATE_DONE end
    level = round > 1 and msg:header("X-Level")[1] or nil
  end
  local found, other = msg:context_exists_and_get(core.ECMESS_CTX_MESS, "f")
  if other == nil or other == "" then return core.VALIDATE_DONE end
  if msg:mailfrom() == nil then return core.VALIDATE_DONE end
  if vctx:get(core.VCTX_MESS, "b") > "m" then return core.VALIDATE_DONE end
  local text = "n: " .. vctx:get(core.VCTX_MESS, "n")
end
"#,
        );
    }

    #[test]
    fn fixes() {
        check_fix(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  if msg:context_get(msys.core.ECMESS_CTX_MESS, "a") ~= nil then return 1 end
  if not vctx:get(msys.core.VCTX_MESS, "b") then return 2 end
  return vctx:get(msys.core.VCTX_MESS, "c") + 1
end
"#,
            r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  if msg:context_get(msys.core.ECMESS_CTX_MESS, "a") ~= "" then return 1 end
  if vctx:get(msys.core.VCTX_MESS, "b") == "" then return 2 end
  return (tonumber(vctx:get(msys.core.VCTX_MESS, "c")) or 0) + 1
end
"#,
        );
    }
}
