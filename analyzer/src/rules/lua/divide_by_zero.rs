//! ## What it does
//! Reports the division of a value by the number 0.
//!
//! ## Why it matters
//! It is no error in Lua: the result is `inf`, `-inf` or `nan`, which then goes through every calculation and ends up
//! in a header or a limit. `1/0` for an infinite number is not reported.
//!
//! ## Example
//! ```lua expect=lua/divide_by_zero
//! local function rate(count)
//!   return count / 0
//! end
//! ```
//! Use instead:
//! ```lua
//! local function rate(count, seconds)
//!   if seconds == 0 then
//!     return 0
//!   end
//!   return count / seconds
//! end
//! ```

use crate::diagnostic::Severity;
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::TokenKind;
use crate::syntax::tree::{BinaryOperator, ExpressionKind};

pub(crate) const RULE: Rule =
    Rule { code: "lua/divide_by_zero", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "divide_by_zero") else { return };
    for found in places.found() {
        let division = places.expression(
            found.span,
            |kind| matches!(kind, ExpressionKind::Binary { operator: BinaryOperator::Divide, .. }),
        );
        let Some(division) = division else { continue };
        let ExpressionKind::Binary { left, .. } = &division.kind else { continue };
        let numerator = places.tokens(places.tree().expression(*left).span);
        let is_number = numerator.iter().all(|token| {
            matches!(
                token.kind,
                TokenKind::Number | TokenKind::Minus | TokenKind::LeftParen | TokenKind::RightParen
            )
        });
        if !is_number {
            report.at(division.span, "divides by zero: the result is inf, -inf or nan");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn values_by_zero() {
        check(
            RULE.code,
            "local a = count / 0\n--        ^^^^^^^^^ warning: divides by zero\nlocal b = t[i] / 0 + 1\n--        ^^^^^^^^\n",
        );
    }

    #[test]
    fn numbers_and_other_operators() {
        check_none(RULE.code, "local a, b, c, d = 1/0, -1/0, (-1)/0, 0/0\n");
        check_none(RULE.code, "local a, b, c = count << 0, count & 0, count / 010\n");
    }
}
