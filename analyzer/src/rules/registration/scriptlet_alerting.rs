//! ## What it does
//! Reports a configuration with the scriptlet module and without a module that it needs: `alerting`.
//!
//! ## Why it matters
//! The scriptlet module uses what the alerting module provides. Without the stanza the policy scripts may not load.
//!
//! Nothing is reported where an included file was not found: the stanza may stand in it.
//!
//! ## Example
//! ```ecelerity expect=scriptlet-alerting
//! scriptlet "scriptlet" {
//!   script "boot" { source = "msys.boot" }
//! }
//! ```
//! Use instead:
//! ```ecelerity
//! alerting {}
//!
//! scriptlet "scriptlet" {
//!   script "boot" { source = "msys.boot" }
//! }
//! ```

use super::loading;
use crate::configuration::includes::ProblemKind;
use crate::diagnostic::Severity;
use crate::project::ServerConfiguration;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "scriptlet-alerting", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(server: &ServerConfiguration<'_>, report: &mut Report<'_>) {
    let Some(scriptlet) = server.policy().scriptlets.first() else { return };
    let is_part_missing = server.configuration().problems.iter().any(|problem| {
        matches!(
            problem.kind,
            ProblemKind::IncludeNotFound { .. } | ProblemKind::TooManyIncludes | ProblemKind::TooDeep
        )
    });
    if is_part_missing {
        return;
    }
    let needed = server.project().api().server().map_or(&[][..], |facts| &facts.scripts.requires);
    for module in needed.iter().filter(|module| !server.policy().has_stanza(module)) {
        let Some((file, span)) = server.place(&scriptlet.head) else { continue };
        let message =
            format!("the scriptlet module needs the `{module}` module, which nothing loads: add `{module} {{}}`");
        report.in_file(file, span, message).page(loading::SCRIPTLET_PAGE);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn one_finding_at_the_first_stanza() {
        check(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
module { alerting {} }
scriptlet "scriptlet" { gc_pause = 200 }
#<^^^^^^^^^^^^^^^^^^^^^ warning: the scriptlet module needs the `alerting` module
scriptlet "scriptlet" { gc_stepmul = 300 }
"#,
        );
    }

    #[test]
    fn alerting_may_stand_anywhere() {
        for configuration in [
            "scriptlet \"scriptlet\" {}\nAlerting {}\n",
            "alerting \"alerting\" { debug_level = \"ERROR\" }\nscriptlet \"scriptlet\" {}\n",
            "include \"modules.conf\"\nscriptlet \"scriptlet\" {}\n//- /etc/modules.conf\nalerting {}\n",
            "include \"not_here.conf\"\nscriptlet \"scriptlet\" {}\n",
            "ThreadPool \"gc\" {}\n",
        ] {
            check_none(RULE.code, &format!("//- /etc/ecelerity.conf\n{configuration}"));
        }
    }
}
