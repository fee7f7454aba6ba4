//! ## What it does
//! Finds uses of functions, fields and constants that the Momentum version the policy is for does not have.
//!
//! ## Why it matters
//! There they are nil: using them raises an error in the session that first comes to it.
//!
//! ## Example
//! The policy is for the newest version, which no longer has what only series 3 had.
//! ```lua expect=unavailable-api
//! require("msys.policyeditor")
//! print(msys.policyeditor.get_rcptto())
//! ```
//! Use instead:
//! ```lua
//! require("msys.extended.message")
//! local function recipient(msg)
//!   return msg:rcptto()
//! end
//! print(recipient)
//! ```

use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::library;

pub(crate) const RULE: Rule =
    Rule { code: "unavailable-api", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let target = script.target();
    for (expression, member) in script.analysis().members.iter() {
        let Some(member) = library::resolve(script.api(), member) else { continue };
        let since = &member.about().since;
        if since.includes(target) {
            continue;
        }
        let message =
            format!("Momentum {target} does not have `{}`, which came with {since}: it is nil there", member.name());
        report.at(super::place::name_span(script, expression), message).page_of(member.about());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn what_came_later_is_not_there() {
        check(
            RULE.code,
            r#"
// target=3.6
require("msys.validate.dkim2")
local sign = msys.validate.dkim2.sign
--                               ^^^^ Momentum 3.6 does not have `msys.validate.dkim2.sign`
"#,
        );
    }

    #[test]
    fn what_is_there_is_there() {
        check_none(
            RULE.code,
            r#"
require("msys.validate.dkim2")
local sign = msys.validate.dkim2.sign
"#,
        );
    }
}
