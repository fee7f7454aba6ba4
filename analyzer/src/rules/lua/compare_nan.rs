//! ## What it does
//! Reports comparisons with `0/0`.
//!
//! ## Why it matters
//! `0/0` is "not a number", and that equals nothing, not even itself: `x == 0/0` is false whatever `x` is. The way to
//! ask is whether the value differs from itself.
//!
//! ## Example
//! ```lua expect=lua/compare_nan
//! local function mean(sum, count)
//!   local result = sum / count
//!   if result == 0/0 then
//!     return 0
//!   end
//!   return result
//! end
//! ```
//! Use instead:
//! ```lua
//! local function mean(sum, count)
//!   local result = sum / count
//!   if result ~= result then
//!     return 0
//!   end
//!   return result
//! end
//! ```

use crate::diagnostic::{Edit, Severity};
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::tree::{BinaryOperator, ExpressionKind};

pub(crate) const RULE: Rule =
    Rule { code: "lua/compare_nan", severity: Severity::Warning, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "compare_nan") else { return };
    for found in places.found() {
        let comparison = places.expression(found.span, |kind| {
            let ExpressionKind::Binary { operator, .. } = kind else { return false };
            matches!(operator, BinaryOperator::Equal | BinaryOperator::NotEqual)
        });
        let Some(comparison) = comparison else { continue };
        let ExpressionKind::Binary { operator, left, .. } = &comparison.kind else { continue };
        let (always, instead) = match operator {
            BinaryOperator::Equal => ("false", "~="),
            _ => ("true", "=="),
        };
        let value = places.text(places.tree().expression(*left).span);
        report
            .at(comparison.span, format!("this is always {always}: `0/0` equals nothing, not even itself"))
            .safe_fix(
                format!("Compare `{value}` with itself"),
                vec![Edit::replace(comparison.span, format!("{value} {instead} {value}"))],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn both_operators() {
        check(
            RULE.code,
            r#"
local same = x == 0/0
--           ^^^^^^^^ warning: always false
local other = t[a & 1] != 0 / 0
--            ^^^^^^^^^^^^^^^^^ always true
"#,
        );
        check_fix(RULE.code, "local nan = t[a & 1] == 0/0\n", "local nan = t[a & 1] ~= t[a & 1]\n");
        check_fix(RULE.code, "if x != 0/0 then f() end\n", "if x == x then f() end\n");
    }

    #[test]
    fn other_divisions() {
        check_none(RULE.code, "local a, b, c = x == 0 \\ 0, x == 1/0, x < 0/0\n");
    }
}
