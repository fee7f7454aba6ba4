//! ## What it does
//! Reports callouts and hooks that are defined with `.` and lack `self`, so that their arguments shift.
//!
//! ## Why it matters
//! The server passes the table of the session first, then what the callout is about. A function that does not take it
//! finds the table where it expects the message, the message where it expects the connection, and so on: the first
//! method that it calls raises an error, and the client gets a temporary failure for everything it sends. `:` takes the
//! table as `self`.
//!
//! A callout without parameters, such as `init`, may be defined either way.
//!
//! ## Example
//! ```lua expect=callout-self
//! local mod = {}
//!
//! function mod.validate_connect(accept, vctx)
//!   vctx:set_code(421, "4.3.2 Closed for maintenance")
//!   return msys.core.VALIDATE_DONE
//! end
//!
//! msys.registerModule("maintenance", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:validate_connect(accept, vctx)
//!   vctx:set_code(421, "4.3.2 Closed for maintenance")
//!   return msys.core.VALIDATE_DONE
//! end
//!
//! msys.registerModule("maintenance", mod)
//! ```
//!
//! ## Fix
//! Writes `:` for the `.`, or puts `self` before the parameters where the function is assigned. Safe: that is what the
//! server passes. A function that the script calls itself is left alone.

use super::callouts::{self, Definition};
use super::parameters::Parameters;
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::WriteStyle;
use crate::syntax::Span;
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule =
    Rule { code: "callout-self", severity: Severity::Error, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let mut mended = FxHashSet::default();
    for definition in callouts::called_by_server(script) {
        let Some(parameters) = Parameters::of(script, &definition) else { continue };
        if !parameters.lacks_self(script) {
            continue;
        }
        let Some(first) = parameters.function.parameters.first() else { continue };
        let name = &definition.hook.name;
        let range = parameters.function.parameters.iter().fold(first.span, |range, name| range.to(name.span));
        let mut finding = report.at(
            range,
            format!(
                "the server passes `self` before `{}`: without it, `{}` holds the table of the session and every \
                 argument of `{name}` comes one place too late",
                parameters.signature(),
                first.text
            ),
        );
        finding.page_of(&definition.hook.about);
        if !range.touches(definition.write.name_span.end) {
            finding.related(definition.write.name_span, format!("`{name}` is defined here"));
        }
        let facts = script.analysis().function(definition.function);
        if facts.is_some_and(|facts| !facts.is_called) && mended.insert(definition.function) {
            let (title, edit) = with_self(script, &definition, first.span);
            finding.safe_fix(title, vec![edit]);
        }
    }
}

/// The change that makes the function take `self`.
fn with_self(script: &Script<'_>, definition: &Definition<'_>, first: Span) -> (String, Edit) {
    let name = definition.write.name_span;
    let dot = Span::new(name.start.saturating_sub(1), name.start);
    if definition.write.style == WriteStyle::Function && script.text_at(dot) == "." {
        return ("Define it with `:`".to_owned(), Edit::replace(dot, ":"));
    }
    ("Take `self` first".to_owned(), Edit::insert(first.start, "self, "))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn every_style_without_a_colon_needs_self() {
        check(
            RULE.code,
            r#"
local mod = {
  validate_ehlo = function(str, accept, vctx) return msys.core.VALIDATE_CONT end,
--                         ^^^^^^^^^^^^^^^^^ error: passes `self` before `str, accept, vctx`: without it, `str` holds
}
function mod.validate_data(msg, ac, vctx)
--                         ^^^^^^^^^^^^^ `msg` holds the table of the session and every argument of `validate_data`
--           ^^^^^^^^^^^^^ related: `validate_data` is defined here
  return msys.core.VALIDATE_CONT
end
mod.validate_set_binding = function(m) return msys.core.VALIDATE_CONT end
--                                  ^
mod["validate_connect"] = function(ac, ctx) return msys.core.VALIDATE_CONT end
--                                 ^^^^^^^
local function log(msg, dr, now) end
--                 ^^^^^^^^^^^^
mod.core_log_delivery_v1 = log
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn a_parameter_of_any_name_is_known_by_its_use() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local register = msys.registerModule
local policy = {}
function policy.validate_set_binding(mail)
--                                   ^^^^
  mail:binding("bulk")
  return core.VALIDATE_CONT
end
register("policy", policy)
"#,
        );
    }

    #[test]
    fn self_by_any_other_name_is_fine() {
        check_none(
            RULE.code,
            r#"
local mod = {}
mod.init = function() return true end
function mod.deinit(x) return true end
function mod.validate_dealloc(x) end
mod.validate_data = function(self, msg, accept, vctx) return msys.core.VALIDATE_CONT end
function mod.validate_ehlo(session, str, accept, vctx) return msys.core.VALIDATE_CONT end
function mod.validate_mailfrom(_, str) return msys.core.VALIDATE_CONT end
function mod.validate_rcptto(this) this.count = 1 return msys.core.VALIDATE_CONT end
function mod.validate_connect(...) return msys.core.VALIDATE_CONT end
function mod:validate_data_spool(msg, accept, vctx) return msys.core.VALIDATE_CONT end
function mod.check_sender(msg, sender) return sender end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn tables_that_are_not_for_the_server_are_left_alone() {
        check_none(
            RULE.code,
            r#"
local checks = {}
function checks.validate_data(msg, vctx) return msg:header("Subject") end
local shared = {}
function shared.validate_ehlo(str, accept) return str end
local mod = {}
function mod:validate_data(msg, accept, vctx)
  checks.validate_data(msg, vctx)
  return msys.core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
return shared
"#,
        );
    }

    #[test]
    fn a_module_file_that_another_one_registers() {
        check(
            RULE.code,
            r#"
//- /policy/main.lua
msys.registerModule("inbound", require("inbound"))
//- /policy/inbound.lua
module("inbound", package.seeall)
function validate_data(msg, accept, vctx)
--                     ^^^^^^^^^^^^^^^^^
  return msys.core.VALIDATE_CONT
end
"#,
        );
    }

    #[test]
    fn the_fix_takes_self() {
        check_fix(
            RULE.code,
            r#"
local mod = {
  validate_ehlo = function(str, accept, vctx) return msys.core.VALIDATE_CONT end,
}
function mod.validate_data(msg, accept, vctx) return msys.core.VALIDATE_CONT end
mod.validate_set_binding = function(msg) return msys.core.VALIDATE_CONT end
local function connect(accept, vctx) return msys.core.VALIDATE_CONT end
mod.validate_connect = connect
msys.registerModule("mod", mod)
"#,
            r#"
local mod = {
  validate_ehlo = function(self, str, accept, vctx) return msys.core.VALIDATE_CONT end,
}
function mod:validate_data(msg, accept, vctx) return msys.core.VALIDATE_CONT end
mod.validate_set_binding = function(self, msg) return msys.core.VALIDATE_CONT end
local function connect(self, accept, vctx) return msys.core.VALIDATE_CONT end
mod.validate_connect = connect
msys.registerModule("mod", mod)
"#,
        );
    }
}
