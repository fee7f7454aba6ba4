//! ## What it does
//! Reports `script` stanzas whose name is not the one under which their script registers itself.
//!
//! ## Why it matters
//! The names should match, and pages of the documentation contradict each other on what happens where they do not: one
//! says that the script then does not run and that no error shows it, another that the registered name is used in error
//! messages alone. At the least, what the server logs speaks of a name that the configuration does not have.
//!
//! Nothing is reported where a script requires modules by names that are computed: one of them may register the name.
//!
//! ## Example
//! ```ecelerity with-next file=/etc/ecelerity.conf expect=script-name-mismatch
//! alerting {}
//! scriptlet "scriptlet" {
//!   script "campaign_headers" {
//!     source = "campaign"
//!   }
//! }
//! ```
//! ```lua file=/etc/conf/global/campaign.lua
//! local mod = {}
//!
//! function mod:validate_data(msg, accept, vctx)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("campaign", mod)
//! ```
//! Use instead:
//! ```ecelerity with-next file=/etc/ecelerity.conf
//! alerting {}
//! scriptlet "scriptlet" {
//!   script "campaign" {
//!     source = "campaign"
//!   }
//! }
//! ```
//! ```lua file=/etc/conf/global/campaign.lua
//! local mod = {}
//!
//! function mod:validate_data(msg, accept, vctx)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("campaign", mod)
//! ```

use super::loading;
use crate::diagnostic::Severity;
use crate::project::{FileId, Script, ServerConfiguration};
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::Registration;
use crate::semantics::types::{MemberRef, Value};
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule =
    Rule { code: "script-name-mismatch", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(server: &ServerConfiguration<'_>, report: &mut Report<'_>) {
    for stanza in server.policy().scripts() {
        let (Some(name), Some(script)) = (&stanza.name, server.script_file(stanza)) else { continue };
        let Some(registrations) = registrations(&script) else { continue };
        let names: Option<Vec<&str>> =
            registrations.iter().map(|registration| registration.name.as_deref()).collect();
        let Some(names) = names.filter(|names| !names.is_empty() && !names.contains(&name.text.as_str())) else {
            continue;
        };
        let Some((file, span)) = server.place(&name.place) else { continue };
        let mut quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        quoted.dedup();
        let message = format!(
            "the stanza is called `{}`, and its script registers as {}: the names should match, or else the script may \
             not run",
            name.text,
            quoted.join(" and ")
        );
        let mut finding = report.in_file(file, span, message);
        finding.page(loading::SCRIPTLET_PAGE);
        for registration in registrations {
            let span = registration.name_span.unwrap_or(registration.span);
            finding.related_in(registration.file, span, "the script registers here");
        }
    }
}

/// All registrations that loading a script makes, by itself and by what it requires; `None` where that is not known.
fn registrations<'a>(script: &Script<'a>) -> Option<Vec<&'a Registration>> {
    let mut found = Vec::new();
    let mut seen: FxHashSet<FileId> = FxHashSet::default();
    let mut waiting = vec![*script];
    while let Some(script) = waiting.pop() {
        if !seen.insert(script.id()) {
            continue;
        }
        let analysis = script.analysis();
        // Stanzas speak of what `msys.registerModule` registers.
        found.extend(analysis.registrations.iter().filter(|registration| registration.scope.is_none()));
        for require in &analysis.requires {
            match script.project().module_file(&require.module, script.id()) {
                Some(file) => waiting.extend(script.project().script(file)),
                None => {
                    script.api().module(&require.module)?;
                }
            }
        }
        if requires_by_computed_name(&script) {
            return None;
        }
    }
    Some(found)
}

fn requires_by_computed_name(script: &Script<'_>) -> bool {
    let is_require = |member: &MemberRef| member.owner.is_empty() && member.member == "require";
    script.analysis().calls.iter().any(|call| {
        let calls_require = call.callee.any(|value| matches!(value, Value::Member(member) if is_require(member)));
        calls_require && call.arguments.first().is_none_or(|name| name.string_literal().is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn names_that_differ() {
        check(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
alerting {}
scriptlet "scriptlet" {
  script "headers" { source = "headers" }
#        ^^^^^^^^^ warning: the stanza is called `headers`, and its script registers as `campaign`: the names should match, or
  Script Limits { source = "site/limits" }
#        ^^^^^^ called `Limits`, and its script registers as `limits` and `more`
  script "inbound" { source = "inbound" }
#        ^^^^^^^^^ registers as `inbound_checks`
}
//- /etc/conf/global/headers.lua
local function register(name, mod) msys.registerModule(name, mod) end
register("campaign", { validate_data = function(self, msg) end })
//- /etc/conf/default/site/limits.lua
require("msys.core")
msys.registerModule("limits", { validate_data = function(self, msg) end })
msys.registerModule("more", { validate_ehlo = function(self, str) end })
//- /etc/conf/global/inbound.lua
require("inbound_checks")
//- /etc/conf/global/inbound_checks.lua
msys.registerModule("inbound_checks", { validate_data = function(self, msg) end })
"#,
        );
    }

    #[test]
    fn names_that_agree_or_are_not_known() {
        check_none(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
alerting {}
scriptlet "scriptlet" {
  script "boot" { source = "msys.boot" }
  script "first" { source = "both" }
  script "second" { source = "both" }
  script "computed" { source = "computed" }
  script "library" { source = "library" }
  script "by_name" { source = "by_name" }
  script "adaptive_rules" { source = "rules" }
  script "gone" { source = "gone" }
}
//- /etc/conf/global/both.lua
msys.registerModule("first", { validate_data = function(self, msg) end })
msys.registerModule("second", { validate_ehlo = function(self, str) end })
//- /etc/conf/global/computed.lua
msys.registerModule(msys.getenv("NAME"), { validate_data = function(self, msg) end })
//- /etc/conf/global/library.lua
require("site.registers.more")
msys.registerModule("other", { validate_data = function(self, msg) end })
//- /etc/conf/global/by_name.lua
for _, name in ipairs({ "a", "b" }) do require("site." .. name) end
msys.registerModule("other", { validate_data = function(self, msg) end })
//- /etc/conf/global/rules.lua
require("msys.adaptive")
"#,
        );
    }
}
