//! What kinds of TOML values a schema takes, and how to say so.

use serde_json::Value as Json;
use toml::de::DeValue;

use super::schema::resolve;

/// The kinds of TOML values that a schema takes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kind {
    string: bool,
    date: bool,
    integer: bool,
    number: bool,
    boolean: bool,
    array: bool,
    table: bool,
}

impl Kind {
    /// The kinds that a schema takes.
    pub(super) fn of_schema(schema: &'static Json) -> Self {
        let schema = resolve(schema);
        let mut kind = Self::default();
        for name in ["anyOf", "oneOf"] {
            for branch in schema.get(name).and_then(Json::as_array).into_iter().flatten() {
                kind = kind.or(Self::of_schema(branch));
            }
        }
        match schema.get("type").and_then(Json::as_str) {
            Some("string") => {
                kind.string = true;
                kind.date = schema.get("format").is_some_and(|format| format == "date-time");
            }
            Some("integer") => kind.integer = true,
            Some("number") => kind.number = true,
            Some("boolean") => kind.boolean = true,
            Some("array") => kind.array = true,
            Some("object") => kind.table = true,
            _ => {}
        }
        kind
    }

    const fn or(self, other: Self) -> Self {
        Self {
            string: self.string || other.string,
            date: self.date || other.date,
            integer: self.integer || other.integer,
            number: self.number || other.number,
            boolean: self.boolean || other.boolean,
            array: self.array || other.array,
            table: self.table || other.table,
        }
    }

    /// Whether a value is of one of these kinds.
    pub(super) const fn fits(self, value: &DeValue<'_>) -> bool {
        match value {
            DeValue::String(_) => self.string,
            DeValue::Integer(_) => self.integer || self.number,
            DeValue::Float(_) => self.number,
            DeValue::Boolean(_) => self.boolean,
            DeValue::Datetime(_) => self.date,
            DeValue::Array(_) => self.array,
            DeValue::Table(_) => self.table,
        }
    }
}

/// The words that a schema takes, where it takes nothing else.
pub(super) fn words(schema: &Json) -> Option<Vec<&str>> {
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return Some(words.iter().filter_map(Json::as_str).collect());
    }
    let branches = schema.get("oneOf").and_then(Json::as_array)?;
    let mut words = Vec::new();
    for branch in branches {
        if let Some(word) = branch.get("const").and_then(Json::as_str) {
            words.push(word);
        } else if let Some(more) = branch.get("enum").and_then(Json::as_array) {
            words.extend(more.iter().filter_map(Json::as_str));
        }
    }
    Some(words)
}

/// `"a"`, `"b"` and `"c"`.
pub(super) fn quoted(words: &[&str]) -> String {
    listed(words.iter().map(|word| format!("\"{word}\"")).collect(), "and")
}

/// What a value must be, for a message.
pub(super) fn expected(schema: &'static Json) -> String {
    let mut nouns = Vec::new();
    collect_nouns(schema, &mut nouns);
    listed(nouns, "or")
}

fn collect_nouns(schema: &'static Json, nouns: &mut Vec<String>) {
    let schema = resolve(schema);
    if let Some(branches) = schema.get("anyOf").and_then(Json::as_array) {
        branches.iter().for_each(|branch| collect_nouns(branch, nouns));
        return;
    }
    let noun = match schema.get("type").and_then(Json::as_str) {
        _ if words(schema).is_some() => {
            listed(words(schema).unwrap_or_default().iter().map(|word| format!("\"{word}\"")).collect(), "or")
        }
        Some("string") => match schema.get("format").and_then(Json::as_str) {
            Some("endpoint") => "an address such as \"192.0.2.10:25\"".to_owned(),
            Some("smtp-reply") => "a reply such as \"550 5.1.1 No such user\"".to_owned(),
            Some("date-time") => "a time such as 2026-01-15T09:30:00Z".to_owned(),
            _ => "a string".to_owned(),
        },
        Some("integer") => "an integer".to_owned(),
        Some("number") => "a number".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("array") => match schema.get("items") {
            Some(items) if Kind::of_schema(items).string && !Kind::of_schema(items).table => {
                "an array of strings".to_owned()
            }
            Some(items) if Kind::of_schema(items).table && !Kind::of_schema(items).string => {
                "an array of tables".to_owned()
            }
            _ => "an array".to_owned(),
        },
        Some("object") => "a table".to_owned(),
        _ => "something else".to_owned(),
    };
    if !nouns.contains(&noun) {
        nouns.push(noun);
    }
}

fn listed(mut items: Vec<String>, word: &str) -> String {
    match items.pop() {
        None => String::new(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} {word} {last}", items.join(", ")),
    }
}
