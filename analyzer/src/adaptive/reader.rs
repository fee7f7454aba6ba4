//! From a tree of values to rules, domain by domain.

mod response;

use super::action::Action;
use super::node::{Field, Key, Node, Table, Value};
use super::problem::{Problem, TextProblem};
use super::settings::Setting;
use super::text::{first_look_alike, listed};
use super::trigger::Trigger;
use crate::configuration::near::near_names;
use crate::diagnostic::Severity;
use momentum_lua_stub_reader::model::{AdaptiveField, AdaptiveGrammar};
use smol_str::SmolStr;

/// Rules by domain, as one call registers them.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleTable<P = ()> {
    /// The domains in the order in which they are written.
    pub domains: Vec<Domain<P>>,
    /// There are no others.
    pub complete: bool,
}

/// What is said of a domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain<P = ()> {
    /// Its name, as it is written.
    pub name: SmolStr,
    /// Where the name stands.
    pub place: P,
    /// What holds for it.
    pub content: Content<P>,
}

/// What holds for a domain.
#[derive(Clone, Debug, PartialEq)]
pub enum Content<P = ()> {
    /// The rules of another domain.
    Alias(Alias<P>),
    /// Rules of its own.
    Own {
        /// What is done about replies, in the order in which they are tried.
        responses: Vec<Response<P>>,
        /// Options.
        settings: Vec<Setting<P>>,
    },
    /// Not known.
    Unknown,
}

/// The name of the domain whose rules hold for another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias<P = ()> {
    /// The name, as it is written.
    pub target: SmolStr,
    /// Where it stands.
    pub place: P,
}

/// What is done about a reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Response<P = ()> {
    /// Where it stands.
    pub place: P,
    /// The regular expression that the reply matches, its code included; `None` where it is not known.
    pub code: Option<SmolStr>,
    /// How many replies it takes; `None` where it is not known or wrong.
    pub trigger: Option<Trigger>,
    /// What is done; what is wrong or not known is left out.
    pub actions: Vec<Action>,
    /// Text for the alert and the log.
    pub message: Option<SmolStr>,
    /// The phase of the delivery that it is meant for. The server does not look at it.
    pub phase: Option<Phase<P>>,
}

/// A `phase`, which the server does not look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase<P = ()> {
    /// Where key and value stand.
    pub place: P,
    /// The value, where it is known.
    pub value: Option<SmolStr>,
}

/// Reads the table that is registered. `managed` are the options that the configuration has managed beyond those that
/// are always.
///
/// Gives what could be understood, and what is wrong with the rest.
pub fn read<P: Clone>(
    node: &Node<P>,
    grammar: &AdaptiveGrammar,
    managed: &[SmolStr],
) -> (RuleTable<P>, Vec<Problem<P>>) {
    let mut reader = Reader { grammar, managed, sweeping: false, problems: Vec::new() };
    let table = reader.rules(node);
    (table, reader.problems)
}

/// Reads rules and notes what is wrong.
pub(super) struct Reader<'g, P> {
    pub(super) grammar: &'g AdaptiveGrammar,
    /// Options that the configuration has managed.
    pub(super) managed: &'g [SmolStr],
    /// What is read is a sweep rule.
    pub(super) sweeping: bool,
    pub(super) problems: Vec<Problem<P>>,
}

impl<P: Clone> Reader<'_, P> {
    /// Notes a problem; more can be said on what it gives back.
    pub(super) fn report(
        &mut self,
        place: &P,
        severity: Severity,
        message: impl Into<String>,
    ) -> &mut Problem<P> {
        self.problems.push(Problem {
            place: place.clone(),
            range: None,
            at_start: false,
            severity,
            message: message.into(),
            correction: None,
            related: None,
            page: self.grammar.page.clone(),
        });
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    pub(super) fn error(&mut self, place: &P, message: impl Into<String>) -> &mut Problem<P> {
        self.report(place, Severity::Error, message)
    }

    pub(super) fn text_error(&mut self, place: &P, text: TextProblem) {
        self.text_problem(place, Severity::Error, text);
    }

    fn text_problem(&mut self, place: &P, severity: Severity, text: TextProblem) -> &mut Problem<P> {
        let problem = self.report(place, severity, text.message);
        problem.range = Some(text.range);
        problem.correction = text.correction;
        problem
    }

    fn rules(&mut self, node: &Node<P>) -> RuleTable<P> {
        let Some(table) = node.value.table() else {
            return RuleTable { domains: Vec::new(), complete: false };
        };
        let mut complete = table.complete;
        let mut domains = Vec::new();
        for field in &table.fields {
            let name = match &field.key {
                Key::Name(name) => name,
                Key::Element(_) => {
                    self.rules_without_domain(field);
                    continue;
                }
                Key::Unknown => {
                    complete = false;
                    // What stands there is looked at all the same.
                    self.content("", &field.value);
                    continue;
                }
            };
            if self.is_field("domain", name) || self.is_field("response", name) {
                let what = if name == "configuration" { "options" } else { "rules" };
                let message = format!(
                    "a table of rules has domains as keys, as `[\"example.com\"] = {{ … }}`: these {what} hold for none"
                );
                self.error(&field.key_place, message);
                continue;
            }
            self.domain_name(name, &field.key_place);
            let content = self.content(name, &field.value);
            domains.push(Domain { name: name.clone(), place: field.key_place.clone(), content });
        }
        RuleTable { domains, complete }
    }

    fn rules_without_domain(&mut self, field: &Field<P>) {
        match &field.value.value {
            Value::Unknown | Value::Nil => {}
            Value::Table(table) => {
                let is_nested = table.field("responses").is_none() && table.field("configuration").is_none();
                let message = if is_nested {
                    "a table of rules has domains as keys, as `[\"example.com\"] = { … }`: this one stands under a number, and holds for no domain"
                } else {
                    "these rules have no domain: write `[\"example.com\"] = { … }`"
                };
                self.error(&field.value.place, message).at_start = true;
            }
            _ => {
                let message = "a table of rules has domains as keys, as `[\"example.com\"] = { … }`: this stands under a number";
                self.error(&field.value.place, message);
            }
        }
    }

    /// What can be no name of a domain.
    fn domain_name(&mut self, name: &str, place: &P) {
        if let Some(problem) = first_look_alike(name) {
            self.text_error(place, problem);
            return;
        }
        let wrong = name.char_indices().find(|(_, c)| c.is_whitespace() || "@/<>,;:\"'()".contains(*c));
        if let Some((start, character)) = wrong {
            let message = match character {
                '@' => format!(
                    "`{name}` is an address: rules are for the domain behind the `@`, and mail has none like this"
                ),
                _ => format!("no domain has `{character}` in its name: mail for `{name}` never comes"),
            };
            let range = start..start + character.len_utf8();
            self.text_problem(place, Severity::Warning, TextProblem::new(range, message));
        } else if name.is_empty() {
            self.error(place, "the name of the domain is empty");
        }
    }

    fn content(&mut self, name: &str, node: &Node<P>) -> Content<P> {
        match &node.value {
            Value::Unknown | Value::Nil | Value::Text(None) => Content::Unknown,
            Value::Text(Some(target)) => {
                Content::Alias(Alias { target: target.clone(), place: node.place.clone() })
            }
            Value::Table(table) => self.own(table),
            other => {
                let of = if name.is_empty() { "a domain".to_owned() } else { format!("`{name}`") };
                let message = format!(
                    "{of} has a table with `responses` or `configuration`, or the name of another domain, and this is {}",
                    other.kind()
                );
                self.error(&node.place, message);
                Content::Unknown
            }
        }
    }

    fn own(&mut self, table: &Table<P>) -> Content<P> {
        let mut responses = Vec::new();
        let mut settings = Vec::new();
        for field in &table.fields {
            match &field.key {
                Key::Unknown => {}
                Key::Element(_) => match &field.value.value {
                    Value::Unknown | Value::Nil => {}
                    Value::Table(inner) if self.looks_like_response(inner) => {
                        let message = "a response stands in the list `responses` of its domain: here it is not looked at";
                        self.error(&field.value.place, message).at_start = true;
                        self.response(&field.value);
                    }
                    other => {
                        let message = format!(
                            "a domain has `responses` and `configuration`: {} without a key is not looked at",
                            other.kind()
                        );
                        self.error(&field.value.place, message);
                    }
                },
                Key::Name(name) => match name.as_str() {
                    "responses" => responses.extend(self.responses(field)),
                    "configuration" => settings.extend(self.settings(&field.value)),
                    _ => self.unknown_field("domain", name, field),
                },
            }
        }
        Content::Own { responses, settings }
    }

    fn looks_like_response(&self, table: &Table<P>) -> bool {
        table
            .fields
            .iter()
            .any(|field| matches!(&field.key, Key::Name(name) if self.is_field("response", name)))
    }

    fn fields(&self, table: &str) -> impl Iterator<Item = &AdaptiveField> {
        self.grammar.fields.iter().filter(move |field| field.table == table)
    }

    fn is_field(&self, table: &str, name: &str) -> bool {
        self.fields(table).any(|field| field.name == name)
    }

    fn unknown_field(&mut self, table: &str, name: &str, field: &Field<P>) {
        let key = &field.key_place;
        if let Some(problem) = first_look_alike(name) {
            self.text_error(key, problem);
            return;
        }
        let other = if table == "domain" { "response" } else { "domain" };
        let whole = if table == "domain" { "a domain" } else { "a response" };
        let is_option = self.grammar.options.iter().any(|option| option.name == name);
        let problem = if self.is_field(other, name) {
            let message = match table {
                "domain" => format!(
                    "`{name}` belongs to a response, in a table of its own in `responses`: here it is not looked at"
                ),
                _ => format!("`{name}` belongs to the domain, beside `responses`: here it is not looked at"),
            };
            TextProblem::new(0..name.len(), message)
        } else if is_option {
            let message = format!(
                "`{name}` is an option and belongs into `configuration` of the domain: here it is not looked at"
            );
            TextProblem::new(0..name.len(), message)
        } else {
            let near: Vec<String> = near_names(name, self.fields(table).map(|field| field.name.as_str()))
                .into_iter()
                .map(str::to_owned)
                .collect();
            let names = listed(self.fields(table).map(|field| field.name.as_str()), "and");
            let message = match near.as_slice() {
                [] => format!("{whole} has no `{name}`: {names} are all that is looked at"),
                [meant, ..] => {
                    format!("{whole} has no `{name}`, so it is not looked at: is `{meant}` meant?")
                }
            };
            let problem = TextProblem::new(0..name.len(), message);
            match near.as_slice() {
                [only] => problem.corrected(only.as_str()),
                _ => problem,
            }
        };
        self.text_error(key, problem);
    }
}
