//! Lua values as a reader sees them.

use mlua::{FromLua, Lua, Value};

/// How many characters of a text a report shows.
pub(crate) const LONGEST: usize = 200;

/// A value as Lua would write it: strings in quotes, bytes that are no UTF-8 as `\xNN`, long ones cut; userdata by class.
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Value::Nil => "nil".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Number(value) => shown_number(*value),
        Value::String(value) => quoted(&value.as_bytes()),
        Value::Table(table) => shown_table(table),
        Value::UserData(data) => {
            super::object::class_of(data).map_or_else(|| "userdata".to_owned(), |class| format!("<{class}>"))
        }
        other => other.type_name().to_owned(),
    }
}

/// The same, with constants by their names.
pub(super) fn named(value: &Value) -> String {
    let number = match value {
        Value::Integer(number) => Some(*number),
        Value::Number(number) if number.fract() == 0.0 => Some(*number as i64),
        _ => None,
    };
    number.and_then(super::constants::name_of).map_or_else(|| shown(value), str::to_owned)
}

/// The same in few characters: texts are cut, tables are `{…}`.
pub(super) fn brief(value: &Value) -> String {
    /// How many characters of a text.
    const LONGEST: usize = 40;
    match value {
        Value::String(text) => quoted_within(&text.as_bytes(), LONGEST),
        Value::Table(table) if table.is_empty() => "{}".to_owned(),
        Value::Table(_) => "{…}".to_owned(),
        other => named(other),
    }
}

/// A number as people read it: no endless digits, `inf` and `nan` as the engine writes them.
#[must_use]
pub fn shown_number(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        "nan".to_owned()
    } else if value.fract() == 0.0 && size < 1e15 {
        format!("{value:.0}")
    } else if value.is_infinite() || (1e-5..1e15).contains(&size) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

/// The first entries of a table, one level deep, without asking metamethods.
fn shown_table(table: &mlua::Table) -> String {
    const MOST: usize = 8;
    let mut entries: Vec<String> = Vec::new();
    let mut next = 1;
    let walked = table.for_each(|key: Value, value: Value| {
        let value = match &value {
            Value::Table(_) => "{…}".to_owned(),
            other => shown(other),
        };
        entries.push(match &key {
            Value::Integer(key) if *key == next => {
                next += 1;
                value
            }
            Value::String(key) if is_name(&key.as_bytes()) => format!("{} = {value}", key.display()),
            other => format!("[{}] = {value}", shown(other)),
        });
        if entries.len() > MOST { Err(mlua::Error::runtime("enough")) } else { Ok(()) }
    });
    if walked.is_err() {
        entries.truncate(MOST);
        entries.push("…".to_owned());
    }
    if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
}

fn is_name(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_')
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Bytes as a Lua string in quotes.
#[must_use]
pub(crate) fn quoted(bytes: &[u8]) -> String {
    quoted_within(bytes, LONGEST)
}

fn quoted_within(bytes: &[u8], longest: usize) -> String {
    let mut out = String::from("\"");
    let mut left = longest;
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            if left == 0 {
                out.push_str("…\"");
                return out;
            }
            left -= 1;
            match character {
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                other if other.is_control() => out.push_str(&format!("\\x{:02X}", u32::from(other))),
                other => out.push(other),
            }
        }
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02X}"));
        }
    }
    out.push('"');
    out
}

/// A text that a script gives for people or protocols to read. Strings of Lua are bytes, and policy takes them from mail:
/// what is no UTF-8 stands as `\xNN` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text(pub(super) String);

impl FromLua for Text {
    fn from_lua(value: Value, lua: &Lua) -> mlua::Result<Self> {
        let from = value.type_name();
        match lua.coerce_string(value)? {
            Some(text) => Ok(Self(plain(&text.as_bytes()))),
            None => Err(mlua::Error::FromLuaConversionError { from, to: "string".to_owned(), message: None }),
        }
    }
}

/// Bytes as text: those that are no UTF-8 as `\xNN`.
#[must_use]
pub fn plain(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02X}"));
        }
    }
    out
}
