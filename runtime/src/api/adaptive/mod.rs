//! `msys.adaptive`: the rules of scripts, applied to what receivers answer in the session.
//!
//! Grammar and order are the analyzer's ([`momentum_lua_analyzer::adaptive`]). What a rule would do to later deliveries is
//! kept for the time that it says, on the run's clock.

mod effects;
mod table;

use std::collections::BTreeMap;

use mlua::{Function, Lua, Value};
use momentum_lua_analyzer::adaptive::{Action, Content, Domain, Mode, Rules, Standing, Trigger, read};
use momentum_lua_analyzer::diagnostic::Severity;
use momentum_lua_analyzer::pcre;

use super::clock::Clock;
use super::{Call, Frame, Registry};
use crate::report::{Place, What};
use crate::session::SmtpReply;

use effects::Effects;
pub use effects::Obstacle;

/// The rules that hold, and what they did so far.
#[derive(Default)]
pub struct Adaptive {
    rules: Rules<Option<Place>>,
    /// Functions that give the values of options, by domain and option in lower case.
    functions: BTreeMap<(String, String), Function>,
    /// Options that the configuration has managed beyond those that are always.
    pub managed: Vec<String>,
    /// Whether the configuration loads the module; none where there is no configuration.
    pub loaded: Option<bool>,
    effects: Effects,
    /// When replies matched a response that takes several, by binding and domain and place in the domain's list.
    seen: BTreeMap<(Target, usize), Vec<f64>>,
    /// Domains whose options the report has told of.
    told: Vec<Target>,
}

/// A binding and a domain: what rules act on.
pub(super) type Target = (Option<String>, String);

pub(super) fn register(api: &mut Registry) {
    api.function("msys.adaptive.registerRules", register_rules);
}

fn register_rules(call: &Call<'_>, (rules, mode): (Value, Option<String>)) -> mlua::Result<()> {
    let Some(grammar) = call.frame().api().adaptive() else { return Ok(()) };
    let place = call.place();
    let read_table = table::node(call.lua(), &rules, &place)?;
    let part = call.part::<Adaptive>();
    let managed: Vec<_> = part.borrow().managed.iter().map(Into::into).collect();
    let (table, problems) = read(&read_table.node, grammar, &managed);
    for problem in problems.into_iter().filter(|problem| problem.severity != Severity::Info) {
        call.note(What::Note { text: format!("adaptive rules: {}", problem.message) });
    }
    let mode = match mode.as_deref() {
        None => Mode::Augment,
        Some(word) => Mode::parse(word).unwrap_or_else(|| {
            let text = format!(
                "adaptive rules: `{word}` is neither `augment` nor `replace`, and is taken for the first"
            );
            call.note(What::Note { text });
            Mode::Augment
        }),
    };
    let mut part = part.borrow_mut();
    if part.loaded == Some(false) {
        let text = "the configuration has no `adaptive` stanza: these rules are never applied".to_owned();
        call.note(What::Note { text });
    }
    if mode == Mode::Replace {
        part.functions.clear();
    }
    part.rules.register(&table, mode);
    part.functions.extend(read_table.functions);
    Ok(())
}

/// What stands in the way of a delivery now: a suspension, or mail that is thrown away.
#[must_use]
pub fn obstacle(frame: &Frame, binding: Option<&str>, domain: &str) -> Option<Obstacle> {
    let part = frame.part::<Adaptive>();
    let part = part.borrow();
    part.effects.obstacle(&target(binding, domain), Clock::now(frame))
}

fn target(binding: Option<&str>, domain: &str) -> Target {
    (binding.map(str::to_owned), domain.to_ascii_lowercase())
}

/// Applies the rules to a receiver's answer. Gives the code of a temporary failure that a rule makes of it.
///
/// # Errors
/// What ends the run.
pub fn outcome(
    lua: &Lua,
    frame: &Frame,
    binding: Option<&str>,
    domain: &str,
    reply: &SmtpReply,
) -> mlua::Result<Option<u16>> {
    let part = frame.part::<Adaptive>();
    let target = target(binding, domain);
    let now = Clock::now(frame);
    let known = {
        let part = part.borrow();
        match part.rules.of(domain) {
            Standing::Own(known) | Standing::Alias(known) if part.loaded != Some(false) => {
                Some(known.clone())
            }
            _ => None,
        }
    };
    let Some(known) = known else { return Ok(None) };
    let Content::Own { responses, .. } = &known.content else { return Ok(None) };
    settings(lua, frame, &target, &known)?;
    if reply.code < 400 {
        return Ok(None);
    }
    let text = reply.to_string();
    let matches = |pattern: &str| {
        pcre::compile(pattern.as_bytes(), pcre::Flags::MSYS_PCRE)
            .is_ok_and(|compiled| compiled.is_match(text.as_bytes()).unwrap_or(false))
    };
    // The first response that fits is the one that counts.
    let found = responses
        .iter()
        .enumerate()
        .find(|(_, response)| response.code.as_ref().is_some_and(|pattern| matches(pattern)));
    let Some((place, response)) = found else { return Ok(None) };
    let mut part = part.borrow_mut();
    if let Some(Trigger::Rate { replies, seconds }) = response.trigger {
        let seen = part.seen.entry((target.clone(), place)).or_default();
        seen.push(now);
        seen.retain(|time| now - time < f64::from(seconds));
        if seen.len() < replies as usize {
            return Ok(None);
        }
        seen.clear();
    }
    let mut code = None;
    let mut actions: Vec<&Action> = response.actions.iter().collect();
    while let Some(action) = actions.pop() {
        if let Action::Transcode { code: wanted, then } = action {
            // A permanent failure alone is turned.
            if reply.code < 500 {
                continue;
            }
            code = Some(*wanted);
            actions.extend(then.as_deref());
        }
        let did = part.effects.apply(action, &target, &known, now);
        frame.trace().push(
            response.place.clone(),
            What::Adaptive {
                domain: domain.to_owned(),
                binding: binding.map(str::to_owned),
                reply: text.clone(),
                action: did,
                message: response.message.as_ref().map(ToString::to_string),
            },
        );
    }
    Ok(code)
}

/// Tells what the rules set for a domain, when it is first delivered to.
fn settings(lua: &Lua, frame: &Frame, target: &Target, known: &Domain<Option<Place>>) -> mlua::Result<()> {
    let part = frame.part::<Adaptive>();
    if part.borrow().told.contains(target) {
        return Ok(());
    }
    part.borrow_mut().told.push(target.clone());
    let Content::Own { settings, .. } = &known.content else { return Ok(()) };
    for setting in settings {
        let key = (known.name.to_ascii_lowercase(), setting.option.to_ascii_lowercase());
        let function = part.borrow().functions.get(&key).cloned();
        let value = match function {
            Some(function) => effects::computed(lua, &function)?,
            None => effects::described(&setting.value),
        };
        let property = format!("{} of {}", setting.option, target.1);
        frame.trace().push(setting.place.clone(), What::Set { property, before: None, after: Some(value) });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tested::{self, State};

    const RULES: &str = r#"require('msys.adaptive')
msys.adaptive.registerRules({
  ["big.example"] = {
    responses = {
      { code = "^421 .*too many", trigger = "2/60", action = { { "reduce_connections", 3 }, { "suspend", "2 hours" } }, message = "slow down" },
      { code = "^5\\d\\d .*blocked", trigger = "1", action = { "transcode", "454", "suspend", "1 hours" } },
      { code = "^554", trigger = "1", action = { "blackhole", "30 minutes" } },
    },
    configuration = { max_outbound_connections = { 2, 4 }, retry_interval = function() return 900 end },
  },
  ["small.example"] = "big.example",
}, "augment")"#;

    fn reply(state: &State, domain: &str, text: &str) -> Option<u16> {
        outcome(&state.lua, &state.frame, Some("b1"), domain, &text.parse().unwrap()).unwrap()
    }

    #[test]
    fn rules_act_on_replies() {
        let state = tested::state();
        let _: () = state.eval(RULES);
        assert_eq!(reply(&state, "big.example", "421 4.7.0 too many"), None);
        assert_eq!(obstacle(&state.frame, Some("b1"), "big.example"), None);
        reply(&state, "BIG.example", "421 4.7.0 too many");
        assert_eq!(obstacle(&state.frame, Some("b1"), "big.example"), Some(Obstacle::Suspended(7200.0)));
        assert_eq!(obstacle(&state.frame, None, "big.example"), None);
        let report = state.report();
        assert!(report.contains("max_outbound_connections goes from 4 to 2"), "{report}");
        assert!(report.contains("900 (by a function)"), "{report}");
        Clock::set(&state.lua, &state.frame, Clock::now(&state.frame) + 7200.0);
        assert_eq!(obstacle(&state.frame, Some("b1"), "big.example"), None);
    }

    #[test]
    fn an_alias_and_a_transcode_hold() {
        let state = tested::state();
        let _: () = state.eval(RULES);
        assert_eq!(reply(&state, "small.example", "550 5.7.1 blocked"), Some(454));
        assert_eq!(obstacle(&state.frame, Some("b1"), "small.example"), Some(Obstacle::Suspended(3600.0)));
        assert_eq!(reply(&state, "small.example", "554 5.7.1 no"), None);
        assert_eq!(obstacle(&state.frame, Some("b1"), "small.example"), Some(Obstacle::Blackholed));
        assert_eq!(reply(&state, "other.example", "550 blocked"), None);
    }

    #[test]
    fn replies_far_apart_do_not_count_together() {
        let state = tested::state();
        let _: () = state.eval(RULES);
        reply(&state, "big.example", "421 too many");
        Clock::set(&state.lua, &state.frame, Clock::now(&state.frame) + 61.0);
        reply(&state, "big.example", "421 too many");
        assert_eq!(obstacle(&state.frame, Some("b1"), "big.example"), None);
    }

    #[test]
    fn mistakes_in_rules_are_told() {
        let state = tested::state();
        let _: () = state.eval(
            "require('msys.adaptive') msys.adaptive.registerRules({ ['a.example'] = { responses = { { code = '^4', trigger = 'x', action = { 'suspnd', '1 hours' } } } } }, 'append')",
        );
        let report = state.report();
        assert!(report.contains("`x` is no trigger") && report.contains("`append` is neither"), "{report}");
        assert!(
            tested::state().error("require('msys.adaptive') msys.adaptive.registerRules()").contains("crash")
        );
    }
}
