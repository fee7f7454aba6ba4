//! ## What it does
//! Reports `type(value == "string")`, where the comparison belongs behind the call.
//!
//! ## Why it matters
//! The call gets the result of the comparison, so it always gives `"boolean"`. As a condition, that is always true.
//!
//! ## Example
//! ```lua expect=lua/type_check_inside_call
//! local function text(value)
//!   if type(value == "table") then
//!     return table.concat(value, ", ")
//!   end
//!   return tostring(value)
//! end
//! ```
//! Use instead:
//! ```lua
//! local function text(value)
//!   if type(value) == "table" then
//!     return table.concat(value, ", ")
//!   end
//!   return tostring(value)
//! end
//! ```

use crate::diagnostic::{Edit, Severity};
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use crate::syntax::tree::{BinaryOperator, ExpressionKind};

pub(crate) const RULE: Rule = Rule {
    code: "lua/type_check_inside_call",
    severity: Severity::Warning,
    since: "0.1",
    fixable: Fixable::Unsafe,
};

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "type_check_inside_call") else { return };
    let tree = places.tree();
    for (_, node) in tree.expressions() {
        let ExpressionKind::Call(call) = &node.kind else { continue };
        let start = call.arguments_span.start;
        if places.found().binary_search_by_key(&start, |found| found.span.start).is_err() {
            continue;
        }
        // selene does not ask whether it is the script's own function.
        let Some(&argument) = call.arguments.first().filter(|_| script.scopes().resolve(call.callee).is_none())
        else {
            continue;
        };
        let argument = tree.expression(argument);
        let ExpressionKind::Binary { operator: BinaryOperator::Equal, left, .. } = &argument.kind else { continue };
        let left = tree.expression(*left).span;
        let mut finding = report.at(
            node.span,
            "this asks for the type of the comparison, which is always `\"boolean\"`, and true as a condition",
        );
        if call.arguments.len() == 1 {
            finding.unsafe_fix(
                "Compare the type",
                vec![
                    Edit::insert(left.end, ")"),
                    Edit::replace(Span::new(argument.span.end, call.arguments_span.end), ""),
                ],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn a_comparison_in_the_call() {
        check(
            RULE.code,
            r#"
if type(x == "string") then f() end
-- ^^^^^^^^^^^^^^^^^^^ warning: always `"boolean"`
"#,
        );
        check_fix(
            RULE.code,
            "if type(t[a | b] == \"string\" ) then f() end\n",
            "if type(t[a | b]) == \"string\" then f() end\n",
        );
    }

    #[test]
    fn a_comparison_behind_the_call() {
        check_none(RULE.code, "local a, b = type(x) == 'string', type(x & y)\nlocal c = kind(x == 'string')\n");
        check_none(RULE.code, "local function type(x) return x end\nprint(type(x == 'string'))\n");
    }
}
