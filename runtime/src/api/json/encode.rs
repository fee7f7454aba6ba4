//! Lua values as JSON, and back.

use std::rc::Rc;

use indexmap::IndexMap;
use mlua::{Table, Value as Lua};

use super::node::{Json, Node, Value, c_text};
use super::object::JsonObject;
use crate::api::Call;
use crate::machine;
use crate::report::What;

/// How deep tables may nest.
const DEEPEST: usize = 150;

/// A Lua value as JSON; what has no counterpart raises.
pub(super) fn node(call: &Call<'_>, value: &Lua) -> mlua::Result<Json> {
    below(call, value, 0)
}

fn below(call: &Call<'_>, value: &Lua, depth: usize) -> mlua::Result<Json> {
    let value = match value {
        Lua::Boolean(value) => Value::Boolean(*value),
        Lua::Integer(value) => number(*value as f64),
        Lua::Number(value) => number(*value),
        Lua::String(text) => Value::Text(text.as_bytes().to_vec()),
        Lua::Table(table) => {
            if depth >= DEEPEST {
                return Err(call.raise(format!("{}: the table is nested too deeply", call.name())));
            }
            container(call, table, depth)?
        }
        Lua::UserData(data) => {
            return match data.borrow::<JsonObject>() {
                Ok(object) => object.get(call).cloned(),
                Err(_) => Err(call.raise(format!(
                    "bad argument #1 to '{}' (libjson:json_object* expected, got userdata)",
                    call.member()
                ))),
            };
        }
        other => {
            return Err(call.raise(format!("cannot assign values of type {}", other.type_name())));
        }
    };
    Node::new(call.lua(), value).map(Some)
}

/// An integer where it is one, up to a small difference, and C's `int` can hold it.
fn number(value: f64) -> Value {
    const SMALL: f64 = 1.5e-8;
    let is_int =
        (value - value.floor()).abs() < SMALL && value <= f64::from(i32::MAX) && value >= f64::from(i32::MIN);
    if is_int { Value::Integer(value as i64) } else { Value::Double(value) }
}

fn container(call: &Call<'_>, table: &Table, depth: usize) -> mlua::Result<Value> {
    if table.get::<Lua>(1)?.is_nil() {
        let mut fields = IndexMap::new();
        table.for_each(|key: Lua, value: Lua| {
            machine::charge(call.lua(), 1)?;
            let name = match &key {
                Lua::String(name) => name.as_bytes().to_vec(),
                Lua::Integer(_) | Lua::Number(_) => {
                    call.lua().coerce_string(key)?.map(|name| name.as_bytes().to_vec()).unwrap_or_default()
                }
                other => {
                    let text = format!("{} got a table with a {} as key", call.name(), other.type_name());
                    return Err(call.crash(text));
                }
            };
            fields.insert(c_text(name), below(call, &value, depth + 1)?);
            Ok(())
        })?;
        return Ok(Value::Object(fields));
    }
    let mut elements = Vec::new();
    for place in 1.. {
        machine::charge(call.lua(), 1)?;
        match table.get::<Lua>(place)? {
            Lua::Nil => break,
            value => elements.push(below(call, &value, depth + 1)?),
        }
    }
    Ok(Value::Array(elements))
}

/// A JSON value as scripts see it.
pub(super) fn lua(call: &Call<'_>, json: &Json) -> mlua::Result<Lua> {
    let Some(node) = json else { return Ok(Lua::Nil) };
    Ok(match &*node.value.borrow() {
        Value::Boolean(value) => Lua::Boolean(*value),
        Value::Integer(value) => Lua::Number(f64::from(int(call, *value))),
        Value::Double(value) => Lua::Number(*value),
        Value::Text(text) => Lua::String(call.lua().create_string(c_text(text.clone()))?),
        Value::Array(_) | Value::Object(_) => {
            Lua::UserData(call.object(JsonObject::new(Some(Rc::clone(node))))?)
        }
    })
}

/// What C's `int` makes of a number, which is all that scripts get.
fn int(call: &Call<'_>, value: i64) -> i32 {
    let int = value.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
    if i64::from(int) != value {
        let text = format!("{value} in a JSON text comes out as {int}: json hands out integers of 32 bits");
        call.note(What::Note { text });
    }
    int
}
