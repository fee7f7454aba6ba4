//! ## What it does
//! Reports a `for` from the length of a list to 1 or less that has no step.
//!
//! ## Why it matters
//! Without a step the loop counts upwards: with more than one element it does not run at all.
//!
//! ## Example
//! ```lua expect=lua/suspicious_reverse_loop
//! local function drop_all(list)
//!   for i = #list, 1 do
//!     table.remove(list, i)
//!   end
//! end
//! ```
//! Use instead:
//! ```lua
//! local function drop_all(list)
//!   for i = #list, 1, -1 do
//!     table.remove(list, i)
//!   end
//! end
//! ```

use crate::diagnostic::{Edit, Severity};
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::tree::{ExpressionKind, StatementKind, UnaryOperator};

pub(crate) const RULE: Rule = Rule {
    code: "lua/suspicious_reverse_loop",
    severity: Severity::Warning,
    since: "0.1",
    fixable: Fixable::Unsafe,
};

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "suspicious_reverse_loop") else { return };
    let tree = places.tree();
    for (_, statement) in tree.statements() {
        let StatementKind::NumericFor { start, limit, step: None, .. } = &statement.kind else { continue };
        let (start, limit) = (tree.expression(*start), tree.expression(*limit));
        let found = places.found().binary_search_by_key(&start.span.start, |found| found.span.start);
        // To selene, `~x` and `!x` are `#x`, and it cannot read hexadecimal numbers.
        let (Ok(_), ExpressionKind::Unary { operator: UnaryOperator::Length, .. }) = (found, &start.kind) else {
            continue;
        };
        if matches!(limit.kind, ExpressionKind::Number(number) if number <= 1.0) {
            let (from, to) = (places.text(start.span), places.text(limit.span));
            report
                .at(
                    start.span.to(limit.span),
                    format!("this loop counts upwards from `{from}` to {to}: it runs once at most"),
                )
                .unsafe_fix("Count downwards", vec![Edit::insert(limit.span.end, ", -1")]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn from_the_length_to_one() {
        check(
            RULE.code,
            "for i = #t, 1 do f(i) end\n--      ^^^^^ warning: upwards from `#t` to 1\nfor i = #t[a & 1], 0x1 do f(i) end\n--      ^^^^^^^^^^^^^^\n",
        );
        check_fix(RULE.code, "for i = #t, 1 do f(i) end\n", "for i = #t, 1, -1 do f(i) end\n");
    }

    #[test]
    fn other_operators_limits_and_steps() {
        check_none(RULE.code, "for i = ~t, 1 do f(i) end\nfor i = !t, 1 do f(i) end\nfor i = #t, 0x10 do f(i) end\n");
        check_none(RULE.code, "for i = #t, 1, -1 do f(i) end\nfor i = 1, #t do f(i) end\nfor i = #t, 2 do f(i) end\n");
    }
}
