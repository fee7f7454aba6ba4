//! What is done about a reply: `{ "suspend", "4 hours" }`.

use super::duration::{Duration, in_seconds};
use super::node::{Field, Key, Node, Table, Value};
use super::problem::TextProblem;
use super::reader::Reader;
use super::text::{first_look_alike, listed, whole_number};
use crate::configuration::near::near_names;
use momentum_lua_stub_reader::model::{AdaptiveAction, AdaptiveGrammar, Text};

/// What is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Delivery to the domain on the binding stops for a time.
    Suspend(Duration),
    /// Mail to the domain is thrown away for a time.
    Blackhole(Duration),
    /// The rate of delivery is lowered.
    ThrottleDown,
    /// Delivery is tried again after a time.
    Greylisted(Duration),
    /// The binding gets an age.
    Warmup {
        /// In seconds.
        age: u64,
    },
    /// There are fewer connections.
    ReduceConnections {
        /// By how many.
        by: f64,
    },
    /// There are fewer messages on a connection.
    ReduceDeliveries {
        /// By how many.
        by: f64,
    },
    /// The permanent failure counts as a temporary one.
    Transcode {
        /// The code that it gets.
        code: u16,
        /// What is done further.
        then: Option<Box<Action>>,
    },
}

/// An argument of an action.
enum Argument {
    Duration(Duration),
    Number(f64),
    Seconds(u64),
    Code(u16),
    Word,
    Action(Action),
}

impl Action {
    /// The action of that name, if its arguments are those that it takes.
    fn of(name: &str, arguments: Vec<Argument>) -> Option<Self> {
        let mut arguments = arguments.into_iter();
        Some(match (name, arguments.next(), arguments.next()) {
            ("suspend", Some(Argument::Duration(time)), None) => Action::Suspend(time),
            ("blackhole", Some(Argument::Duration(time)), None) => Action::Blackhole(time),
            ("greylisted", Some(Argument::Duration(time)), None) => Action::Greylisted(time),
            ("throttle", Some(Argument::Word), None) => Action::ThrottleDown,
            ("warmup", Some(Argument::Seconds(age)), None) => Action::Warmup { age },
            ("reduce_connections", Some(Argument::Number(by)), None) => Action::ReduceConnections { by },
            ("reduce_deliveries", Some(Argument::Number(by)), None) => Action::ReduceDeliveries { by },
            ("transcode", Some(Argument::Code(code)), None) => Action::Transcode { code, then: None },
            ("transcode", Some(Argument::Code(code)), Some(Argument::Action(then))) => {
                Action::Transcode { code, then: Some(Box::new(then)) }
            }
            _ => return None,
        })
    }
}

/// `{ "suspend", "4 hours" }`, for messages.
pub(super) fn usage(action: &AdaptiveAction, grammar: &AdaptiveGrammar) -> String {
    let mut parts = vec![format!("\"{}\"", action.name)];
    for argument in &action.arguments {
        parts.push(match argument.as_str() {
            "duration" => format!("\"{}\"", grammar.duration.example),
            "number" => "1".to_owned(),
            "seconds" => "\"86400\"".to_owned(),
            "code" => "\"454\"".to_owned(),
            "word" => format!("\"{}\"", action.words.first().map_or("", |word| word.as_str())),
            _ => continue,
        });
    }
    format!("{{ {} }}", parts.join(", "))
}

/// What an argument of that kind is, for messages.
fn described(kind: &str) -> &'static str {
    match kind {
        "duration" => "a time",
        "number" => "a number",
        "seconds" => "a number of seconds",
        "code" => "the code of a temporary failure",
        _ => "a word",
    }
}

/// Reads one argument that is written as text, a number or both.
fn read_text(
    text: &str,
    kind: &str,
    action: &AdaptiveAction,
    grammar: &AdaptiveGrammar,
) -> Result<Argument, TextProblem> {
    let all = 0..text.len();
    if kind != "duration"
        && let Some(problem) = first_look_alike(text)
    {
        return Err(problem);
    }
    let name = &action.name;
    match kind {
        "duration" => Duration::parse(text, &grammar.duration).map(Argument::Duration),
        "number" => match text.trim_ascii().parse::<f64>() {
            Ok(number) if number > 0.0 && number.is_finite() => Ok(Argument::Number(number)),
            _ => Err(TextProblem::new(all, format!("`{name}` takes a number above 0, and `{text}` is none"))),
        },
        "seconds" => match whole_number(text.trim_ascii()) {
            Some(seconds) => Ok(Argument::Seconds(seconds)),
            None => {
                let message = format!("`{name}` takes a number of seconds, and `{text}` is none");
                let problem = TextProblem::new(all, message);
                Err(match in_seconds(text, &grammar.duration) {
                    Some(seconds) => problem.corrected(seconds.to_string()),
                    None => problem,
                })
            }
        },
        "code" => match whole_number(text).filter(|_| text.len() == 3) {
            Some(code @ 400..=499) => Ok(Argument::Code(u16::try_from(code).unwrap_or(450))),
            _ => Err(TextProblem::new(
                all,
                format!(
                    "`{name}` makes a temporary failure of the reply: its code is 4 and two digits, and `{text}` is not"
                ),
            )),
        },
        _ if action.words.iter().any(|word| word == text) => Ok(Argument::Word),
        _ => {
            let words = listed(action.words.iter().map(Text::as_str), "or");
            let problem =
                TextProblem::new(all, format!("`{name}` knows {words} and nothing else, not `{text}`"));
            Err(match action.words.as_slice() {
                [only] => problem.corrected(only.as_str()),
                _ => problem,
            })
        }
    }
}

impl<P: Clone> Reader<'_, P> {
    /// An action, or a list of actions.
    pub(super) fn actions(&mut self, node: &Node<P>) -> Vec<Action> {
        let Some(table) = node.value.table() else {
            match &node.value {
                Value::Unknown | Value::Text(None) => {}
                Value::Text(Some(text)) => {
                    let message = "an action is a list, its name first, as `{ \"suspend\", \"4 hours\" }`; this text alone is none";
                    let message = match self.action_grammar(text) {
                        Some(action) => format!("{message}: write `{}`", usage(action, self.grammar)),
                        None => message.to_owned(),
                    };
                    self.error(&node.place, message);
                }
                other => {
                    let message = format!(
                        "an action is a list, as `{{ \"suspend\", \"4 hours\" }}`, and this is {}",
                        other.kind()
                    );
                    self.error(&node.place, message);
                }
            }
            return Vec::new();
        };
        self.no_names_in_a_list(table);
        let elements = table.elements();
        let Some(first) = elements.first() else {
            if table.complete && table.fields.is_empty() {
                self.error(&node.place, "no action is named here: the rule does nothing");
            }
            return Vec::new();
        };
        let is_list = matches!(first.value.value, Value::Table(_))
            || (matches!(first.value.value, Value::Unknown)
                && elements.iter().any(|element| matches!(element.value.value, Value::Table(_))));
        if !is_list {
            return self.action(node, table, &elements).into_iter().collect();
        }
        let mut actions = Vec::new();
        for element in elements {
            match &element.value.value {
                Value::Table(table) => {
                    self.no_names_in_a_list(table);
                    let inner = table.elements();
                    if let Some(Value::Table(_)) = inner.first().map(|field| &field.value.value) {
                        self.error(&element.value.place, "an action stands one list deeper than it should: the name of an action belongs first in this list");
                        continue;
                    }
                    actions.extend(self.action(&element.value, table, &inner));
                }
                Value::Unknown | Value::Nil => {}
                other => {
                    let message = format!(
                        "each action of a list of actions is a list itself, and this is {}",
                        other.kind()
                    );
                    self.error(&element.value.place, message);
                }
            }
        }
        actions
    }

    fn no_names_in_a_list(&mut self, table: &Table<P>) {
        for field in &table.fields {
            if let Key::Name(name) = &field.key {
                let message = format!(
                    "an action is a list without keys, its name first, as `{{ \"suspend\", \"4 hours\" }}`; `{name}` is not looked at"
                );
                self.error(&field.key_place, message);
            }
        }
    }

    fn action_grammar(&self, name: &str) -> Option<&AdaptiveAction> {
        self.grammar.actions.iter().find(|action| action.name == name)
    }

    /// The action that a list of elements tells.
    fn action(&mut self, node: &Node<P>, table: &Table<P>, elements: &[&Field<P>]) -> Option<Action> {
        let Some((first, rest)) = elements.split_first() else {
            if table.complete && table.fields.is_empty() {
                self.error(&node.place, "no action is named here: the rule does nothing");
            }
            return None;
        };
        let name = match &first.value.value {
            Value::Text(Some(name)) => name,
            Value::Unknown | Value::Text(None) | Value::Nil => return None,
            other => {
                let message = format!("an action begins with its name, and this is {}", other.kind());
                self.error(&first.value.place, message);
                return None;
            }
        };
        let grammar = self.grammar;
        let Some(action) = grammar.actions.iter().find(|action| action.name == name.as_str()) else {
            self.unknown_action(name, &first.value);
            return None;
        };
        if self.sweeping && !action.sweep {
            self.error(
                &first.value.place,
                format!("`{name}` acts on a reply, and a sweep rule has none: it cannot be used here"),
            );
            return None;
        }
        let mut arguments = Vec::new();
        let mut is_right = true;
        let mut used = 0;
        for kind in &action.arguments {
            let Some(argument) = rest.get(used) else {
                if kind != "action" && table.complete {
                    let what = described(kind);
                    let message = format!("`{name}` needs {what} behind it, as `{}`", usage(action, grammar));
                    self.error(&first.value.place, message);
                    is_right = false;
                }
                is_right &= kind == "action";
                break;
            };
            if kind == "action" {
                let further = rest.get(used..).unwrap_or_default();
                used = rest.len();
                if let Value::Table(_) = argument.value.value {
                    let message = format!(
                        "what follows `{name}` goes on in the same list, as `{{ \"{name}\", \"454\", \"suspend\", \"2 hours\" }}`, not in one of its own"
                    );
                    self.error(&argument.value.place, message);
                    is_right = false;
                    continue;
                }
                match self.action(node, table, further) {
                    Some(then) => arguments.push(Argument::Action(then)),
                    None => is_right = false,
                }
                continue;
            }
            used += 1;
            match self.argument(&argument.value, kind, action) {
                Some(argument) => arguments.push(argument),
                None => is_right = false,
            }
        }
        if let Some(extra) = rest.get(used).filter(|extra| !matches!(extra.value.value, Value::Nil)) {
            let is_action = extra.value.value.text().is_some_and(|text| self.action_grammar(text).is_some())
                || matches!(extra.value.value, Value::Table(_));
            let message = if is_action {
                format!(
                    "this is not looked at: of several actions each is a list of its own, as `{{ {}, … }}`",
                    usage(action, grammar)
                )
            } else {
                format!("`{name}` does not look at this: `{}` is all", usage(action, grammar))
            };
            self.error(&extra.value.place, message);
            is_right = false;
        }
        if is_right { Action::of(name, arguments) } else { None }
    }

    fn unknown_action(&mut self, name: &str, node: &Node<P>) {
        if let Some(problem) = first_look_alike(name) {
            self.text_error(&node.place, problem);
            return;
        }
        let grammar = self.grammar;
        let known = || grammar.actions.iter().map(|action| action.name.as_str());
        let near = near_names(name, known());
        let message = match near.as_slice() {
            [] => format!("adaptive delivery has no action `{name}`: {} are all", listed(known(), "and")),
            [meant, ..] => {
                format!("adaptive delivery has no action `{name}`, so nothing is done: is `{meant}` meant?")
            }
        };
        let mut problem = TextProblem::new(0..name.len(), message);
        if let [only] = near.as_slice() {
            problem = problem.corrected(*only);
        }
        self.text_error(&node.place, problem);
    }

    fn argument(&mut self, node: &Node<P>, kind: &str, action: &AdaptiveAction) -> Option<Argument> {
        let (name, what) = (&action.name, described(kind));
        let problem = match (&node.value, kind) {
            (Value::Unknown | Value::Text(None), _) => return None,
            (Value::Text(Some(text)), _) => match read_text(text, kind, action, self.grammar) {
                Ok(argument) => match self.sweep_time(text, action) {
                    None => return Some(argument),
                    Some(problem) => {
                        self.text_error(&node.place, problem);
                        return None;
                    }
                },
                Err(problem) => {
                    self.text_error(&node.place, problem);
                    return None;
                }
            },
            (Value::Number(None), "number" | "seconds" | "code") => return None,
            (Value::Number(Some(number)), "number" | "seconds" | "code") => {
                match read_text(&number.to_string(), kind, action, self.grammar) {
                    Ok(argument) => return Some(argument),
                    Err(problem) => problem.message,
                }
            }
            (Value::Number(_), "duration") => format!(
                "a time is a text with its unit, as `\"{}\"`, and this is a number alone",
                self.grammar.duration.example
            ),
            (Value::Nil, _) => format!("`{name}` needs {what}, and this is nothing"),
            (other, _) => format!("`{name}` needs {what}, and this is {}", other.kind()),
        };
        self.error(&node.place, problem);
        None
    }

    /// What a sweep rule does not take of a time that replies can have.
    fn sweep_time(&self, text: &str, action: &AdaptiveAction) -> Option<TextProblem> {
        if !self.sweeping || action.name != "suspend" {
            return None;
        }
        Duration::parse_for_sweep(text, &self.grammar.duration).err()
    }
}
