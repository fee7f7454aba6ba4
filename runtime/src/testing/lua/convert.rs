//! Values on their way between tests in Lua, session files and reports.

use mlua::{Lua, Table, Value};

use crate::api::plain;
use crate::message::Message;
use crate::report::Report;

/// Keys whose empty table is an empty list: Lua has one form for both.
const LISTS: [&str; 10] = [
    "errors",
    "injected",
    "recipients",
    "message",
    "calls",
    "printed",
    "not_called",
    "not_printed",
    "run",
    "not_run",
];

/// How deeply tables of a session nest.
const DEEPEST: usize = 16;

/// A table of a test as TOML.
///
/// # Errors
/// What in it no session file can hold.
pub(super) fn to_toml(table: &Table, depth: usize) -> Result<toml::Value, String> {
    if depth > DEEPEST {
        return Err("a session does not nest so deeply".to_owned());
    }
    let mut entries: Vec<(Value, Value)> = Vec::new();
    // Not through metatables: methods of sessions are no part of them.
    let walked = table.for_each(|key: Value, value: Value| {
        entries.push((key, value));
        Ok(())
    });
    walked.map_err(|error| error.to_string())?;
    let is_list = !entries.is_empty()
        && entries.iter().all(|(key, _)| matches!(key, Value::Integer(_) | Value::Number(_)));
    if is_list {
        let values = table.sequence_values::<Value>().map(|value| {
            value.map_err(|error| error.to_string()).and_then(|value| one(&value, "a list", depth))
        });
        return values.collect::<Result<Vec<_>, _>>().map(toml::Value::Array);
    }
    let mut all = toml::Table::new();
    for (key, value) in entries {
        let name = match &key {
            Value::String(name) => plain(&name.as_bytes()),
            other => return Err(format!("a key of a session is a string, not {}", crate::api::shown(other))),
        };
        let mut value = one(&value, &name, depth)?;
        if LISTS.contains(&name.as_str()) && value.as_table().is_some_and(toml::Table::is_empty) {
            value = toml::Value::Array(Vec::new());
        }
        all.insert(name, value);
    }
    Ok(toml::Value::Table(all))
}

fn one(value: &Value, name: &str, depth: usize) -> Result<toml::Value, String> {
    Ok(match value {
        Value::Boolean(value) => toml::Value::Boolean(*value),
        Value::Integer(value) => toml::Value::Integer(*value),
        #[expect(clippy::cast_possible_truncation, reason = "whole numbers up to 2^53 are exact")]
        Value::Number(value) if value.fract() == 0.0 && value.abs() < 9e15 => {
            toml::Value::Integer(*value as i64)
        }
        Value::Number(value) => toml::Value::Float(*value),
        Value::String(value) => {
            let text = value.to_str().map_err(|_| format!("`{name}` is not UTF-8: give it as `base64`"))?;
            toml::Value::String(text.to_owned())
        }
        Value::Table(table) => to_toml(table, depth + 1)?,
        other => return Err(format!("`{name}` cannot be {}", crate::api::shown(other))),
    })
}

/// A value of a session file as Lua has it; times are strings.
pub(super) fn to_lua(lua: &Lua, value: &toml::Value) -> mlua::Result<Value> {
    Ok(match value {
        toml::Value::String(text) => Value::String(lua.create_string(text)?),
        toml::Value::Integer(number) => Value::Integer(*number),
        toml::Value::Float(number) => Value::Number(*number),
        toml::Value::Boolean(flag) => Value::Boolean(*flag),
        toml::Value::Datetime(time) => Value::String(lua.create_string(time.to_string().replace(' ', "T"))?),
        toml::Value::Array(values) => {
            let table = lua.create_table()?;
            for value in values {
                table.raw_push(to_lua(lua, value)?)?;
            }
            Value::Table(table)
        }
        toml::Value::Table(values) => {
            let table = lua.create_table()?;
            for (name, value) in values {
                table.raw_set(name.as_str(), to_lua(lua, value)?)?;
            }
            Value::Table(table)
        }
    })
}

/// A report as tables, by the names of its JSON form. Recipients and injected messages have `headers`, `body` and
/// `text` as they leave.
pub(super) fn report(lua: &Lua, report: &Report) -> mlua::Result<Value> {
    let json = serde_json::to_value(report).map_err(mlua::Error::external)?;
    let value = from_json(lua, &json)?;
    let Value::Table(table) = &value else { return Ok(value) };
    let messages: Table = table.raw_get("messages")?;
    for (number, message) in report.messages.iter().enumerate() {
        let recipients: Table = messages.raw_get::<Table>(number + 1)?.raw_get("recipients")?;
        for (place, recipient) in message.recipients.iter().enumerate() {
            content(lua, &recipients.raw_get::<Table>(place + 1)?, &recipient.bytes)?;
        }
    }
    let injected: Table = table.raw_get("injected")?;
    for (place, message) in report.injected.iter().enumerate() {
        content(lua, &injected.raw_get::<Table>(place + 1)?, &message.bytes)?;
    }
    Ok(value)
}

fn content(lua: &Lua, into: &Table, bytes: &bytes::Bytes) -> mlua::Result<()> {
    let message = Message::from_bytes(bytes.clone());
    let headers = lua.create_table()?;
    let mut seen: Vec<Vec<u8>> = Vec::new();
    for field in message.headers().iter() {
        let name = field.name().to_ascii_lowercase();
        let earlier = seen.iter().filter(|one| **one == name).count();
        let values = message.header_values(field.name());
        let value = values.get(earlier).cloned().unwrap_or_default();
        seen.push(name);
        headers.raw_push(
            lua.create_sequence_from([lua.create_string(field.name())?, lua.create_string(value)?])?,
        )?;
    }
    into.raw_set("headers", headers)?;
    into.raw_set("body", lua.create_string(message.body())?)?;
    let parts = message.text_parts(None).into_iter();
    let text: String = parts.filter_map(|part| message.part_text(part)).collect();
    into.raw_set("text", lua.create_string(text)?)
}

/// JSON as tables; null is nil.
fn from_json(lua: &Lua, json: &serde_json::Value) -> mlua::Result<Value> {
    use serde_json::Value as Json;
    Ok(match json {
        Json::Null => Value::Nil,
        Json::Bool(flag) => Value::Boolean(*flag),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Integer(number),
            None => Value::Number(number.as_f64().unwrap_or(0.0)),
        },
        Json::String(text) => Value::String(lua.create_string(text)?),
        Json::Array(values) => {
            let table = lua.create_table()?;
            for value in values {
                table.raw_push(from_json(lua, value)?)?;
            }
            Value::Table(table)
        }
        Json::Object(values) => {
            let table = lua.create_table()?;
            for (name, value) in values {
                table.raw_set(name.as_str(), from_json(lua, value)?)?;
            }
            Value::Table(table)
        }
    })
}
