//! What actions of rules do to later deliveries.

use std::collections::BTreeMap;

use mlua::{Function, Lua, Value};
use momentum_lua_analyzer::adaptive::{Action, Content, Domain, SettingValue};

use super::{Target, options};
use crate::api::{Frame, shown};
use crate::machine;
use crate::report::Place;

/// What rules did to bindings and domains.
#[derive(Default)]
pub(super) struct Effects {
    /// Until when deliveries are suspended, as the clock gives it.
    suspended: BTreeMap<Target, f64>,
    /// Until when mail is thrown away.
    blackholed: BTreeMap<Target, f64>,
    /// Values of options that actions and functions have set.
    options: BTreeMap<(Target, String), f64>,
    /// Ages of bindings in seconds, and when they were set.
    ages: BTreeMap<Option<String>, (f64, f64)>,
}

/// What an action is taken on.
#[derive(Clone, Copy)]
pub(super) struct Occasion<'a> {
    pub(super) frame: &'a Frame,
    pub(super) target: &'a Target,
    /// The rules of the domain, where the action is one of theirs.
    pub(super) domain: Option<&'a Domain<Option<Place>>>,
    /// The time, as the clock gives it.
    pub(super) now: f64,
}

/// What stands in the way of a delivery.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Obstacle {
    /// It waits for so many seconds more.
    Suspended(f64),
    /// The mail is thrown away.
    Blackholed,
}

impl Effects {
    pub(super) fn obstacle(&self, target: &Target, now: f64) -> Option<Obstacle> {
        let left = |times: &BTreeMap<Target, f64>| {
            times.get(target).map(|until| until - now).filter(|left| *left > 0.0)
        };
        if left(&self.blackholed).is_some() {
            return Some(Obstacle::Blackholed);
        }
        left(&self.suspended).map(Obstacle::Suspended)
    }

    /// Does what an action says; gives it in words.
    pub(super) fn apply(&mut self, action: &Action, occasion: Occasion<'_>) -> String {
        let Occasion { frame, target, now, .. } = occasion;
        let alert = |event: &str| match options::told_by_mail(frame, target, event) {
            Some(to) => format!("; an alert goes to {to}"),
            None => String::new(),
        };
        match action {
            Action::Suspend(time) => {
                let time = time.seconds();
                // What is suspended already stays so for as long as it was.
                let until = self.suspended.get(target).copied().filter(|until| *until > now);
                match until {
                    Some(until) => {
                        format!("suspend: it is suspended already, for {} s more", (until - now).round())
                    }
                    None => {
                        self.suspended.insert(target.clone(), now + time as f64);
                        format!("suspend for {time} s{}", alert("suspension"))
                    }
                }
            }
            Action::Blackhole(time) => {
                let time = time.seconds();
                self.blackholed.insert(target.clone(), now + time as f64);
                format!("blackhole for {time} s{}", alert("blackhole"))
            }
            Action::ThrottleDown => throttle(occasion, &alert("throttle")),
            Action::Greylisted(time) => {
                let time = time.seconds();
                for option in ["retry_interval", "max_retry_interval"] {
                    self.options.insert((target.clone(), option.to_owned()), time as f64);
                }
                format!("greylisted: the next attempt in {time} s (retry_interval and max_retry_interval)")
            }
            Action::Warmup { age } => {
                self.ages.insert(target.0.clone(), (*age as f64, now));
                let binding = target.0.as_deref().unwrap_or("default");
                format!("warmup: the binding {binding} counts as {age} s old")
            }
            Action::ReduceConnections { by } => {
                self.reduce(occasion, "reduce_connections", "max_outbound_connections", *by)
            }
            Action::ReduceDeliveries { by } => {
                self.reduce(occasion, "reduce_deliveries", "max_deliveries_per_connection", *by)
            }
            Action::Transcode { code, .. } => format!("transcode: a temporary failure with the code {code}"),
        }
    }

    fn reduce(
        &mut self,
        Occasion { frame, target, domain, .. }: Occasion<'_>,
        action: &str,
        option: &'static str,
        by: f64,
    ) -> String {
        let of_rules = setting(domain, option).and_then(|value| match value {
            SettingValue::Between { low, high } => Some((*low, *high)),
            SettingValue::Fixed(value) => Some((1.0, *value)),
            _ => None,
        });
        let bounds = of_rules.or_else(|| {
            let words = options::words(frame, target, &format!("adaptive_{option}"))?;
            let mut numbers = words.iter().flat_map(|words| words.split_whitespace()).map(str::parse::<f64>);
            Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
        });
        let configured = || options::number(frame, target, option);
        let Some((low, high)) = bounds.or_else(|| configured().map(|value| (1.0, value))) else {
            return format!("{action}: {option} is lowered by {by}");
        };
        let before = self.set_last(target, option).unwrap_or(high);
        let after = (before - by).max(low);
        self.options.insert((target.clone(), option.to_owned()), after);
        format!("{action}: {option} goes from {before} to {after}")
    }

    /// The value that adaptive delivery gave an option last.
    pub(super) fn set_last(&self, target: &Target, option: &str) -> Option<f64> {
        self.options.get(&(target.clone(), option.to_owned())).copied()
    }

    /// Keeps the value that a function gave.
    pub(super) fn keep(&mut self, target: &Target, option: &str, value: f64) {
        self.options.insert((target.clone(), option.to_owned()), value);
    }

    /// The age of a binding in seconds: new, unless an action said otherwise.
    pub(super) fn age(&self, binding: Option<&str>, now: f64) -> f64 {
        let set = self.ages.get(&binding.map(str::to_owned));
        set.map_or(0.0, |(age, since)| age + now - since)
    }
}

/// By how much the rate goes down is the server's; without a rate there is nothing to lower.
fn throttle(Occasion { frame, target, domain, .. }: Occasion<'_>, alert: &str) -> String {
    const OPTION: &str = "outbound_throttle_messages";
    let of_rules = setting(domain, OPTION).map(described);
    let configured = || options::words(frame, target, OPTION).map(|words| words.join(" "));
    match of_rules.or_else(configured).filter(|rate| rate != "0") {
        Some(rate) => format!("throttle down: {OPTION}, {rate}, is lowered{alert}"),
        None => format!("throttle down: {OPTION} is not set, so there is no rate to lower{alert}"),
    }
}

/// What the rules set an option of a domain to.
fn setting<'d>(domain: Option<&'d Domain<Option<Place>>>, option: &str) -> Option<&'d SettingValue> {
    match &domain?.content {
        Content::Own { settings, .. } => {
            settings.iter().find(|setting| setting.option == option).map(|setting| &setting.value)
        }
        _ => None,
    }
}

/// What an option is set to, in words.
pub(super) fn described(value: &SettingValue) -> String {
    match value {
        SettingValue::Fixed(number) => number.to_string(),
        SettingValue::Between { low, high } => format!("between {low} and {high}"),
        SettingValue::Computed => "what a function gives".to_owned(),
        SettingValue::Unknown => "something that is no number".to_owned(),
    }
}

/// What a function gives for an option, and how it is told. `given` are its arguments: the value of the configuration, the
/// last one of adaptive delivery, the age of the binding, and attempts, which are always 0.
pub(super) fn computed(
    lua: &Lua,
    function: &Function,
    given: (f64, f64, f64, f64),
) -> mlua::Result<(Option<f64>, String)> {
    Ok(match machine::protected(lua, function, given)? {
        Ok(values) => match values.front() {
            Some(value @ Value::Integer(number)) => {
                (Some(*number as f64), format!("{} (by a function)", shown(value)))
            }
            Some(value @ Value::Number(number)) => {
                (Some(*number), format!("{} (by a function)", shown(value)))
            }
            other => (None, format!("no number, but {}", other.map_or_else(|| "nothing".to_owned(), shown))),
        },
        Err(error) => (None, format!("an error of its function: {error}")),
    })
}
