//! ## What it does
//! Reports an `if` or `elseif` after which the `else` does the very same.
//!
//! ## Why it matters
//! The condition decides nothing. Mostly one of the two branches was copied to be changed, and was not.
//!
//! ## Example
//! ```lua expect=lua/if_same_then_else
//! local function greeting(is_tls)
//!   if is_tls then
//!     return "220 ready"
//!   else
//!     return "220 ready"
//!   end
//! end
//! ```
//! Use instead:
//! ```lua
//! local function greeting(is_tls)
//!   if is_tls then
//!     return "220 ready, encrypted"
//!   else
//!     return "220 ready"
//!   end
//! end
//! ```

use crate::diagnostic::Severity;
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use crate::syntax::tree::{BlockId, StatementKind};

pub(crate) const RULE: Rule =
    Rule { code: "lua/if_same_then_else", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    // selene's lint of this name passes over branches that only return, and reports any two equal branches, which is
    // a matter of style.
    let places = Places::all(script);
    let tree = places.tree();
    let content = |block: BlockId| -> Option<Span> {
        let statements = &tree.block(block).statements;
        let (first, last) = (*statements.first()?, *statements.last()?);
        Some(tree.statement(first).span.to(tree.statement(last).span))
    };
    for (_, statement) in tree.statements() {
        let StatementKind::If { branches, otherwise: Some(otherwise) } = &statement.kind else { continue };
        let Some(&(condition, block)) = branches.last() else { continue };
        let (Some(before), Some(after)) = (content(block), content(*otherwise)) else { continue };
        if places.same(before, after) {
            let condition = tree.expression(condition).span;
            report
                .at(places.first_line(condition), "this condition decides nothing: the `else` does the same")
                .related(places.first_line(before), "what happens if it holds")
                .related(places.first_line(after), "what happens if not");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn the_last_condition() {
        check(
            RULE.code,
            r#"
if a then
  x = 1
elseif b == 2 then
--     ^^^^^^ warning: this condition decides nothing
  x = y & 2
--^^^^^^^^^ related: if it holds
else
  x = y&2 -- the same
end
if c then return 1 else return 1 end
-- ^
"#,
        );
    }

    #[test]
    fn other_operators_and_branches_that_merely_repeat() {
        check_none(RULE.code, "if a then x = y & 2 else x = y | 2 end\nif a then f(1 << 2) else f(1 >> 2) end\n");
        check_none(RULE.code, "if a then return 1 else return 1, 2 end\n");
        check_none(RULE.code, "if a then f(1) elseif b then f(1) else f(2) end\n");
        check_none(RULE.code, "if a then f(1) elseif b then f(2) else f(1) end\n");
        check_none(RULE.code, "if a then f(~x) else f(#x) end\nif a then g(!x) else g(#x) end\n");
    }
}
