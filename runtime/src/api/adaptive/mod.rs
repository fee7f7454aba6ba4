//! `msys.adaptive`: the rules of scripts, applied to what receivers answer in the session.
//!
//! Grammar and order are the analyzer's ([`momentum_lua_analyzer::adaptive`]). What a rule would do to later deliveries is
//! kept for the time that it says, on the run's clock.

mod effects;
mod options;
mod table;

use std::cell::RefCell;
use std::collections::BTreeMap;

use mlua::{Function, Lua, Value};
use momentum_lua_analyzer::adaptive::{Action, Content, Domain, Mode, Rules, Standing, Trigger, read};
use momentum_lua_analyzer::diagnostic::Severity;
use momentum_lua_analyzer::pcre;

use super::clock::Clock;
use super::config::Settings;
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
    /// Bindings and domains whose options the report has told of.
    told: Vec<Target>,
    /// Those of which it said that adaptive delivery is off there.
    told_off: Vec<Target>,
    /// Whether it said that sweep rules are not applied.
    told_of_sweeps: bool,
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
    if reply.code >= 500 {
        tell_of_sweeps(frame, &part);
    }
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
    let has_configuration = part.borrow().loaded.is_some();
    if !options::is_enabled(frame, &target, has_configuration) {
        tell_off(frame, &part, target);
        return Ok(None);
    }
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
    let mut actions: Vec<&Action> = response.actions.iter().rev().collect();
    while let Some(action) = actions.pop() {
        if let Action::Transcode { code: wanted, then } = action {
            // A permanent failure alone is turned.
            if reply.code < 500 {
                continue;
            }
            code = Some(*wanted);
            actions.extend(then.as_deref());
        }
        let did = part.effects.apply(frame, action, &target, &known, now);
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
        if matches!(action, Action::Warmup { .. }) {
            // Functions are asked again, with the new age.
            part.told.retain(|(of, _)| *of != target.0);
        }
    }
    drop(part);
    settings(lua, frame, &target, &known)?;
    Ok(code)
}

/// Says, once, that a bounce counts for nothing where the configuration counts bounces.
fn tell_of_sweeps(frame: &Frame, part: &RefCell<Adaptive>) {
    let mut part = part.borrow_mut();
    if part.told_of_sweeps || !Settings::has_scope(frame, "adaptive_sweep_rule") {
        return;
    }
    part.told_of_sweeps = true;
    let text =
        "sweep rules (adaptive_sweep_rule) count bounces over hours and are not applied here".to_owned();
    frame.trace().push(None, What::Note { text });
}

/// Says, once for a binding and a domain, that no rule acts there.
fn tell_off(frame: &Frame, part: &RefCell<Adaptive>, target: Target) {
    let mut part = part.borrow_mut();
    if part.told_off.contains(&target) {
        return;
    }
    let on = target.0.as_deref().map(|binding| format!(" on {binding}")).unwrap_or_default();
    let text = format!(
        "adaptive rules for {}{on} do not act: `adaptive_enabled` is not true in the configuration",
        target.1
    );
    frame.trace().push(None, What::Note { text });
    part.told_off.push(target);
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
            Some(function) => {
                let option = setting.option.as_str();
                let current = options::number(frame, target, option).unwrap_or(0.0);
                let (last, age) = {
                    let effects = &part.borrow().effects;
                    let age = effects.age(target.0.as_deref(), Clock::now(frame));
                    (effects.set_last(target, option).unwrap_or(0.0), age)
                };
                let (number, told) = effects::computed(lua, &function, (current, last, age, 0.0))?;
                if let Some(number) = number {
                    part.borrow_mut().effects.keep(target, option, number);
                }
                told
            }
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

    /// A state with a configuration, in which a script registered rules.
    fn configured(configuration: &str, rules: &str) -> State {
        let state = tested::state_of(&format!("[configuration]\n{configuration}"), &["msys.adaptive"]);
        state.frame.part::<Adaptive>().borrow_mut().loaded = Some(true);
        state.eval::<()>(&format!("msys.adaptive.registerRules({{ ['big.example'] = {rules} }})"));
        state
    }

    #[test]
    fn rules_act_where_the_configuration_says_so() {
        let rules = "{ responses = { { code = '^4', trigger = '1', action = { 'suspend', '1 hours' } } } }";
        let off = configured("hostname = 'a'", rules);
        reply(&off, "big.example", "421 no");
        reply(&off, "big.example", "421 no");
        assert_eq!(obstacle(&off.frame, Some("b1"), "big.example"), None);
        assert_eq!(off.report().matches("`adaptive_enabled` is not true").count(), 1, "{}", off.report());
        let on = configured(
            "adaptive_enabled = true\nadaptive_alert_email_destination = 'ops@a.example'\n\
             [configuration.domain.'other.example']\nadaptive_enabled = false",
            rules,
        );
        reply(&on, "big.example", "421 no");
        assert!(
            on.report().contains("suspend for 3600 s; an alert goes to ops@a.example"),
            "{}",
            on.report()
        );
    }

    #[test]
    fn actions_change_what_the_configuration_gives() {
        let rules = "{ responses = {
            { code = 'slow', trigger = '1', action = { { 'throttle', 'down' }, { 'reduce_connections', 3 } } },
            { code = 'grey', trigger = '1', action = { 'greylisted', '5 minutes' } },
            { code = 'new', trigger = '1', action = { 'warmup', '86400' } } },
          configuration = { retry_interval = function(current, last, age, attempts) return current + last + age + attempts end } }";
        let configuration = "adaptive_enabled = true\nretry_interval = 100\nmax_outbound_connections = 7\n\
            [configuration.binding.b1]\nmax_outbound_connections = 5\n";
        let state = configured(configuration, rules);
        reply(&state, "big.example", "421 slow");
        let report = state.report();
        assert!(
            report.contains("outbound_throttle_messages is not set, so there is no rate to lower"),
            "{report}"
        );
        assert!(report.contains("max_outbound_connections goes from 5 to 2"), "{report}");
        assert!(report.contains("100 (by a function)"), "{report}");
        reply(&state, "big.example", "421 new");
        assert!(state.report().contains("86600 (by a function)"), "{}", state.report());
        reply(&state, "big.example", "421 grey");
        assert!(state.report().contains("greylisted: the next attempt in 300 s"), "{}", state.report());
    }

    #[test]
    fn sweep_rules_are_said_not_to_be_applied() {
        let state =
            configured("[configuration.adaptive_sweep_rule.x]\ncodes = ['bc:10']", "{ responses = {} }");
        reply(&state, "big.example", "421 later");
        assert!(!state.report().contains("sweep rules"), "{}", state.report());
        reply(&state, "big.example", "550 no");
        reply(&state, "other.example", "550 no");
        assert_eq!(state.report().matches("sweep rules").count(), 1, "{}", state.report());
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
