//! `strict`: requiring it makes it an error to use a global variable that nothing declared.
//!
//! A main chunk and functions of C declare a variable by assigning it, whatever the value; functions of scripts must not
//! assign one that is not declared. What was there before counts as declared, since the metatable of the globals sees
//! only names without a value.

use mlua::{Lua, MultiValue, Table, Value};

use super::{Registry, shown};
use crate::machine;

/// Tables of threads, which come and go.
const EXCEPTIONS: [&str; 2] = ["_TLS", "_OSTLS"];

pub(super) fn register(api: &mut Registry) {
    api.required("strict", install);
}

/// Who uses a global variable.
#[derive(Clone, Copy, PartialEq, Eq)]
enum User {
    /// C, or the library.
    C,
    Main,
    Function,
}

fn user(lua: &Lua) -> User {
    let found = lua.inspect_stack(1, |frame| match frame.source().what {
        _ if machine::is_library(frame) => User::C,
        "main" => User::Main,
        "Lua" | "tail" => User::Function,
        _ => User::C,
    });
    found.unwrap_or(User::C)
}

fn named(lua: &Lua, name: &Value) -> mlua::Result<String> {
    let text = lua.coerce_string(name.clone())?;
    Ok(text.map_or_else(|| shown(name), |text| text.to_string_lossy()))
}

fn install(lua: &Lua, _: &Table) -> mlua::Result<()> {
    let globals = lua.globals();
    let metatable = match globals.metatable() {
        Some(metatable) => metatable,
        None => lua.create_table()?,
    };
    let declared = lua.create_table()?;
    for name in EXCEPTIONS {
        declared.raw_set(name, true)?;
    }
    // Scripts declare names here without assigning them.
    metatable.raw_set("__declared", &declared)?;
    let (before, known) = (metatable.raw_get::<Value>("__index")?, declared.clone());
    let index = lua.create_function(move |lua, (table, name): (Table, Value)| {
        if known.raw_get::<Value>(&name)?.is_nil() && user(lua) != User::C {
            return Err(machine::raise(lua, format!("variable '{}' is not declared", named(lua, &name)?)));
        }
        match &before {
            Value::Function(before) => before.call((table, name)),
            Value::Table(before) => before.get(name),
            _ => Ok(Value::Nil),
        }
    })?;
    let before = metatable.raw_get::<Value>("__newindex")?;
    let new_index = lua.create_function(move |lua, (table, name, value): (Table, Value, Value)| {
        if declared.raw_get::<Value>(&name)?.is_nil() {
            if user(lua) == User::Function {
                return Err(machine::raise(
                    lua,
                    format!("assign to undeclared variable '{}'", named(lua, &name)?),
                ));
            }
            declared.raw_set(&name, true)?;
        }
        match &before {
            Value::Function(before) => before.call::<MultiValue>((table, name, value)).map(|_| ()),
            Value::Table(before) => before.set(name, value),
            _ => table.raw_set(name, value),
        }
    })?;
    metatable.raw_set("__index", index)?;
    metatable.raw_set("__newindex", new_index)?;
    globals.set_metatable(Some(metatable))
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn undeclared_variables_raise() {
        let state = state();
        let said: String = state.eval(
            "before = 1\nrequire('strict')\ndeclared = nil\nlocal seen = {}\n\
             local function says(f)\nseen[#seen + 1] = tostring(select(2, pcall(f)))\nend\n\
             says(function() return missing end)\n\
             says(function() fresh = 1 end)\n\
             says(function() declared = 2 return declared + before end)\n\
             says(function() _OSTLS = {} return type(_OSTLS) end)\n\
             says(function() return require('json') == json end)\n\
             rawset(_G, 'raw', 3)\n\
             says(function() return raw .. table.concat({ 'x' }):upper() end)\n\
             getmetatable(_G).__declared.late = true\n\
             says(function() return late end)\n\
             return table.concat(seen, '|')",
        );
        assert_eq!(
            said,
            "test.lua:8: variable 'missing' is not declared|test.lua:9: assign to undeclared variable 'fresh'|3|table|true|3X|nil"
        );
        let error = state.error("local x = 1\nreturn nothing");
        assert_eq!(error, "test.lua:2: variable 'nothing' is not declared");
        // A main chunk declares, in another file as well.
        assert_eq!(state.eval::<i64>("other = 5 return other"), 5);
        let error = state.error("coroutine.wrap(function() inside = 1 end)()");
        assert!(error.contains("assign to undeclared variable 'inside'"), "{error}");
    }

    #[test]
    fn without_it_they_are_nil() {
        assert!(state().eval::<bool>("return missing == nil"));
    }
}
