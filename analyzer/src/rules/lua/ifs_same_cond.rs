//! ## What it does
//! Reports an `elseif` with a condition that was tested above in the same `if`.
//!
//! ## Why it matters
//! Its branch never runs: if the condition holds, the first of the two is taken. Conditions that call something are
//! not compared, since their results may differ.
//!
//! ## Example
//! ```lua expect=lua/ifs_same_cond
//! local function pool(class)
//!   if class == "bulk" then
//!     return "slow"
//!   elseif class == "bulk" then
//!     return "fast"
//!   end
//! end
//! ```
//! Use instead:
//! ```lua
//! local function pool(class)
//!   if class == "bulk" then
//!     return "slow"
//!   elseif class == "transactional" then
//!     return "fast"
//!   end
//! end
//! ```

use crate::diagnostic::Severity;
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use crate::syntax::tree::StatementKind;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

pub(crate) const RULE: Rule =
    Rule { code: "lua/ifs_same_cond", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let places = Places::all(script);
    let tree = places.tree();
    for (_, statement) in tree.statements() {
        let StatementKind::If { branches, .. } = &statement.kind else { continue };
        if branches.len() < 2 {
            continue;
        }
        let mut seen: FxHashMap<Vec<&str>, Span> = FxHashMap::default();
        for &(condition, _) in branches {
            let condition = tree.expression(condition).span;
            if places.calls(condition) {
                continue;
            }
            let words = places.tokens(condition).iter().map(|token| places.text(token.span)).collect();
            match seen.entry(words) {
                Entry::Vacant(entry) => drop(entry.insert(condition)),
                Entry::Occupied(entry) => {
                    let first = *entry.get();
                    let line = places.line(first.start);
                    report
                        .at(places.first_line(condition), format!("this branch never runs: line {line} tests the same"))
                        .related(places.first_line(first), "the same condition");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn the_same_condition() {
        check(
            RULE.code,
            r#"
if flags & 1 == 1 then
-- ^^^^^^^^^^^^^^ related: the same condition
  f()
elseif flags | 1 == 1 then
  g()
elseif flags&1 == 1 then
--     ^^^^^^^^^^^^ warning: this branch never runs: line 1 tests the same
  h()
end
"#,
        );
    }

    #[test]
    fn conditions_that_differ_in_the_dialect_only() {
        check_none(RULE.code, "if x & 1 then f() elseif x | 1 then g() elseif x ^^ 1 then h() end\n");
        check_none(RULE.code, "if ~x == y then f() elseif !x == y then g() elseif #x == y then h() end\n");
        check_none(RULE.code, "if f(x) then g() elseif f(x) then h() end\n");
    }
}
