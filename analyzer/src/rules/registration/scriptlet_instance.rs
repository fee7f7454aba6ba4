//! ## What it does
//! Reports `scriptlet` stanzas with different names.
//!
//! ## Why it matters
//! The stanza may be repeated, for instance in an included file, but all of them describe one and the same instance: a
//! configuration with a second name is invalid and is not applied.
//!
//! ## Example
//! ```ecelerity expect=scriptlet-instance
//! alerting {}
//! scriptlet "scriptlet" {
//!   script "boot" { source = "msys.boot" }
//! }
//! scriptlet "policy" {
//!   gc_pause = 200
//! }
//! ```
//! Use instead:
//! ```ecelerity
//! alerting {}
//! scriptlet "scriptlet" {
//!   script "boot" { source = "msys.boot" }
//! }
//! scriptlet "scriptlet" {
//!   gc_pause = 200
//! }
//! ```

use super::loading;
use crate::diagnostic::Severity;
use crate::project::ServerConfiguration;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "scriptlet-instance", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(server: &ServerConfiguration<'_>, report: &mut Report<'_>) {
    let policy = server.policy();
    let Some(first) = policy.scriptlets.first().and_then(|scriptlet| scriptlet.name.as_ref()) else { return };
    for name in policy.conflicting_instances().filter_map(|scriptlet| scriptlet.name.as_ref()) {
        let Some((file, span)) = server.place(&name.place) else { continue };
        let message = format!(
            "the server rejects a second instance of the scriptlet module: this one is `{}`, the first `{}`",
            name.text, first.text
        );
        let mut finding = report.in_file(file, span, message);
        finding.page(loading::SCRIPTLET_PAGE);
        if let Some((file, span)) = server.place(&first.place) {
            finding.related_in(file, span, "the first instance");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn names_must_be_one() {
        check(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
scriptlet "scriptlet" {}
include "more.conf"
SCRIPTLET policy {}
#         ^^^^^^ error: this one is `policy`, the first `scriptlet`
scriptlet "scriptlet" {}
//- /etc/more.conf
scriptlet "Scriptlet" {}
#         ^^^^^^^^^^^ this one is `Scriptlet`
"#,
        );
    }

    #[test]
    fn stanzas_may_be_repeated() {
        check_none(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
scriptlet "scriptlet" {}
Scriptlet scriptlet { script "boot" { source = "msys.boot" } }
other "name" { scriptlet "x" {} }
"#,
        );
    }
}
