//! ## What it does
//! Reports a table in which some values have a key and others do not.
//!
//! Runs only where the configuration turns it on.
//!
//! ## Why it matters
//! `#`, `ipairs` and `table.concat` see one part of such a table, `pairs` sees both in no order. Two tables say more.
//!
//! ## Example
//! ```lua expect=lua/mixed_table
//! local domains = { "example.com", "example.net", default = "example.com" }
//! ```
//! Use instead:
//! ```lua
//! local domains = { "example.com", "example.net" }
//! local default_domain = "example.com"
//! ```

use crate::diagnostic::Severity;
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "lua/mixed_table", severity: Severity::Info, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "mixed_table") else { return };
    for found in places.found() {
        report.at(places.first_line(found.span), "some values of this table have a key and others do not");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn both_kinds_on_request() {
        check(
            RULE.code,
            "// lua/mixed_table=info\nlocal t = { 1 | 2, x = 3 }\n--          ^^^^^^^^^^^^ info: have a key\n",
        );
        check_none(RULE.code, "// lua/mixed_table=info\nlocal t = { { 1 }, { x = 2 } }\n");
        check_none(RULE.code, "local t = { 1, x = 3 }\n");
    }
}
