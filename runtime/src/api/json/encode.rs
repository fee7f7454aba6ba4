//! Lua values as JSON, and back.

use std::collections::BTreeMap;
use std::rc::Rc;

use mlua::{Table, Value as Lua};

use super::node::{Json, Node, Value};
use super::object::JsonObject;
use crate::api::{Call, object};
use crate::machine;

/// How deep tables may nest.
const DEEPEST: usize = 150;

/// A Lua value as JSON; what has no counterpart raises.
pub(super) fn node(call: &Call<'_>, value: &Lua) -> mlua::Result<Json> {
    below(call, value, 0)
}

fn below(call: &Call<'_>, value: &Lua, depth: usize) -> mlua::Result<Json> {
    let value = match value {
        Lua::Boolean(value) => Value::Boolean(*value),
        Lua::Integer(value) => Value::Number(*value as f64),
        Lua::Number(value) => Value::Number(*value),
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
                Err(_) => {
                    Err(refused(call, &object::class_of(data).unwrap_or_else(|| "userdata".to_owned())))
                }
            };
        }
        other => return Err(refused(call, other.type_name())),
    };
    Node::new(call.lua(), value).map(Some)
}

fn refused(call: &Call<'_>, what: &str) -> mlua::Error {
    call.raise(format!("{}: a {what} cannot be a JSON value", call.name()))
}

fn container(call: &Call<'_>, table: &Table, depth: usize) -> mlua::Result<Value> {
    if table.raw_get::<Lua>(1)?.is_nil() {
        let mut fields = BTreeMap::new();
        table.for_each(|key: Lua, value: Lua| {
            machine::charge(call.lua(), 1)?;
            let name = match &key {
                Lua::String(name) => name.as_bytes().to_vec(),
                Lua::Integer(_) | Lua::Number(_) => {
                    call.lua().coerce_string(key)?.map(|name| name.as_bytes().to_vec()).unwrap_or_default()
                }
                other => crate::api::shown(other).into_bytes(),
            };
            fields.insert(name, below(call, &value, depth + 1)?);
            Ok(())
        })?;
        return Ok(Value::Object(fields));
    }
    let mut elements = Vec::new();
    for place in 1.. {
        machine::charge(call.lua(), 1)?;
        match table.raw_get::<Lua>(place)? {
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
        Value::Number(value) => Lua::Number(*value),
        Value::Text(text) => Lua::String(call.lua().create_string(text)?),
        Value::Array(_) | Value::Object(_) => {
            Lua::UserData(call.object(JsonObject::new(Some(Rc::clone(node))))?)
        }
    })
}
