//! ## What it does
//! Reports a statement that begins in the line where the one before it ends.
//!
//! Runs only where the configuration turns it on.
//!
//! ## Why it matters
//! Messages of the engine name a line. With one statement in each line they name the statement, too.
//!
//! ## Example
//! ```lua expect=lua/multiple_statements
//! local seen = {} local count = 0
//! ```
//! Use instead:
//! ```lua
//! local seen = {}
//! local count = 0
//! ```

use crate::diagnostic::Severity;
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule =
    Rule { code: "lua/multiple_statements", severity: Severity::Info, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "multiple_statements") else { return };
    let tree = places.tree();
    // selene takes the body of a function that is written in one line for a second statement.
    let mut second = FxHashSet::default();
    for (_, block) in tree.blocks() {
        for pair in block.statements.windows(2) {
            let &[first, next] = pair else { continue };
            let (first, next) = (tree.statement(first).span, tree.statement(next).span);
            if places.line(first.end) == places.line(next.start) {
                second.insert(next.start);
            }
        }
    }
    for found in places.found().iter().filter(|found| second.contains(&found.span.start)) {
        report.at(places.first_line(found.span), "another statement stands before this one in the same line");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn second_statements_on_request() {
        check(
            RULE.code,
            "// lua/multiple_statements=info\nlocal a = 1 & 2; local b = ~a\n--               ^^^^^^^^^^^^ info: same line\n",
        );
        check_none(RULE.code, "// lua/multiple_statements=info\nf(function() return 1 end)\nif a then f() end\n");
        check_none(RULE.code, "local a = 1; local b = 2\n");
    }
}
