//! ## What it does
//! Reports a path through a validation callout that ends without a value.
//!
//! ## Why it matters
//! Every validation callout has to say whether the next script has its turn: `msys.core.VALIDATE_CONT` or
//! `msys.core.VALIDATE_DONE`. Where nothing comes back, Momentum writes `validate_data error: (null)` to the paniclog for
//! each message that takes this path, and what becomes of the remaining scripts of the phase is not documented.
//!
//! The finding names the decisions that lead to the end. A helper whose result the callout returns counts as well.
//!
//! ## Example
//! ```lua expect=callout-return-missing
//! require("msys.core")
//! require("msys.extended.message")
//!
//! local mod = {}
//!
//! function mod:validate_data(msg, accept, vctx)
//!   if #msg:header("Subject") == 0 then
//!     vctx:set_code(550, "5.6.0 a subject is required")
//!     return msys.core.VALIDATE_DONE
//!   end
//! end
//!
//! msys.registerModule("subject", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.core")
//! require("msys.extended.message")
//!
//! local mod = {}
//!
//! function mod:validate_data(msg, accept, vctx)
//!   if #msg:header("Subject") == 0 then
//!     vctx:set_code(550, "5.6.0 a subject is required")
//!     return msys.core.VALIDATE_DONE
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("subject", mod)
//! ```
//!
//! ## Fix
//! Unsafe: returns `msys.core.VALIDATE_CONT`, as the script spells it. Whether the next script should have its turn is for
//! you to decide.

use super::{decisions, results};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::spelling::spelled;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::ReturnSite;
use crate::syntax::Span;
use crate::syntax::tree::Block;
use momentum_lua_stub_reader::model::Hook;
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule = Rule {
    code: "callout-return-missing",
    severity: Severity::Error,
    since: "0.1",
    fixable: Fixable::Unsafe,
};

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let mut seen: FxHashSet<Span> = FxHashSet::default();
    for (function, hook) in results::callouts(script) {
        if !results::takes_verdict(hook) || results::is_broken(script, function) {
            continue;
        }
        for site in results::sites(script, function) {
            if results::gives_nothing(site) {
                if seen.insert(site.span) {
                    ends_without_value(script, hook, site, report);
                }
            } else if let Some((helper, nothing)) = helper_without_value(script, site)
                && seen.insert(site.span)
            {
                passes_nothing_on(script, hook, site, helper, nothing, report);
            }
        }
    }
}

fn ends_without_value(script: &Script<'_>, hook: &Hook, site: &ReturnSite, report: &mut Report<'_>) {
    let name = &hook.name;
    let path = site.path.as_deref();
    let when = decisions::when(script, path);
    let ending = if site.values.is_empty() { "ends without a value" } else { "returns nil" };
    let message = format!("`{name}` {ending}{when}: Momentum then logs `{name} error: (null)`, and no result is documented");
    let mut finding = report.at(site.span, message);
    decisions::show(script, path, &mut finding);
    finding.page_of(&hook.about);
    if let Some(edit) = edit(script, site) {
        finding.unsafe_fix(format!("Return `{}` here", verdict(script, site.span.start)), vec![edit]);
    }
}

fn passes_nothing_on(
    script: &Script<'_>,
    hook: &Hook,
    site: &ReturnSite,
    helper: Script<'_>,
    nothing: &ReturnSite,
    report: &mut Report<'_>,
) {
    let Some(&expression) = site.expressions.first() else { return };
    let name = &hook.name;
    let when = decisions::when(&helper, nothing.path.as_deref());
    let called = script.text_at(script.called_span(expression));
    let message = format!(
        "`{name}` returns what `{called}` gives, and that is nothing{when}: Momentum then logs `{name} error: (null)`, and \
         no result is documented"
    );
    let mut finding = report.at(script.span(expression), message);
    finding.related_in(helper.id(), nothing.span, format!("`{called}` ends here without a value"));
    decisions::show(&helper, nothing.path.as_deref(), &mut finding);
    finding.page_of(&hook.about);
}

/// Where the function of the project that is called for the result gives nothing.
fn helper_without_value<'a>(script: &Script<'a>, site: &ReturnSite) -> Option<(Script<'a>, &'a ReturnSite)> {
    let &expression = site.expressions.first()?;
    if !site.values.first()?.may_be_nil() {
        return None;
    }
    let call = script.analysis().calls.iter().find(|call| call.expression == expression)?;
    call.callee.functions().find_map(|function| {
        let helper = script.project().script(function.file)?;
        let nothing = results::sites(&helper, function.function).find(|site| results::gives_nothing(site))?;
        Some((helper, nothing))
    })
}

fn verdict(script: &Script<'_>, offset: u32) -> String {
    spelled(script, offset, results::CORE, "VALIDATE_CONT")
}

/// Puts a result in.
fn edit(script: &Script<'_>, site: &ReturnSite) -> Option<Edit> {
    let verdict = verdict(script, site.span.start);
    if !site.falls_through {
        return Some(match site.expressions.first() {
            Some(&value) => Edit::replace(script.span(value), verdict),
            None => Edit::insert(site.span.start + u32::try_from("return".len()).ok()?, format!(" {verdict}")),
        });
    }
    if site.span.is_empty() {
        return None;
    }
    let text = script.text();
    let end = site.span.start;
    let line = script.lines().line_span(script.lines().line(end), text);
    let before = Span::new(line.start, end).text(text);
    if !before.trim().is_empty() {
        return Some(Edit::insert(end, format!("return {verdict} ")));
    }
    let (_, function) = script.tree().functions().find(|(id, _)| Some(*id) == site.function)?;
    let indent = indent_of(script, script.tree().block(function.body)).unwrap_or_else(|| format!("{before}  "));
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Some(Edit::insert(line.start, format!("{indent}return {verdict}{line_break}")))
}

/// The blanks before the statements of a block.
fn indent_of(script: &Script<'_>, block: &Block) -> Option<String> {
    let first = script.tree().statement(*block.statements.first()?).span.start;
    let line = script.lines().line_span(script.lines().line(first), script.text());
    let before = Span::new(line.start, first).text(script.text());
    before.trim().is_empty().then(|| before.to_owned())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn where_a_function_ends_is_a_guess_behind_a_syntax_error() {
        for body in ["--[[ note\n  return msys.core.VALIDATE_CONT\nend\n", "local t = { 1\n  return t\n", "print(1))\nend\n"] {
            let source = format!("local mod = {{}}\nmsys.registerModule(\"a\", mod)\nfunction mod:validate_data(msg)\n  {body}");
            check_none(RULE.code, &source);
        }
    }

    #[test]
    fn the_message_shows_the_decisions() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  if #msg:header("Subject") == 0 then
--   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ related: on this path it is false
    return msys.core.VALIDATE_DONE
  elseif msg.priority == 1 then
--       ^^^^^^^^^^^^^^^^^ related: on this path it is false
    print("high")
    return msys.core.VALIDATE_CONT
  end
end
--<^^^ error: `validate_data` ends without a value when `#msg:header("Subject") == 0` is false and `msg.priority == 1` is false: Momentum then logs `validate_data error: (null)`
function mod:validate_connect(accept, vctx)
  if accept.remote_addr then
    print("decides nothing")
  end
end
--<^^^ error: `validate_connect` ends without a value: Momentum
function mod:validate_ehlo(str, accept, vctx)
  if accept then return end
--   ^^^^^^ related: on this path it is true
--               ^^^^^^ ends without a value when `accept` is true
  return nil
--<  ^^^^^^^^^^ returns nil
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn all_ways_of_defining_a_callout_count() {
        check(
            RULE.code,
            r#"
local function on_data(self, msg) end
--                                ^^^ `validate_data` ends
local mod = { validate_ehlo = function(self, str) end, validate_data = on_data }
--                                                ^^^ `validate_ehlo` ends
mod.validate_rcptto = function(self, msg) end
--                                        ^^^ `validate_rcptto` ends
mod["validate_mailfrom"] = function(self, str) end
--                                             ^^^ `validate_mailfrom` ends
local reg = msys.registerModule
reg("mod", mod)
"#,
        );
    }

    #[test]
    fn paths_that_end_with_a_value_are_fine() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function refuse(vctx, code)
  vctx:set_code(code, "no")
  return core.VALIDATE_DONE
end
local function maybe(msg)
  if msg.priority == 1 then return core.VALIDATE_DONE end
end
local verdicts = { [1] = core.VALIDATE_DONE }
function mod:validate_data(msg, accept, vctx)
  if msg.priority == 0 then return refuse(vctx, 550) end
  local verdict = maybe(msg)
  if verdict then return verdict end
  if msg.priority == 1 then return somewhere_else(msg) end
  return maybe(msg) or core.VALIDATE_CONT
end
function mod:validate_data_spool(msg)
  while true do
    if msg.priority == 1 then return core.VALIDATE_CONT end
  end
end
function mod:validate_connect(accept, vctx)
  if accept.remote_addr == "10.0.0.1" then
    return core.VALIDATE_DONE
  else
    error("nobody else")
  end
end
function mod:validate_rcptto(msg) return verdicts[msg.priority] end
function mod:init() end
function mod:validate_dealloc() end
function mod:core_final_validation(msg, accept, vctx) end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn functions_that_only_have_the_name_are_fine() {
        check_none(
            RULE.code,
            r#"
local checks = {}
function checks.validate_data(msg) print(msg.id) end
local mod = {}
function mod:validate_data(msg)
  checks.validate_data(msg)
  return msys.core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn helpers_that_give_nothing_are_found() {
        check(
            RULE.code,
            r#"
local shared = require("shared")
local mod = {}
local function limit(msg)
  if msg.priority == 1 then
--   ^^^^^^^^^^^^^^^^^ related: on this path it is false
    return msys.core.VALIDATE_DONE
  end
end
--<^^^ related: `limit` ends here without a value
function mod:validate_data(msg)
  return limit(msg)
--       ^^^^^^^^^^ error: `validate_data` returns what `limit` gives, and that is nothing when `msg.priority == 1` is false
end
function mod:validate_rcptto(msg)
  return shared.note(msg)
--<  ^^^^^^^^^^^^^^^^^^^^^^^ error: `validate_rcptto` returns nil
end
msys.registerModule("mod", mod)
//- /policy/shared.lua
return { note = function(msg) print(msg.id) end }
"#,
        );
    }

    #[test]
    fn the_fix_spells_the_result_as_the_script_does() {
        check_fix(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg)
    if msg.priority == 1 then
        return core.VALIDATE_DONE
    end
end
function mod:validate_ehlo(str) end
function mod:validate_rcptto(msg)
    if msg then return end
    return nil
end
msys.registerModule("mod", mod)
"#,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg)
    if msg.priority == 1 then
        return core.VALIDATE_DONE
    end
    return core.VALIDATE_CONT
end
function mod:validate_ehlo(str) return core.VALIDATE_CONT end
function mod:validate_rcptto(msg)
    if msg then return core.VALIDATE_CONT end
    return core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
        check_fix(
            RULE.code,
            "local CONT = msys.core.VALIDATE_CONT
local m = {}
function m:validate_ehlo(str)
end
",
            "local CONT = msys.core.VALIDATE_CONT
local m = {}
function m:validate_ehlo(str)
  return CONT
end
",
        );
    }
}
