//! The engine's library: what of Lua 5.1's own behaves otherwise there, or would let a run go on without an end.
//!
//! What must call functions of scripts is written in Lua (`library.lua`): errors pass through it as they are, and the
//! hook sees it. What computes is Rust, and counts its steps. Everything else is Lua 5.1's.

mod arguments;
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
use mlua::{Function, Lua, Table};

use super::place::LIBRARY;

const SOURCE: &str = include_str!("library.lua");

/// Puts the library into a fresh state.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let native = lua.create_table()?;
    errors::install(lua, &native)?;
    operators::install(lua, &native)?;
    number::install(lua)?;
    output::install(lua, &native)?;
    load::install(lua, &native)?;
    strings::install(lua, &native)?;
    tables::install(lua)?;
    io::install(lua)?;
    os::install(lua)?;
    debug::install(lua)?;
    run(lua, native)
}

/// Runs `library.lua`, which is compiled once for all machines.
fn run(lua: &Lua, native: Table) -> mlua::Result<()> {
    static COMPILED: OnceLock<Vec<u8>> = OnceLock::new();
    let name = format!("={LIBRARY}");
    if let Some(compiled) = COMPILED.get() {
        return lua.load(compiled.as_slice()).set_name(name).set_mode(ChunkMode::Binary).call(native);
    }
    let function = lua.load(SOURCE).set_name(name).set_mode(ChunkMode::Text).into_function()?;
    let _ = COMPILED.set(function.dump(false));
    function.call(native)
}

/// Puts a function where lowered texts find it: behind the names of `string`, as their operators.
pub(super) fn put_behind_strings(lua: &Lua, name: &str, function: Function) -> mlua::Result<()> {
    let strings: Table = lua.globals().get("string")?;
    let Some(behind) = strings.metatable() else { return Ok(()) };
    let operators: Table = behind.raw_get("__index")?;
    operators.raw_set(name, function)
}
