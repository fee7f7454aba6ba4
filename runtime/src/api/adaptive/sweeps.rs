//! Sweep rules: from time to time the server looks at the bounces and complaints of each binding and domain.
//!
//! `adaptive_sweep_rule "x" { codes = ( "bc:10" ) low_threshold = 2 high_threshold = 7 }`

use momentum_lua_analyzer::adaptive::Action;
use momentum_lua_analyzer::adaptive::sweep::{SweepCode, read_action, read_code};
use smol_str::SmolStr;

use super::effects::Occasion;
use super::{Adaptive, Target, options};
use crate::api::Frame;
use crate::api::clock::Clock;
use crate::api::config::Settings;
use crate::report::What;

/// How long bounces count, in seconds: the page says that the server has it built in.
const HOUR: f64 = 3600.0;
/// Seconds between two sweeps, where the configuration does not say.
const INTERVAL: f64 = 3600.0;

/// A rule that holds for a binding and a domain.
struct Rule {
    name: String,
    codes: Vec<SweepCode>,
    /// Percentage and action.
    low: (f64, Option<Action>),
    high: (f64, Option<Action>),
}

/// What a rule counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bounces,
    Complaints,
}

impl Kind {
    /// The module without which nothing is counted.
    const fn module(self) -> &'static str {
        match self {
            Self::Bounces => "bounce_classifier_override",
            Self::Complaints => "fbl",
        }
    }

    /// The option with the least number that a rule needs, and its default.
    const fn least(self) -> (&'static str, f64) {
        match self {
            Self::Bounces => ("adaptive_attempt_threshold", 2000.0),
            Self::Complaints => ("adaptive_fbl_volume_threshold", 20_000.0),
        }
    }

    /// How long it counts, in seconds.
    fn window(self, frame: &Frame) -> f64 {
        match self {
            Self::Bounces => HOUR,
            Self::Complaints => {
                let words = Settings::words(frame, &["adaptive", "fbl_stats_monitor"]).unwrap_or_default();
                let text = words.join(" ");
                let mut numbers = text
                    .split(|char: char| !char.is_ascii_digit() && char != '.')
                    .filter_map(|number| number.parse::<f64>().ok());
                match (numbers.next(), numbers.next()) {
                    (Some(seconds), Some(windows)) => seconds * windows,
                    _ => 24.0 * HOUR,
                }
            }
        }
    }
}

impl Rule {
    /// None where it mixes bounces and complaints, or counts nothing: such a rule is ignored.
    fn kind(&self) -> Option<Kind> {
        let bounces = self.codes.iter().any(|code| matches!(code, SweepCode::Bounce(_)));
        let complaints = self.codes.iter().any(|code| matches!(code, SweepCode::Feedback(_)));
        match (bounces, complaints) {
            (true, false) => Some(Kind::Bounces),
            (false, true) => Some(Kind::Complaints),
            _ => None,
        }
    }
}

/// Seconds between two sweeps; none where they are off.
pub(super) fn interval(frame: &Frame) -> Option<f64> {
    let words = Settings::words(frame, &["adaptive", "bounce_sweep_interval"]);
    let interval = words.and_then(|words| words.first()?.parse::<f64>().ok()).unwrap_or(INTERVAL);
    (interval >= 1.0).then_some(interval)
}

/// Whether the configuration itself has a rule for a binding and a domain that counts bounces.
pub(super) fn counts_bounces(frame: &Frame, target: &Target) -> bool {
    configured(frame, target).iter().any(|rule| rule.kind() == Some(Kind::Bounces))
}

/// The time of the next sweep, as the clock gives it; none while there is nothing to look at.
pub(super) fn next(frame: &Frame, part: &Adaptive) -> Option<f64> {
    let begin = frame.session().clock.seconds();
    let known = match part.counts.last() {
        Some(last) => last,
        None if frame.session().adaptive.is_empty() => return None,
        None => begin,
    };
    if part.loaded == Some(false) {
        return None;
    }
    let interval = interval(frame)?;
    let swept = part.swept.unwrap_or(begin);
    let turns = ((swept - begin) / interval).floor() + 1.0;
    let by_now = ((Clock::now(frame) - begin) / interval).ceil();
    let due = begin + turns.max(by_now) * interval;
    let longest = Kind::Complaints.window(frame).max(HOUR);
    (due - known <= longest).then_some(due)
}

/// Looks at all bindings and domains, and does what the rules say. Tells whether there is anything to tell.
pub(super) fn sweep(frame: &Frame, part: &mut Adaptive, now: f64) -> bool {
    part.swept = Some(now);
    let before = frame.trace().events().len();
    for target in part.counts.targets(frame.session()) {
        if !options::is_enabled(frame, &target, part.loaded.is_some()) {
            continue;
        }
        for rule in in_force(frame, &target) {
            apply(frame, part, &target, &rule, now);
        }
    }
    frame.trace().events().len() > before
}

fn apply(frame: &Frame, part: &mut Adaptive, target: &Target, rule: &Rule, now: f64) {
    let Some(kind) = rule.kind() else { return };
    let tally = part.counts.since(target, now - kind.window(frame), frame.session());
    let count = tally.of_codes(&rule.codes);
    let total = if kind == Kind::Bounces { tally.attempts } else { tally.deliveries };
    if total == 0 {
        return;
    }
    #[allow(clippy::cast_precision_loss, reason = "a percentage for people and thresholds")]
    let percent = count as f64 * 100.0 / total as f64;
    let (threshold, action) = if percent >= rule.high.0 {
        &rule.high
    } else if percent >= rule.low.0 {
        &rule.low
    } else {
        return;
    };
    let (domain, binding) = (target.1.clone(), target.0.clone());
    let fires = || {
        let what = if kind == Kind::Bounces { "attempts" } else { "deliveries" };
        let on = binding.as_deref().map(|binding| format!(" on {binding}")).unwrap_or_default();
        format!("sweep rule `{}` for {domain}{on}, {count} of {total} {what}", rule.name)
    };
    let idle = |part: &mut Adaptive, why: String| {
        let text = format!("{}: {why}", fires());
        if !part.told_idle.contains(&text) {
            frame.trace().push(None, What::Note { text: text.clone() });
            part.told_idle.push(text);
        }
    };
    let module = kind.module();
    if part.loaded.is_some() && !Settings::has_scope(frame, module) {
        let why = format!("the configuration does not load `{module}`, so nothing is counted for it");
        return idle(part, why);
    }
    let (option, usual) = kind.least();
    let least = options::number(frame, target, option).unwrap_or(usual);
    #[allow(clippy::cast_precision_loss, reason = "counts of mail are far below 2^52")]
    if (total as f64) < least {
        return idle(part, format!("it acts from {least} on (`{option}`)"));
    }
    let Some(action) = action else {
        return idle(part, "what it should do then is no action that a sweep rule knows".to_owned());
    };
    let did = part.act(action, Occasion { frame, target, domain: None, now });
    let what = What::Sweep {
        domain,
        binding,
        rule: rule.name.clone(),
        count,
        total,
        threshold: *threshold,
        action: did,
    };
    frame.trace().push(None, what);
}

/// The rules for a binding and a domain: those of the configuration, and the server's own where it has none of a kind.
fn in_force(frame: &Frame, target: &Target) -> Vec<Rule> {
    let mut rules = configured(frame, target);
    if !is_on(frame, &options::scopes(frame, target)) {
        return rules;
    }
    let Some(grammar) = frame.api().adaptive() else { return rules };
    let own = grammar.sweep.defaults.iter().map(|rule| {
        let words = |words: &[momentum_lua_stub_reader::model::Text]| {
            words.iter().map(|word| word.to_string()).collect::<Vec<_>>()
        };
        Rule {
            name: rule.name.to_string(),
            codes: codes(frame, rule.codes.iter().map(|code| code.as_str())),
            low: (rule.low.0, action(frame, &words(&rule.low.1))),
            high: (rule.high.0, action(frame, &words(&rule.high.1))),
        }
    });
    for rule in own {
        if !rules.iter().any(|known| known.kind() == rule.kind()) {
            rules.push(rule);
        }
    }
    rules
}

/// The rules of the configuration. Of several of one name the one of the most specific scope holds, be it off.
fn configured(frame: &Frame, target: &Target) -> Vec<Rule> {
    const KIND: &str = "adaptive_sweep_rule";
    let scopes = options::scopes(frame, target);
    let mut seen: Vec<String> = Vec::new();
    let mut rules = Vec::new();
    for (place, scope) in scopes.iter().enumerate() {
        let path: Vec<&str> = scope.iter().map(String::as_str).collect();
        let is_on = is_on(frame, scopes.get(place..).unwrap_or_default());
        for name in Settings::stanzas(frame, &path, KIND) {
            let known = name.to_ascii_lowercase();
            if seen.contains(&known) {
                continue;
            }
            seen.push(known);
            if is_on {
                rules.push(read(frame, &path, KIND, name));
            }
        }
    }
    rules
}

fn read(frame: &Frame, scope: &[&str], kind: &str, name: String) -> Rule {
    let words = |option: &str| {
        let path: Vec<&str> = scope.iter().copied().chain([kind, &name, option]).collect();
        Settings::words(frame, &path)
    };
    let number = |option: &str, usual: f64| {
        words(option).and_then(|words| words.first()?.trim_end_matches('%').parse().ok()).unwrap_or(usual)
    };
    let does = |option: &str, usual: [&str; 2]| {
        action(frame, &words(option).unwrap_or_else(|| usual.map(str::to_owned).to_vec()))
    };
    Rule {
        codes: codes(frame, words("codes").unwrap_or_default().iter().map(String::as_str)),
        low: (number("low_threshold", 5.0), does("low_action", ["throttle", "down"])),
        high: (number("high_threshold", 10.0), does("high_action", ["suspend", "4 hours"])),
        name,
    }
}

fn codes<'c>(frame: &Frame, words: impl Iterator<Item = &'c str>) -> Vec<SweepCode> {
    let Some(grammar) = frame.api().adaptive() else { return Vec::new() };
    words.filter_map(|word| read_code(word, grammar).ok()).collect()
}

fn action(frame: &Frame, words: &[String]) -> Option<Action> {
    let grammar = frame.api().adaptive()?;
    let words: Vec<((), SmolStr)> = words.iter().map(|word| ((), SmolStr::new(word))).collect();
    read_action(&(), &words, grammar).0
}

/// Whether sweep rules are on in the first of these scopes, which the others stand around.
fn is_on(frame: &Frame, scopes: &[Vec<String>]) -> bool {
    let words = options::words_in(frame, scopes, "adaptive_sweep_rule_enabled");
    words.is_none_or(|words| words.first().is_some_and(|word| options::is_true(word)))
}
