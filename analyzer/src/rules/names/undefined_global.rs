//! # undefined-global
//!
//! ## What it does
//! Finds names that nothing defines: no local or parameter is visible under the name, no file of the project assigns it, and
//! neither Lua nor Momentum brings it. Where a name is close to it, or the constant has it in `msys.core`, the finding says
//! so.
//!
//! Tests in Lua (`_test.lua`, `_spec.lua`) know `describe`, `it` and the other names that tests have.
//!
//! A name whose existence the script asks for (`if DEBUG then`, `limit or 10`) is taken as meant, and files that call
//! `setfenv` are left alone.
//!
//! ## Why it matters
//! Lua takes a name that it does not know for a global, and a global that was never assigned is nil. The script loads, and
//! only when a session comes to that line, calling or indexing the name raises an error: the callout ends there, and what
//! it would have decided is lost. Passed on as nil, the name may do worse: a bare `VCTX_MESS` chooses no dictionary, and
//! some functions of the server crash on nil.
//!
//! ## Example
//! ```lua expect=undefined-global
//! local mod = {}
//!
//! function mod:validate_data(msg, accept, vctx)
//!   vctx:set(VCTX_MESS, "checked", "yes")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("checks", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:validate_data(msg, accept, vctx)
//!   vctx:set(msys.core.VCTX_MESS, "checked", "yes")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("checks", mod)
//! ```
//!
//! ## Fix
//! A constant gets its table, a name with one near name is replaced by that, and a callout that lacks a parameter gets it.

use super::cause::{Cause, SHORTEST_NEAR, cause};
use super::usage::{Usage, usages};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::Require;
use crate::semantics::scope::{Access, BindingKind, GlobalReference};
use crate::syntax::tree::ExpressionId;
use momentum_lua_stub_reader::database::Member;
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) const RULE: Rule =
    Rule { code: "undefined-global", severity: Severity::Error, since: "0.1", fixable: Fixable::Safe };

/// What `momentum-lua test` gives to tests in Lua beside the names of the API.
const TEST_NAMES: [&str; 10] =
    ["describe", "context", "it", "test", "spec", "pending", "before_each", "after_each", "session", "fail"];

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    if script.analysis().environment.exchanges {
        return;
    }
    let mut undefined: Vec<&GlobalReference> =
        script.scopes().globals().iter().filter(|global| is_undefined(script, global)).collect();
    if undefined.is_empty() {
        return;
    }
    let unknown_modules = script.project().unknown_modules_of(script.id());
    // By custom, a module sets a global of its own name.
    undefined.retain(|global| {
        !unknown_modules.iter().any(|require| require.module.split(['.', '/']).any(|part| part == global.name))
    });
    let usages = usages(script.tree());
    let tested: FxHashSet<&str> = undefined
        .iter()
        .filter(|global| usages.get(&global.reference.expression) == Some(&Usage::Tested))
        .map(|global| global.name.as_str())
        .collect();
    let mut told = FxHashSet::default();
    for global in undefined {
        let cause = cause(script, global);
        if tested.contains(global.name.as_str()) && !cause.is_certain() {
            continue;
        }
        // Otherwise one place in a function says it all.
        if cause.has_fix_for_each_place() || told.insert((&global.name, global.reference.function)) {
            tell(script, global, &cause, &usages, &unknown_modules, report);
        }
    }
}

/// Whether a name is read that nothing defines. What stands behind a syntax error may have lost its declaration.
fn is_undefined(script: &Script<'_>, global: &GlobalReference) -> bool {
    let name = global.name.as_str();
    let broken_from = script.parsed().errors.first().map_or(u32::MAX, |error| error.span.start);
    let own_environment = script.analysis().module_environment.as_ref().is_some_and(|(_, table)| {
        let table = script.analysis().tables.get(*table as usize);
        matches!(name, "_M" | "_NAME" | "_PACKAGE") || table.is_none_or(|table| table.field(name).is_some())
    });
    global.reference.access == Access::Read
        && global.reference.span.start < broken_from
        && !name.is_empty()
        && name != "arg"
        && !own_environment
        && !script.project().may_define_global(name)
        && script.api().global(name).is_none()
        && !(script.is_test() && TEST_NAMES.contains(&name))
}

fn tell(
    script: &Script<'_>,
    global: &GlobalReference,
    cause: &Cause<'_>,
    usages: &FxHashMap<ExpressionId, Usage>,
    unknown_modules: &[&Require],
    report: &mut Report<'_>,
) {
    let name = &global.name;
    let span = global.reference.span;
    let then = match usages.get(&global.reference.expression) {
        Some(Usage::Called) => "calling it raises an error",
        Some(Usage::Indexed) => "indexing it raises an error",
        _ => "it is nil here",
    };
    match cause {
        Cause::Member(member) => {
            let path = path_of(script, *member, span.start);
            let text = format!("`{name}` is no global, so {then}: it stands in `{}`", member.owner());
            let (title, edits) = (format!("Write `{path}`"), vec![Edit::replace(span, path)]);
            let mut finding = report.at(span, text);
            finding.page_of(member.about());
            if member.about().corrections.is_empty() {
                finding.safe_fix(title, edits);
            } else {
                // The documentation is not sure of it either.
                finding.severity(Severity::Info).unsafe_fix(title, edits);
                for correction in &member.about().corrections {
                    finding.note(correction.as_str());
                }
            }
        }
        Cause::NoSelf(function) => {
            let keyword = script.tree().function(*function).keyword;
            let text = format!("There is no `self` in a function that is defined with `.`, so {then}");
            report.at(span, text).related(keyword, "only `:` gives a function a `self`");
        }
        Cause::Renamed(binding) => {
            let own = &binding.name;
            let text = format!("`{name}` is defined nowhere, so {then}: this callout calls it `{own}`");
            report
                .at(span, text)
                .related(binding.span, format!("the parameter `{own}`"))
                .safe_fix(format!("Write `{own}`"), vec![Edit::replace(span, own.as_str())]);
        }
        Cause::NotTaken(function, missing) => {
            let own = script.tree().function(*function);
            let close = own.parameters_span.end.saturating_sub(1);
            let separator = if own.parameters.is_empty() { "" } else { ", " };
            let text = format!("`{name}` is not among the parameters of this callout, so {then}");
            report
                .at(span, text)
                .related(own.parameters_span, "the parameters end here")
                .safe_fix(
                    format!("Take `{missing}` as well"),
                    vec![Edit::insert(close, format!("{separator}{missing}"))],
                );
        }
        Cause::OutOfSight(binding) => {
            let (why, place) = match binding.kind {
                BindingKind::Parameter(..) => {
                    ("is a parameter of another function", "the parameter of the other function")
                }
                _ if binding.span.start > span.start => {
                    ("is declared further down", "declared too late to be visible above")
                }
                _ => ("is a local of another block", "visible to the end of its block only"),
            };
            report.at(span, format!("`{name}` {why}, so {then}")).related(binding.span, place);
        }
        Cause::NearLocals(near) => {
            let names: Vec<&str> = near.iter().map(|binding| binding.name.as_str()).collect();
            let mut finding =
                report.at(span, format!("`{name}` is defined nowhere, so {then}{}", or_meant(&names)));
            for binding in near {
                let (own, edit) = (&binding.name, Edit::replace(span, binding.name.as_str()));
                finding.related(binding.span, format!("`{own}` is declared here"));
                let is_plain = near.len() == 1 && name.chars().count() > SHORTEST_NEAR;
                if is_plain || own.eq_ignore_ascii_case(name) {
                    finding.safe_fix(format!("Write `{own}`"), vec![edit]);
                } else {
                    finding.unsafe_fix(format!("Write `{own}`"), vec![edit]);
                }
            }
        }
        Cause::NearGlobal(names) => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let text = format!("`{name}` is defined nowhere, so {then}{}", or_meant(&names));
            let mut finding = report.at(span, text);
            for own in &names {
                finding.unsafe_fix(format!("Write `{own}`"), vec![Edit::replace(span, *own)]);
            }
        }
        Cause::Unknown => {
            let mut finding = report.at(span, format!("`{name}` is defined nowhere, so {then}"));
            if let Some(require) = unknown_modules.first() {
                finding.severity(Severity::Warning).note(format!(
                    "unless the module `{}` defines it, which is not in this tree",
                    require.module
                ));
            } else if script.analysis().environment.runs_other_code {
                finding.severity(Severity::Warning).note("unless code that this file loads defines it");
            }
        }
    }
}

fn or_meant(names: &[&str]) -> String {
    format!(": `{}` may be meant", names.join("` or `"))
}

/// How a script reaches a member: by a local for its table, if one is visible, else by its path.
fn path_of(script: &Script<'_>, member: Member<'_>, offset: u32) -> String {
    let owner = member.owner();
    let types = &script.analysis().binding_types;
    let local = script.scopes().visible_at(offset).find(|(id, _)| {
        let class = types.get(id.index()).and_then(|ty| ty.class());
        class.is_some_and(|class| class == owner)
    });
    match local {
        Some((_, binding)) => format!("{}.{}", binding.name, member.member()),
        None => format!("{owner}.{}", member.member()),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn tests_have_names_of_their_own() {
        check(
            RULE.code,
            r#"
it("is none here", print)
--<^^ error: `it` is defined nowhere
//- /policy/main_test.lua
describe("a", function()
  before_each(print)
  it("runs", function() session({}):run() end)
  pendnig("b")
--^^^^^^^ `pendnig` is defined nowhere
end)
"#,
        );
    }

    #[test]
    fn a_constant_without_its_table() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  vctx:set(VCTX_MESS, "a", "b")
--         ^^^^^^^^^ error: `VCTX_MESS` is no global, so it is nil here: it stands in `msys.core`
  msys.lock(thread.MUTEX_NORMAL, MUTEX_RECURSIVE)
--                               ^^^^^^^^^^^^^^^ it stands in `thread`
  sleep(1)
--^^^^^ `sleep` is no global, so calling it raises an error: it stands in `msys`
  return core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn a_constant_whose_table_is_inferred() {
        check(
            RULE.code,
            "return EC_MESSAGE_ENQUEUE_HOOK_OK\n--     ^^^^^^^^^^^^^^^^^^^^^^^^^^ info: it stands in `msys.core`\n",
        );
    }

    #[test]
    fn a_constant_gets_the_table_as_the_script_calls_it() {
        check_fix(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  vctx:set(VCTX_MESS, "a", "b")
  sleep(1)
end
"#,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  vctx:set(core.VCTX_MESS, "a", "b")
  msys.sleep(1)
end
"#,
        );
        check_fix(
            RULE.code,
            "local function f(vctx) return vctx:get(VCTX_CONN, 'a') end\n",
            "local function f(vctx) return vctx:get(msys.core.VCTX_CONN, 'a') end\n",
        );
    }

    #[test]
    fn a_misspelt_name() {
        check(
            RULE.code,
            r#"
local recipients = {}
--    ^^^^^^^^^^ related: `recipients` is declared here
local function count(message)
--                   ^^^^^^^ related: `message` is declared here
  for _, one in ipairs(recipents) do print(one, mesage) end
--                     ^^^^^^^^^ error: `recipents` is defined nowhere, so it is nil here: `recipients` may be meant
--                                              ^^^^^^ `message` may be meant
  retrun_path(message)
--^^^^^^^^^^^ error: `retrun_path` is defined nowhere, so calling it raises an error
  tostrng(message)
--^^^^^^^ `tostring` may be meant
end
"#,
        );
        check_fix(
            RULE.code,
            "local recipients = {}\nprint(#recipents, Recipients)\n",
            "local recipients = {}\nprint(#recipients, recipients)\n",
        );
    }

    #[test]
    fn a_parameter_of_the_callout() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:validate_connect(accept)
--                           ^^^^^^^^ related: the parameters end here
  vctx:set_code(550, "no")
--^^^^ error: `vctx` is not among the parameters of this callout, so indexing it raises an error
end
mod.validate_rcptto = function(self, message, str, ac, context)
--                                   ^^^^^^^ related: the parameter `message`
  pcall(function() print(msg) end)
--                       ^^^ this callout calls it `message`
end
local function reject(code)
  vctx:set_code(code, "no")
--^^^^ error: `vctx` is defined nowhere, so indexing it raises an error
end
function mod.validate_mailfrom(self, str, accept, vctx)
--                                                ^^^^ related: the parameter of the other function
  reject(550)
end
local function accept_it()
  vctx:set_code(250, "yes")
--^^^^ error: `vctx` is a parameter of another function, so indexing it raises an error
  vctx:disconnect(421, "bye")
end
msys.registerModule("a", mod)
"#,
        );
        check_fix(
            RULE.code,
            "local mod = {}\nfunction mod:validate_connect() vctx:set_code(550, 'no') end\n",
            "local mod = {}\nfunction mod:validate_connect(accept, vctx) vctx:set_code(550, 'no') end\n",
        );
    }

    #[test]
    fn self_needs_a_colon() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod.validate_connect(accept, vctx)
--<^^^^^^^^ related: only `:` gives a function a `self`
  self.seen = true
--^^^^ There is no `self` in a function that is defined with `.`, so indexing it raises an error
end
function mod:validate_ehlo(str, accept, vctx)
  msys.runInPool("IO", function() self.seen = true end)
end
"#,
        );
    }

    #[test]
    fn a_local_that_is_not_visible() {
        check(
            RULE.code,
            r#"
local function first() return second() end
--                            ^^^^^^ `second` is declared further down, so calling it raises an error
local function second() return 1 end
--             ^^^^^^ related: declared too late to be visible above
if first() then
  local found = true
--      ^^^^^ related: visible to the end of its block only
end
print(found)
--    ^^^^^ `found` is a local of another block, so it is nil here
"#,
        );
    }

    #[test]
    fn names_that_are_defined() {
        check_none(
            RULE.code,
            r#"
print(_TLS, _OSTLS, _G, _VERSION, buffer, thread, arg)
require("json")
json.encode({})
counter = 0
function helper(...) return arg, counter, defined_elsewhere, policy end
_G.late = 1
_G["later"] = 2
rawset(_G, "latest", 3)
print(late, later, latest, from_a_function, also)
//- /policy/other.lua
defined_elsewhere = 1
local function f() from_a_function = 2 end
function _G.also() end
//- /policy/third.lua
module("policy.tools", package.seeall)
local core = require("msys.core")
limit = 10
function check() return limit, _M, _NAME, _PACKAGE, helper2() end
function helper2() return _M.limit end
"#,
        );
    }

    #[test]
    fn names_that_are_asked_for() {
        check_none(
            RULE.code,
            r#"
if DEBUG then print("debugging") end
local limit = MAX_LIMIT or 10
if type(site_hook) == "function" then site_hook(limit) end
if tracer ~= nil then tracer.start() end
local state = not FAST and "slow" or "fast"
"#,
        );
        // Asking does not make a misspelt name right.
        check(
            RULE.code,
            r#"
local recipients = {}
--    ^^^^^^^^^^ related:
if recipients_ then print(#recipients) end
-- ^^^^^^^^^^^ `recipients` may be meant
"#,
        );
    }

    #[test]
    fn environments_that_may_hold_anything() {
        check_none(RULE.code, "setfenv(1, setmetatable({}, { __index = site }))\nprint(anything)\n");
        check_none(
            RULE.code,
            "print(anything)\n//- /policy/b.lua\nfor name, value in pairs({}) do _G[name] = value end\n",
        );
    }

    #[test]
    fn modules_that_are_not_in_the_tree() {
        check(
            RULE.code,
            r#"
require("site.tools")
local first = 1
--    ^^^^^ related:
tools.run(site.name)
print(site_limit, frist)
--    ^^^^^^^^^^ warning: `site_limit` is defined nowhere, so it is nil here
--                ^^^^^ error: `first` may be meant
"#,
        );
        check_none(
            RULE.code,
            "require('tools.mail')\nprint(tools.mail)\n//- /policy/tools/mail.lua\nmodule(..., package.seeall)\n",
        );
    }

    #[test]
    fn behind_a_syntax_error_nothing_is_certain() {
        check(
            RULE.code,
            "
print(unknown_name)
--    ^^^^^^^^^^^^ is defined nowhere
local = 1
print(another_name)
",
        );
    }
}
