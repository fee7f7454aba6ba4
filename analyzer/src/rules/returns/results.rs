//! What callouts and hooks return, and what they may return.

use crate::project::Script;
use crate::semantics::analysis::ReturnSite;
use crate::semantics::library;
use crate::semantics::types::{MemberRef, Value};
use crate::syntax::tree::FunctionId;
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::{Constant, ConstantValue, Hook, HookKind, HookResult};

/// The table of the constants that validation callouts return.
pub(super) const CORE: &str = "msys.core";

/// The functions that the server calls as callouts or hooks.
pub(super) fn callouts<'a>(script: &Script<'a>) -> Vec<(FunctionId, &'a Hook)> {
    let mut callouts = Vec::new();
    for (function, _) in script.tree().functions() {
        for reach in script.reached_by(Some(function)).iter().filter(|reach| reach.call.is_none()) {
            if let Some(hook) = reach.callout().and_then(|name| script.api().hook(name)) {
                callouts.push((function, hook));
            }
        }
    }
    callouts
}

/// Whether a function has a syntax error: where it ends, and what it returns there, is a guess then.
pub(super) fn is_broken(script: &Script<'_>, function: FunctionId) -> bool {
    let node = script.tree().function(function);
    node.end.is_empty() || script.parsed().errors.iter().any(|error| node.span.covers(error.span))
}

/// Where a function gives control back.
pub(super) fn sites<'a>(script: &Script<'a>, function: FunctionId) -> impl Iterator<Item = &'a ReturnSite> {
    script.analysis().returns.iter().filter(move |site| site.function == Some(function))
}

/// Whether a return gives nothing at all, or nil for certain.
pub(super) fn gives_nothing(site: &ReturnSite) -> bool {
    match site.values.first() {
        Some(value) => value.is_nil(),
        None => !site.open_ended,
    }
}

/// Whether it is a callout whose result decides whether the next script has its turn.
pub(super) fn takes_verdict(hook: &Hook) -> bool {
    hook.is_callout() && hook.results.iter().any(|result| result.value == "msys.core.VALIDATE_CONT")
}

/// Whether nobody looks at what it returns.
pub(super) fn is_ignored(hook: &Hook) -> bool {
    let is_void = hook.prototype.as_ref().is_some_and(|prototype| prototype.starts_with("void "));
    hook.ignored || (hook.kind == HookKind::CHook && hook.results.is_empty() && is_void)
}

/// Whether a value may be returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowance {
    Yes,
    No,
    /// The documentation does not tell.
    Unknown,
}

/// Whether a callout or hook may return a value; nil aside.
pub(super) fn allowance(api: &Api, hook: &Hook, value: &Value) -> Allowance {
    if hook.results.is_empty() || is_ignored(hook) {
        return Allowance::Unknown;
    }
    let mut verdict = Allowance::No;
    for result in &hook.results {
        match matches(api, result, value) {
            Allowance::Yes => return Allowance::Yes,
            Allowance::Unknown => verdict = Allowance::Unknown,
            Allowance::No => {}
        }
    }
    verdict
}

/// Whether a value is one that a documented result speaks of.
fn matches(api: &Api, result: &HookResult, value: &Value) -> Allowance {
    use Allowance::{No, Unknown, Yes};
    let wanted = result.value.as_str();
    let yes_if = |holds: bool| if holds { Yes } else { No };
    if let Some(Member::Constant(constant)) = api.path(wanted) {
        return is_constant(api, constant, value);
    }
    match (wanted, value) {
        ("other" | "any", _) => Yes,
        ("true", Value::True) | ("false", Value::False) | ("boolean", Value::True | Value::False) => Yes,
        ("true" | "false" | "boolean" | "nil", _) => No,
        ("string", Value::String | Value::StringLiteral(_)) => Yes,
        ("string", Value::Instance(class)) if class == "ec_string" => Unknown,
        ("string", _) => No,
        _ if wanted.starts_with('"') => match value {
            Value::StringLiteral(text) => yes_if(wanted.trim_matches('"') == text),
            Value::String => Unknown,
            _ => No,
        },
        ("integer" | "number" | "nonzero" | "positive", _) => match number(api, value) {
            Some(Some(number)) => yes_if(match wanted {
                "nonzero" => number != 0.0,
                "positive" => number > 0.0,
                "integer" => number.fract() == 0.0,
                _ => true,
            }),
            Some(None) => Unknown,
            None => No,
        },
        _ => match wanted.parse::<f64>() {
            #[expect(clippy::float_cmp, reason = "both are small whole numbers")]
            Ok(wanted) => match number(api, value) {
                Some(Some(number)) => yes_if(number == wanted),
                Some(None) => Unknown,
                None => No,
            },
            // A class: values of it, and what may be one.
            Err(_) => match value {
                Value::Instance(class) => yes_if(class == wanted || api.inherits(class, wanted)),
                Value::True | Value::False | Value::StringLiteral(_) | Value::NumberLiteral(_) | Value::Member(_) => No,
                _ => Unknown,
            },
        },
    }
}

fn is_constant(api: &Api, constant: &Constant, value: &Value) -> Allowance {
    match value {
        Value::Member(member) => match constant_of(api, member) {
            Some(other) if other.name == constant.name => Allowance::Yes,
            // Other constants may still have the same value, but nobody should rely on it.
            Some(_) => Allowance::No,
            None => Allowance::No,
        },
        Value::Group(group) if constant.group.as_ref() == Some(group) => Allowance::Yes,
        Value::Group(_) => Allowance::No,
        _ => match (number(api, value), &constant.value) {
            #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "both are small whole numbers")]
            (Some(Some(number)), Some(ConstantValue::Integer(known))) if *known as f64 == number => Allowance::Yes,
            (Some(Some(_)), Some(ConstantValue::Integer(_))) | (None, _) => Allowance::No,
            _ => Allowance::Unknown,
        },
    }
}

fn constant_of<'a>(api: &'a Api, member: &MemberRef) -> Option<&'a Constant> {
    match library::resolve(api, member) {
        Some(Member::Constant(constant)) => Some(constant),
        _ => None,
    }
}

/// The number that a value is, as far as that is known; `None` if it is none.
fn number(api: &Api, value: &Value) -> Option<Option<f64>> {
    match value {
        Value::Number | Value::Group(_) => Some(None),
        Value::NumberLiteral(number) => Some(Some(*number)),
        #[expect(clippy::cast_precision_loss, reason = "constants are small")]
        Value::Member(member) => match constant_of(api, member)?.value {
            Some(ConstantValue::Integer(number)) => Some(Some(number as f64)),
            Some(ConstantValue::Number(number)) => Some(Some(number)),
            Some(_) => None,
            None => Some(None),
        },
        _ => None,
    }
}
