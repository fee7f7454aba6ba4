//! ## What it does
//! Finds uses of functions, fields and constants that the Momentum version the policy is for does not have.
//!
//! ## Why it matters
//! There they are nil: using them raises an error in the session that first comes to it.
//!
//! Much of what a version lacks was deprecated before, and the message says what takes its place. `deprecated-api` is
//! silent then: what is not there needs no warning that it may go.
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
use momentum_lua_stub_reader::model::{About, Version};

pub(crate) const RULE: Rule =
    Rule { code: "unavailable-api", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let target = script.target();
    for (expression, member) in script.analysis().members.iter() {
        let Some(member) = library::resolve(script.api(), member) else { continue };
        let about = member.about();
        if about.available_in(target) {
            continue;
        }
        let message =
            format!("Momentum {target} does not have `{}`, {}: it is nil there", member.name(), reason(about, target));
        let mut finding = report.at(super::place::name_span(script, expression), message);
        finding.page_of(about);
        if let Some(instead) = about.deprecated.as_deref().map(|text| text.trim_end_matches('.'))
            && !instead.is_empty()
        {
            finding.note(instead);
        }
    }
}

/// Why a version does not have it.
fn reason(about: &About, target: Version) -> String {
    if !about.since.includes(target) {
        let later = about.since.series.iter().map(|(_, first)| *first).filter(|first| *first > target).min();
        return match later {
            Some(first) => format!("which came with {first}"),
            None => "which only earlier series have".to_owned(),
        };
    }
    let gone = about.until.series.iter().map(|(_, first)| *first).filter(|first| *first <= target).max();
    gone.map_or_else(|| "which is gone".to_owned(), |gone| format!("which went with {gone}"))
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
--                               ^^^^ Momentum 3.6 does not have `msys.validate.dkim2.sign`, which came with "#,
        );
    }

    #[test]
    fn what_is_gone_is_not_there_either() {
        check(
            RULE.code,
            r#"
require("msys.policyeditor")
local get = msys.policyeditor.get_rcptto
--                            ^^^^^^^^^^ Momentum 5.4 does not have `msys.policyeditor.get_rcptto`, which only earlier series have: it is nil there
local value = msys.shareGet("limits")
--                 ^^^^^^^^ does not have `msys.shareGet`, which only earlier series have
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
