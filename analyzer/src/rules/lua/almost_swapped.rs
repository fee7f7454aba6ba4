//! ## What it does
//! Reports two assignments in a row that look like an exchange of two values and are none.
//!
//! ## Why it matters
//! The first assignment overwrites a value that the second one needs. Afterwards both variables hold the same value,
//! and the other one is lost.
//!
//! ## Example
//! ```lua expect=lua/almost_swapped
//! local function newer_first(first, second)
//!   if first < second then
//!     first = second
//!     second = first
//!   end
//!   return first, second
//! end
//! ```
//! Use instead:
//! ```lua
//! local function newer_first(first, second)
//!   if first < second then
//!     first, second = second, first
//!   end
//!   return first, second
//! end
//! ```

use crate::diagnostic::{Edit, Severity};
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::tree::{Statement, StatementKind};
use crate::syntax::Span;

pub(crate) const RULE: Rule = Rule {
    code: "lua/almost_swapped",
    severity: Severity::Warning,
    since: "0.1",
    fixable: Fixable::Unsafe,
};

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let places = Places::all(script);
    let tree = places.tree();
    for (_, block) in tree.blocks() {
        for pair in block.statements.windows(2) {
            let &[first, second] = pair else { continue };
            let (first, second) = (tree.statement(first), tree.statement(second));
            let (Some((a, b)), Some((c, d))) = (sides(&places, first), sides(&places, second)) else { continue };
            if !places.same(a, d) || !places.same(b, c) || places.same(a, b) || places.calls(a) {
                continue;
            }
            let (a, b) = (places.text(a), places.text(b));
            let span = first.span.to(second.span);
            report
                .at(span, format!("this does not exchange `{a}` and `{b}`: both end up with the value of `{b}`"))
                .unsafe_fix("Exchange the values", vec![Edit::replace(span, format!("{a}, {b} = {b}, {a}"))]);
        }
    }
}

/// The two sides of an assignment of one value.
fn sides(places: &Places<'_>, statement: &Statement) -> Option<(Span, Span)> {
    let StatementKind::Assign { targets, values } = &statement.kind else { return None };
    let (&[target], &[value]) = (&**targets, &**values) else { return None };
    let tree = places.tree();
    Some((tree.expression(target).span, tree.expression(value).span))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn names_and_fields() {
        check(
            RULE.code,
            r#"
local a, b, t = 1, 2, {}
a = b; b = a
--<^^^^^^^^^^^^ warning: `a` and `b`: both end up with the value of `b`
t.x = t["y"]
--<^^^^^^^^^^^^... `t.x` and `t["y"]`
t["y"] = t.x
"#,
        );
        check_fix(RULE.code, "a = b\nb = a\n", "a, b = b, a\n");
    }

    #[test]
    fn other_operators_are_other_expressions() {
        check_none(RULE.code, "t[a & b] = x\nx = t[a | b]\n");
        check_none(RULE.code, "a = b\nc = a\n");
        check_none(RULE.code, "next().x = b\nb = next().x\n");
        check_none(RULE.code, "a = a\na = a\n");
        check(RULE.code, "t[a & b] = x\n--<^^^^^^^^^^^^...\nx = t[a & b]\n");
    }
}
