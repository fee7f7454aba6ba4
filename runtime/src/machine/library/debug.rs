//! `debug`: what looks. What reaches into other functions is refused in `library.lua`.

use mlua::{Function, Lua, LuaString, MultiValue, Table, Value};

use crate::machine::error::{raise, traceback as calls};

/// Puts `debug` in place.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let debug = lua.create_table()?;
    debug.set("traceback", lua.create_function(traceback)?)?;
    debug.set("getinfo", lua.create_function(getinfo)?)?;
    lua.globals().set("debug", debug)
}

/// The message with the calls that led here; a value that is no text is returned as it is.
fn traceback(lua: &Lua, values: MultiValue) -> mlua::Result<Value> {
    let mut values = values.into_iter().peekable();
    if matches!(values.peek(), Some(Value::Thread(_))) {
        values.next();
    }
    let message = match values.next() {
        None | Some(Value::Nil) => None,
        Some(Value::String(text)) => Some(text.to_string_lossy()),
        Some(number @ (Value::Number(_) | Value::Integer(_))) => Some(number.to_string()?),
        Some(other) => return Ok(other),
    };
    let frames = calls(lua);
    let head = message.map(|message| message + "\n").unwrap_or_default();
    let text = format!("{head}stack traceback:\n\t{}", frames.join("\n\t"));
    lua.create_string(text).map(Value::String)
}

/// `source`, `short_src`, `currentline`, `linedefined`, `what`, `name`, `namewhat` and `func`.
fn getinfo(lua: &Lua, (of, _): (Value, Option<LuaString>)) -> mlua::Result<Option<Table>> {
    let info = lua.create_table()?;
    if let Value::Function(function) = of {
        let about = function.info();
        info.set("source", about.source)?;
        info.set("short_src", about.short_src)?;
        info.set("what", about.what)?;
        info.set("linedefined", about.line_defined)?;
        info.set("lastlinedefined", about.last_line_defined)?;
        info.set("currentline", -1)?;
        info.set("func", function)?;
        return Ok(Some(info));
    }
    let Some(level) = super::number::coerced(&of).and_then(|level| usize::try_from(level as i64).ok()) else {
        return Err(raise(lua, "bad argument #1 to 'getinfo' (function or level expected)"));
    };
    struct Frame {
        source: Option<String>,
        short_src: Option<String>,
        what: &'static str,
        defined: Option<usize>,
        line: Option<usize>,
        name: Option<String>,
        name_what: Option<&'static str>,
        function: Function,
    }
    let frame = lua.inspect_stack(level, |frame| {
        let (source, names) = (frame.source(), frame.names());
        Frame {
            source: source.source.map(|text| text.into_owned()),
            short_src: source.short_src.map(|text| text.into_owned()),
            what: source.what,
            defined: source.line_defined,
            line: frame.current_line(),
            name: names.name.map(|text| text.into_owned()),
            name_what: names.name_what,
            function: frame.function(),
        }
    });
    let Some(frame) = frame else { return Ok(None) };
    info.set("source", frame.source)?;
    info.set("short_src", frame.short_src)?;
    info.set("what", frame.what)?;
    info.set("linedefined", frame.defined)?;
    info.set("currentline", frame.line.map_or(-1, |line| i64::try_from(line).unwrap_or(-1)))?;
    info.set("name", frame.name)?;
    info.set("namewhat", frame.name_what.unwrap_or(""))?;
    info.set("func", frame.function)?;
    Ok(Some(info))
}
