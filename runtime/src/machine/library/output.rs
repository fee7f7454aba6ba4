//! What scripts write.

use mlua::{Function, Lua, LuaString};

use crate::machine::World;
use crate::machine::meter::Meter;
use crate::machine::place;
use crate::machine::sink::{Output, OutputKind};

/// What `print` ends in.
pub(super) fn native(lua: &Lua, name: &str) -> mlua::Result<Option<Function>> {
    match name {
        "print_line" => lua
            .create_function(|lua, line: LuaString| write(lua, OutputKind::Line, &line.as_bytes()))
            .map(Some),
        _ => Ok(None),
    }
}

/// Counts and hands on a piece of output.
pub(super) fn write(lua: &Lua, kind: OutputKind, bytes: &[u8]) -> mlua::Result<()> {
    if let Some(meter) = Meter::of(lua) {
        meter.charge_output(lua, bytes.len() + usize::from(kind == OutputKind::Line))?;
    }
    let place = place::caller(lua);
    if let Some(world) = lua.app_data_ref::<World>() {
        world.sink.borrow_mut().take(Output { bytes: bytes.to_vec(), kind, place });
    }
    Ok(())
}
