//! ## What it does
//! Finds methods that are called with `.`, and functions and fields that are called with `:`.
//!
//! ## Why it matters
//! `:` passes the value in front of it as a hidden first argument, `.` does not. With the wrong one every argument
//! lands one place too far: `msg.header("Subject")` takes the text for the message and raises an error, which ends the
//! callout; its result is lost.
//!
//! ## Example
//! ```lua expect=method-call
//! local function subject(msg)
//!   return msg.header("Subject")
//! end
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   msg.header("Subject", "[external]", "replace")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("subject", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   msg:header("Subject", "[external]", "replace")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("subject", mod)
//! ```
//!
//! ## Fix
//! Puts the right one there; for a field, takes the call away.

use super::arguments::{ApiCall, Notation, api_calls};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::CallSite;
use crate::semantics::scope::BindingKind;
use crate::semantics::types::Value;
use crate::syntax::Span;
use crate::syntax::tree::{Call, ExpressionKind, Function, FunctionId};
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::Type;

pub(crate) const RULE: Rule =
    Rule { code: "method-call", severity: Severity::Error, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for call in api_calls(script) {
        of_the_api(script, &call, report);
    }
    for site in &script.analysis().calls {
        let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else { continue };
        field(script, site, call, report);
        of_the_project(script, site, call, report);
    }
}

fn of_the_api(script: &Script<'_>, call: &ApiCall<'_>, report: &mut Report<'_>) {
    let function = call.function;
    let name = &function.name;
    let first = call.call.arguments.first().map(|&argument| shortened(script.text_at(script.span(argument))));
    let (message, right) = match call.notation {
        Notation::ReceiverMissing => {
            let what = match first {
                Some(first) => format!("takes `{first}` for the value that it belongs to"),
                None => "gets no value that it belongs to".to_owned(),
            };
            (format!("`{name}` is a method: with `.` it {what} and raises an error"), ":")
        }
        Notation::ReceiverSurplus => {
            let table = script.text_at(script.span(call.call.callee));
            let what = match function.signature.params.first() {
                Some(param) => format!("passes `{table}` as `{}`, and every argument one place too far", param.name),
                None => format!("passes `{table}` to a function that takes nothing"),
            };
            (format!("`{name}` is a function, not a method: `:` {what}"), ".")
        }
        _ => return,
    };
    let Some(separator) = separator(script, call.call) else {
        // `msg["header"]("To")`, `local header = msg.header`
        report.at(script.span(call.call.callee), message).page_of(&function.about);
        return;
    };
    let mut finding = report.at(separator.with_name, message);
    finding.page_of(&function.about);
    finding.safe_fix(format!("Call it with `{right}`"), vec![Edit::replace(separator.mark, right)]);
}

/// `msg:id()`, where `id` is a field.
fn field(script: &Script<'_>, site: &CallSite, call: &Call, report: &mut Report<'_>) {
    let (Some(method), Some(receiver)) = (&call.method, &site.receiver) else { return };
    let Some(class) = receiver.class() else { return };
    let Some(Member::Field(field)) = script.api().member(class, &method.text) else { return };
    if field.ty.members().iter().any(|ty| may_be_called(script, ty)) {
        return;
    }
    let Some(separator) = separator(script, call) else { return };
    let message = format!(
        "`{}` is a field, not a method: calling it raises `attempt to call method '{}' (a {} value)`",
        field.name,
        method.text,
        if field.ty.members().iter().all(|ty| matches!(ty, Type::Named(_) | Type::Userdata)) {
            "userdata"
        } else {
            "non-function"
        }
    );
    let mut finding = report.at(separator.with_name, message);
    finding.page_of(&field.about);
    if call.arguments.is_empty() {
        let edits = vec![Edit::replace(separator.mark, "."), Edit::replace(call.arguments_span, "")];
        finding.safe_fix(format!("Read the field `{}`", method.text), edits);
    }
}

fn may_be_called(script: &Script<'_>, ty: &Type) -> bool {
    match ty {
        Type::Any | Type::Unknown | Type::Generic(_) | Type::Function | Type::Fun(_) | Type::Table => true,
        Type::Named(name) => {
            script.api().class(name).is_none() || script.api().member(name, "__call").is_some()
        }
        _ => false,
    }
}

/// Functions of the project: defined with one, called with the other.
fn of_the_project(script: &Script<'_>, site: &CallSite, call: &Call, report: &mut Report<'_>) {
    let Some(Value::Function(function)) = site.callee.single() else { return };
    let Some(home) = script.project().script(function.file) else { return };
    let definition = home.tree().function(function.function);
    let Some(separator) = separator(script, call) else { return };
    let name = script.text_at(separator.name);
    let (message, right) = match call.method.is_some() {
        false if lacks_self(&home, site, definition, function.function) => {
            let what = match call.arguments.first() {
                Some(&first) => format!("`{}` arrives as `self`", shortened(script.text_at(script.span(first)))),
                None => "`self` is nil".to_owned(),
            };
            (format!("`{name}` is defined with `:`: called with `.`, {what}"), ":")
        }
        true => match surplus_receiver(&home, site, call, definition) {
            Some(first) => {
                let receiver = script.text_at(script.span(call.callee));
                let what = format!("`{receiver}` arrives as `{first}`, and every argument one place too far");
                (format!("`{name}` is defined without `self`: called with `:`, {what}"), ".")
            }
            None => return,
        },
        false => return,
    };
    let mut finding = report.at(separator.with_name, message);
    finding.related_in(function.file, definition.keyword.to(definition.parameters_span), "it is defined here");
    finding.safe_fix(format!("Call it with `{right}`"), vec![Edit::replace(separator.mark, right)]);
}

/// Whether a function that was defined with `:` and is called with `.` gets something that cannot be its `self`, and
/// minds.
fn lacks_self(home: &Script<'_>, site: &CallSite, definition: &Function, id: FunctionId) -> bool {
    let cannot_be_self = match site.arguments.first() {
        None => !site.open_ended,
        Some(first) => first.all(|value| matches!(value.lua_type(), Some("nil" | "boolean" | "number" | "string"))),
    };
    let uses_self = || {
        let mut bindings = home.scopes().bindings();
        let own = bindings.find(|(_, binding)| binding.kind == BindingKind::SelfParameter(id));
        own.is_some_and(|(binding, _)| !home.scopes().references(binding).is_empty())
    };
    definition.is_method && cannot_be_self && (!definition.parameters.is_empty() || uses_self())
}

/// The parameter that gets the receiver of a `:` call which passes as many arguments as there are parameters, so that the
/// last one is lost.
fn surplus_receiver<'a>(
    home: &Script<'a>,
    site: &CallSite,
    call: &Call,
    definition: &'a Function,
) -> Option<&'a str> {
    if definition.is_method || definition.vararg.is_some() || site.open_ended {
        return None;
    }
    let first = definition.parameters.first()?;
    let says_self = matches!(first.text.as_str(), "self" | "this" | "_" | "_self");
    let from_table = site.receiver.as_ref()?.all(|value| matches!(value, Value::Table(_) | Value::Callouts(_)));
    let fits = call.arguments.len() == definition.parameters.len();
    (!says_self && from_table && fits).then(|| home.text_at(first.span))
}

/// The `.` or `:` of a call.
struct Separator {
    /// The mark alone.
    mark: Span,
    /// The name behind it.
    name: Span,
    /// Both.
    with_name: Span,
}

fn separator(script: &Script<'_>, call: &Call) -> Option<Separator> {
    let (base, name) = match (&call.method, &script.tree().expression(call.callee).kind) {
        (Some(name), _) => (call.callee, name),
        (None, ExpressionKind::Field { base, name }) => (*base, name),
        _ => return None,
    };
    let between = Span::new(script.span(base).end, name.span.start);
    let text = script.text_at(between);
    let mark = matches!(text.trim(), "." | ":").then(|| text.find(['.', ':'])).flatten()?;
    let start = between.start + u32::try_from(mark).ok()?;
    Some(Separator {
        mark: Span::new(start, start + 1),
        name: name.span,
        with_name: Span::new(start, name.span.end),
    })
}

/// A text that fits into a message.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(40).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn methods_want_a_colon() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function log_subject(m)
  print(m.header("Subject")[1])
--       ^^^^^^^ error: `msg:header` is a method: with `.` it takes `"Subject"` for the value
end
function mod:validate_data(msg, accept, vctx)
  vctx.set_code(550, "no")
--    ^^^^^^^^^ error: takes `550` for the value that it belongs to
  local size = msg.get_message_size()
--                ^^^^^^^^^^^^^^^^^ gets no value that it belongs to
  log_subject(msg)
  return core.VALIDATE_CONT
end
mod.validate_rcptto = function(self, msg, str, accept, vctx)
  vctx.set(core.VCTX_MESS, "rcpt", "1")
--    ^^^^ error
  msg["header"]("To")
--^^^^^^^^^^^^^ error: `msg:header` is a method
end
local text = "abc"
print(text.upper())
--        ^^^^^^ error: `string.upper` is a method
"#,
        );
    }

    #[test]
    fn the_receiver_may_be_written() {
        check_none(
            RULE.code,
            r#"
local mod = {}
local header = nil
function mod:validate_data(msg, accept, vctx)
  msg.header(msg, "Subject")
  vctx.set_code(vctx, 550, "no")
  local call = vctx.set_code
  call(vctx, 550, "no")
  local text = "abc"
  print(text.upper(text), text:upper(), string.upper(text), ("x"):rep(3), text.len(text))
  local f = io.open("x")
  if f then f:close() end
  pcall(msg.header, msg, "Subject")
end
function mod.helper(value) return value.header("x") end
"#,
        );
    }

    #[test]
    fn functions_of_modules_want_a_dot() {
        check(
            RULE.code,
            r#"
require("msys.pcre")
local core = require("msys.core")
local m = msys.pcre:match("text", "t")
--                 ^^^^^^ error: `msys.pcre.match` is a function, not a method: `:` passes `msys.pcre` as `subject`
local now = core:get_now_ts()
--              ^^^^^^^^^^^ error: passes `core` to a function that takes nothing
local s = string:format("%d", 1)
--              ^^^^^^^ error: `string.format` is a function
"#,
        );
    }

    #[test]
    fn fields_are_not_called() {
        check(
            RULE.code,
            r#"
require("msys.extended.message")
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  local id = tostring(msg:id())
--                       ^^^ error: `msg.id` is a field, not a method
  vctx:disconnect(421, "bye")
  local priority = msg.priority
end
"#,
        );
    }

    #[test]
    fn the_projects_own_functions() {
        check(
            RULE.code,
            r#"
local limits = {}
function limits:allow(count) return count < self.most end
function limits.add(name, count) limits[name] = count end
function limits.reset() end
function limits.total(self) return 1 end
limits.allow(3)
--    ^^^^^^ error: `allow` is defined with `:`: called with `.`, `3` arrives as `self`
limits:add("a", 1)
--    ^^^^ error: `add` is defined without `self`: called with `:`, `limits` arrives as `name`
limits:reset()
limits:total()
limits.allow(limits, 3)
limits:allow(3)
limits.add("a", 1)
//- /policy/other.lua
local M = {}
function M:open(path) self.path = path end
return M
//- /policy/third.lua
local other = require("other")
other.open("x")
--   ^^^^^ error: `"x"` arrives as `self`
other:open("x")
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
  vctx.set_code(550, "no")
  local id = tostring(msg:id())
  local parts = msys.pcre:split("a,b", ",")
end
"#,
            r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  vctx:set_code(550, "no")
  local id = tostring(msg.id)
  local parts = msys.pcre.split("a,b", ",")
end
"#,
        );
    }
}
