//! ## What it does
//! Finds the values of a header, as `msg:header(name)` and `msg:address_header(name)` give them, used as if they were one
//! text: compared, joined, searched, tested for existence.
//!
//! ## Why it matters
//! A header may occur several times, so the function gives a table, and an empty one when there is no such header. A
//! table never equals a text, is always true in a condition, and raises an error where a text belongs.
//!
//! ## Example
//! ```lua expect=header-table
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   if msg:header("X-Priority") == "1" then
//!     msg.priority = 1
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("priority", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   if msg:header("X-Priority")[1] == "1" then
//!     msg.priority = 1
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("priority", mod)
//! ```
//!
//! ## Fix
//! Takes the first value, and an empty text where there is none and a text is needed.

use super::arguments::{Misfit, api_calls};
use super::conditions::{guards_of_elements, tested};
use super::nil::HEADER_VALUES;
use crate::rules::origins::{ApiResult, Origins};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::types::Value;
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind};
use momentum_lua_stub_reader::model::Type;

pub(crate) const RULE: Rule =
    Rule { code: "header-table", severity: Severity::Warning, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let origins = Origins::new(script);
    let tree = script.tree();
    // Too careful, and right: what is looked at behind it is the first value.
    let guards = guards_of_elements(tree, script.scopes());
    for expression in tested(tree).into_iter().filter(|expression| !guards.contains(expression)) {
        tell(&origins, expression, "so it is always true, even without such a header", Mend::First, report);
    }
    for (_, expression) in tree.expressions() {
        match &expression.kind {
            ExpressionKind::Binary { operator, left, right, .. } => {
                let (then, mend) = match operator {
                    BinaryOperator::Concatenate => ("joining it raises an error", Mend::Text),
                    BinaryOperator::Equal => ("which equals neither a text nor nil", Mend::First),
                    BinaryOperator::NotEqual => ("which equals neither a text nor nil: this always holds", Mend::First),
                    operator if operator.is_comparison() => ("comparing it raises an error", Mend::First),
                    _ => continue,
                };
                for (side, other) in [(*left, *right), (*right, *left)] {
                    // Two tables may be compared.
                    let is_text = script.type_of(other).all(|value| {
                        matches!(value, Value::Nil | Value::String | Value::StringLiteral(_) | Value::Number | Value::NumberLiteral(_))
                    });
                    if (is_text || *operator == BinaryOperator::Concatenate) && !guards.contains(&side) {
                        tell(&origins, side, then, mend, report);
                    }
                }
            }
            ExpressionKind::Call(call) if call.method.is_some() => {
                tell(&origins, call.callee, "which has no methods", Mend::Text, report);
            }
            _ => {}
        }
    }
    for call in api_calls(script) {
        let prints = call.function.owner.is_empty() && matches!(call.function.member.as_str(), "print" | "tostring");
        if prints {
            for &argument in &call.call.arguments {
                tell(&origins, argument, "so this shows `table: 0x…`", Mend::First, report);
            }
        } else if let Some((arguments, judgement)) = call.judge(script.api()) {
            for &(position, misfit) in &judgement.misfits {
                if misfit == Misfit::Kind
                    && let Some(argument) = arguments.get(position)
                    && call.call.arguments.contains(&argument.expression)
                {
                    let then = format!("and `{}` takes none here", call.function.name);
                    tell(&origins, argument.expression, &then, Mend::Text, report);
                }
            }
        }
    }
}

/// What is written in place of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mend {
    /// `values[1]`
    First,
    /// `(values[1] or "")`
    Text,
}

fn tell(origins: &Origins<'_>, expression: ExpressionId, then: &str, mend: Mend, report: &mut Report<'_>) {
    let Some(result) = header_values(origins, expression) else { return };
    let script = &origins.script;
    let span = script.span(expression);
    let message = format!("`{}` gives a table of values, {then}", result.function.name);
    let mut finding = report.at(span, message);
    finding.page_of(&result.function.about);
    let call = script.span(result.call);
    if call != span {
        finding.related(call, "the table comes from here");
    }
    match mend {
        Mend::First => {
            finding.unsafe_fix("Take the first value", vec![Edit::insert(span.end, "[1]")]);
        }
        Mend::Text => {
            let edits = vec![Edit::insert(span.start, "("), Edit::insert(span.end, "[1] or \"\")")];
            finding.unsafe_fix("Take the first value, or an empty text", edits);
        }
    }
}

/// The call, if an expression is what it gave: the values of a header.
pub(super) fn header_values<'a>(origins: &Origins<'a>, expression: ExpressionId) -> Option<ApiResult<'a>> {
    let ty = origins.script.type_of(expression).without_nil();
    if !ty.all(|value| matches!(value, Value::Structure(Type::Array(_)))) {
        return None;
    }
    origins.result_anywhere(expression).filter(|result| result.is_first_of(HEADER_VALUES))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn a_table_is_no_text() {
        check(
            RULE.code,
            r#"
local mod = {}
local function header(m, name)
  return m:header(name)
end
function mod:validate_data(msg, accept, vctx)
  if msg:header("X-Spam") then return msys.core.VALIDATE_DONE end
--   ^^^^^^^^^^^^^^^^^^^^ warning: `msg:header` gives a table of values, so it is always true
  local subject = msg:header("Subject")
--                ^^^^^^^^^^^^^^^^^^^^^ related: the table comes from here
  if subject == "test" or subject ~= nil then print("x") end
--   ^^^^^^^ which equals neither a text nor nil
--                        ^^^^^^^ this always holds
  if subject and vctx[1] then print("y") end
--   ^^^^^^^ always true
  print("Subject: " .. subject)
--                     ^^^^^^^ joining it raises an error
  if not header(msg, "X-Id") then return msys.core.VALIDATE_CONT end
--       ^^^^^^^^^^^^^^^^^^^ always true
  local lower = subject:lower()
--              ^^^^^^^ which has no methods
  if string.find(subject, "viagra") then print("spam") end
--               ^^^^^^^ and `string.find` takes none here
  vctx:set(msys.core.VCTX_MESS, "from", msg:address_header("From", "domain"))
--                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `msg:address_header` gives a table
  print(subject, tostring(subject))
--      ^^^^^^^ so this shows `table: 0x…`
--                        ^^^^^^^
end
"#,
        );
    }

    #[test]
    fn tables_used_as_tables() {
        check_none(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local to = msg:header("To")
  if #to > 0 and to[1] == "a" then print(to[1]) end
  for _, value in ipairs(to) do print(value) end
  print(table.concat(to, ","), #msg:header("Cc"))
  msg:header("X-To", to)
  if msg:header("X-New", "1", "append") then print("set") end
  local other = to
  if other == to then print("same") end
  if next(to) == nil then print("none") end
  if to and to[1] == "a" and to ~= nil and #to > 1 then print("several") end
  if not to or #to == 0 or to == nil or to[1] == "" then print("none") end
  local text = msg:header("Subject")[1] or ""
  print("Subject: " .. text, text:lower())
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
  if msg:header("X-Spam") == "yes" then print("Subject: " .. msg:header("Subject")) end
  local lower = msg:header("Subject"):lower()
end
"#,
            r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  if msg:header("X-Spam")[1] == "yes" then print("Subject: " .. (msg:header("Subject")[1] or "")) end
  local lower = (msg:header("Subject")[1] or ""):lower()
end
"#,
        );
    }
}
