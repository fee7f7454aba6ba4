//! `json_object`: what scripts hold of a JSON value.

use std::cell::RefCell;
use std::ops::Bound;
use std::rc::Rc;

use mlua::{AnyUserData, MultiValue, Value as Lua};

use super::node::{Json, Node, Value};
use super::{encode, write};
use crate::api::{Call, Class, Registry};

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

/// An element's place, from 0.
fn element(call: &Call<'_>, key: &Lua) -> mlua::Result<usize> {
    let place = match key {
        Lua::Integer(place) => Some(*place),
        Lua::Number(place) if place.fract() == 0.0 => Some(*place as i64),
        _ => None,
    };
    place.and_then(|place| usize::try_from(place).ok()?.checked_sub(1)).ok_or_else(|| {
        call.raise(format!("a JSON array has integer keys from 1, not {}", crate::api::shown(key)))
    })
}

fn name(call: &Call<'_>, key: &Lua) -> mlua::Result<Vec<u8>> {
    Ok(match call.lua().coerce_string(key.clone())? {
        Some(name) => name.as_bytes().to_vec(),
        None => crate::api::shown(key).into_bytes(),
    })
}

fn index(call: &Call<'_>, this: &JsonObject, key: Lua) -> mlua::Result<Lua> {
    let Some(node) = this.get(call)? else { return Ok(Lua::Nil) };
    let found = match &*node.value.borrow() {
        Value::Array(elements) => elements.get(element(call, &key)?).cloned().flatten(),
        Value::Object(fields) => fields.get(&name(call, &key)?).cloned().flatten(),
        _ => None,
    };
    encode::lua(call, &found)
}

fn set(call: &Call<'_>, this: &JsonObject, (key, value): (Lua, Lua)) -> mlua::Result<()> {
    let Some(node) = this.get(call)? else { return Err(no_container(call)) };
    let removes = value.is_nil();
    let value = if removes { None } else { encode::node(call, &value)? };
    if let Some(value) = &value
        && value.contains(call.lua(), node)?
    {
        return Err(call.raise("a JSON object cannot contain itself"));
    }
    // What was there is dropped once nothing is borrowed.
    let mut held = node.value.borrow_mut();
    let before = match &mut *held {
        Value::Array(_) if removes => return Err(call.raise("nothing can be removed from a JSON array")),
        Value::Array(elements) => {
            let place = element(call, &key)?;
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
                fields.remove(&name)
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
    call.raise("this JSON value is neither an object nor an array: it has no fields to set")
}

/// Where a `for` loop stands.
enum At {
    /// At the element of this place.
    Element(usize),
    /// Behind the field of this name.
    Field(Option<Vec<u8>>),
}

/// The function that a `for` loop calls: key and value, until nil.
fn iterate(call: &Call<'_>, this: &JsonObject, (): ()) -> mlua::Result<mlua::Function> {
    let json = this.get(call)?.clone();
    let is_array = json.as_ref().is_some_and(|node| matches!(*node.value.borrow(), Value::Array(_)));
    let at = RefCell::new(if is_array { At::Element(0) } else { At::Field(None) });
    call.function(move |call, _: MultiValue| {
        let Some(node) = &json else { return Ok((Lua::Nil, Lua::Nil)) };
        let (key, found) = match (&*node.value.borrow(), &mut *at.borrow_mut()) {
            (Value::Array(elements), At::Element(place)) => {
                let Some(found) = elements.get(*place) else { return Ok((Lua::Nil, Lua::Nil)) };
                *place += 1;
                (Lua::Integer(i64::try_from(*place).unwrap_or(i64::MAX)), found.clone())
            }
            (Value::Object(fields), At::Field(name)) => {
                let from = match name {
                    Some(name) => Bound::Excluded(name.as_slice()),
                    None => Bound::Unbounded,
                };
                let next = fields.range::<[u8], _>((from, Bound::Unbounded)).next();
                let Some((next, found)) = next else { return Ok((Lua::Nil, Lua::Nil)) };
                *name = Some(next.clone());
                (Lua::String(call.lua().create_string(next)?), found.clone())
            }
            _ => return Ok((Lua::Nil, Lua::Nil)),
        };
        Ok((key, encode::lua(call, &found)?))
    })
}
