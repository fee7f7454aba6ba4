//! # crash-risk
//!
//! ## What it does
//! Finds what can take the whole server down: `~nil`, `~true` and `~false`, and calls of `msys.cast`.
//!
//! ## Why it matters
//! The engine computes with constants when it loads a script, and `~` before `nil`, `true` or `false` makes it read memory
//! that is not there: the server dies of a segmentation fault as soon as the script is loaded, whether the line ever runs
//! or not. `!` or `not` was meant in most cases.
//!
//! `msys.cast` takes the script's word for the class of a C object. Where the object is of another one, the next use of
//! it reads foreign memory.
//!
//! ## Example
//! ```lua expect=crash-risk
//! local enabled = ~false
//! ```
//! Use instead:
//! ```lua
//! local enabled = not false
//! ```
//!
//! ## Fix
//! `not` in place of `~`. Unsafe: the engine never got as far as giving the `~` a meaning.

use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::tree::{ExpressionKind, UnaryOperator};

pub(crate) const RULE: Rule =
    Rule { code: "crash-risk", severity: Severity::Warning, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for (_, expression) in script.tree().expressions() {
        if let ExpressionKind::Unary { operator: UnaryOperator::BitNot, operator_span, operand } = expression.kind
        {
            let literal = match script.tree().expression(script.tree().unparenthesized(operand)).kind {
                ExpressionKind::Nil => "nil",
                ExpressionKind::True => "true",
                ExpressionKind::False => "false",
                _ => continue,
            };
            // `not` needs a blank where the operand follows directly.
            let blank = if operator_span.end == script.span(operand).start { " " } else { "" };
            report
                .at(expression.span, format!("`~{literal}` crashes the server when it loads the script"))
                .severity(Severity::Error)
                .unsafe_fix("Write `not`", vec![Edit::replace(operator_span, format!("not{blank}"))]);
        }
    }
    for call in &script.analysis().calls {
        if let Some(function) = script.called(call).filter(|function| function.name == "msys.cast") {
            let text = "`msys.cast` does not look whether the object is of that class: if it is not, the server crashes";
            report.at(script.span(call.expression), text).page_of(&function.about);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn constants_that_have_no_bits() {
        check(
            RULE.code,
            r#"
local a, b = ~nil, ~(true)
--           ^^^^ error: `~nil` crashes the server
--                 ^^^^^^^ error: `~true`
if ~ false then print(a, b) end
-- ^^^^^^^ error: `~false`
"#,
        );
        check_none(RULE.code, "local x, y = ~0, ~~1\nprint(x ~= nil, not nil, !true, ~x, y != false)\n");
        check_fix(RULE.code, "print(~nil, ~ true, ~(false))\n", "print(not nil, not true, not (false))\n");
    }

    #[test]
    fn casts() {
        check(
            RULE.code,
            r#"
local cast = msys.cast
local function text(object)
  local str = msys.cast(object, "msys.core:_ec_string")
--            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: does not look whether the object is of that class
  return str, cast(object, "msys.core:_ec_string")
--            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning:
end
"#,
        );
        check_none(RULE.code, "local msys = { cast = print }\nmsys.cast(1, 2)\n");
    }
}
