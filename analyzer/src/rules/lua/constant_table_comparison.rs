//! ## What it does
//! Reports comparisons with a table that is written on the spot.
//!
//! ## Why it matters
//! Tables are compared by identity, and `{}` makes a new one: it equals nothing. `t == {}` does not ask whether `t` is
//! empty, it is always false. With `<` or `>` the engine raises an error.
//!
//! ## Example
//! ```lua expect=lua/constant_table_comparison
//! local function is_bulk(msg)
//!   return msg:header("List-Id") ~= {}
//! end
//! ```
//! Use instead:
//! ```lua
//! local function is_bulk(msg)
//!   return next(msg:header("List-Id")) ~= nil
//! end
//! ```

use crate::diagnostic::{Edit, Severity};
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::tree::{BinaryOperator, ExpressionKind};

pub(crate) const RULE: Rule = Rule {
    code: "lua/constant_table_comparison",
    severity: Severity::Warning,
    since: "0.1",
    fixable: Fixable::Unsafe,
};

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "constant_table_comparison") else { return };
    let tree = places.tree();
    for found in places.found() {
        let comparison = places.expression(
            found.span,
            |kind| matches!(kind, ExpressionKind::Binary { operator, .. } if operator.is_comparison()),
        );
        let Some(comparison) = comparison else { continue };
        let ExpressionKind::Binary { operator, left, right, .. } = &comparison.kind else { continue };
        let message = match operator {
            BinaryOperator::Equal => "this is always false: the table that is written here is a new one",
            BinaryOperator::NotEqual => "this is always true: the table that is written here is a new one",
            _ => "this raises an error: tables have no order",
        };
        let mut finding = report.at(comparison.span, message);
        let fields = |id| match &tree.expression(id).kind {
            ExpressionKind::Table(fields) => Some(fields.len()),
            _ => None,
        };
        let other = match (fields(*left), fields(*right)) {
            (Some(0), None) => *right,
            (None, Some(0)) => *left,
            _ => continue,
        };
        let sign = match operator {
            BinaryOperator::Equal => "==",
            BinaryOperator::NotEqual => "~=",
            _ => continue,
        };
        let other = places.text(tree.expression(other).span);
        finding.unsafe_fix(
            "Ask whether the table is empty",
            vec![Edit::replace(comparison.span, format!("next({other}) {sign} nil"))],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn all_comparisons() {
        check(
            RULE.code,
            r#"
local empty = headers == {}
--            ^^^^^^^^^^^^^ warning: always false
local some = {} != headers
--           ^^^^^^^^^^^^^ always true
local less = headers < { 1 }
--           ^^^^^^^^^^^^^^^ raises an error
"#,
        );
        check_fix(RULE.code, "if t[a | b] == {} then f() end\n", "if next(t[a | b]) == nil then f() end\n");
    }

    #[test]
    fn tables_in_other_places() {
        check_none(RULE.code, "local t = t or {}\nlocal n = {} & headers\nlocal m = f({}) == 1\n");
    }
}
