//! ## What it does
//! Finds functions that a callout or hook uses in which they may not be used, directly or through functions of the
//! project, in other files as well.
//!
//! It is an error where the documentation warns of the place, or restricts the function to callouts and hooks that it
//! names; a warning where only the summary table of functions leaves the phase out. Of hooks that table says nothing.
//!
//! ## Why it matters
//! Before the content has come there are no headers to read, after the recipients are settled there is nobody to discard
//! a message for: outside of its phases a function does nothing, gives an empty result, or leaves the message in a state
//! that nobody has described.
//!
//! ## Example
//! ```lua expect=phase
//! require("msys.core")
//! require("msys.extended.message")
//! local mod = {}
//!
//! function mod:validate_data_spool_each_rcpt(msg, accept, vctx)
//!   msg:binding("bulk")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("bulk", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.core")
//! require("msys.extended.message")
//! local mod = {}
//!
//! function mod:validate_set_binding(msg)
//!   msg:binding("bulk")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("bulk", mod)
//! ```

use super::decided;
use super::placement::{Objection, Phases, Placement};
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::origins::Origins;
use crate::rules::{Fixable, Report, Rule, call_path};
use crate::semantics::analysis::CallSite;
use crate::semantics::library;
use crate::semantics::reach::Reach;
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId};
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::Hook;
use rustc_hash::FxHashMap;

pub(crate) const RULE: Rule =
    Rule { code: "phase", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let phases = Phases::of(script.api());
    let origins = Origins::new(script);
    // What the table alone says is said once for each function of the script.
    let mut unlisted: FxHashMap<(Option<FunctionId>, &str), Misplaced<'_, '_>> = FxHashMap::default();
    let mut found = Vec::new();
    for used in uses(script) {
        let Some(placement) = Placement::of(&phases, used.member) else { continue };
        if used.receiver.is_some_and(|receiver| is_of_the_scripts_own(&origins, receiver)) {
            continue;
        }
        let Some(misplaced) = worst(script, used, placement) else { continue };
        if misplaced.objection == Objection::NotListed {
            unlisted.entry((used.function, used.member.name())).or_insert(misplaced).others.push(used.span);
        } else {
            found.push(misplaced);
        }
    }
    found.extend(unlisted.into_values());
    for misplaced in found {
        tell(&misplaced, report);
    }
}

/// A use of a member of the API.
#[derive(Clone, Copy)]
struct Use<'a> {
    member: Member<'a>,
    span: Span,
    function: Option<FunctionId>,
    /// The value whose method is called.
    receiver: Option<ExpressionId>,
    /// Something is passed that may change what it stands for.
    changes: bool,
}

/// A use in a callout or hook where it does not belong.
struct Misplaced<'p, 'a> {
    used: Use<'a>,
    placement: Placement<'p, 'a>,
    objection: Objection,
    hook: &'a Hook,
    reach: &'a Reach,
    /// Places of the same kind in the same function, this one included.
    others: Vec<Span>,
}

/// Calls of functions, and functions that are given to `pcall` and the like.
fn uses<'a>(script: &Script<'a>) -> Vec<Use<'a>> {
    let tree = script.tree();
    let mut uses = Vec::new();
    for site in &script.analysis().calls {
        let ExpressionKind::Call(call) = &tree.expression(site.expression).kind else { continue };
        let Some(member) = site.callee.member().and_then(|member| library::resolve(script.api(), member)) else {
            continue;
        };
        uses.push(Use {
            member,
            span: script.called_span(site.expression),
            function: site.function,
            receiver: call.method.as_ref().map(|_| call.callee),
            changes: site.arguments.first().is_some_and(|first| !first.may_be_nil()),
        });
        uses.extend(handed_on(script, site, member));
    }
    uses
}

/// The function of the API that `pcall`, `xpcall` or `msys.runInPool` is given.
fn handed_on<'a>(script: &Script<'a>, site: &CallSite, member: Member<'a>) -> Option<Use<'a>> {
    let position = match (member.owner(), member.member()) {
        ("", "pcall" | "xpcall") => 0,
        ("msys", "runInPool") => 1,
        _ => return None,
    };
    let given = site.arguments.get(position)?.member()?;
    let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else { return None };
    let span = script.span(*call.arguments.get(position)?);
    let member = library::resolve(script.api(), given)?;
    Some(Use { member, span, function: site.function, receiver: None, changes: false })
}

/// Whether the script made the value or was given it by a function, so that it is not the message of the callout.
fn is_of_the_scripts_own(origins: &Origins<'_>, receiver: ExpressionId) -> bool {
    let result = origins.result(receiver);
    result.is_some() || matches!(origins.script.tree().expression(receiver).kind, ExpressionKind::Call(_))
}

/// The callout or hook in which a use does most harm: certainly reached, the shortest way.
fn worst<'p, 'a>(script: &Script<'a>, used: Use<'a>, placement: Placement<'p, 'a>) -> Option<Misplaced<'p, 'a>> {
    let ways = script.reached_by(used.function);
    let judged: Vec<(&'a Reach, &'a Hook, Option<Objection>)> = ways
        .iter()
        .filter_map(|reach| {
            let hook = script.api().hook(reach.callout()?)?;
            Some((reach, hook, placement.objection(hook, used.changes)))
        })
        .collect();
    let belongs_elsewhere = judged.iter().any(|(_, _, objection)| objection.is_none());
    let wrong = judged.into_iter().filter_map(|(reach, hook, objection)| Some((reach, hook, objection?)));
    let (reach, hook, objection) = wrong
        .filter(|(reach, _, _)| reach.certain && !(belongs_elsewhere && depends_on_caller(script, used, reach)))
        .min_by_key(|(reach, _, objection)| (*objection == Objection::NotListed, reach.path().len()))?;
    Some(Misplaced { used, placement, objection, hook, reach, others: Vec::new() })
}

/// Whether a parameter decides on the way, so that the callout may never come to this use.
fn depends_on_caller(script: &Script<'_>, used: Use<'_>, reach: &Reach) -> bool {
    decided::by_caller(script, used.function, used.span)
        || reach.path().into_iter().any(|step| {
            let caller = script.project().script(step.file);
            caller.is_some_and(|caller| decided::by_caller(&caller, step.caller, step.span))
        })
}

fn tell(misplaced: &Misplaced<'_, '_>, report: &mut Report<'_>) {
    let Misplaced { used, placement, objection, hook, reach, others } = misplaced;
    let name = used.member.name();
    let when = match (objection, placement.comes_later(hook)) {
        (Objection::NotListed, Some(true)) => "runs too early for it",
        (Objection::NotListed, Some(false)) => "runs too late for it",
        _ => "",
    };
    let way = match call_path::through(reach) {
        through if through.is_empty() => through,
        through => format!("comes here{through}"),
    };
    let clauses = [when, &way].into_iter().filter(|clause| !clause.is_empty()).collect::<Vec<_>>().join(" and ");
    let (which, close) = if clauses.is_empty() { (String::new(), "") } else { (format!(", which {clauses}"), ",") };
    let at = format!("`{}`{which}", hook.name);
    let places = listed(&placement.places());
    let text = match objection {
        Objection::Forbidden => {
            format!("`{name}` must not be used in {at}: what it does there is undefined")
        }
        Objection::Restricted => {
            format!("`{name}` is for {places} alone: what it does in {at}{close} is undefined")
        }
        Objection::Neighbouring => format!(
            "`{name}` is for {places} alone: in {at}{close} it comes too early or too late for what else happens in that phase"
        ),
        Objection::TooEarly => format!(
            "`{name}` changes one recipient's message from `{}` on: in {at}{close} all recipients still share it",
            placement.earliest_change().unwrap_or_default(),
        ),
        Objection::NotListed => format!("`{name}` is documented for {places}: it may do nothing in {at}"),
    };
    let mut finding = report.at(used.span, text);
    finding.page_of(used.member.about()).call_path(reach);
    if matches!(objection, Objection::NotListed | Objection::Neighbouring) {
        finding.severity(Severity::Warning);
    }
    for other in others.iter().filter(|other| **other != used.span) {
        finding.related(*other, format!("`{name}` is used here as well"));
    }
}

/// "`a`, `b` and `c`"
fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "no callout".to_owned(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn what_the_documentation_warns_of() {
        check(
            RULE.code,
            r#"
require("msys.extended.message")
require("msys.extended.vctx")
local core = require("msys.core")
local mod = {}
function mod:validate_set_binding(msg)
  msg:discard("550 5.7.1 unwanted")
--^^^^^^^^^^^ error: `msg:discard` must not be used in `validate_set_binding`: what it does there is undefined
  pcall(msg.code, msg, 550, "no")
--      ^^^^^^^^ error: `msg:code` must not be used in `validate_set_binding`
  return core.VALIDATE_CONT
end
mod["validate_rcptto"] = function(self, msg, str, accept, vctx)
  local all = vctx:recipient_list()
--            ^^^^^^^^^^^^^^^^^^^ error: `vctx:recipient_list` must not be used in `validate_rcptto`
  return core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn methods_that_callouts_call_on_self() {
        check(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
function mod:drop(msg)
  msg:discard("550 5.7.1 unwanted")
--^^^^^^^^^^^ error: `msg:discard` must not be used in `validate_set_binding`
end
mod.validate_set_binding = function(this, msg)
  this:drop(msg)
--^^^^^^^^^^^^^^ related: calls `this:drop` here
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn helpers_count_for_every_callout_that_reaches_them_over_files() {
        check(
            RULE.code,
            r#"
require("msys.core")
local policy = require("policy")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  policy.refuse(msg)
  return msys.core.VALIDATE_CONT
end
function mod:validate_set_binding(msg)
  policy.refuse(msg)
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
//- /policy/policy.lua
require("msys.extended.message")
local policy = {}
local function drop(m)
  m:discard()
--^^^^^^^^^ error: `msg:discard` must not be used in `validate_set_binding`, which comes here through `policy.refuse` and `drop`
end
function policy.refuse(msg) drop(msg) end
--                          ^^^^^^^^^ related: `policy.refuse` calls `drop` here
return policy
"#,
        );
    }

    #[test]
    fn functions_that_belong_to_named_callouts_and_hooks() {
        check(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
require("msys.validate.opendkim")
require("msys.brightmail")
local sign = msys.validate.opendkim.sign
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  msg:binding("a")
--^^^^^^^^^^^ error: `msg:binding` is for `validate_set_binding` alone: what it does in `validate_data_spool` is undefined
  sign(msg, vctx, {})
--^^^^ error: `msys.validate.opendkim.sign` is for `core_final_validation` alone
  msys.brightmail.scan(msg, accept, vctx)
  return msys.core.VALIDATE_CONT
end
function mod:validate_rcptto(msg, str, accept, vctx)
  msys.brightmail.scan(msg, accept, vctx)
--^^^^^^^^^^^^^^^^^^^^ error: is for `validate_data`, `validate_data_spool` and `validate_data_spool_each_rcpt` alone
  msg:rcptto("someone@else.example")
--^^^^^^^^^^ error: from `validate_data_spool_each_rcpt` on: in `validate_rcptto` all recipients still share it
  return msys.core.VALIDATE_CONT
end
function mod:core_post_final_validation(msg, accept, vctx)
  sign(msg, vctx, {})
--^^^^ warning: in `core_post_final_validation` it comes too early or too late
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn what_the_table_leaves_out() {
        check(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")
local mod = {}
local function subject(msg)
  local first = msg:header("Subject")
--              ^^^^^^^^^^ warning: `msg:header` is documented for `validate_data`, `validate_data_spool`, `validate_data_spool_each_rcpt` and `validate_set_binding`: it may do nothing in `validate_rcptto`, which runs too early for it and comes here through `subject`
  local again = msg:header("Subject")
--              ^^^^^^^^^^ related: is used here as well
  return first
end
function mod:validate_rcptto(msg, str, accept, vctx)
  local text = subject(msg)
--             ^^^^^^^^^^^^ related:
  return msys.core.VALIDATE_CONT
end
function mod:validate_data(msg, accept, vctx)
  vctx:tarpit(5)
--^^^^^^^^^^^ warning: `vctx:tarpit` is documented for `validate_connect`: it may do nothing in `validate_data`, which runs too late for it
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn places_that_are_fine() {
        check_none(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
require("msys.extended.message_routing")
require("msys.extended.vctx")
require("msys.validate.opendkim")
require("msys.brightmail")
local mod = {}
function mod:init() msys.registerAuth("x", {}) return true end
function mod:rsrc_setup() msys.registerAuth("y", {}) msys.registerControl("x", function(cc) end) end
function mod:validate_set_binding(msg)
  msg:binding("a")
  msg:binding_group("b")
  msg:routing_domain("a.example")
  if msg:rcptto() == "a@b.example" then msg:rcptto("b@b.example") end
  return msys.core.VALIDATE_CONT
end
function mod:core_binding_group_choose_binding(msg) msg:binding("c") end
function mod:core_final_validation(msg, accept, vctx)
  msys.validate.opendkim.sign(msg, vctx, {})
  msg:header("X-Seen", "yes")
end
function mod:msg_gen_data_spool(msg)
  msg:rcptto("x@y.example")
  msg:discard()
  msys.brightmail.scan(msg)
end
function mod:validate_data_spool(msg, accept, vctx)
  vctx:add_recipient("a@b.example")
  msys.validate.opendkim.verify(msg)
  return msys.core.VALIDATE_CONT
end
function mod:validate_rcptto(msg, str, accept, vctx)
  local address = msg:rcptto()
  return msys.core.VALIDATE_CONT
end
local function nobody_calls_it(msg) msg:binding("x") end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn a_message_of_the_scripts_own() {
        check_none(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
local function notify(address)
  local note = msys.core.ec_message_new(nil)
  note:build({ Subject = "refused" }, { ["text/plain"] = "no" }, nil)
  note:inject("postmaster@a.example", address)
end
function mod:validate_connect(accept, vctx)
  notify("admin@a.example")
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn the_caller_decides() {
        check_none(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
local function handle(msg, phase)
  if phase == "binding" then msg:binding("a") else msg:discard() end
end
local function route(msg, bind)
  if not bind then return end
  msg:binding("b")
end
function mod:validate_data(msg, accept, vctx)
  handle(msg, "data")
  route(msg, false)
  return msys.core.VALIDATE_CONT
end
function mod:validate_set_binding(msg)
  handle(msg, "binding")
  route(msg, true)
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }
}
