//! What stands under `configuration`: `max_outbound_connections = { 2, 20 }`.

use super::node::{Field, FunctionResult, Key, Node, Table, Value};
use super::problem::TextProblem;
use super::reader::Reader;
use super::text::{first_look_alike, listed};
use crate::configuration::near::near_names;
use crate::diagnostic::Severity;
use momentum_lua_stub_reader::model::AdaptiveOption;
use smol_str::SmolStr;

/// An option of a domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting<P = ()> {
    /// Where its name stands.
    pub place: P,
    /// The option, as the documentation spells it.
    pub option: SmolStr,
    /// What it is set to.
    pub value: SettingValue,
}

/// What an option is set to.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingValue {
    /// It has that value.
    Fixed(f64),
    /// It is kept within these bounds.
    Between {
        /// At least that.
        low: f64,
        /// At most that.
        high: f64,
    },
    /// A function gives it.
    Computed,
    /// Not known.
    Unknown,
}

impl<P: Clone> Reader<'_, P> {
    /// What `configuration` of a domain sets.
    pub(super) fn settings(&mut self, node: &Node<P>) -> Vec<Setting<P>> {
        let table = match &node.value {
            Value::Table(table) => table,
            Value::Unknown | Value::Nil => return Vec::new(),
            other => {
                let message = format!("`configuration` is a table of options, and this is {}", other.kind());
                self.error(&node.place, message);
                return Vec::new();
            }
        };
        table.fields.iter().filter_map(|field| self.setting(field)).collect()
    }

    fn setting(&mut self, field: &Field<P>) -> Option<Setting<P>> {
        let name = match &field.key {
            Key::Name(name) => name,
            Key::Unknown => return None,
            Key::Element(_) => {
                if !matches!(field.value.value, Value::Unknown | Value::Nil) {
                    let message = "an option needs its name in front, as `max_outbound_connections = { 2, 20 }`: this is set for none";
                    self.error(&field.value.place, message);
                }
                return None;
            }
        };
        let Some(option) = self.grammar.options.iter().find(|option| option.name == name.as_str()) else {
            self.unknown_option(name, field);
            return None;
        };
        if !option.managed && !self.managed.iter().any(|managed| managed.eq_ignore_ascii_case(name)) {
            let message = format!(
                "adaptive delivery does not manage `{name}` by itself: `adaptive_manage_options` has to name it"
            );
            let page = option.page.clone();
            self.report(&field.key_place, Severity::Info, message).page = page;
        }
        let value = self.setting_value(option, &field.value);
        Some(Setting { place: field.key_place.clone(), option: name.clone(), value })
    }

    fn unknown_option(&mut self, name: &str, field: &Field<P>) {
        let key = &field.key_place;
        if let Some(problem) = first_look_alike(name) {
            self.text_error(key, problem);
            return;
        }
        let grammar = self.grammar;
        let names = || grammar.options.iter().map(|option| option.name.as_str());
        let lower = name.to_ascii_lowercase();
        let problem = if let Some(known) = names().find(|known| *known == lower) {
            let message = format!("options are written in lower case here: `{name}` sets nothing");
            TextProblem::new(0..name.len(), message).corrected(known)
        } else if grammar.fields.iter().any(|field| field.table == "domain" && field.name == name) {
            let message = format!("`{name}` belongs beside `configuration`, not into it");
            TextProblem::new(0..name.len(), message)
        } else {
            let near = near_names(name, names());
            let meant = match near.as_slice() {
                [] => String::new(),
                near => format!(": is {} meant?", listed(near.iter().copied(), "or")),
            };
            let message = format!("`{name}` is no option that adaptive delivery adjusts{meant}");
            let problem = TextProblem::new(0..name.len(), message);
            match near.as_slice() {
                [only] => problem.corrected(*only),
                _ => problem,
            }
        };
        self.text_error(key, problem);
    }

    fn setting_value(&mut self, option: &AdaptiveOption, node: &Node<P>) -> SettingValue {
        let name = &option.name;
        match &node.value {
            Value::Unknown | Value::Text(None) | Value::Number(None) | Value::Nil => SettingValue::Unknown,
            Value::Number(Some(number)) => SettingValue::Fixed(*number),
            Value::Text(Some(text)) => match text.trim_ascii().parse::<f64>() {
                Ok(number) if number.is_finite() => SettingValue::Fixed(number),
                _ => {
                    let message = format!("`{name}` is a number, of {}, and `{text}` is none", option.unit);
                    self.error(&node.place, message);
                    SettingValue::Unknown
                }
            },
            Value::Boolean => {
                let message = format!(
                    "`{name}` is a number, two bounds `{{ low, high }}` or a function, and this is a boolean"
                );
                self.error(&node.place, message);
                SettingValue::Unknown
            }
            Value::Table(table) => self.bounds(option, node, table),
            Value::Function(result) => {
                match result {
                    FunctionResult::Other => {
                        let message = format!("this function gives no number, and `{name}` is one");
                        self.error(&node.place, message);
                    }
                    FunctionResult::MayBeNothing => {
                        let message = format!(
                            "`{name}` gets what this function gives, and on some path it gives nothing"
                        );
                        self.report(&node.place, Severity::Warning, message);
                    }
                    FunctionResult::Number | FunctionResult::Unknown => {}
                }
                SettingValue::Computed
            }
        }
    }

    fn bounds(&mut self, option: &AdaptiveOption, node: &Node<P>, table: &Table<P>) -> SettingValue {
        let name = &option.name;
        for field in &table.fields {
            if let Key::Name(key) = &field.key {
                let message =
                    format!("bounds are a list, `{{ low, high }}`, without keys: `{key}` is not looked at");
                self.error(&field.key_place, message);
                return SettingValue::Unknown;
            }
        }
        let elements = table.elements();
        let mut numbers = Vec::new();
        for element in &elements {
            match &element.value.value {
                Value::Number(Some(number)) => numbers.push(*number),
                Value::Text(Some(text)) if text.trim_ascii().parse::<f64>().is_ok() => {
                    numbers.push(text.trim_ascii().parse().unwrap_or_default());
                }
                Value::Unknown | Value::Number(None) | Value::Text(None) | Value::Nil => {
                    return SettingValue::Unknown;
                }
                other => {
                    let message = format!("a bound of `{name}` is a number, and this is {}", other.kind());
                    self.error(&element.value.place, message);
                    return SettingValue::Unknown;
                }
            }
        }
        match numbers.as_slice() {
            [low, high] if low <= high => SettingValue::Between { low: *low, high: *high },
            [low, high] => {
                let message = format!("the lower bound comes first: nothing lies between {low} and {high}");
                self.error(&node.place, message);
                SettingValue::Unknown
            }
            _ if !table.complete => SettingValue::Unknown,
            _ => {
                let message = format!(
                    "bounds are two numbers, `{{ low, high }}`, and there {} here",
                    match numbers.len() {
                        0 => "is none".to_owned(),
                        1 => "is one".to_owned(),
                        count => format!("are {count}"),
                    }
                );
                self.error(&node.place, message);
                SettingValue::Unknown
            }
        }
    }
}
