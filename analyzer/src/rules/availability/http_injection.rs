//! ## What it does
//! Notes scripts that change or discard messages in `validate_data_spool` or `validate_data_spool_each_rcpt` where nothing in
//! the project does the same for mail that comes over HTTP: no script has `msg_gen_data_spool` or a hook of the final
//! validation. Said once for each script; where the server's configuration is known, only if it loads `msg_gen`.
//!
//! ## Why it matters
//! A message that is injected over HTTP has no SMTP session, and the server never calls those callouts for it. What they
//! check, stamp or refuse goes out unchecked as soon as somebody uses the HTTP interface.
//!
//! ## Example
//! ```lua expect=http-injection
//! require("msys.core")
//! require("msys.extended.message")
//! local mod = {}
//!
//! function mod:validate_data_spool(msg, accept, vctx)
//!   msg:header("X-Policy", "seen", "replace")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("stamp", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.core")
//! require("msys.extended.message")
//! local mod = {}
//!
//! local function stamp(msg)
//!   msg:header("X-Policy", "seen", "replace")
//! end
//!
//! function mod:validate_data_spool(msg, accept, vctx)
//!   stamp(msg)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! function mod:msg_gen_data_spool(msg)
//!   stamp(msg)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("stamp", mod)
//! ```

use super::placement::Phases;
use crate::diagnostic::Severity;
use crate::project::{Project, Script};
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "http-injection", severity: Severity::Info, since: "0.1", fixable: Fixable::No };

/// The module by which messages are injected over HTTP.
const GENERATOR: &str = "msg_gen";

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let phases = Phases::of(script.api());
    if !is_possible(script) || is_thought_of(script.project(), &phases) {
        return;
    }
    let never_run = phases.unseen_without_session(SPOOLING);
    let mut callouts: Vec<_> =
        script.registered_callouts().filter(|(callout, _)| never_run.contains(&callout.name.as_str())).collect();
    callouts.sort_by_key(|(callout, _)| callout.write.name_span);
    // Checks of what comes in, which answer the client and leave the message alone, are no business of mail that is handed
    // in over HTTP.
    let acting = callouts.iter().find(|(callout, _)| script.changes_message_in(callout));
    let Some((callout, _)) = acting else { return };
    let text = format!(
        "`{}` never runs for messages that are injected over HTTP, and no script has `msg_gen_data_spool`, which does",
        callout.name,
    );
    report.at(callout.write.name_span, text).page("momentum/4/hooks/msg-gen-data-spool");
}

/// The phase in which a message is spooled, by the name of its callout.
const SPOOLING: &str = "validate_data_spool";

/// Whether messages may come over HTTP: in the series that can, and where the configuration is known, if it loads the
/// module.
fn is_possible(script: &Script<'_>) -> bool {
    let hook = script.api().hook("msg_gen_data_spool");
    let mut configurations = script.project().server_configurations().peekable();
    hook.is_some_and(|hook| hook.about.available_in(script.target()))
        && (configurations.peek().is_none() || configurations.any(|server| server.policy().has_stanza(GENERATOR)))
}

/// Whether the project has a hook that runs for messages without a session: its authors know of them.
fn is_thought_of(project: &Project, phases: &Phases<'_>) -> bool {
    phases.hooks_without_session().into_iter().any(|hook| project.has_callout(hook))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    const STAMP: &str = r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
local function stamp(msg) msg:header("X-Seen", "yes") end
function mod:validate_data_spool_each_rcpt(msg, accept, vctx)
  stamp(msg)
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#;

    #[test]
    fn once_for_a_script_where_the_server_takes_mail_over_http() {
        check(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
--           ^^^^^^^^^^^^^^^^^^^ info: `validate_data_spool` never runs for messages that are injected over HTTP, and no script has `msg_gen_data_spool`, which does
  msg:discard()
  return msys.core.VALIDATE_CONT
end
function mod:validate_data_spool_each_rcpt(msg, accept, vctx)
  msg:header("X-Seen", "yes")
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
//- /etc/ecelerity.conf
msg_gen {}
scriptlet "scriptlet" {
  script "a" { source = "main" }
}
"#,
        );
    }

    #[test]
    fn where_mail_cannot_come_over_http() {
        check_none(RULE.code, &format!("{STAMP}//- /etc/ecelerity.conf\nscriptlet \"scriptlet\" {{\n}}\n"));
        check_none(RULE.code, &format!("\n// target=3.6{STAMP}"));
    }

    #[test]
    fn where_somebody_thought_of_it_or_nothing_is_done() {
        check_none(
            RULE.code,
            &format!(
                "{STAMP}//- /policy/other.lua\nlocal mod = {{}}\nfunction mod:msg_gen_data_spool(msg) end\n\
                 msys.registerModule(\"b\", mod)\n"
            ),
        );
        check_none(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  print(msg:header("Subject")[1])
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }
}
