//! ## What it does
//! Finds arguments that are nil, or may be nil on some path, where the function does not take nil: `nil` itself, names
//! that nothing defines, results that are documented to be nil at times (no match, the null sender, a lookup that
//! failed, a header that is not there), and what comes of them through variables and functions of the script.
//!
//! ## Why it matters
//! The libraries of Lua raise an error, which ends the callout. Functions of the server are written in C: a nil there has
//! taken whole servers down, with every connection.
//!
//! ## Example
//! ```lua expect=nil-argument
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   local campaign = msg:header("X-Campaign")[1]
//!   vctx:set(msys.core.VCTX_MESS, "campaign", campaign)
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("campaign", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   local campaign = msg:header("X-Campaign")[1]
//!   if campaign then
//!     vctx:set(msys.core.VCTX_MESS, "campaign", campaign)
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("campaign", mod)
//! ```
//!
//! ## Fix
//! Puts an `if` around a call that stands alone, or gives an empty text, 0 or an empty table in place of nil.

use super::arguments::{ApiCall, Failure, Misfit, api_calls, failure, takes_nil};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::origins::Origins;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::library;
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::{ExpressionId, ExpressionKind, StatementKind};
use momentum_lua_stub_reader::model::Param;
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule =
    Rule { code: "nil-argument", severity: Severity::Error, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let origins = Origins::new(script);
    let mut told = FxHashSet::default();
    for call in api_calls(script) {
        let Some((arguments, judgement)) = call.judge(script.api()) else { continue };
        for (position, argument) in arguments.iter().enumerate() {
            let Some(param) = judgement.signature.param(position) else { continue };
            let expression = argument.expression;
            // `nil:lower()` never calls anything: that is an unchecked result.
            if call.call.method.is_some() && expression == call.call.callee {
                continue;
            }
            if judgement.misfits.contains(&(position, Misfit::Nil)) {
                if argument.ty.is_nil() || is_own(&call, position, arguments.len()) {
                    nil(&origins, &call, param, expression, &argument.ty, report);
                }
            } else if !takes_nil(script.api(), param)
                && (param.nilcrash || failure(call.function) == Failure::Raises)
                && let Some(name) = undefined(script, expression)
                && told.insert((name, call.site.function))
            {
                let message = format!(
                    "nothing defines `{name}`, so `{}` of `{}` is nil: {}",
                    param.name,
                    call.function.name,
                    consequence(&call, param).unwrap_or(UNTOLD)
                );
                report.at(script.span(expression), message).page_of(&call.function.about);
            }
        }
    }
}

/// Whether an argument is an expression of its own rather than a further result of the last one.
fn is_own(call: &ApiCall<'_>, position: usize, count: usize) -> bool {
    let written = call.call.arguments.len() + count - call.site.arguments.len();
    position < written.max(1)
}

fn nil(
    origins: &Origins<'_>,
    call: &ApiCall<'_>,
    param: &Param,
    expression: ExpressionId,
    ty: &Type,
    report: &mut Report<'_>,
) {
    let Some(nil) = origins.nil(expression) else { return };
    let script = &origins.script;
    let consequence = consequence(call, param);
    let (name, text) = (&call.function.name, script.text_at(script.span(expression)));
    let what = if text == "nil" {
        format!("`{}` of `{name}` is nil", param.name)
    } else if ty.is_nil() {
        format!("`{}` is nil here, as `{}` of `{name}`", one_line(text), param.name)
    } else {
        format!("`{}` may be nil, as `{}` of `{name}`: {}", one_line(text), param.name, nil.source.why())
    };
    let message = match (consequence, ty.is_nil()) {
        (Some(consequence), true) => format!("{what}: {consequence}"),
        (Some(consequence), false) => format!("{what}. Then it {consequence}"),
        (None, true) => format!("{what}: {UNTOLD}"),
        (None, false) => format!("{what}; {UNTOLD}"),
    };
    let mut finding = report.at(script.span(expression), message);
    let is_told = param.nilcrash || failure(call.function) == Failure::Raises;
    match (ty.is_nil(), is_told) {
        (false, false) => {
            finding.severity(Severity::Info);
        }
        // A pattern may be sure to match.
        (false, true) if nil.source.is_standard() => {
            finding.severity(Severity::Warning);
        }
        _ => {}
    }
    finding.page_of(&call.function.about);
    if let Some((file, place)) = nil.abroad {
        finding.related_in(file, place, "it is given back here");
    }
    if let Some((place, told)) = nil.place {
        finding.related(place, told);
    }
    if text != "nil" && !ty.is_nil() {
        for (title, edits) in guard(script, call, param, expression) {
            finding.unsafe_fix(title, edits);
        }
    }
}

/// Where the documentation does not say what nil does.
const UNTOLD: &str = "no page says what nil does there";

/// What nil does, as far as the documentation says it.
fn consequence(call: &ApiCall<'_>, param: &Param) -> Option<&'static str> {
    match (failure(call.function), param.nilcrash) {
        (Failure::Raises, _) => Some("raises an error, and the callout ends"),
        (Failure::MayCrash, true) => Some("may crash the server"),
        (Failure::MayCrash, false) => None,
    }
}

/// A name that nothing in the project defines.
fn undefined<'a>(script: &Script<'a>, expression: ExpressionId) -> Option<&'a str> {
    let ExpressionKind::Name(name) = &script.tree().expression(expression).kind else { return None };
    let analysis = script.analysis();
    let is_global = script.scopes().resolve(expression).is_none() && !name.is_empty() && name != "arg";
    // The last one takes long.
    let may_be_defined = || {
        script.project().may_define_global(name)
            || script.api().global(name).is_some()
            || analysis.environment.exchanges
            || analysis.module_environment.is_some()
            || !script.parsed().errors.is_empty()
            || !script.project().unknown_modules_of(script.id()).is_empty()
    };
    (is_global && !may_be_defined()).then_some(name.as_str())
}

fn guard(
    script: &Script<'_>,
    call: &ApiCall<'_>,
    param: &Param,
    expression: ExpressionId,
) -> Vec<(&'static str, Vec<Edit>)> {
    let tree = script.tree();
    let mut fixes = Vec::new();
    let statement = tree.statements().find(|(_, statement)| {
        matches!(statement.kind, StatementKind::Call(whole) if whole == call.site.expression)
    });
    let span = script.span(expression);
    let is_variable = matches!(tree.expression(expression).kind, ExpressionKind::Name(_));
    if let Some((_, statement)) = statement
        && is_variable
    {
        let condition = format!("if {} ~= nil then ", script.text_at(span));
        let edits =
            vec![Edit::insert(statement.span.start, condition), Edit::insert(statement.span.end, " end")];
        fixes.push(("Call it only with a value", edits));
    }
    let accepts = |value: Value| library::may_be(script.api(), &value.into(), &param.ty);
    let instead = if accepts(Value::StringLiteral("".into())) {
        Some((" or \"\"", "Give an empty text in place of nil"))
    } else if accepts(Value::NumberLiteral(0.0)) {
        Some((" or 0", "Give 0 in place of nil"))
    } else if accepts(Value::AnyTable) {
        Some((" or {}", "Give an empty table in place of nil"))
    } else {
        None
    };
    // The receiver of a method is no argument that could be written so.
    if let Some((text, title)) = instead.filter(|_| call.call.arguments.contains(&expression)) {
        fixes.push((title, vec![Edit::insert(span.end, text)]));
    }
    fixes
}

fn one_line(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |line, word| line + " " + word)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn nil_itself_and_what_may_be_nil() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  vctx:get(core.VCTX_MESS, nil)
--                         ^^^ error: `key` of `vctx:get` is nil: may crash the server
  local domain
  msys.dnsLookup(domain)
--               ^^^^^^ error: `domain` is nil here, as `name` of `msys.dnsLookup`: may crash the server
  local subject = msg:header("Subject")[1]
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ related: it gets its value here
  vctx:set(core.VCTX_MESS, "subject", subject)
--                                    ^^^^^^^ error: `subject` may be nil, as `value` of `vctx:set`: `msg:header` gives an empty table when there is no such header. Then it may crash the server
  local host, why = msys.dnsLookup("example.com")
  for _, address in ipairs(host) do print(address) end
--                         ^^^^ error: `host` may be nil, as `t` of `ipairs`: `msys.dnsLookup` gives nil when the lookup failed. Then it raises an error
  msg:inject(msg:mailfrom(), "a@example.com")
--           ^^^^^^^^^^^^^^ info: `msg:mailfrom` gives nil for the null sender `<>`; no page says what nil does there
end
"#,
        );
    }

    #[test]
    fn through_functions_and_names_that_nothing_defines() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local function domain_of(address)
  if address == "" then
    return nil
--  ^^^^^^^^^^ related: it is given back here
  end
  return "example.com"
end
local function remember(vctx, key, value)
  vctx:set(core.VCTX_MESS, key, value)
--                              ^^^^^ error: `value` may be nil, as `value` of `vctx:set`: `msg:binding` gives nil
end
local function note(vctx, key)
  vctx:set(core.VCTX_CONN, key, "1")
--                         ^^^ error: `key` is nil here
end
local mod = {}
function mod:validate_data_spool_each_rcpt(msg, accept, vctx)
  remember(vctx, "binding", msg:binding())
--                          ^^^^^^^^^^^^^ related: it is passed here
  note(vctx)
--^^^^^^^^^^ related: this call passes nothing for it
  local records = msys.dnsLookup(domain_of(msg:rcptto()))
--                               ^^^^^^^^^^^^^^^^^^^^^^^ error: as `name` of `msys.dnsLookup`: the function gives nil on some path. Then it may crash the server
  msys.dnsLookup(recipient_domain)
--               ^^^^^^^^^^^^^^^^ error: nothing defines `recipient_domain`
end
"#,
        );
    }

    #[test]
    fn checked_values_and_places_that_take_nil() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local function is_set(value) return value ~= nil end
local function trimmed(text) return text:match("^%s*(.-)%s*$") end
local function local_part(address)
  if not address:find("@") then return address end
  return address:match("^(.-)@")
end
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local hosts, why = msys.dnsLookup("example.com")
  if why then return core.VALIDATE_CONT end
  for _, host in ipairs(hosts) do print(host) end
  local subject = msg:header("Subject")[1]
  if subject then vctx:set(core.VCTX_MESS, "subject", subject) end
  local other = msg:header("X-Other")[1]
  if is_set(other) then vctx:set(core.VCTX_MESS, "other", other) end
  local to = msg:header("To")
  if #to > 0 then vctx:set(core.VCTX_MESS, "to", to[1]) end
  if #msg:header("Cc") > 0 then vctx:set(core.VCTX_MESS, "cc", msg:header("Cc")[1]) end
  vctx:set(core.VCTX_MESS, "from", msg:mailfrom() or "<>")
  vctx:set(core.VCTX_MESS, "trimmed", trimmed(msg:rcptto()))
  vctx:set(core.VCTX_MESS, "user", local_part(msg:rcptto()))
  print(nil, msg:mailfrom())
  tostring(nil)
  local name
  if vctx.code == 550 then name = "refused" end
  if vctx.code == 550 then vctx:set(core.VCTX_MESS, "name", name) end
  local kind
  if vctx.code == 1 then kind = "a" elseif vctx.code == 2 then kind = "b" end
  vctx:set(core.VCTX_MESS, "kind", kind)
  for i, part in ipairs(msg:header("Received")) do vctx:set(core.VCTX_MESS, "r" .. i, part) end
  local m = msys.pcre.match("a", "(b)")
  if m then vctx:set(core.VCTX_MESS, "m", m[1]) end
end
"#,
        );
    }

    #[test]
    fn fixes() {
        check_fix(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local subject = msg:header("Subject")[1]
  vctx:set(msys.core.VCTX_MESS, "subject", subject)
  local found = string.find(msg:header("From")[1], "@")
end
"#,
            r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local subject = msg:header("Subject")[1]
  if subject ~= nil then vctx:set(msys.core.VCTX_MESS, "subject", subject) end
  local found = string.find(msg:header("From")[1] or "", "@")
end
"#,
        );
    }
}
