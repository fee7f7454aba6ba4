//! `json_object`: what scripts hold of a JSON value.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{AnyUserData, MultiValue, Value as Lua};

use super::node::{Json, Node, Value, c_text};
use super::{encode, write};
use crate::api::{Call, Class, Registry};
use crate::report::What;

/// A reference to a value.
#[derive(Debug)]
pub(super) struct JsonObject(Json);

impl Class for JsonObject {
    const NAME: &'static str = "json_object";
}

impl JsonObject {
    pub(super) fn new(json: Json) -> Self {
        Self(json)
    }

    pub(super) fn add_owner(&self) {
        if let Some(node) = &self.0 {
            node.owners.set(node.owners.get().saturating_add(1));
        }
    }

    /// Takes an owner away; without any, Lua's own reference.
    pub(super) fn free(&self) {
        if let Some(node) = &self.0 {
            match node.owners.get().checked_sub(1) {
                Some(owners) => node.owners.set(owners),
                None => node.is_freed.set(true),
            }
        }
    }

    /// The value; using it once it is freed would crash.
    pub(super) fn get(&self, call: &Call<'_>) -> mlua::Result<&Json> {
        if self.0.as_ref().is_some_and(|node| node.is_freed.get()) {
            return Err(call.crash("a JSON object is used that json.free has freed"));
        }
        Ok(&self.0)
    }
}

pub(super) fn register(api: &mut Registry) {
    api.indexed(index, set);
    api.meta("__tostring", |call, this: &JsonObject, ()| match write::text(call.lua(), this.get(call)?)? {
        Some(text) => call.lua().create_string(text),
        None => Err(call.raise("the JSON object is nested too deeply to be written")),
    });
    api.meta("__len", |call, this: &JsonObject, ()| {
        Ok(match this.get(call)?.as_ref().map(|node| node.value.borrow()).as_deref() {
            Some(Value::Array(elements)) => elements.len(),
            _ => 0,
        })
    });
    api.meta("__eq", |call, this: &JsonObject, other: AnyUserData| {
        let other = other.borrow::<JsonObject>()?;
        Ok(match (this.get(call)?, other.get(call)?) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        })
    });
    api.meta("__iter", iterate);
}

/// The place of an element to read, from 0; `None` where there is none.
fn element(call: &Call<'_>, key: &Lua) -> mlua::Result<Option<usize>> {
    let Some(place) = call.lua().coerce_number(key.clone())? else {
        let got = key.type_name();
        return Err(call.raise(format!("bad argument #2 to '__index' (number expected, got {got})")));
    };
    if place < 1.0 {
        let text = "a JSON array is read before its first element, 1: C may crash there".to_owned();
        call.note(What::Note { text });
        return Ok(None);
    }
    Ok(Some(place as usize - 1))
}

fn name(call: &Call<'_>, key: &Lua) -> mlua::Result<Vec<u8>> {
    match call.lua().coerce_string(key.clone())? {
        Some(name) => Ok(c_text(name.as_bytes().to_vec())),
        None => {
            let got = key.type_name();
            Err(call.raise(format!("bad argument #2 to '{}' (string expected, got {got})", call.member())))
        }
    }
}

fn index(call: &Call<'_>, this: &JsonObject, key: Lua) -> mlua::Result<Lua> {
    let Some(node) = this.get(call)? else { return Ok(Lua::Nil) };
    let found = match &*node.value.borrow() {
        Value::Array(elements) => {
            element(call, &key)?.and_then(|place| elements.get(place).cloned().flatten())
        }
        Value::Object(fields) => fields.get(&name(call, &key)?).cloned().flatten(),
        _ => None,
    };
    encode::lua(call, &found)
}

/// The place of an element to set, from 0.
fn place_to_set(call: &Call<'_>, key: &Lua) -> mlua::Result<usize> {
    let Some(place) = call.lua().coerce_number(key.clone())? else {
        return Err(call.raise("json array index must be numeric"));
    };
    if place < 1.0 {
        return Err(call.raise("lua array semantics are that index operations are 1-based"));
    }
    Ok(place as usize - 1)
}

fn set(call: &Call<'_>, this: &JsonObject, (key, value): (Lua, Lua)) -> mlua::Result<()> {
    let Some(node) = this.get(call)? else { return Err(no_container(call)) };
    let removes = value.is_nil();
    // Keys are looked at first.
    let place = match &*node.value.borrow() {
        Value::Array(_) => place_to_set(call, &key)?,
        Value::Object(_) => {
            name(call, &key)?;
            0
        }
        _ => return Err(no_container(call)),
    };
    let value = if removes { None } else { encode::node(call, &value)? };
    if let Some(value) = &value
        && value.contains(call.lua(), node)?
    {
        return Err(call.raise("a JSON object cannot contain itself"));
    }
    // What was there is dropped once nothing is borrowed.
    let mut held = node.value.borrow_mut();
    let before = match &mut *held {
        Value::Array(_) if removes => return Err(call.raise("cannot delete from json arrays")),
        Value::Array(elements) => {
            if let Some(more) = place.checked_sub(elements.len()) {
                let room = more.saturating_add(1).saturating_mul(size_of::<Json>());
                node.grow(call.lua(), room)?;
                elements.resize_with(place + 1, || None);
            }
            elements.get_mut(place).map(|slot| std::mem::replace(slot, value))
        }
        Value::Object(fields) => {
            let name = name(call, &key)?;
            if removes {
                crate::machine::charge(call.lua(), fields.len() as u64 / 8)?;
                fields.shift_remove(&name)
            } else {
                node.grow(call.lua(), Node::FIELD + name.len())?;
                fields.insert(name, value)
            }
        }
        _ => return Err(no_container(call)),
    };
    drop(held);
    drop(before);
    Ok(())
}

fn no_container(call: &Call<'_>) -> mlua::Error {
    call.raise("cannot assign to this type of json object")
}

/// Where a `for` loop stands.
enum At {
    /// At the element of this place.
    Element(usize),
    /// Behind the field at this place, which had this name.
    Field(usize, Option<Vec<u8>>),
}

/// The function that a `for` loop calls: key and value, until nil. A null ends an array, as in the engine.
fn iterate(call: &Call<'_>, this: &JsonObject, (): ()) -> mlua::Result<mlua::Function> {
    let json = this.get(call)?.clone();
    let is_array = json.as_ref().is_some_and(|node| matches!(*node.value.borrow(), Value::Array(_)));
    let at = RefCell::new(if is_array { At::Element(0) } else { At::Field(0, None) });
    call.function(move |call, _: MultiValue| {
        let Some(node) = &json else { return Ok((Lua::Nil, Lua::Nil)) };
        let (key, found) = match (&*node.value.borrow(), &mut *at.borrow_mut()) {
            (Value::Array(elements), At::Element(place)) => {
                let Some(Some(found)) = elements.get(*place) else { return Ok((Lua::Nil, Lua::Nil)) };
                *place += 1;
                (Lua::Integer(i64::try_from(*place).unwrap_or(i64::MAX)), Some(Rc::clone(found)))
            }
            (Value::Object(fields), At::Field(place, name)) => {
                // A field that was removed meanwhile has left its place to the next one.
                let is_there = name.as_ref().is_some_and(|name| fields.get_index_of(name) == Some(*place));
                let next = if is_there { *place + 1 } else { *place };
                let Some((key, found)) = fields.get_index(next) else { return Ok((Lua::Nil, Lua::Nil)) };
                *place = next;
                *name = Some(key.clone());
                (Lua::String(call.lua().create_string(key)?), found.clone())
            }
            _ => return Ok((Lua::Nil, Lua::Nil)),
        };
        Ok((key, encode::lua(call, &found)?))
    })
}
