//! `table.concat`, which builds something as long as a script likes.

use mlua::{Lua, LuaString, MultiValue, Table, Value};

use super::arguments::Arguments;
use super::number;
use crate::machine::error::raise;
use crate::machine::meter::Meter;

/// Puts the function in place; the others are in `library.lua`.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let table: Table = lua.globals().get("table")?;
    table.set("concat", lua.create_function(concat)?)
}

fn concat(lua: &Lua, values: MultiValue) -> mlua::Result<LuaString> {
    let arguments = Arguments::new(lua, "concat", values);
    let Some(Value::Table(table)) = arguments.get(1) else { return Err(arguments.expected(1, "table")) };
    let separator = if arguments.is_nil(2) { lua.create_string("")? } else { arguments.string(2)? };
    let separator = separator.as_bytes();
    let from = arguments.integer_or(3, 1)?;
    let to = arguments.integer_or(4, i64::try_from(table.raw_len()).unwrap_or(i64::MAX))?;
    let meter = Meter::of(lua);
    let mut result = Vec::new();
    let mut index = from;
    while index <= to {
        match table.raw_get::<Value>(index)? {
            Value::String(text) => result.extend_from_slice(&text.as_bytes()),
            other => match number::of_value(&other) {
                Some(number) => result.extend_from_slice(number::to_text(number).as_bytes()),
                None => {
                    let kind = other.type_name();
                    let message = format!("invalid value ({kind}) at index {index} in table for 'concat'");
                    return Err(raise(lua, message));
                }
            },
        }
        if index < to {
            result.extend_from_slice(&separator);
        }
        if let Some(meter) = meter.as_ref().filter(|_| (index - from) % 256 == 255) {
            meter.charge(lua, 256)?;
        }
        if let Some(meter) = &meter {
            meter.charge_memory(lua, result.len())?;
        }
        index += 1;
    }
    lua.create_string(result)
}
