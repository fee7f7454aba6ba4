//! ## What it does
//! Reports tables with callouts that never reach `msys.registerModule`, or the function that registers callouts of their
//! kind: `xmpp.registerModule` for those of XMPP.
//!
//! ## Why it matters
//! The server knows a callout only by the table that is registered. Without the registration the script is loaded and
//! does nothing: no callout ever runs, the mail goes through unchecked, and neither `config reload` nor the paniclog has
//! a word about it.
//!
//! A file that returns its table, or shares it as a global, may be registered by another script, and is reported only if
//! a `script` stanza loads it and nothing else of the policy does.
//!
//! ## Example
//! ```lua expect=unregistered-module
//! local mod = {}
//!
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   vctx:set_code(550, "5.7.1 This host takes no mail")
//!   return msys.core.VALIDATE_DONE
//! end
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   vctx:set_code(550, "5.7.1 This host takes no mail")
//!   return msys.core.VALIDATE_DONE
//! end
//!
//! msys.registerModule("no_mail", mod)
//! ```
//!
//! ## Fix
//! Registers the table at the end of the file, under the name of the `script` stanza that loads it, or else of the file.
//! Unsafe: the name should be that of the stanza.

use super::callouts::{self, Definition, Registrar};
use super::{destinations, loading};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::scope::BindingKind;
use crate::semantics::types::{TableRef, Value};
use crate::syntax::offset_u32;
use crate::syntax::tree::StatementKind;
use smol_str::SmolStr;

pub(crate) const RULE: Rule =
    Rule { code: "unregistered-module", severity: Severity::Warning, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    // What is missing may be the registration.
    if !script.parsed().errors.is_empty() {
        return;
    }
    let mut definitions = callouts::definitions(script);
    definitions.retain(|definition| {
        let facts = script.analysis().function(definition.function);
        callouts::tells_by_name(definition.hook) && facts.is_some_and(|facts| !facts.is_called)
    });
    if definitions.is_empty() {
        return;
    }
    let registrars = Registrar::all(script.api());
    let of_tables = definitions.chunk_by(|one, other| one.table == other.table);
    for (of_table, registrar) in of_tables.flat_map(|of_table| registrars.iter().map(move |one| (of_table, one))) {
        let is_its_own = |definition: &&Definition<'_>| {
            Registrar::of(&registrars, definition.hook).is_some_and(|own| std::ptr::eq(own, registrar))
        };
        let own: Vec<&Definition<'_>> = of_table.iter().filter(is_its_own).collect();
        let Some(first) = own.first().filter(|first| is_never_registered(script, first.table, registrar)) else {
            continue;
        };
        let Some(table) = script.analysis().tables.get(first.table as usize) else { continue };
        let names: Vec<String> = own.iter().map(|definition| format!("`{}`", definition.hook.name)).collect();
        let (others, run) = match names.as_slice() {
            [_] => (String::new(), "runs"),
            [_, second] => (format!(" and {second}"), "run"),
            [_, rest @ ..] => (format!(" and {} others", rest.len()), "run"),
            [] => continue,
        };
        let title = callouts::title(script, first.table, table);
        let name = &first.hook.name;
        let mut finding = report.at(
            first.write.name_span,
            format!(
                "`{name}`{others} never {run}: {title} is not handed to `{}`, and nothing is logged",
                registrar.name()
            ),
        );
        finding.page_of(registrar.about());
        finding.related(table.span, format!("{title} is made here"));
        if let Some((server, stanza)) = loading::stanza(script)
            && let Some((file, span)) = server.place(&stanza.head)
        {
            finding.related_in(file, span, "this stanza loads the script");
        }
        if let Some(edit) = registrar.is_general().then(|| with_registration(script, first)).flatten() {
            finding.unsafe_fix("Register it at the end of the file", vec![edit]);
        }
    }
}

/// Whether nothing in the project registers the table by that function, nor could.
fn is_never_registered(script: &Script<'_>, table: u32, registrar: &Registrar<'_>) -> bool {
    if callouts::registration_by(script, table, |registration| registrar.made(registration)).is_some() {
        return false;
    }
    let destinations = destinations::of(script, table);
    let is_certain = script.analysis().registrations.iter().all(|registration| registration.certain);
    if destinations.lost || !is_certain {
        return false;
    }
    !destinations.shared || (loading::stanza(script).is_some() && is_taken_by_none(script))
}

/// Whether no other file of the project gets hold of what this one shares.
fn is_taken_by_none(script: &Script<'_>) -> bool {
    let globals = &script.analysis().globals;
    let others = || script.project().scripts().filter(|other| other.id() != script.id());
    let reads_a_global = others().any(|other| {
        other.scopes().globals().iter().any(|reference| globals.contains_key(&reference.name))
    });
    let registers_anything =
        others().any(|other| other.analysis().registrations.iter().any(|registration| !registration.certain));
    callouts::requirers(script).next().is_none() && !reads_a_global && !registers_anything
}

/// The registration at the end of the file, where a name for the table is visible.
fn with_registration(script: &Script<'_>, definition: &Definition<'_>) -> Option<Edit> {
    let text = script.text();
    let root = script.tree().root();
    let last = root.statements.last().map(|&last| script.tree().statement(last));
    let end = match last.map(|last| (&last.kind, last.span.start)) {
        Some((StatementKind::Return(_), start)) => start,
        _ => offset_u32(text.len()),
    };
    let variable = variable(script, definition.table, end)?;
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let before = text.get(..end as usize)?;
    let gap = if before.ends_with('\n') { line_end.to_owned() } else { line_end.repeat(2) };
    let name = module_name(script);
    let behind = if (end as usize) < text.len() { line_end } else { "" };
    Some(Edit::insert(
        end,
        format!("{gap}msys.registerModule(\"{name}\", {variable}){line_end}{behind}"),
    ))
}

/// A variable that holds the table at the end of the file.
fn variable(script: &Script<'_>, table: u32, end: u32) -> Option<SmolStr> {
    let analysis = script.analysis();
    let value = Value::Table(TableRef { file: script.id(), index: table });
    if analysis.module_environment.as_ref().is_some_and(|(_, index)| *index == table) {
        return Some(SmolStr::new_static("_M"));
    }
    let mut locals = script.scopes().visible_at(end);
    let local = locals.find(|(id, binding)| {
        binding.function.is_none()
            && binding.kind == BindingKind::Local
            && analysis.binding_types.get(id.index()).is_some_and(|ty| ty.single() == Some(&value))
    });
    let global = || analysis.globals.iter().find(|(_, global)| global.ty.single() == Some(&value));
    local.map(|(_, binding)| binding.name.clone()).or_else(|| global().map(|(name, _)| name.clone()))
}

/// The name that the configuration wants, else that of the file.
fn module_name(script: &Script<'_>) -> String {
    let configured = loading::stanza(script).and_then(|(_, stanza)| stanza.name.as_ref());
    if let Some(name) = configured {
        return name.text.clone();
    }
    let file = script.path().rsplit('/').next().unwrap_or_default();
    let stem = file.strip_suffix(".lua").unwrap_or(file);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !stem.is_empty() && stem.chars().all(is_plain) { stem.to_owned() } else { "policy".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn a_table_that_is_never_registered() {
        check(
            RULE.code,
            r#"
require("msys.core")
local mod = {}
--          ^^ related: `mod` is made here
function mod:init() return true end
function mod:validate_data(msg, accept, vctx)
--           ^^^^^^^^^^^^^ warning: `validate_data` and 2 others never run: `mod` is not handed to `msys.registerModule`
  return msys.core.VALIDATE_CONT
end
mod.validate_ehlo = function(self, str) return msys.core.VALIDATE_CONT end
mod["core_final_validation"] = function(self, msg) end

local other = { validate_set_binding = function(self, msg) return msys.core.VALIDATE_CONT end }
--              ^^^^^^^^^^^^^^^^^^^^ `validate_set_binding` never runs: `other` is not
print(other)
"#,
        );
    }

    #[test]
    fn each_kind_of_callout_has_its_function() {
        check(
            RULE.code,
            r#"
local xmpp = require("msys.xmpp")
local mod = {}
function mod:validate_data(msg, accept, vctx) return msys.core.VALIDATE_CONT end
function mod:client_message_recv(sess, stanza) return xmpp.CONT end
--           ^^^^^^^^^^^^^^^^^^^ warning: `client_message_recv` never runs: `mod` is not handed to `xmpp.registerModule`
msys.registerModule("mod", mod)
local chat = { client_message_recv = function(self, sess, stanza) return xmpp.CONT end }
function chat:validate_connect(accept, vctx) return msys.core.VALIDATE_CONT end
--            ^^^^^^^^^^^^^^^^ warning: `validate_connect` never runs: `chat` is not handed to `msys.registerModule`
xmpp.registerModule("chat", chat)
"#,
        );
        check_none(
            RULE.code,
            r#"
require("msys.xmpp")
local chat = { client_message_recv = function(self, sess, stanza) return msys.xmpp.CONT end }
local function publish(table) msys.xmpp.registerModule("chat", table) end
publish(chat)
"#,
        );
    }

    #[test]
    fn one_of_two_modules() {
        check(
            RULE.code,
            r#"
local register = msys.registerModule
local first = {}
function first:validate_ehlo(str) return msys.core.VALIDATE_CONT end
local second = {}
function second:validate_data(msg) return msys.core.VALIDATE_CONT end
--              ^^^^^^^^^^^^^
register("first", first)
"#,
        );
    }

    #[test]
    fn registrations_of_every_kind_count() {
        check_none(
            RULE.code,
            r#"
local register = msys.registerModule
local a = {}
function a:validate_ehlo(str) return msys.core.VALIDATE_CONT end
local function publish(name, module) register(name, module) end
publish("a", a)
local b = { validate_ehlo = function(self, str) return msys.core.VALIDATE_CONT end }
local alias = b
function b:register() msys.registerModule("b", self) end
alias:register()
c = {}
function c:validate_data(msg) return msys.core.VALIDATE_CONT end
msys["registerModule"]("c", setmetatable(c, { __index = function() end }))
local d = d or {}
function d:validate_data(msg) return msys.core.VALIDATE_CONT end
if msys then msys.registerModule("d", d) end
"#,
        );
    }

    #[test]
    fn tables_that_go_elsewhere_are_left_alone() {
        check_none(
            RULE.code,
            r#"
local base = {}
function base:validate_data(msg) return msys.core.VALIDATE_CONT end
local mod = setmetatable({}, { __index = base })
function mod:validate_ehlo(str) return msys.core.VALIDATE_CONT end
msys.registerModule("mod", mod)

local lost = { validate_data = function(self, msg) end }
require("site.loader").load("lost", lost)

local stored = { validate_data = function(self, msg) end }
local modules = { stored }
for index, module in ipairs(modules) do msys.registerModule("m" .. index, module) end

local copied = { validate_data = function(self, msg) end }
for name, callout in pairs(copied) do mod[name] = callout end

local called = {}
function called.validate_data(msg) return msg end
called.validate_data("x")

local object = {}
function object:init(size) self.size = size end

local function new() local made = {} function made:validate_data(msg) end return made end
return { validate_data = function(self, msg) end }
"#,
        );
    }

    #[test]
    fn a_script_that_is_not_complete_may_still_register() {
        check_none(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(msg) return msys.core.VALIDATE_CONT end
msys.registerModule("mod",
"#,
        );
    }

    #[test]
    fn a_shared_table_is_reported_where_only_a_stanza_loads_the_file() {
        check(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
alerting {}
scriptlet "scriptlet" {
  script "inbound" { source = "inbound" }
  script "outbound" { source = "outbound" }
}
//- /etc/conf/global/inbound.lua
local mod = {}
function mod:validate_data(msg) return msys.core.VALIDATE_CONT end
--           ^^^^^^^^^^^^^
return mod
//- /etc/conf/global/library.lua
local library = {}
function library:validate_data(msg) return msys.core.VALIDATE_CONT end
return library
//- /etc/conf/global/outbound.lua
local taken = {}
function taken:validate_data(msg) return msys.core.VALIDATE_CONT end
return taken
//- /etc/conf/global/main.lua
msys.registerModule("outbound", require("outbound"))
"#,
        );
    }

    #[test]
    fn the_fix_registers_at_the_end() {
        check_fix(
            RULE.code,
            r#"
//- /policy/inbound.lua
local mod = {}
function mod:validate_data(msg) return msys.core.VALIDATE_CONT end
"#,
            r#"
//- /policy/inbound.lua
local mod = {}
function mod:validate_data(msg) return msys.core.VALIDATE_CONT end

msys.registerModule("inbound", mod)
"#,
        );
        check_fix(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
scriptlet "scriptlet" {
  script "checks" { source = "inbound" }
}
//- /etc/conf/default/inbound.lua
mod = {}
function mod:validate_data(msg) return msys.core.VALIDATE_CONT end
return mod
"#,
            r#"
//- /etc/conf/default/inbound.lua
mod = {}
function mod:validate_data(msg) return msys.core.VALIDATE_CONT end

msys.registerModule("checks", mod)

return mod
"#,
        );
    }
}
