//! `msys.adaptive`: the rules of scripts, applied to what receivers answer in the session.
//!
//! Grammar and order are the analyzer's ([`momentum_lua_analyzer::adaptive`]). What a rule would do to later deliveries is
//! kept for the time that it says, on the run's clock.

mod counts;
mod effects;
mod options;
mod patterns;
mod sweeps;
mod table;

use std::cell::RefCell;
use std::collections::BTreeMap;

use mlua::{Function, Lua, Value};
use momentum_lua_analyzer::adaptive::{Action, Content, Domain, Mode, Rules, Standing, Trigger, read};
use momentum_lua_analyzer::diagnostic::Severity;

use super::clock::Clock;
use super::{Call, Frame, Registry, bounce};
use crate::report::{Place, What};
use crate::session::SmtpReply;

use counts::{Counts, Outcome};
pub use effects::Obstacle;
use effects::{Effects, Occasion};
use patterns::Patterns;

/// The rules that hold, and what they did so far.
#[derive(Default)]
pub struct Adaptive {
    rules: Rules<Option<Place>>,
    patterns: Patterns,
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
    counts: Counts,
    /// When sweep rules were applied last, as the clock gives it.
    swept: Option<f64>,
    /// Whether the report says that bounces wait for a sweep.
    told_of_sweeps: bool,
    /// Why sweep rules fired and did nothing, as the report said it.
    told_idle: Vec<String>,
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
        part.patterns = Patterns::default();
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
    let binding = binding.filter(|binding| *binding != "default");
    (binding.map(str::to_owned), domain.to_ascii_lowercase())
}

/// Applies the rules to a receiver's answer, and counts it for sweep rules. Gives the code of a temporary failure that a rule makes of it.
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
    let code = answered(lua, frame, binding, domain, reply)?;
    let outcome = match code.unwrap_or(reply.code) {
        ..400 => Outcome::Delivered,
        400..500 => Outcome::Deferred,
        _ => Outcome::Bounced(bounce::classify_response(frame.session(), &reply.to_string(), Some(domain))),
    };
    let part = frame.part::<Adaptive>();
    let target = target(binding, domain);
    if matches!(outcome, Outcome::Bounced(_)) {
        tell_of_sweeps(frame, &part, &target);
    }
    part.borrow_mut().counts.add(target, Clock::now(frame), outcome);
    Ok(code)
}

/// When sweep rules look at bounces and complaints next, as the clock gives it; none while there is nothing to look at.
#[must_use]
pub fn next_sweep(frame: &Frame) -> Option<f64> {
    sweeps::next(frame, &frame.part::<Adaptive>().borrow())
}

/// Has sweep rules look at bounces and complaints now; tells whether the report says anything of it.
pub fn sweep(frame: &Frame) -> bool {
    sweeps::sweep(frame, &mut frame.part::<Adaptive>().borrow_mut(), Clock::now(frame))
}

/// Applies the responses of a domain's rules.
fn answered(
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
    let mut part = part.borrow_mut();
    // The first response that fits is the one that counts.
    let found = responses.iter().enumerate().find(|(_, response)| {
        response.code.as_ref().is_some_and(|pattern| part.patterns.fits(pattern, text.as_bytes()))
    });
    let Some((place, response)) = found else { return Ok(None) };
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
        let did = part.act(action, Occasion { frame, target: &target, domain: Some(&known), now });
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
    drop(part);
    settings(lua, frame, &target, &known)?;
    Ok(code)
}

impl Adaptive {
    /// Does what an action says; gives it in words.
    fn act(&mut self, action: &Action, occasion: Occasion<'_>) -> String {
        if matches!(action, Action::Warmup { .. }) {
            // Functions are asked again, with the new age.
            self.told.retain(|(of, _)| *of != occasion.target.0);
        }
        self.effects.apply(action, occasion)
    }
}

/// Says, once, that a bounce waits for a sweep that the session does not live to see.
fn tell_of_sweeps(frame: &Frame, part: &RefCell<Adaptive>, target: &Target) {
    let mut part = part.borrow_mut();
    let Some(interval) = sweeps::interval(frame) else { return };
    #[allow(clippy::cast_precision_loss, reason = "seconds of a session")]
    let comes = frame.session().advance as f64 >= interval;
    if part.told_of_sweeps || comes || part.loaded == Some(false) || !sweeps::counts_bounces(frame, target) {
        return;
    }
    part.told_of_sweeps = true;
    let text = format!(
        "sweep rules (adaptive_sweep_rule) look at bounces {interval} s after the session began: `advance` lets time go on"
    );
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
    fn several_actions_of_a_rule_are_done_in_their_order() {
        let action = |actions: &str| {
            let rules =
                format!("{{ responses = {{ {{ code = '^4', trigger = '1', action = {{ {actions} }} }} }} }}");
            let state = configured("adaptive_enabled = true\nmax_outbound_connections = 9", &rules);
            reply(&state, "big.example", "421 no");
            let events: Vec<String> = state
                .frame
                .trace()
                .events()
                .iter()
                .filter_map(|event| match &event.what {
                    What::Adaptive { action, .. } => Some(action.clone()),
                    _ => None,
                })
                .collect();
            events
        };
        assert_eq!(
            action(
                "{ 'reduce_connections', 2 }, { 'suspend', '1 hours' }, { 'reduce_connections', 4 }, { 'suspend', '2 hours' }"
            ),
            [
                "reduce_connections: max_outbound_connections goes from 9 to 7",
                "suspend for 3600 s",
                "reduce_connections: max_outbound_connections goes from 7 to 3",
                "suspend: it is suspended already, for 3600 s more",
            ]
        );
        assert_eq!(
            action("{ 'suspend', '2 hours' }, { 'suspend', '1 hours' }"),
            ["suspend for 7200 s", "suspend: it is suspended already, for 7200 s more"]
        );
    }

    #[test]
    fn what_follows_a_transcode_comes_before_the_next_action() {
        let state = tested::state();
        let _: () = state.eval(
            "require('msys.adaptive') msys.adaptive.registerRules({ ['big.example'] = { responses = { { code = '^5', trigger = '1',
               action = { { 'transcode', '454', 'suspend', '1 hours' }, { 'blackhole', '5 minutes' }, { 'transcode', '452' } } } } } })",
        );
        assert_eq!(reply(&state, "big.example", "550 no"), Some(452));
        let report = state.report();
        let places: Vec<usize> = ["code 454", "suspend for 3600 s", "blackhole for 300 s", "code 452"]
            .iter()
            .map(|text| report.find(text).unwrap_or_else(|| panic!("{text}: {report}")))
            .collect();
        assert!(places.is_sorted(), "{report}");
    }

    const SWEPT: &str = "adaptive_enabled = true\nadaptive_attempt_threshold = 4\n\
        [configuration.bounce_classifier_override]\n[configuration.fbl]\n";

    /// What the sweeps until then do, an action each: rule, count, total, action.
    fn swept(state: &State, seconds: f64) -> Vec<String> {
        let until = Clock::now(&state.frame) + seconds;
        state.frame.trace().take();
        while crate::api::schedule::run_due(&state.lua, &state.frame, until).unwrap().is_some() {}
        Clock::set(&state.lua, &state.frame, until);
        let sweeps = |event: &crate::report::Event| match &event.what {
            What::Sweep { rule, count, total, threshold, action, .. } => {
                Some(format!("{rule} {count}/{total} {threshold}: {action}"))
            }
            What::Note { text } => Some(text.clone()),
            _ => None,
        };
        state.frame.trace().events().iter().filter_map(sweeps).collect()
    }

    #[test]
    fn a_sweep_acts_on_the_share_of_bounces() {
        let rule = "[configuration.adaptive_sweep_rule.x]\ncodes = ['bc:10']\nlow_threshold = 20\nhigh_threshold = 50\n\
            high_action = ['suspend', '8 hours']\n[configuration.adaptive]\nbounce_sweep_interval = 600\n";
        let state = configured(&format!("{SWEPT}{rule}"), "{ responses = {} }");
        for answer in ["250 OK", "250 OK", "421 later", "550 5.1.1 no such user"] {
            reply(&state, "big.example", answer);
        }
        let low =
            "x 1/4 20: throttle down: outbound_throttle_messages is not set, so there is no rate to lower";
        assert_eq!(swept(&state, 599.0), [] as [&str; 0]);
        assert_eq!(swept(&state, 1.0), [low]);
        assert_eq!(obstacle(&state.frame, Some("b1"), "big.example"), None);
        reply(&state, "big.example", "550 5.1.1 no such user");
        reply(&state, "big.example", "550 5.1.1 no such user");
        assert_eq!(swept(&state, 600.0), ["x 3/6 50: suspend for 28800 s"]);
        assert!(matches!(obstacle(&state.frame, Some("b1"), "big.example"), Some(Obstacle::Suspended(_))));
        // Until an hour has passed it acts again, then too few attempts are left, and in the end none.
        let later = swept(&state, 10.0 * 3600.0);
        let [again @ .., few] = later.as_slice() else { panic!("{later:?}") };
        assert_eq!(again.len(), 4, "{later:?}");
        assert!(again.iter().all(|one| one.contains("suspended already")), "{later:?}");
        assert!(few.contains("2 of 2 attempts: it acts from 4 on"), "{few}");
    }

    #[test]
    fn the_servers_own_sweep_rules_hold_where_there_are_none() {
        let before = "[[adaptive]]\ndomain = 'big.example'\nbinding = 'b1'\nattempts = 30000\ndeliveries = 29000\n\
            bounces = { 10 = 800, 24 = 200, 22 = 9000 }\ncomplaints = { abuse = 145, other = 9000 }\n";
        let state = configured(&format!("{SWEPT}{before}"), "{ responses = {} }");
        assert_eq!(
            swept(&state, 3600.0),
            [
                "default_bounce_rule 1000/30000 3: throttle down: outbound_throttle_messages is not set, so there is no rate to lower",
                "default_fbl_rule 145/29000 0.5: suspend for 14400 s",
            ]
        );
    }

    #[test]
    fn few_attempts_and_missing_modules_keep_a_sweep_rule_from_acting() {
        let state = configured(
            "adaptive_enabled = true\n[configuration.bounce_classifier_override]\n",
            "{ responses = {} }",
        );
        reply(&state, "big.example", "550 5.1.1 no such user");
        assert_eq!(
            swept(&state, 7200.0),
            [
                "sweep rule `default_bounce_rule` for big.example on b1, 1 of 1 attempts: it acts from 2000 on (`adaptive_attempt_threshold`)"
            ]
        );
        let state =
            configured("adaptive_enabled = true\nadaptive_attempt_threshold = 1\n", "{ responses = {} }");
        reply(&state, "big.example", "550 5.1.1 no such user");
        let said = swept(&state, 7200.0).join("\n");
        assert!(said.contains("does not load `bounce_classifier_override`"), "{said}");
        let off = configured(
            "adaptive_sweep_rule_enabled = 0\nadaptive_attempt_threshold = 1\nadaptive_enabled = true\n\
            [configuration.bounce_classifier_override]\n",
            "{ responses = {} }",
        );
        reply(&off, "big.example", "550 5.1.1 no such user");
        assert_eq!(swept(&off, 7200.0), [] as [&str; 0]);
    }

    #[test]
    fn sweep_rules_of_the_binding_hold_before_those_of_the_domain() {
        let rules = "[configuration.adaptive_sweep_rule.all]\ncodes = ['bc:10', 'fbl:abuse']\n\
            [configuration.binding.b1]\nadaptive_sweep_rule_enabled = 0\n\
            [configuration.binding.b1.adaptive_sweep_rule.one]\ncodes = ['bc:22']\n\
            [configuration.binding.b1.domain.'big.example']\nadaptive_sweep_rule_enabled = 1\n\
            [configuration.binding.b1.domain.'big.example'.adaptive_sweep_rule.two]\ncodes = ['bc:10']\nhigh_action = ['blackhole', '1 hours']\n\
            [configuration.domain.'big.example'.adaptive_sweep_rule.TWO]\ncodes = ['bc:10']\n";
        let state = configured(&format!("{SWEPT}{rules}"), "{ responses = {} }");
        for _ in 0..2 {
            reply(&state, "big.example", "550 5.1.1 no such user");
            reply(&state, "big.example", "552 5.2.2 mailbox full");
            reply(&state, "other.example", "550 5.1.1 no such user");
            reply(&state, "other.example", "552 5.2.2 mailbox full");
        }
        // `all` mixes bounces and complaints, `one` is off, and `two` of the domain stands behind that of the binding.
        assert_eq!(swept(&state, 3600.0), ["two 2/4 10: blackhole for 3600 s"]);
    }

    #[test]
    fn a_bounce_that_no_sweep_will_see_is_told() {
        let rule = format!("{SWEPT}[configuration.adaptive_sweep_rule.x]\ncodes = ['bc:10']");
        let state = configured(&rule, "{ responses = {} }");
        reply(&state, "big.example", "421 later");
        assert!(!state.report().contains("sweep rules"), "{}", state.report());
        reply(&state, "big.example", "550 no");
        reply(&state, "other.example", "550 no");
        let report = state.report();
        assert_eq!(report.matches("look at bounces 3600 s after the session began").count(), 1, "{report}");
    }

    #[test]
    fn options_of_the_binding_go_before_those_of_the_domain() {
        let rules =
            "{ responses = { { code = '^4', trigger = '1', action = { 'reduce_connections', 1 } } } }";
        let configuration = "adaptive_enabled = true\nmax_outbound_connections = 9\n\
            [configuration.domain.'big.example']\nmax_outbound_connections = 7\n\
            [configuration.binding.b1]\nmax_outbound_connections = 5\n";
        let state = configured(configuration, rules);
        reply(&state, "big.example", "421 no");
        assert!(state.report().contains("max_outbound_connections goes from 5 to 4"), "{}", state.report());
        outcome(&state.lua, &state.frame, Some("b2"), "big.example", &"421 no".parse().unwrap()).unwrap();
        assert!(state.report().contains("max_outbound_connections goes from 7 to 6"), "{}", state.report());
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
