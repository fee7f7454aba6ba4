//! Errors on their way through scripts.

use mlua::{Error, Function, Lua, LuaString, Table, Value};

use super::number;
use crate::machine::error::{OUT_OF_MEMORY, Raised, Stopped, raise, without_library_place};
use crate::machine::limits::Limit;
use crate::machine::meter::Meter;
use crate::machine::place;

/// Gives what tells errors apart. It is there from the start: when memory has run out, nothing could be made.
pub(super) fn install(lua: &Lua, native: &Table) -> mlua::Result<()> {
    native.raw_set("failed", lua.create_function(failed)?)?;
    native.raw_set("is_stop", lua.create_function(|lua, error: Value| Ok(is_stop(lua, &error)))?)?;
    native.raw_set(
        "tick",
        lua.create_function(|lua, ()| Meter::of(lua).map_or(Ok(()), |meter| meter.charge(lua, TICK)))?,
    )
}

/// What raises errors, and checks arguments.
pub(super) fn native(lua: &Lua, name: &str) -> mlua::Result<Option<Function>> {
    let made = match name {
        "raise" => {
            lua.create_function(|lua, message: LuaString| Err::<(), _>(raise(lua, message.as_bytes())))
        }
        "raise_again" => lua.create_function(raise_again),
        "bad_argument" => lua.create_function(|lua, (index, function, what): (usize, String, String)| {
            Err::<(), _>(raise(lua, format!("bad argument #{index} to '{function}' ({what})")))
        }),
        "expected" => lua.create_function(expected),
        "text" => lua.create_function(text_argument),
        "whole" => lua.create_function(whole_argument),
        _ => return Ok(None),
    };
    made.map(Some)
}

fn text_argument(lua: &Lua, (value, index, function): (Value, usize, String)) -> mlua::Result<LuaString> {
    match value {
        Value::String(text) => Ok(text),
        other => match number::of_value(&other) {
            Some(number) => lua.create_string(number::to_text(number)),
            None => Err(wrong_type(lua, index, &function, "string", &other)),
        },
    }
}

fn whole_argument(lua: &Lua, (value, index, function): (Value, usize, String)) -> mlua::Result<f64> {
    number::coerced(&value).map(f64::trunc).ok_or_else(|| wrong_type(lua, index, &function, "number", &value))
}

fn expected(lua: &Lua, (index, function, what, got): (usize, String, String, Value)) -> mlua::Result<()> {
    Err(wrong_type(lua, index, &function, &what, &got))
}

/// `bad argument #1 to 'sort' (table expected, got nil)`.
fn wrong_type(lua: &Lua, index: usize, function: &str, what: &str, got: &Value) -> Error {
    let got = if number::of_value(got).is_some() { "number" } else { got.type_name() };
    raise(lua, format!("bad argument #{index} to '{function}' ({what} expected, got {got})"))
}

/// What resuming a coroutine counts, in instructions: less than a slice of the hook can hide in each.
const TICK: u64 = 100;

/// What a script sees of an error that it caught. Raises again what ends the run.
fn failed(lua: &Lua, error: Value) -> mlua::Result<Value> {
    if is_stop(lua, &error) {
        return Err(Error::external(Stopped));
    }
    match error {
        Value::Error(error) => Ok(Value::String(lua.create_string(text(&error))?)),
        Value::String(text) => {
            let bytes = text.as_bytes();
            let visible = without_library_place(&bytes);
            if visible.len() == bytes.len() {
                drop(bytes);
                return Ok(Value::String(text));
            }
            lua.create_string(visible).map(Value::String)
        }
        other => Ok(other),
    }
}

/// Whether an error ends the run; one that says so ends it from here on.
fn is_stop(lua: &Lua, error: &Value) -> bool {
    let Some(meter) = Meter::of(lua) else { return false };
    if let Value::String(text) = error
        && *text.as_bytes() == *OUT_OF_MEMORY.as_bytes()
        && !meter.is_stopped()
    {
        let _ = meter.exceeded(lua, Limit::Memory);
    }
    if let Value::Error(error) = error
        && matches!(innermost(error), Error::MemoryError(_))
        && !meter.is_stopped()
    {
        let _ = meter.exceeded(lua, Limit::Memory);
    }
    meter.is_stopped()
}

fn innermost(mut error: &Error) -> &Error {
    while let Error::CallbackError { cause, .. } | Error::WithContext { cause, .. } = error {
        error = cause;
    }
    error
}

/// The text of an error of Rust.
fn text(error: &Error) -> Vec<u8> {
    match error.downcast_ref::<Raised>() {
        Some(raised) => raised.message.clone(),
        None => match innermost(error) {
            // A function of a script that Rust called; its traceback is not part of the message.
            Error::RuntimeError(text) => {
                let message =
                    text.split_once("\nstack traceback:\n").map_or(text.as_str(), |(message, _)| message);
                without_library_place(message.as_bytes()).to_vec()
            }
            other => other.to_string().into_bytes(),
        },
    }
}

/// Raises what a coroutine failed with in the one that wrapped it; a text gets its place in front, as in Lua.
fn raise_again(lua: &Lua, error: Value) -> mlua::Result<()> {
    match error {
        Value::String(text) => {
            let mut message = place::prefix(lua).into_bytes();
            message.extend_from_slice(&text.as_bytes());
            Err(Error::external(Raised { message }))
        }
        other => Err(Error::external(Raised { message: other.to_string()?.into_bytes() })),
    }
}
