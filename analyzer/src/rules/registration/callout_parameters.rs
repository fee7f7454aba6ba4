//! ## What it does
//! Reports parameters of callouts and hooks that do not fit what the server passes: more than it passes, or named as if
//! they stood elsewhere.
//!
//! ## Why it matters
//! Arguments go by position, whatever the parameters are called. Where the connection and the message have changed
//! places, `msg:header(…)` asks the connection for a method that it does not have: the script raises an error, and the
//! client gets a temporary failure. A parameter beyond those that the server passes is always nil.
//!
//! Hooks that are declared in C have one more pitfall: a `char *` that is followed by its length as an `int` is one
//! string in Lua. The parameter for the length does not exist there.
//!
//! ## Example
//! ```lua expect=callout-parameters
//! local mod = {}
//!
//! function mod:validate_mailfrom(accept, str, vctx)
//!   if tostring(str) == "<>" then
//!     vctx:set_code(550, "5.7.1 No bounces here")
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! function mod:core_config_get_message_routing_domain(cs, msg, buff, len)
//!   buff:set("gateway.example.com")
//!   return 1
//! end
//!
//! msys.registerModule("gateway", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:validate_mailfrom(str, accept, vctx)
//!   if tostring(str) == "<>" then
//!     vctx:set_code(550, "5.7.1 No bounces here")
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! function mod:core_config_get_message_routing_domain(cs, msg, buff)
//!   buff:set("gateway.example.com")
//!   return 1
//! end
//!
//! msys.registerModule("gateway", mod)
//! ```
//!
//! ## Fix
//! Puts the parameters in the order in which the server passes them, and takes out those that it does not pass, unless
//! the function uses them. Unsafe: the function may be called by other code as well.

use super::callouts::{self, Definition};
use super::parameters::{Meaning, Parameters, uses_fit};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionKind, Name};

pub(crate) const RULE: Rule =
    Rule { code: "callout-parameters", severity: Severity::Error, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for definition in callouts::called_by_server(script) {
        let Some(parameters) = Parameters::of(script, &definition) else { continue };
        if parameters.lacks_self(script) {
            continue;
        }
        let names = parameters.names();
        let misplaced: Vec<(usize, &Name)> = misplaced(script, &parameters, names);
        let facts = script.analysis().function(definition.function);
        let is_called = facts.is_some_and(|facts| facts.is_called);
        let beyond = if is_called { &[] } else { names.get(parameters.passed.len()..).unwrap_or_default() };
        let spans = misplaced.iter().map(|(_, name)| name.span).chain(beyond.iter().map(|name| name.span));
        let Some(range) = spans.reduce(Span::to) else { continue };
        let message = if misplaced.is_empty() {
            too_many(&definition, &parameters, beyond)
        } else {
            shifted(&definition, &parameters, &misplaced)
        };
        let range = misplaced.is_empty().then(|| length(&definition, names)).flatten().unwrap_or(range);
        let mut finding = report.at(range, message);
        finding.page_of(&definition.hook.about);
        let now = definition.hook.params.as_slice() == parameters.passed;
        for earlier in definition.hook.earlier.iter().filter(|_| now) {
            let names: Vec<&str> = earlier.signature.params.iter().map(|param| param.name.as_str()).collect();
            finding.note(format!("before Momentum {} it was `({})`", earlier.before, names.join(", ")));
        }
        if let Some(edit) = in_order(script, &parameters, names) {
            finding.unsafe_fix("Take what the server passes", vec![edit]);
        }
    }
}

/// Parameters with the name of another position, unless they are used as what they are.
fn misplaced<'a>(script: &Script<'_>, parameters: &Parameters<'a>, names: &'a [Name]) -> Vec<(usize, &'a Name)> {
    let among = names.iter().enumerate().filter(|(at, _)| *at < parameters.passed.len());
    let is_wrong = |at: usize, name: &Name| match parameters.meaning(&name.text, at) {
        Meaning::Other(_) => {
            parameters.passed.get(at).is_none_or(|param| uses_fit(script, name, param) != Some(true))
        }
        Meaning::Right => false,
        // `function mod:validate_data(self, msg, …)`
        Meaning::Unknown => parameters.function.is_method && name.text == "self",
    };
    among.filter(|(at, name)| is_wrong(*at, name)).collect()
}

fn shifted(definition: &Definition<'_>, parameters: &Parameters<'_>, misplaced: &[(usize, &Name)]) -> String {
    let (name, signature) = (&definition.hook.name, parameters.signature());
    if misplaced.iter().any(|(_, name)| name.text == "self") {
        return format!(
            "`:` already takes `self`: a second one holds `{}`, and every argument of `{name}({signature})` comes \
             one place too late",
            parameters.passed.first().map_or("", |param| param.name.as_str())
        );
    }
    let each: Vec<String> = misplaced
        .iter()
        .filter_map(|(at, name)| Some(format!("`{}` holds `{}`", name.text, parameters.passed.get(*at)?.name)))
        .collect();
    format!("the server calls `{name}({signature})`: here {}", each.join(", "))
}

fn too_many(definition: &Definition<'_>, parameters: &Parameters<'_>, beyond: &[Name]) -> String {
    let (hook, signature) = (definition.hook, parameters.signature());
    let names: Vec<String> = beyond.iter().map(|name| format!("`{}`", name.text)).collect();
    let (names, are) = match names.as_slice() {
        [one] => (one.clone(), "is"),
        _ => (names.join(", "), "are"),
    };
    let pairs: Vec<String> = pairs(definition)
        .into_iter()
        .map(|(buffer, length)| format!("`char *{buffer}, int {length}` of C is one string in Lua"))
        .collect();
    if pairs.is_empty() {
        return format!("the server calls `{}({signature})`: {names} {are} always nil", hook.name);
    }
    format!("the server calls `{}({signature})`: {}, so that {names} {are} always nil", hook.name, pairs.join(", "))
}

/// The buffers of a C prototype with the lengths that Lua does not see.
fn pairs<'a>(definition: &Definition<'a>) -> Vec<(&'a str, &'a str)> {
    let c = c_names(definition);
    let is_passed = |name: &&str| definition.hook.params.iter().any(|param| param.name == **name);
    let neighbours = c.iter().zip(c.iter().skip(1)).filter(|(first, second)| is_passed(first) && !is_passed(second));
    neighbours.map(|(first, second)| (*first, *second)).collect()
}

/// The names of a C prototype's parameters without the closure.
fn c_names<'a>(definition: &Definition<'a>) -> Vec<&'a str> {
    let prototype = definition.hook.prototype.as_deref().unwrap_or_default();
    let inside = prototype.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).map_or("", |(inside, _)| inside);
    let name = |param: &'a str| param.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').find(|word| !word.is_empty());
    inside.split(',').filter_map(name).filter(|name| *name != "closure").collect()
}

/// The parameter for a length, where the parameters are those of C.
fn length(definition: &Definition<'_>, names: &[Name]) -> Option<Span> {
    let c = c_names(definition);
    let (_, length) = *pairs(definition).first()?;
    let at = c.iter().position(|name| *name == length)?;
    (names.len() == c.len()).then(|| names.get(at).map(|name| name.span)).flatten()
}

/// The parameters in the order in which the server passes them; `None` where a name that is used would go, or one would
/// come that means something else in the function.
fn in_order(script: &Script<'_>, parameters: &Parameters<'_>, names: &[Name]) -> Option<Edit> {
    let whole = names.first()?.span.to(names.last()?.span);
    let spare = |at: usize| {
        let name = names.get(at)?;
        (parameters.meaning(&name.text, at) == Meaning::Unknown && name.text != "self").then_some(name)
    };
    let right = |at: usize| names.iter().find(|name| parameters.meaning(&name.text, at) == Meaning::Right);
    let mut order: Vec<&str> = Vec::new();
    for (at, param) in parameters.passed.iter().enumerate() {
        let name = right(at).or_else(|| spare(at)).map_or(param.name.as_str(), |name| name.text.as_str());
        order.push(if order.contains(&name) { param.name.as_str() } else { name });
    }
    // Not more than were written, as long as all of them stay.
    let needed = order.iter().rposition(|name| names.iter().any(|written| written.text == *name));
    order.truncate(needed.map_or(0, |last| last + 1).max(names.len().min(order.len())));
    let lost = names.iter().filter(|name| !order.contains(&name.text.as_str()));
    let is_used = |name: &Name| {
        let binding = script.scopes().declared_at(name.span.start);
        binding.is_some_and(|binding| !script.scopes().references(binding).is_empty())
    };
    let added = order.iter().filter(|name| !names.iter().any(|written| written.text == **name));
    let body = parameters.function.span;
    let means_something = |name: &str| {
        script.tree().expressions().any(|(_, expression)| {
            body.covers(expression.span)
                && matches!(&expression.kind, ExpressionKind::Name(used) if used == name)
        })
    };
    if lost.into_iter().any(is_used) || added.into_iter().any(|name| means_something(name)) {
        return None;
    }
    let vararg = parameters.function.vararg.is_some();
    (!order.is_empty() || !vararg).then(|| Edit::replace(whole, order.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn names_of_other_positions_are_told() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(accept, msg, vctx)
--                         ^^^^^^^^^^^ error: the server calls `validate_data(msg, accept, vctx)`: here `accept` holds `msg`, `msg` holds `accept`
  return msys.core.VALIDATE_CONT
end
mod.validate_data_spool = function(self, msg, vctx)
--                                            ^^^^ here `vctx` holds `accept`
  vctx:set_code(550, "5.7.1 No")
  return msys.core.VALIDATE_DONE
end
function mod:validate_rcptto(message, ac, ctx)
--                                    ^^^^^^^ here `ac` holds `str`, `ctx` holds `accept`
  return msys.core.VALIDATE_CONT
end
function mod:validate_connect(self, accept, vctx)
--                            ^^^^^^^^^^^^^^^^^^ `:` already takes `self`: a second one holds `accept`
  return msys.core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn parameters_that_the_server_does_not_pass_are_nil() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local register = msys.registerModule
local mod = {
  validate_connect = function(self, accept, vctx, extra) return core.VALIDATE_CONT end,
--                                                ^^^^^ error: the server calls `validate_connect(accept, vctx)`: `extra` is always nil
}
function mod:validate_set_binding(msg, accept, vctx) return core.VALIDATE_CONT end
--                                     ^^^^^^^^^^^^ `accept`, `vctx` are always nil
function mod:init(config) return true end
--                ^^^^^^ the server calls `init()`: `config` is always nil
register("mod", mod)
"#,
        );
    }

    #[test]
    fn a_buffer_and_its_length_are_one() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:core_config_get_message_routing_domain(cs, msg, buff, len)
--                                                                 ^^^ `char *buff, int len` of C is one string in Lua, so that `len` is always nil
  return 0
end
function mod:core_log_delivery_v1(msg, dr, now, note, note_len) end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn signatures_belong_to_versions() {
        check_none(
            RULE.code,
            r#"
// target=5.0
local mod = {}
function mod:outbound_smtp_auth_config(msg, ac, vctx) end
msys.registerModule("mod", mod)
"#,
        );
        check(
            RULE.code,
            r#"
// target=5.1
local mod = {}
function mod:outbound_smtp_auth_config(msg, ac, vctx) end
--                                          ^^^^^^^^ `ac`, `vctx` are always nil
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn what_fits_or_says_nothing_is_left_alone() {
        check_none(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(str, accept, vctx) return msys.core.VALIDATE_CONT end
function mod:validate_rcptto(msg, rcpt, ac, ctx) return msys.core.VALIDATE_CONT end
function mod:validate_ehlo() return msys.core.VALIDATE_CONT end
function mod:validate_mailfrom(...) return msys.core.VALIDATE_CONT end
function mod:validate_data_spool(_, _, vctx) return msys.core.VALIDATE_CONT end
-- Named for something else and used as what it is.
function mod:validate_connect(vctx)
  return vctx.remote_addr and msys.core.VALIDATE_CONT or msys.core.VALIDATE_DONE
end
function mod:core_post_msg_each_rcpt(ac, msg, vctx, more) end
function mod:rsrc_setup(cc) return true end
function mod:core_final_validation(message, accept, context) end
function mod:check(vctx, msg) return msg end
-- Called by other code with one more.
function mod:validate_set_binding(msg, dry_run)
  return dry_run and msys.core.VALIDATE_DONE or msys.core.VALIDATE_CONT
end
function mod:validate_data_spool_each_rcpt(msg, accept, vctx)
  mod:validate_set_binding(msg, true)
  return msys.core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
local queue = {}
function queue:init(size) self.size = size end
return queue
"#,
        );
    }

    #[test]
    fn the_fix_puts_them_in_order() {
        check_fix(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(ac, message, ctx)
  message:header("X-Seen", "1")
  return msys.core.VALIDATE_CONT
end
mod.validate_data_spool = function(self, msg, vctx)
  vctx:set_code(550, "5.7.1 No")
  return msys.core.VALIDATE_DONE
end
function mod:validate_connect(self, accept, vctx) return msys.core.VALIDATE_CONT end
function mod:validate_set_binding(msg, accept, vctx) return msys.core.VALIDATE_CONT end
function mod:core_config_get_message_routing_domain(scope, msg, buff, len) return 0 end
function mod:init(config) return true end
msys.registerModule("mod", mod)
"#,
            r#"
local mod = {}
function mod:validate_data(message, ac, ctx)
  message:header("X-Seen", "1")
  return msys.core.VALIDATE_CONT
end
mod.validate_data_spool = function(self, msg, accept, vctx)
  vctx:set_code(550, "5.7.1 No")
  return msys.core.VALIDATE_DONE
end
function mod:validate_connect(accept, vctx) return msys.core.VALIDATE_CONT end
function mod:validate_set_binding(msg) return msys.core.VALIDATE_CONT end
function mod:core_config_get_message_routing_domain(scope, msg, buff) return 0 end
function mod:init() return true end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    #[should_panic(expected = "no fix is offered")]
    fn no_fix_takes_a_name_that_is_used() {
        check_fix(
            RULE.code,
            r#"
local mod = {}
function mod:validate_set_binding(msg, vctx)
  print(vctx)
end
msys.registerModule("mod", mod)
"#,
            "",
        );
    }
}
