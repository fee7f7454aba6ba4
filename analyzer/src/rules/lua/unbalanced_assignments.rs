//! ## What it does
//! Reports assignments with more values than names, or with fewer where none of the values is a call or `nil`.
//!
//! ## Why it matters
//! Extra values are dropped, and names without a value become nil. `local a, b = 0` sets only `a` to 0.
//!
//! ## Example
//! ```lua expect=lua/unbalanced_assignments
//! local accepted, rejected = 0
//! ```
//! Use instead:
//! ```lua
//! local accepted, rejected = 0, 0
//! ```

use crate::diagnostic::Severity;
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, StatementKind};

pub(crate) const RULE: Rule = Rule {
    code: "lua/unbalanced_assignments",
    severity: Severity::Warning,
    since: "0.1",
    fixable: Fixable::No,
};

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "unbalanced_assignments") else { return };
    let tree = places.tree();
    let starts = |id: ExpressionId| {
        let start = tree.expression(id).span.start;
        places.found().binary_search_by_key(&start, |found| found.span.start).is_ok()
    };
    for (_, statement) in tree.statements() {
        let (targets, values): (Vec<Span>, _) = match &statement.kind {
            StatementKind::Local { names, values } => (names.iter().map(|name| name.span).collect(), values),
            StatementKind::Assign { targets, values } => {
                (targets.iter().map(|&id| tree.expression(id).span).collect(), values)
            }
            _ => continue,
        };
        let Some(&last) = values.last() else { continue };
        let last = tree.expression(last).span;
        if let Some(&extra) = values.get(targets.len()).filter(|extra| starts(**extra)) {
            let span = tree.expression(extra).span.to(last);
            let names = match targets.len() {
                1 => "is only one name".to_owned(),
                several => format!("are only {several} names"),
            };
            report.at(places.first_line(span), format!("there {names} to assign to: this is dropped"));
        } else if let Some(&first) = values.first().filter(|first| values.len() < targets.len() && starts(**first)) {
            let missing = targets.get(values.len()..).unwrap_or_default();
            let names: Vec<String> = missing.iter().map(|span| format!("`{}`", places.text(*span))).collect();
            let verb = if names.len() == 1 { "becomes" } else { "become" };
            let values = match values.len() {
                1 => "is only 1 value".to_owned(),
                several => format!("are only {several} values"),
            };
            let span = tree.expression(first).span.to(last);
            report.at(places.first_line(span), format!("there {values}: {} {verb} nil", names.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn too_many_and_too_few() {
        check(
            RULE.code,
            r#"
local a, b, c = 1 | 2, 3
--              ^^^^^^^^ warning: there are only 2 values: `c` becomes nil
a, b = 0
--     ^ `b` becomes nil
local d, e, f = 0
--              ^ `e`, `f` become nil
a = 1, 2
--     ^ there is only one name to assign to: this is dropped
"#,
        );
    }

    #[test]
    fn values_that_may_be_several() {
        check_none(RULE.code, "local a, b = f()\nlocal c, d = nil\nlocal g, h\nlocal e, i = ...\n");
        check_none(RULE.code, "local a, b = ~1, !2\na, b = b, a\nlocal j, k = t:m()\n");
    }
}
