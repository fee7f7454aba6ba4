//! Compares a TOML value with the schema: finds every mistake, and gives what is right.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use momentum_lua_analyzer::configuration::near::did_you_mean;
use momentum_lua_analyzer::configuration::toml_text::{TomlError, integer, type_name};
use momentum_lua_analyzer::pcre;
use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::kind::{Kind, expected};
use super::schema::resolve;
use crate::session::{Endpoint, Instant, SmtpReply};

type Value<'v> = Spanned<DeValue<'v>>;

/// What can be checked, and where it stands.
pub(super) struct Checker<'t> {
    pub(super) text: &'t str,
    pub(super) errors: &'t mut Vec<TomlError>,
    /// Where the value of each key stands: `message[1].file`, counted from 1.
    pub(super) places: BTreeMap<String, Range<usize>>,
}

impl Checker<'_> {
    pub(super) fn error(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.errors.push(TomlError::at(self.text, message, range));
    }

    /// The table without what is wrong in it.
    pub(super) fn table(
        &mut self,
        path: &str,
        schema: &'static Json,
        table: &DeTable<'_>,
        range: Range<usize>,
    ) -> Option<toml::Table> {
        let schema = resolve(schema);
        let properties = schema.get("properties").and_then(Json::as_object);
        let other = schema.get("additionalProperties");
        let mut checked = toml::Table::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let place = join(path, name);
            let known = properties.and_then(|properties| properties.get(name));
            let of_others = other.filter(|other| **other != Json::Bool(false));
            let Some(schema) = known.or(of_others) else {
                let names =
                    properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str));
                let near = did_you_mean(name, names);
                let where_ =
                    if path.is_empty() { String::new() } else { format!(" in `{}`", unnumbered(path)) };
                self.error(key.span(), format!("unknown key `{name}`{where_}{near}"));
                continue;
            };
            self.places.insert(place.clone(), value.span());
            if let Some(value) = self.value(&place, schema, value) {
                checked.insert(name.to_owned(), value);
            }
        }
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten();
        let missing: Vec<&str> = required
            .filter_map(Json::as_str)
            .filter(|name| !table.iter().any(|(key, _)| key.get_ref() == name))
            .collect();
        if let [first, ..] = missing.as_slice() {
            self.error(range, format!("`{}` needs `{first}`", unnumbered(path)));
            return None;
        }
        // A key that is there and wrong makes the table useless when it is required; the mistake is reported already.
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten();
        let complete = required.filter_map(Json::as_str).all(|name| checked.contains_key(name));
        complete.then_some(checked)
    }

    fn value(&mut self, path: &str, schema: &'static Json, value: &Value<'_>) -> Option<toml::Value> {
        let schema = resolve(schema);
        if let Some(branches) = schema.get("anyOf").and_then(Json::as_array) {
            let fitting = branches.iter().filter(|branch| Kind::of_schema(branch).fits(value.get_ref()));
            let fitting: Vec<&'static Json> = fitting.collect();
            let Some((last, others)) = fitting.split_last() else {
                self.wrong_type(path, schema, value);
                return None;
            };
            // The first that takes it as it is; the complaints are those of the last.
            for branch in others {
                let before = self.errors.len();
                let checked = self.value(path, branch, value);
                if checked.is_some() && self.errors.len() == before {
                    return checked;
                }
                self.errors.truncate(before);
            }
            return self.value(path, last, value);
        }
        if !Kind::of_schema(schema).fits(value.get_ref()) {
            self.wrong_type(path, schema, value);
            return None;
        }
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(toml::Value::Boolean(*flag)),
            DeValue::String(text) => self.string(path, schema, text, value.span()),
            DeValue::Datetime(time) => {
                self.string(path, schema, &time.to_string().replace(' ', "T"), value.span())
            }
            DeValue::Integer(number) => {
                let Some(number) = integer(number) else {
                    self.error(value.span(), format!("`{}` is too large", unnumbered(path)));
                    return None;
                };
                self.in_range(path, schema, number, value.span()).then_some(toml::Value::Integer(number))
            }
            DeValue::Float(number) => {
                let number = number.as_str().replace('_', "").parse().ok();
                if number.is_none() {
                    self.error(value.span(), format!("`{}` is no number", unnumbered(path)));
                }
                number.map(toml::Value::Float)
            }
            DeValue::Array(array) => {
                let items = schema.get("items")?;
                let mut checked = Vec::with_capacity(array.len());
                for (index, element) in array.iter().enumerate() {
                    let path = format!("{path}[{}]", index + 1);
                    self.places.insert(path.clone(), element.span());
                    checked.extend(self.value(&path, items, element));
                }
                Some(toml::Value::Array(checked))
            }
            DeValue::Table(table) => self.table(path, schema, table, value.span()).map(toml::Value::Table),
        }
    }

    fn string(
        &mut self,
        path: &str,
        schema: &'static Json,
        text: &str,
        range: Range<usize>,
    ) -> Option<toml::Value> {
        if let Some(words) = super::kind::words(schema)
            && !words.contains(&text)
        {
            let near = did_you_mean(text, words.iter().copied());
            let choice =
                if near.is_empty() { format!(": {} are", super::kind::quoted(&words)) } else { near };
            self.error(range, format!("`{text}` is no value of `{}`{choice}", unnumbered(path)));
            return None;
        }
        let complaint = match schema.get("format").and_then(Json::as_str) {
            Some("endpoint") => text.parse::<Endpoint>().err(),
            Some("smtp-reply") => text.parse::<SmtpReply>().err(),
            Some("date-time") => text.parse::<Instant>().err(),
            Some("address") => address_complaint(text),
            Some("recipient") if text.is_empty() => {
                Some("a recipient has an address: only the sender may be `\"\"`".to_owned())
            }
            Some("recipient") => address_complaint(text),
            Some("ipv4") => text
                .parse::<Ipv4Addr>()
                .is_err()
                .then(|| format!("`{text}` is no IPv4 address: an A record is written as \"192.0.2.10\"")),
            Some("ipv6") => text.parse::<Ipv6Addr>().is_err().then(|| {
                format!("`{text}` is no IPv6 address: an AAAA record is written as \"2001:db8::10\"")
            }),
            Some("mx-record") => record_complaint(text, "an MX", &["preference"], "10 mx.example.com"),
            Some("srv-record") => {
                let numbers = ["priority", "weight", "port"];
                record_complaint(text, "an SRV", &numbers, "0 5 25 mail.example.com")
            }
            Some("pcre") => pcre::compile(text.as_bytes(), pcre::Flags::MSYS_PCRE)
                .err()
                .map(|error| format!("PCRE does not take this pattern: {}", error.message)),
            _ => None,
        };
        if let Some(complaint) = complaint {
            self.error(range, complaint);
            return None;
        }
        Some(toml::Value::String(text.to_owned()))
    }

    fn in_range(&mut self, path: &str, schema: &Json, number: i64, range: Range<usize>) -> bool {
        let bound = |name: &str| schema.get(name).and_then(Json::as_f64);
        let unsigned =
            schema.get("format").and_then(Json::as_str).is_some_and(|format| format.starts_with('u'));
        let least = bound("minimum").or(unsigned.then_some(0.0));
        let most = bound("maximum");
        #[allow(clippy::cast_precision_loss, reason = "bounds are far below 2^52")]
        let number = number as f64;
        if least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most) {
            return true;
        }
        let name = unnumbered(path);
        let message = match (least, most) {
            (Some(least), Some(most)) => format!("`{name}` must be between {least} and {most}"),
            (Some(least), None) => format!("`{name}` must be {least} or more"),
            (None, Some(most)) => format!("`{name}` must be {most} or less"),
            (None, None) => return true,
        };
        self.error(range, message);
        false
    }

    fn wrong_type(&mut self, path: &str, schema: &'static Json, value: &Value<'_>) {
        let found = type_name(value.get_ref());
        let wanted = expected(schema);
        let name = unnumbered(path);
        let way_out = match value.get_ref() {
            DeValue::Table(_) if wanted == "an array of tables" => format!(": write `[[{name}]]`"),
            DeValue::String(_) if wanted.starts_with("an array") => ": put it into `[` and `]`".to_owned(),
            _ => String::new(),
        };
        let message = format!("`{name}` must be {wanted}, not {found}{way_out}");
        self.error(value.span(), message);
    }
}

/// What is wrong with a record of numbers and a name, if anything.
fn record_complaint(text: &str, kind: &str, numbers: &[&str], example: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let missing = numbers.iter().find(|_| words.next().is_none_or(|word| word.parse::<u16>().is_err()));
    let is_right = missing.is_none() && words.next().is_some() && words.next().is_none();
    let what = missing.map_or("the name of one host".to_owned(), |number| format!("a {number}"));
    (!is_right).then(|| format!("{kind} record has {what} here: write \"{example}\""))
}

/// What is wrong with an address of an envelope, if anything.
fn address_complaint(text: &str) -> Option<String> {
    if text.starts_with('<') && text.ends_with('>') {
        let inner = text.trim_matches(['<', '>']);
        return Some(format!("an address stands without `<` and `>` here: write \"{inner}\""));
    }
    let odd = text.chars().any(|char| char.is_control());
    odd.then(|| "an address has no line ends or control characters in it".to_owned())
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A path as a message shows it: `message[1].mail_from` is `message.mail_from`.
fn unnumbered(path: &str) -> String {
    let mut shown = String::with_capacity(path.len());
    let mut inside = false;
    for char in path.chars() {
        match char {
            '[' => inside = true,
            ']' => inside = false,
            _ if !inside => shown.push(char),
            _ => {}
        }
    }
    shown
}
