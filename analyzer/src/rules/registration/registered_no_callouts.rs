//! ## What it does
//! Reports registrations of a table that has no callout and no hook.
//!
//! ## Why it matters
//! The server looks through the table for names that it knows. When it finds none, it writes `scriptlet: no usable
//! methods found for module NAME in registerModule call` to the paniclog, and nothing of the module ever runs.
//!
//! ## Example
//! ```lua expect=registered-no-callouts
//! local mod = {}
//!
//! function mod:on_connect(accept, vctx)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("limits", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:validate_connect(accept, vctx)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("limits", mod)
//! ```

use super::callouts::Registrar;
use super::{callouts, destinations, families::Names};
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::Field;
use crate::semantics::types::{TableRef, Type, Value};
use crate::syntax::tree::ExpressionKind;
use smol_str::SmolStr;

pub(crate) const RULE: Rule =
    Rule { code: "registered-no-callouts", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    if !script.parsed().errors.is_empty() || script.analysis().registrations.is_empty() {
        return;
    }
    let registrars = Registrar::all(script.api());
    for registration in &script.analysis().registrations {
        // What the function of a single scope says of such a table is not documented.
        let made = registrars.iter().find(|registrar| registrar.made(registration) && registrar.is_general());
        let Some(registrar) = made else { continue };
        let is_empty = |table: &TableRef| has_no_callout(script, *table);
        if !registration.certain || registration.tables.is_empty() || !registration.tables.iter().all(is_empty) {
            continue;
        }
        let argument = match &script.tree().expression(registration.expression).kind {
            ExpressionKind::Call(call) => call.arguments.get(1).copied(),
            _ => None,
        };
        let span = argument.map_or(registration.span, |argument| script.span(argument));
        let name = registration.name.as_deref().unwrap_or("…");
        let mut finding = report.at(
            span,
            format!(
                "the server knows no function of this table, so that nothing of it runs: `no usable methods found for \
                 module {name} in registerModule call`"
            ),
        );
        finding.page_of(registrar.about());
        let names = Names::of(script.api());
        let tables = registration.tables.iter();
        for table in tables.filter_map(|table| script.analysis().tables.get(table.index as usize)) {
            for (name, field) in &table.fields {
                if let (Some(near), Some(write)) = (names.near(name), field.writes.first()) {
                    finding.related(write.name_span, format!("`{near}` may be meant here"));
                }
            }
        }
    }
}

/// Whether a table has no callout for certain.
fn has_no_callout(script: &Script<'_>, table: TableRef) -> bool {
    if table.file != script.id() {
        return false;
    }
    let Some(known) = script.analysis().tables.get(table.index as usize) else { return false };
    let is_function =
        |ty: &Type| !ty.all(|value| matches!(value, Value::Nil | Value::String | Value::StringLiteral(_)));
    let is_callout =
        |(name, field): (&SmolStr, &Field)| script.api().hook(name).is_some() && is_function(&field.ty);
    let is_closed = !known.open
        && known.fallback.is_never()
        && !known.keys.is_open()
        && !known.keys.any(|key| !matches!(key, Value::Number | Value::NumberLiteral(_)));
    if !is_closed || known.fields.iter().any(is_callout) {
        return false;
    }
    // Modules that no page describes may bring hooks of their own; of the validation all callouts are known.
    let names = Names::of(script.api());
    let is_unknown_hook = |name: &str| names.family(name).is_some_and(|family| family != "validate");
    let destinations = destinations::of(script, table.index);
    let may_grow =
        destinations.lost || (destinations.shared && callouts::requirers(script).next().is_some());
    !may_grow && !known.fields.iter().any(|(name, _)| is_unknown_hook(name))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn tables_that_the_server_finds_nothing_in() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local register = msys.registerModule
local mod = {}
function mod:validate_dta(msg) return core.VALIDATE_CONT end
--           ^^^^^^^^^^^^ related: `validate_data` may be meant here
function mod:check(msg) return core.VALIDATE_CONT end
local function publish() register("mod", mod) end
--                                       ^^^ error: nothing of it runs: `no usable methods found for module mod in registerModule call`
msys.registerModule("empty", {})
--                           ^^ module empty in
local list = { "validate_data", Validate_Data = function(self, msg) end }
msys.registerModule("list", list)
--                          ^^^^
"#,
        );
    }

    #[test]
    fn one_callout_is_enough() {
        check_none(
            RULE.code,
            r#"
local a = {}
function a:init() return true end
msys.registerModule("a", a)
local b = { core_log_delivery_v1 = print }
msys.registerModule("b", b)
local c = {}
c["validate_data"] = function(self, msg) end
msys.registerModule("c", c)
local d = { core_site_hook = function(self) end }
msys.registerModule("d", d)
local e = { smpp_site_hook = function(self) end }
msys.registerModule("e", e)
msys.registerModule("f", { rsrc_setup = function(self) return true end })
"#,
        );
    }

    #[test]
    fn tables_that_are_not_fully_known_are_left_alone() {
        check_none(
            RULE.code,
            r#"
//- /policy/callouts.lua
local callouts = {}
function callouts.add(mod) mod.validate_data = function(self, msg) end end
return callouts
//- /policy/main.lua
local mod = {}
for _, name in ipairs({ "validate_data" }) do mod[name] = function(self) end end
msys.registerModule("mod", mod)

local base = { validate_data = function(self, msg) end }
local derived = setmetatable({}, { __index = base })
msys.registerModule("derived", derived)

local filled = {}
require("callouts").add(filled)
msys.registerModule("filled", filled)

local unknown = require("site.policy").table
msys.registerModule("unknown", unknown)

local changed = {}
site_fill(changed)
msys.registerModule("changed", changed)
//- /policy/required.lua
local callouts = require("callouts")
function callouts:validate_ehlo(str) end
msys.registerModule("required", callouts)
"#,
        );
    }
}
