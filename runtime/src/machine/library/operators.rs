//! Operators on values that are not all numbers, and those that Lua 5.1 lacks.

use mlua::{Error, Function, Lua, LuaString, MultiValue, Table, Value};

use super::number::{coerced, truncated};
use crate::machine::error::raise;

/// The names of a type's metamethods are looked up through this, for userdata that is not Rust's.
const GET_METATABLE: &str = "momentum-lua getmetatable";

/// Gives `operands`, `metamethod` and the bit operators.
pub(super) fn install(lua: &Lua, native: &Table) -> mlua::Result<()> {
    let get_metatable: Function = lua.globals().get("getmetatable")?;
    lua.set_named_registry_value(GET_METATABLE, get_metatable)?;
    native.set("operands", lua.create_function(operands)?)?;
    native.set(
        "metamethod",
        lua.create_function(|lua, (value, event): (Value, LuaString)| {
            metamethod(lua, &value, &event.to_str()?)
        })?,
    )?;
    native.set("read_number", lua.create_function(|_, value: Value| Ok(coerced(&value)))?)?;
    let binary: [(&str, &'static str, Compute); 5] = [
        ("band", "__and", |a, b| a & b),
        ("bor", "__or", |a, b| a | b),
        ("bxor", "__xor", |a, b| a ^ b),
        ("shl", "__shl", |a, b| a.wrapping_shl(count(b))),
        ("shr", "__shr", |a, b| a.wrapping_shr(count(b))),
    ];
    for (name, event, compute) in binary {
        let operator =
            move |lua: &Lua, (a, b, x, y): (Value, Value, Option<LuaString>, Option<LuaString>)| {
                bitwise(lua, event, [(a, x), (b, y)], compute)
            };
        native.set(name, lua.create_function(operator)?)?;
    }
    let not = |lua: &Lua, (a, x): (Value, Option<LuaString>)| {
        bitwise(lua, "__not", [(a.clone(), x.clone()), (a, x)], |a, _| !a)
    };
    native.set("bnot", lua.create_function(not)?)
}

/// A bit operator on numbers.
type Compute = fn(i64, i64) -> i64;

/// The hardware takes a shift count modulo 64.
fn count(b: i64) -> u32 {
    #[expect(clippy::cast_sign_loss, reason = "six bits are left")]
    let count = (b & 63) as u32;
    count
}

fn bitwise(
    lua: &Lua,
    event: &str,
    operands: [(Value, Option<LuaString>); 2],
    compute: Compute,
) -> mlua::Result<Value> {
    let [(a, x), (b, y)] = operands;
    if let (Some(a), Some(b)) = (coerced(&a), coerced(&b)) {
        #[expect(clippy::cast_precision_loss, reason = "the engine's numbers are doubles")]
        return Ok(Value::Number(compute(truncated(a), truncated(b)) as f64));
    }
    let handler = match metamethod(lua, &a, event)? {
        Value::Nil => metamethod(lua, &b, event)?,
        handler => handler,
    };
    if let Value::Function(handler) = handler {
        return handler.call((a, b));
    }
    let wrong = if coerced(&a).is_none() { (&a, x) } else { (&b, y) };
    Err(attempt(lua, "perform bitwise operation on", wrong.0, wrong.1.as_ref()))
}

/// The operands of arithmetic, read as numbers; as they are where a metamethod takes them.
fn operands(
    lua: &Lua,
    (a, b, event, x, y): (Value, Value, LuaString, Option<LuaString>, Option<LuaString>),
) -> mlua::Result<(Value, Value)> {
    if let (Some(a), Some(b)) = (coerced(&a), coerced(&b)) {
        return Ok((Value::Number(a), Value::Number(b)));
    }
    let event = event.to_str()?;
    if !metamethod(lua, &a, &event)?.is_nil() || !metamethod(lua, &b, &event)?.is_nil() {
        return Ok((a, b));
    }
    let wrong = if coerced(&a).is_none() { (&a, x) } else { (&b, y) };
    Err(attempt(lua, "perform arithmetic on", wrong.0, wrong.1.as_ref()))
}

/// `attempt to … local 'x' (a nil value)`.
fn attempt(lua: &Lua, what: &str, value: &Value, name: Option<&LuaString>) -> Error {
    let kind = match value {
        Value::Integer(_) => "number",
        Value::Error(_) => "userdata",
        other => other.type_name(),
    };
    let text = match name {
        Some(name) => format!("attempt to {what} {} (a {kind} value)", name.to_string_lossy()),
        None => format!("attempt to {what} a {kind} value"),
    };
    raise(lua, text)
}

/// What a value's metatable says about an event, past any `__metatable`.
fn metamethod(lua: &Lua, value: &Value, event: &str) -> mlua::Result<Value> {
    let metatable = match value {
        Value::Table(table) => table.metatable(),
        Value::String(_) => lua.type_metatable::<LuaString>(),
        Value::UserData(userdata) => match userdata.metatable() {
            Ok(metatable) => return metatable.get(event),
            // `newproxy` makes userdata that is not Rust's.
            Err(_) => {
                let get: Function = lua.named_registry_value(GET_METATABLE)?;
                match get.call::<MultiValue>(userdata.clone())?.pop_front() {
                    Some(Value::Table(table)) => Some(table),
                    _ => None,
                }
            }
        },
        _ => None,
    };
    metatable.map_or(Ok(Value::Nil), |metatable| metatable.raw_get(event))
}
