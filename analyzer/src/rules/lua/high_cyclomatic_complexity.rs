//! ## What it does
//! Reports functions with very many paths: more than 40 branches, loops, `and` and `or`.
//!
//! Runs only where the configuration turns it on.
//!
//! ## Why it matters
//! In a callout of that kind nobody sees any more which path returns what. Smaller functions can be read and tested
//! one by one.
//!
//! ## Example
//! ```lua expect=lua/high_cyclomatic_complexity
//! local function zone(d)
//!   if d == "aa" or d == "ab" or d == "ac" or d == "ad" or d == "ae" or d == "af" or d == "ag" or d == "ah"
//!     or d == "ba" or d == "bb" or d == "bc" or d == "bd" or d == "be" or d == "bf" or d == "bg" or d == "bh"
//!     or d == "ca" or d == "cb" or d == "cc" or d == "cd" or d == "ce" or d == "cf" or d == "cg" or d == "ch"
//!     or d == "da" or d == "db" or d == "dc" or d == "dd" or d == "de" or d == "df" or d == "dg" or d == "dh"
//!     or d == "ea" or d == "eb" or d == "ec" or d == "ed" or d == "ee" or d == "ef" or d == "eg" or d == "eh"
//!   then
//!     return "near"
//!   end
//!   return "far"
//! end
//! ```
//! Use instead:
//! ```lua
//! local near = { aa = true, ab = true, ac = true }
//!
//! local function zone(d)
//!   return near[d] and "near" or "far"
//! end
//! ```

use crate::diagnostic::Severity;
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule = Rule {
    code: "lua/high_cyclomatic_complexity",
    severity: Severity::Info,
    since: "0.1",
    fixable: Fixable::No,
};

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "high_cyclomatic_complexity") else { return };
    for found in places.found() {
        let digits = found.message.chars().skip_while(|c| !c.is_ascii_digit());
        let number: String = digits.take_while(char::is_ascii_digit).collect();
        let many = if number.is_empty() { "very many".to_owned() } else { number };
        report.at(
            places.first_line(found.span),
            format!("this function has {many} paths through branches, loops, `and` and `or`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn many_paths_on_request() {
        let conditions = " or x == 1".repeat(40);
        let code = format!("local function f(x)\n--    ^^^^^^^^^^^^^ info: 42 paths\n  if x{conditions} then f() end\nend\n");
        check_none(RULE.code, &code.replace("--    ^^^^^^^^^^^^^ info: 42 paths\n", ""));
        check(RULE.code, &format!("// {}=info\n{code}", RULE.code));
    }
}
