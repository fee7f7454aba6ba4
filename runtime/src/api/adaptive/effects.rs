//! What actions of rules do to later deliveries.

use std::collections::BTreeMap;

use mlua::{Function, Lua, Value};
use momentum_lua_analyzer::adaptive::{Action, Content, Domain, SettingValue};

use super::Target;
use crate::api::shown;
use crate::machine;
use crate::report::Place;

/// What rules did to bindings and domains.
#[derive(Default)]
pub(super) struct Effects {
    /// Until when deliveries are suspended, as the clock gives it.
    suspended: BTreeMap<Target, f64>,
    /// Until when mail is thrown away.
    blackholed: BTreeMap<Target, f64>,
    /// Values of options that actions have lowered.
    options: BTreeMap<(Target, &'static str), f64>,
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
    pub(super) fn apply(
        &mut self,
        action: &Action,
        target: &Target,
        domain: &Domain<Option<Place>>,
        now: f64,
    ) -> String {
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
                        format!("suspend for {time} s")
                    }
                }
            }
            Action::Blackhole(time) => {
                let time = time.seconds();
                self.blackholed.insert(target.clone(), now + time as f64);
                format!("blackhole for {time} s")
            }
            Action::ThrottleDown => "throttle down: outbound_throttle_messages is lowered".to_owned(),
            Action::Greylisted(time) => format!("greylisted: the next attempt in {} s", time.seconds()),
            Action::Warmup { age } => format!("warmup: the binding's age is {age} s"),
            Action::ReduceConnections { by } => {
                self.reduce("reduce_connections", "max_outbound_connections", *by, target, domain)
            }
            Action::ReduceDeliveries { by } => {
                self.reduce("reduce_deliveries", "max_deliveries_per_connection", *by, target, domain)
            }
            Action::Transcode { code, .. } => format!("transcode: a temporary failure with the code {code}"),
        }
    }

    fn reduce(
        &mut self,
        action: &str,
        option: &'static str,
        by: f64,
        target: &Target,
        domain: &Domain<Option<Place>>,
    ) -> String {
        let setting = match &domain.content {
            Content::Own { settings, .. } => settings.iter().find(|setting| setting.option == option),
            _ => None,
        };
        let bounds = match setting.map(|setting| &setting.value) {
            Some(SettingValue::Between { low, high }) => Some((*low, *high)),
            _ => None,
        };
        let key = (target.clone(), option);
        let Some((low, high)) = bounds else { return format!("{action}: {option} is lowered by {by}") };
        let before = self.options.get(&key).copied().unwrap_or(high);
        let after = (before - by).max(low);
        self.options.insert(key, after);
        format!("{action}: {option} goes from {before} to {after}")
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

/// What a function gives for an option. Nothing was set before, the binding is new, and no message was tried.
pub(super) fn computed(lua: &Lua, function: &Function) -> mlua::Result<String> {
    let arguments = (0, 0, 0, 0);
    Ok(match machine::protected(lua, function, arguments)? {
        Ok(values) => match values.front() {
            Some(value @ (Value::Integer(_) | Value::Number(_))) => {
                format!("{} (by a function)", shown(value))
            }
            other => format!("no number, but {}", other.map_or_else(|| "nothing".to_owned(), shown)),
        },
        Err(error) => format!("an error of its function: {error}"),
    })
}
