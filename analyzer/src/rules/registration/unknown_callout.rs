//! ## What it does
//! Reports functions on a registered table that look like a callout or hook and are none: misspelt names, and unknown
//! names with the prefix of a family of callouts.
//!
//! ## Why it matters
//! The server calls the names that it knows. A function under another name is never called, and nothing says so: the
//! mail goes through as if the check did not exist.
//!
//! Functions with names of their own, and functions that the script calls itself, are not reported. `core_*` hooks that
//! no page describes are only mentioned: the server has more hooks than its documentation.
//!
//! ## Example
//! ```lua expect=unknown-callout
//! local mod = {}
//!
//! function mod:validate_rcpt(msg, str, accept, vctx)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! function mod:init()
//!   return true
//! end
//!
//! msys.registerModule("recipients", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! function mod:init()
//!   return true
//! end
//!
//! msys.registerModule("recipients", mod)
//! ```
//!
//! ## Fix
//! Renames the function to the near name, unless the table has that one, too, or the names differ in their version. Safe:
//! nothing else uses the name.

use super::callouts;
use super::families::Names;
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::{Field, FieldWrite};
use crate::semantics::types::Value;
use smol_str::SmolStr;

pub(crate) const RULE: Rule =
    Rule { code: "unknown-callout", severity: Severity::Warning, since: "0.1", fixable: Fixable::Safe };

/// The page that lists the validation callouts.
const PAGE: &str = "momentum/4/4-implementing-policy-scriptlets";

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let mut names: Option<Names<'_>> = None;
    for (index, table) in (0..).zip(&script.analysis().tables) {
        let mut functions = table.fields.iter().filter(|(_, field)| is_function(field)).peekable();
        if functions.peek().is_none() || callouts::registration(script, index).is_none() {
            continue;
        }
        for (name, field) in functions {
            let Some(write) = field.writes.first() else { continue };
            match script.api().hook(name) {
                Some(hook) if hook.about.undocumented => {
                    let message =
                        format!("no page of the documentation describes `{name}`: published policy uses it");
                    report.at(write.name_span, message).severity(Severity::Info);
                }
                Some(_) => {}
                None => {
                    let names = names.get_or_insert_with(|| Names::of(script.api()));
                    if let Some(near) = names.near(name) {
                        // Another version takes other parameters, perhaps.
                        let means_the_same = names.other_version(name).is_none();
                        let fixable = means_the_same && table.field(near).is_none();
                        misspelt(script, report, (name, field), near, fixable);
                    } else if let Some(family) = names.family(name) {
                        unknown(script, report, (name, field), family, names);
                    }
                }
            }
        }
    }
}

fn is_function(field: &Field) -> bool {
    field.writes.iter().any(|write| write.function.is_some())
        || field.ty.any(|value| matches!(value, Value::Function(_) | Value::AnyFunction))
}

/// A name that is nearly the one of a callout or hook.
fn misspelt(
    script: &Script<'_>,
    report: &mut Report<'_>,
    (name, field): (&SmolStr, &Field),
    near: &str,
    fixable: bool,
) {
    let Some(write) = field.writes.first().filter(|_| !is_own_function(script, name, field)) else { return };
    let message =
        format!("no callout or hook is called `{name}`: the server never calls it; did you mean `{near}`?");
    let mut finding = report.at(write.name_span, message);
    if let Some(hook) = script.api().hook(near) {
        finding.page_of(&hook.about);
    }
    let spans: Option<Vec<_>> =
        field.writes.iter().map(|write| callouts::name_in_code(script, write, name)).collect();
    if let Some(spans) = spans.filter(|_| fixable) {
        let edits = spans.into_iter().map(|span| Edit::replace(span, near)).collect();
        finding.safe_fix(format!("Rename to `{near}`"), edits);
    }
}

/// A name with the prefix of a family, that is like none of its names.
fn unknown(
    script: &Script<'_>,
    report: &mut Report<'_>,
    (name, field): (&SmolStr, &Field),
    family: &str,
    names: &Names<'_>,
) {
    let Some(write) = field.writes.first().filter(|_| !is_own_function(script, name, field)) else { return };
    if family == "core" {
        let message =
            format!("no page of the documentation describes `{name}`: without such a hook it never runs");
        report.at(write.name_span, message).severity(Severity::Info);
        return;
    }
    let message = format!("no callout or hook is called `{name}`: the server never calls it");
    let mut finding = report.at(write.name_span, message);
    let quoted: Vec<String> = names.members(family).iter().map(|name| format!("`{name}`")).collect();
    finding.note(format!("there are {}", quoted.join(", ")));
    if family == "validate" {
        finding.page(PAGE);
    }
}

/// Whether the function is there for the policy itself.
fn is_own_function(script: &Script<'_>, name: &SmolStr, field: &Field) -> bool {
    let is_called = |write: &FieldWrite| {
        let facts = write.function.and_then(|function| script.analysis().function(function));
        facts.is_some_and(|facts| facts.is_called)
    };
    field.writes.iter().any(is_called)
        || callouts::is_read(script, name)
        || callouts::requirers(script).any(|other| callouts::is_read(&other, name))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn misspelt_names_are_told_in_every_style() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local register = msys.registerModule
local mod = { validate_helo = function(self, str) return core.VALIDATE_CONT end }
--            ^^^^^^^^^^^^^ warning: no callout or hook is called `validate_helo`: the server never calls it; did you mean `validate_ehlo`?
function mod:validate_data_spool_each_rcp(msg, accept, vctx) return core.VALIDATE_CONT end
--           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `validate_data_spool_each_rcpt`
mod.validate_rcpto = function(self, msg) return core.VALIDATE_CONT end
--  ^^^^^^^^^^^^^^ `validate_rcptto`
mod["Validate_Data"] = function(self, msg) return core.VALIDATE_CONT end
--  ^^^^^^^^^^^^^^^ `validate_data`
local function bind(self, msg) return core.VALIDATE_CONT end
mod.validate_setbinding = bind
--  ^^^^^^^^^^^^^^^^^^^ `validate_set_binding`
function mod:inti() return true end
--           ^^^^ `init`
function mod:core_final_validaton(msg) end
--           ^^^^^^^^^^^^^^^^^^^^ warning: `core_final_validation`
register("mod", mod)
"#,
        );
    }

    #[test]
    fn prefixes_promise_a_callout() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:init() return true end
function mod:validate_sender(str, accept, vctx) end
--           ^^^^^^^^^^^^^^^ warning: no callout or hook is called `validate_sender`: the server never calls it
function mod:smpp_everything(pdu) end
--           ^^^^^^^^^^^^^^^ warning: never calls it
function mod:core_site_hook(msg) end
--           ^^^^^^^^^^^^^^ info: without such a hook it never runs
function mod:core_post_msg_each_rcpt(msg, ac, vctx) end
--           ^^^^^^^^^^^^^^^^^^^^^^^ info: published policy uses it
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn functions_of_the_policy_itself_are_not_reported() {
        check_none(
            RULE.code,
            r#"
local mod = {}
function mod:check_sender(sender) return sender ~= "" end
function mod.on_timer() end
function mod:validate_domain(domain) return domain ~= "" end
function mod:validate_date(date) return date end
function mod.http_get(url) return url end
mod.validate_limit = 10
function mod:validate_data(msg, accept, vctx)
  if mod:validate_domain("example.com") then
    pcall(mod.validate_date, "today")
  end
  return msys.core.VALIDATE_CONT
end
msys.registerModule("mod", mod)

local checks = {}
function checks:validate_dta(msg) return msg end
"#,
        );
    }

    #[test]
    fn the_file_that_defines_it_is_the_place() {
        check(
            RULE.code,
            r#"
//- /policy/main.lua
local inbound = require("inbound")
inbound:validate_list("a")
msys.registerModule("inbound", inbound)
//- /policy/inbound.lua
local inbound = {}
function inbound:validate_mailfrm(str) end
--               ^^^^^^^^^^^^^^^^
function inbound:validate_list(name) end
return inbound
"#,
        );
    }

    #[test]
    fn another_version_of_a_hook() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:core_log_reception(msg, now, note)
--           ^^^^^^^^^^^^^^^^^^ warning: no callout or hook is called `core_log_reception`: the server never calls it; did you mean `core_log_reception_v1`?
end
function mod:core_log_rejection_v1(msg, now, note)
--           ^^^^^^^^^^^^^^^^^^^^^ warning: did you mean `core_log_rejection`?
end
msys.registerModule("log", mod)
"#,
        );
    }

    #[test]
    fn the_fix_renames() {
        check_fix(
            RULE.code,
            r#"
local mod = { validate_helo = function(self, str) return msys.core.VALIDATE_CONT end }
function mod:validate_rcpto(msg) return msys.core.VALIDATE_CONT end
mod["validate_dta"] = function(self, msg) return msys.core.VALIDATE_CONT end
msys.registerModule("mod", mod)
"#,
            r#"
local mod = { validate_ehlo = function(self, str) return msys.core.VALIDATE_CONT end }
function mod:validate_rcptto(msg) return msys.core.VALIDATE_CONT end
mod["validate_data"] = function(self, msg) return msys.core.VALIDATE_CONT end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    #[should_panic(expected = "no fix is offered")]
    fn a_name_that_is_taken_is_not_given_again() {
        check_fix(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(msg) return msys.core.VALIDATE_CONT end
function mod:validate_dta(msg) return msys.core.VALIDATE_CONT end
msys.registerModule("mod", mod)
"#,
            "",
        );
    }
}
