//! The engine's library: what of Lua 5.1's own behaves otherwise there, or would let a run go on without an end.
//!
//! What must call functions of scripts is written in Lua (`library.lua`): errors pass through it as they are, and the
//! hook sees it. What computes is Rust, and counts its steps. Everything else is Lua 5.1's.

mod arguments;
mod bytecode;
mod debug;
mod engine_words;
mod errors;
mod format;
mod io;
pub(super) mod load;
mod number;
mod operators;
mod os;
mod output;
mod pattern;
mod strings;
mod tables;

use std::sync::OnceLock;

use mlua::chunk::ChunkMode;
use mlua::{Function, Lua, LuaString, Table};

use super::place::LIBRARY;

const SOURCE: &str = include_str!("library.lua");

/// Puts the library into a fresh state.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    operators::install(lua)?;
    number::install(lua)?;
    load::install(lua)?;
    strings::install(lua)?;
    tables::install(lua)?;
    io::install(lua)?;
    os::install(lua)?;
    debug::install(lua)?;
    run(lua, native(lua)?)
}

/// What Rust gives to `library.lua`: a table whose functions are made when they are first asked for, since most sessions
/// need few of them. No script sees it.
fn native(lua: &Lua) -> mlua::Result<Table> {
    let native = lua.create_table()?;
    errors::install(lua, &native)?;
    let metatable = lua.create_table()?;
    metatable.raw_set(
        "__index",
        lua.create_function(|lua, (native, name): (Table, LuaString)| {
            let function = made(lua, &name.to_str()?)?;
            if let Some(function) = &function {
                native.raw_set(name, function)?;
            }
            Ok(function)
        })?,
    )?;
    native.set_metatable(Some(metatable))?;
    Ok(native)
}

/// The function of a name; each module knows those that it gives.
fn made(lua: &Lua, name: &str) -> mlua::Result<Option<Function>> {
    for native in [errors::native, operators::native, output::native, load::native, strings::native] {
        if let Some(function) = native(lua, name)? {
            return Ok(Some(function));
        }
    }
    Ok(None)
}

/// Runs `library.lua`, which is compiled once for all machines.
fn run(lua: &Lua, native: Table) -> mlua::Result<()> {
    static COMPILED: OnceLock<Vec<u8>> = OnceLock::new();
    let name = format!("={LIBRARY}");
    if let Some(compiled) = COMPILED.get() {
        return lua.load(compiled.as_slice()).set_name(name).set_mode(ChunkMode::Binary).call(native);
    }
    let function = lua.load(SOURCE).set_name(name).set_mode(ChunkMode::Text).into_function()?;
    // Nobody sees lines and names of locals of the library, and they take longer to load than all else.
    let dumped = function.dump(false);
    let _ = COMPILED.set(bytecode::without_lines(&dumped).unwrap_or(dumped));
    function.call(native)
}

/// Puts a function where lowered texts find it: behind the names of `string`, as their operators.
pub(super) fn put_behind_strings(lua: &Lua, name: &str, function: Function) -> mlua::Result<()> {
    let strings: Table = lua.globals().get("string")?;
    let Some(behind) = strings.metatable() else { return Ok(()) };
    let operators: Table = behind.raw_get("__index")?;
    operators.raw_set(name, function)
}
