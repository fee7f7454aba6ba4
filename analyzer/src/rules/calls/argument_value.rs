//! ## What it does
//! Finds values of the right kind that a function or field does not take: a DNS record type or header mode that does not
//! exist, a constant of another group, `EC_MSG_ENV_FROM` together with `EC_MSG_ENV_TO`, a number for a switch of curl, a
//! reason for `msg:discard` or a reply without an SMTP code, `msg.priority` other than 0 and 1, and fields of option tables.
//!
//! ## Why it matters
//! It depends on the function: an unknown DNS record type raises an error, and the client gets a 421; a reason without a
//! code is replaced by another text; a bit too many is cut off.
//!
//! ## Example
//! ```lua expect=argument-value
//! local mod = {}
//! function mod:validate_mailfrom(msg, str, accept, vctx)
//!   local records = msys.dnsLookup("example.com", "SPF")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("spf", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_mailfrom(msg, str, accept, vctx)
//!   local records = msys.dnsLookup("example.com", "TXT")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("spf", mod)
//! ```

use super::arguments::{ApiCall, Failure, Misfit, api_calls, failure};
use super::reply::{Code, discard_reason, leading_code, reply};
use super::values;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind};
use momentum_lua_stub_reader::database::nearest;

pub(crate) const RULE: Rule =
    Rule { code: "argument-value", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for call in api_calls(script) {
        enumerations(script, &call, report);
        envelope(script, &call, report);
        replies(script, &call, report);
    }
    values::fields(script, report);
}

fn enumerations(script: &Script<'_>, call: &ApiCall<'_>, report: &mut Report<'_>) {
    let api = script.api();
    let Some((arguments, judgement)) = call.judge(api) else { return };
    let name = &call.function.name;
    for (position, argument) in arguments.iter().enumerate() {
        let Some(param) = judgement.signature.param(position) else { continue };
        let span = script.span(argument.expression);
        let consequence = match failure(call.function) {
            Failure::Raises => ": it raises an error",
            Failure::MayCrash => "",
        };
        match judgement.misfits.iter().find(|(at, _)| *at == position) {
            Some((_, Misfit::Value)) => {
                let allowed = values::allowed(api, &param.ty);
                let given = argument.ty.without_nil();
                if !values::is_literal(&given) || values::differs_in_case(&given, &allowed) {
                    continue;
                }
                let list = values::listed(&allowed);
                let message = format!("`{}` of `{name}` must be {list}, and is `{given}`{consequence}", param.name);
                let mut finding = report.at(span, message);
                finding.page_of(&call.function.about);
                if let Some(text) = given.string_literal() {
                    let names = allowed.iter().filter_map(|value| value.strip_prefix('"')?.strip_suffix('"'));
                    if let [near, ..] = nearest(text, names).as_slice() {
                        finding.note(format!("Is `\"{near}\"` meant?"));
                    }
                }
            }
            Some((_, Misfit::Kind)) if judgement.by_constant => {
                let wanted = param.ty.without_nil();
                let message = format!(
                    "this option takes `{wanted}`, and gets `{}`{consequence}",
                    argument.ty.without_nil()
                );
                report.at(span, message).page_of(&call.function.about);
            }
            None => {
                if let Some((constant, group)) = values::foreign_constant(api, &argument.ty, &param.ty) {
                    let message = format!(
                        "`{}` of `{name}` is one of the constants `{group}`, and `{constant}` is none of them",
                        param.name
                    );
                    report.at(span, message).page_of(&call.function.about);
                }
                values::table_fields(script, call.function, argument, &param.ty, report);
            }
            _ => {}
        }
    }
}

/// `msg:get_envelope2(EC_MSG_ENV_FROM | EC_MSG_ENV_TO, …)`
fn envelope(script: &Script<'_>, call: &ApiCall<'_>, report: &mut Report<'_>) {
    let position = match (call.function.owner.as_str(), call.function.member.as_str()) {
        ("ec_message", "get_envelope2") => 0,
        ("msys.core", "ec_message_get_envelope2") => 1,
        _ => return,
    };
    let arguments = call.arguments().unwrap_or_default();
    let Some(flags) = arguments.get(position) else { return };
    let mut names = Vec::new();
    joined(script, flags.expression, &mut names);
    if names.contains(&"EC_MSG_ENV_FROM") && names.contains(&"EC_MSG_ENV_TO") {
        let message = "EC_MSG_ENV_FROM and EC_MSG_ENV_TO must not be combined: ask for sender and recipient one after the other";
        report.at(script.span(flags.expression), message).page_of(&call.function.about);
    }
}

/// The constants that are joined by `|` or `+`.
fn joined<'a>(script: &Script<'a>, expression: ExpressionId, names: &mut Vec<&'a str>) {
    let tree = script.tree();
    let expression = tree.unparenthesized(expression);
    match tree.expression(expression).kind {
        ExpressionKind::Binary { operator: BinaryOperator::BitOr | BinaryOperator::Add, left, right, .. } => {
            joined(script, left, names);
            joined(script, right, names);
        }
        ExpressionKind::Name(_) if script.member(expression).is_none() => {
            let binding = script.scopes().resolve(expression);
            if let Some(initial) = binding.and_then(|binding| script.scopes().binding(binding).initial)
                && initial != expression
                && tree.expression(initial).span.end <= tree.expression(expression).span.start
            {
                joined(script, initial, names);
            }
        }
        _ => names.extend(script.member(expression).map(|member| member.member())),
    }
}

/// Replies and reasons without a code.
fn replies(script: &Script<'_>, call: &ApiCall<'_>, report: &mut Report<'_>) {
    if let Some((expression, reason)) = discard_reason(script, call)
        && leading_code(&reason).is_none()
    {
        let message = "a reason must begin with an SMTP code: the log will show `550 5.7.1 [internal] discarded by policy` instead";
        report.at(script.span(expression), message).page_of(&call.function.about);
    }
    let Some(reply) = reply(script, call) else { return };
    match (reply.code, reply.text) {
        (Some((expression, Code::Text(text))), _) => {
            let message = format!("`{text}` is no SMTP code: a number such as 550 belongs here");
            report.at(script.span(expression), message).page_of(&call.function.about);
        }
        (Some((_, Code::InText)), Some((expression, text))) if leading_code(&text).is_none() => {
            let message = "with 0 as number, the text must begin with an SMTP code";
            report.at(script.span(expression), message).page_of(&call.function.about);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn values_that_are_not_taken() {
        check(
            RULE.code,
            r#"
require("curl")
local core = require("msys.core")
local mod = {}
local function set(m, mode)
  m:header("X-A", "1", mode)
--                     ^^^^ error: `mode` of `msg:header` must be `"replace"`, `"prepend"` or `"append"`, and is `"add"`
end
function mod:validate_data(msg, accept, vctx)
  msys.dnsLookup("example.com", "SPF")
--                              ^^^^^ error: must be `"A"`, `"AAAA"`, `"TXT"`, `"MX"`, `"PTR"` or `"NS"`, and is `"SPF"`
  set(msg, "add")
  msg.priority = 5
--               ^ error: `msg.priority` must be `0` or `1`, and is `5`
  local a, b = core.string_new(), core.string_new()
  msg:get_envelope2(core.EC_MSG_ENV_FROM | core.EC_MSG_ENV_TO, a, b)
--                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: must not be combined
  msg:get_envelope2(core.VALIDATE_CONT, a, b)
--                  ^^^^^^^^^^^^^^^^^^ error: `flags` of `msg:get_envelope2` is one of the constants `envelope_field`, and `msys.core.VALIDATE_CONT` is none
  msg:discard("spam")
--            ^^^^^^ error: a reason must begin with an SMTP code
  vctx:set_code("refused", "no")
--              ^^^^^^^^^ error: `refused` is no SMTP code
  msg:code(0, "refused")
--            ^^^^^^^^^ error: with 0 as number
  local c = curl.new()
  c:setopt(curl.OPT_SSL_VERIFYPEER, 1)
--                                  ^ error: this option takes `boolean`, and gets `1`: it raises an error
  msys.snmpTrap({ type = "text", payload = "x" })
--                       ^^^^^^ error: `type` must be
  local series = msys.audit_series.define("a", "ip", 60, 10)
--                                             ^^^^ error: must be `"cidr"`
end
"#,
        );
    }

    #[test]
    fn values_that_are_taken() {
        check_none(
            RULE.code,
            r#"
require("curl")
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  msys.dnsLookup("example.com", "mx")
  msys.dnsLookup("example.com", kind)
  msg:header("X-A", "1", "append")
  msg.priority = 1
  msg.priority = tonumber("1")
  local a, b = core.string_new(), core.string_new()
  msg:get_envelope2(core.EC_MSG_ENV_FROM | core.EC_MSG_ENV_COMPLETE, a, b)
  msg:get_envelope2(core.EC_MSG_ENV_TO, a, b)
  msg:discard("550 5.7.0 spam")
  msg:discard()
  msg:context_get(core.VCTX_MESS, "a")
  vctx:get(core.ECMESS_CTX_MESS, "a")
  vctx:set_code("550", "no")
  local c = curl.new()
  c:setopt(curl.OPT_SSL_VERIFYPEER, false)
  c:setopt(curl.OPT_URL, "http://example.com/")
  c:setopt(curl.OPT_TIMEOUT, 5)
  msys.snmpTrap({ type = "string", payload = "x" })
  msys.audit_series.define("a", "cidr", 60, 10, { replicate = "none" })
end
"#,
        );
    }
}
