//! Operators on values that are not all numbers, and those that Lua 5.1 lacks.

use mlua::{Error, Function, Lua, LuaString, MultiValue, Value};

use super::number::{coerced, truncated};
use crate::machine::error::raise;

/// The names of a type's metamethods are looked up through this, for userdata that is not Rust's.
const GET_METATABLE: &str = "momentum-lua getmetatable";

/// Keeps Lua's own `getmetatable`, before a script can change it.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let get_metatable: Function = lua.globals().raw_get("getmetatable")?;
    lua.set_named_registry_value(GET_METATABLE, get_metatable)
}

/// What operators need whose operands are not all numbers, and the bit operators.
pub(super) fn native(lua: &Lua, name: &str) -> mlua::Result<Option<Function>> {
    let made = match name {
        "operands" => lua.create_function(operands),
        "metamethod" => lua.create_function(|lua, (value, event): (Value, LuaString)| {
            metamethod(lua, &value, &event.to_str()?)
        }),
        "read_number" => lua.create_function(|_, value: Value| Ok(coerced(&value))),
        "__band" => binary(lua, "__and", |a, b| a & b),
        "__bor" => binary(lua, "__or", |a, b| a | b),
        "__bxor" => binary(lua, "__xor", |a, b| a ^ b),
        "__shl" => binary(lua, "__shl", |a, b| a.wrapping_shl(count(b))),
        "__shr" => binary(lua, "__shr", |a, b| a.wrapping_shr(count(b))),
        "__bnot" => lua.create_function(|lua, (a, x): (Value, Option<LuaString>)| {
            bitwise(lua, "__not", [(a.clone(), x.clone()), (a, x)], |a, _| !a)
        }),
        _ => return Ok(None),
    };
    made.map(Some)
}

/// A bit operator with two operands; `event` is the metamethod that takes others than numbers.
fn binary(lua: &Lua, event: &'static str, compute: Compute) -> mlua::Result<Function> {
    lua.create_function(move |lua, (a, b, x, y): (Value, Value, Option<LuaString>, Option<LuaString>)| {
        bitwise(lua, event, [(a, x), (b, y)], compute)
    })
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
