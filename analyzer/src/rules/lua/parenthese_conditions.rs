//! ## What it does
//! Reports parentheses around the whole condition of an `if`, `while` or `repeat`.
//!
//! Runs only where the configuration turns it on.
//!
//! ## Why it matters
//! Lua does not need them: `then` and `do` end a condition.
//!
//! ## Example
//! ```lua expect=lua/parenthese_conditions
//! if (jit) then
//!   print("no")
//! end
//! ```
//! Use instead:
//! ```lua
//! if jit then
//!   print("no")
//! end
//! ```

use crate::diagnostic::{Edit, Severity};
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use crate::syntax::tree::ExpressionKind;

pub(crate) const RULE: Rule = Rule {
    code: "lua/parenthese_conditions",
    severity: Severity::Info,
    since: "0.1",
    fixable: Fixable::Safe,
};

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "parenthese_conditions") else { return };
    for found in places.found() {
        let condition = places.expression(found.span, |kind| matches!(kind, ExpressionKind::Parenthesized(_)));
        let Some(condition) = condition else { continue };
        let ExpressionKind::Parenthesized(inner) = condition.kind else { continue };
        let inner = places.tree().expression(inner).span;
        let (open, close) =
            (Span::new(condition.span.start, inner.start), Span::new(inner.end, condition.span.end));
        // Where a word follows directly, a blank must keep them apart.
        let before = script.text().get(..open.start as usize).is_some_and(|text| text.ends_with(char::is_whitespace));
        let after = script
            .text()
            .get(close.end as usize..)
            .is_some_and(|text| text.is_empty() || text.starts_with(char::is_whitespace));
        let blank = |apart: bool| if apart { "" } else { " " };
        let mut finding = report.at(places.first_line(condition.span), "the condition needs no parentheses");
        if !places.has_comment(open) && !places.has_comment(close) {
            finding.safe_fix(
                "Remove the parentheses",
                vec![Edit::replace(open, blank(before)), Edit::replace(close, blank(after))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn whole_conditions_on_request() {
        check(
            RULE.code,
            "// lua/parenthese_conditions=info\nif (a & 1 != 0) then f() end\n-- ^^^^^^^^^^^^ info: no parentheses\n",
        );
        check_none(RULE.code, "// lua/parenthese_conditions=info\nif (a) & (b) then f() end\nif !(a) then f() end\n");
        check_none(RULE.code, "if (a) then f() end\n");
        check_fix(
            RULE.code,
            "// lua/parenthese_conditions=info\nif(a[1])then f() end\nwhile ( b ) do f() end\n",
            "if a[1] then f() end\nwhile b do f() end\n",
        );
    }
}
