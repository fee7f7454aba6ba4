//! The list of responses of a domain.

use super::super::node::{Field, Key, Node, Table, Value};
use super::super::pattern;
use super::super::text::listed;
use super::super::trigger::Trigger;
use super::{Phase, Reader, Response};
use crate::diagnostic::Severity;
use momentum_lua_stub_reader::model::AdaptiveField;
use smol_str::SmolStr;

impl<P: Clone> Reader<'_, P> {
    pub(super) fn responses(&mut self, field: &Field<P>) -> Vec<Response<P>> {
        let node = &field.value;
        let table = match &node.value {
            Value::Table(table) => table,
            Value::Unknown | Value::Nil => return Vec::new(),
            other => {
                let message = format!("`responses` is a list of tables, and this is {}", other.kind());
                self.error(&node.place, message);
                return Vec::new();
            }
        };
        if self.looks_like_response(table) && table.elements().is_empty() {
            let message = "`responses` is a list of responses, each a table of its own: this one needs another pair of braces around it";
            self.error(&field.key_place, message);
            return self.response(node).into_iter().collect();
        }
        let mut responses = Vec::new();
        for field in &table.fields {
            match &field.key {
                Key::Name(name) => {
                    if self.is_field("domain", name) {
                        let message = format!(
                            "`{name}` stands in `responses`, where it is not looked at: it belongs beside `responses`"
                        );
                        self.error(&field.key_place, message);
                        if name == "configuration" {
                            self.settings(&field.value);
                        }
                    } else {
                        let message =
                            format!("`responses` is a list: what stands under `{name}` is not looked at");
                        self.error(&field.key_place, message);
                    }
                }
                Key::Element(_) | Key::Unknown => match &field.value.value {
                    Value::Table(inner)
                        if !self.looks_like_response(inner)
                            && matches!(
                                inner.elements().first().map(|first| &first.value.value),
                                Some(Value::Table(_))
                            ) =>
                    {
                        let message = "a list stands here where a response belongs: there is one pair of braces too many";
                        self.error(&field.value.place, message).at_start = true;
                    }
                    _ => responses.extend(self.response(&field.value)),
                },
            }
        }
        responses
    }

    pub(super) fn response(&mut self, node: &Node<P>) -> Option<Response<P>> {
        let table = match &node.value {
            Value::Table(table) => table,
            Value::Unknown | Value::Nil => return None,
            other => {
                let message = format!(
                    "a response is a table with `code`, `trigger` and `action`, and this is {}",
                    other.kind()
                );
                self.error(&node.place, message);
                return None;
            }
        };
        let mut response = Response {
            place: node.place.clone(),
            code: None,
            trigger: None,
            actions: Vec::new(),
            message: None,
            phase: None,
        };
        let mut positional = None;
        for field in &table.fields {
            let name = match &field.key {
                Key::Name(name) => name,
                Key::Unknown => continue,
                Key::Element(_) => {
                    if !matches!(field.value.value, Value::Unknown | Value::Nil) {
                        positional = positional.or(Some(&field.value));
                    }
                    continue;
                }
            };
            match name.as_str() {
                "code" => response.code = self.code(&field.value),
                "trigger" => response.trigger = self.trigger(&field.value),
                "action" => response.actions = self.actions(&field.value),
                "message" => response.message = self.message(&field.value),
                "phase" => {
                    let value = field.value.value.text().cloned();
                    response.phase = Some(Phase { place: field.place.clone(), value });
                }
                _ => self.unknown_field("response", name, field),
            }
        }
        if let Some(value) = positional {
            let message = "the values of a response have names, as `code = \"…\"`: this one is not looked at";
            self.error(&value.place, message).at_start = matches!(value.value, Value::Table(_));
        }
        let is_known = table.complete && !table.fields.iter().any(|field| field.key == Key::Unknown);
        if is_known {
            self.missing(table, &node.place, positional.is_some());
        }
        Some(response)
    }

    fn missing(&mut self, table: &Table<P>, place: &P, has_unnamed: bool) {
        let lacks = |field: &&AdaptiveField| {
            field.required
                && table.field(&field.name).is_none_or(|field| matches!(field.value.value, Value::Nil))
        };
        let missing: Vec<&str> =
            self.fields("response").filter(lacks).map(|field| field.name.as_str()).collect();
        // A misspelt name is told already, and so is what has none.
        let is_told = has_unnamed
            || table.fields.iter().any(|field| match &field.key {
                Key::Name(name) => !self.is_field("response", name),
                _ => false,
            });
        if missing.is_empty() || is_told {
            return;
        }
        let consequence = match missing.as_slice() {
            ["action"] => "nothing is done about the reply",
            ["code"] => "it matches no reply",
            _ => "it never comes to an action",
        };
        let message = format!("this response has no {}: {consequence}", listed(missing, "and no"));
        self.error(place, message).at_start = true;
    }

    fn code(&mut self, node: &Node<P>) -> Option<SmolStr> {
        match &node.value {
            Value::Text(Some(code)) => {
                if let Some(problem) = pattern::compile_problem(code) {
                    self.text_error(&node.place, problem);
                } else if let Some(problem) = pattern::doubt(code) {
                    self.text_problem(&node.place, Severity::Warning, problem);
                }
                Some(code.clone())
            }
            // Lua takes a number for its digits.
            Value::Unknown | Value::Nil | Value::Text(None) | Value::Number(_) => None,
            other => {
                let message = format!(
                    "`code` is a regular expression, written as text, and this is {}: no reply matches",
                    other.kind()
                );
                self.error(&node.place, message);
                None
            }
        }
    }

    fn trigger(&mut self, node: &Node<P>) -> Option<Trigger> {
        match &node.value {
            Value::Text(Some(text)) => match Trigger::parse(text) {
                Ok(trigger) => Some(trigger),
                Err(problem) => {
                    self.text_error(&node.place, problem);
                    None
                }
            },
            Value::Unknown | Value::Nil | Value::Text(None) => None,
            Value::Number(Some(number)) if (*number - 1.0).abs() < f64::EPSILON => {
                let message = "a trigger is documented as text: `\"1\"`";
                self.report(&node.place, Severity::Info, message);
                Some(Trigger::First)
            }
            Value::Number(_) => {
                let message = "a trigger is text, `\"1\"` or `\"<replies>/<seconds>\"`: without its quotes `10/1` is the number 10, and the interval is lost";
                self.error(&node.place, message);
                None
            }
            other => {
                let message = format!(
                    "a trigger is text, `\"1\"` or `\"<replies>/<seconds>\"`, and this is {}",
                    other.kind()
                );
                self.error(&node.place, message).at_start = matches!(other, Value::Table(_));
                None
            }
        }
    }

    fn message(&mut self, node: &Node<P>) -> Option<SmolStr> {
        match &node.value {
            Value::Table(_) | Value::Function(_) | Value::Boolean => {
                let message =
                    format!("`message` is the text of the alert, and this is {}", node.value.kind());
                self.error(&node.place, message);
                None
            }
            other => other.text().cloned(),
        }
    }
}
