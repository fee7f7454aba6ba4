//! ## What it does
//! Reports a loop without a body whose head calls nothing.
//!
//! ## Why it matters
//! A `while` or `repeat` of that kind either ends at once or spins: it takes a processor until another thread
//! changes its condition, if one ever does, and the message waits. A `for` of that kind does nothing at all.
//!
//! ## Example
//! ```lua expect=lua/empty_loop
//! local ready = false
//!
//! local function wait()
//!   while not ready do
//!   end
//! end
//! ```
//! Use instead:
//! ```lua
//! local ready = false
//!
//! local function wait()
//!   while not ready do
//!     msys.sleep(0.1)
//!   end
//! end
//! ```

use crate::diagnostic::Severity;
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use crate::syntax::tree::StatementKind;

pub(crate) const RULE: Rule =
    Rule { code: "lua/empty_loop", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "empty_loop") else { return };
    for found in places.found() {
        let Some(statement) = places.statement(found.span.start) else { continue };
        // What a `repeat` or `while` does alone could not change its condition.
        if places.calls(statement.span) {
            continue;
        }
        let message = match &statement.kind {
            StatementKind::While { .. } | StatementKind::Repeat { .. } => {
                "this loop has no body: it spins until another thread changes its condition, or for ever"
            }
            StatementKind::NumericFor { body, .. } | StatementKind::GenericFor { body, .. } => {
                let body = places.tree().block(*body).span;
                if places.has_comment(body) {
                    continue;
                }
                "this loop has no body: it does nothing"
            }
            _ => continue,
        };
        report.at(places.first_line(Span::new(statement.span.start, statement.span.end)), message);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn each_kind_of_loop() {
        check(
            RULE.code,
            r#"
while flags & 1 != 0 do
--<^^^^^^^^^^^^^^^^^^^^^^^ warning: spins
end
repeat until !busy
--<^^^^^^^^^^^^^^^^^^ spins
for i = 1, 1 << 20 do end
--<^^^^^^^^^^^^^^^^^^^^^^^^^ does nothing
for _ in list do end
--<^^^^^^^^^^^^^^^^^^^^
"#,
        );
    }

    #[test]
    fn a_head_that_calls_or_a_body() {
        check_none(RULE.code, "while f() do end\nrepeat until m:try_lock()\nfor _ in file:lines() do end\n");
        check_none(RULE.code, "for _ in pairs(t) do end\nwhile take\"x\" do end\n");
        check_none(RULE.code, "while x do x = nil end\nfor i = 1, 2 do -- wait\nend\n");
    }
}
