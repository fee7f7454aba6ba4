//! ## What it does
//! Finds uses of functions, fields and constants of the API that are deprecated.
//!
//! ## Why it matters
//! They may go with the next version of Momentum; the message says what to use instead.
//!
//! ## Example
//! ```lua expect=deprecated-api
//! local names = { "a", "b" }
//! print(table.getn(names))
//! ```
//! Use instead:
//! ```lua
//! local names = { "a", "b" }
//! print(#names)
//! ```

use crate::diagnostic::{Severity, Tag};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::library;

pub(crate) const RULE: Rule =
    Rule { code: "deprecated-api", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for (expression, member) in script.analysis().members.iter() {
        let Some(member) = library::resolve(script.api(), member) else { continue };
        let Some(instead) = &member.about().deprecated else { continue };
        let text = instead.trim_end_matches('.');
        let message = if text.is_empty() {
            format!("`{}` is deprecated", member.name())
        } else {
            format!("`{}` is deprecated: {text}", member.name())
        };
        report.at(super::place::name_span(script, expression), message).page_of(member.about()).tag(Tag::Deprecated);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::check;

    #[test]
    fn through_an_alias() {
        check(
            RULE.code,
            r#"
local each = table.foreach
--                 ^^^^^^^ `table.foreach` is deprecated
"#,
        );
    }
}
