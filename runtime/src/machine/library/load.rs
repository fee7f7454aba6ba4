//! Texts that scripts load while they run: they are of the dialect, too.

use mlua::chunk::ChunkMode;
use mlua::{Error, Function, Lua, LuaString, MultiValue, Table, Value};

use super::arguments::Arguments;
use super::engine_words;
use crate::lowering::{Origin, Purpose};
use crate::machine::error::{ScriptErrorKind, stop};
use crate::machine::meter::Meter;
use crate::machine::{Chunk, Held, World, conditions, coverage};

/// Loads lowered text under a name with Lua's mark in front (`@file`, `=name`, or the text itself).
pub(in crate::machine) fn function(lua: &Lua, name: &str, text: &[u8]) -> mlua::Result<Function> {
    if let (Some(meter), Some(file)) = (Meter::of(lua), name.strip_prefix('@')) {
        meter.name_chunk(file);
    }
    lua.load(text).set_name(name).set_mode(ChunkMode::Text).into_function()
}

/// The probes that the machine wants in texts.
fn wanted(lua: &Lua) -> Option<Purpose> {
    if coverage::is_on(lua) {
        return Some(Purpose::Count);
    }
    conditions::is_on(lua).then_some(Purpose::Tell)
}

/// Loads a text that was lowered before: with its probes where the machine wants them. Where those make the text too large
/// for Lua it is loaded without.
pub(in crate::machine) fn chunk(lua: &Lua, name: &str, chunk: &Chunk) -> mlua::Result<Function> {
    let probed = chunk.probed.as_ref().filter(|probed| Some(probed.purpose) == wanted(lua));
    if let Some(probed) = probed
        && let Ok(function) = self::function(lua, name, &probed.text)
    {
        match probed.purpose {
            Purpose::Count => coverage::loaded(lua, chunk.name(), probed),
            Purpose::Tell => conditions::loaded(lua, chunk.name(), probed),
        }
        return Ok(function);
    }
    function(lua, name, &chunk.text)
}

/// Puts `loadstring`, `loadfile` and the path of `require` in place.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let globals = lua.globals();
    globals.raw_set("loadstring", lua.create_function(loadstring)?)?;
    globals.raw_set("loadfile", lua.create_function(loadfile)?)?;
    globals.raw_get::<Table>("package")?.raw_set("path", lua_path(lua))
}

/// What `load`, `dofile` and the searcher of `require` need.
pub(super) fn native(lua: &Lua, name: &str) -> mlua::Result<Option<Function>> {
    let made = match name {
        "load_text" => lua.create_function(load_text),
        "load_file" => lua.create_function(load_file),
        "search" => lua.create_function(search),
        _ => return Ok(None),
    };
    made.map(Some)
}

/// A function, or the message that says what is wrong with the text.
enum Loaded {
    Function(Function),
    Message(String),
}

impl mlua::IntoLuaMulti for Loaded {
    /// As Lua returns it: the function alone, or nil and the message.
    fn into_lua_multi(self, lua: &Lua) -> mlua::Result<MultiValue> {
        match self {
            Self::Function(function) => function.into_lua_multi(lua),
            Self::Message(message) => (Value::Nil, message).into_lua_multi(lua),
        }
    }
}

/// Bytes that reading takes for each byte of a text.
const TREE: usize = 60;

/// Loads a text.
fn loaded(lua: &Lua, name: &str, text: &[u8], origin: Origin) -> mlua::Result<Loaded> {
    if let Some(meter) = Meter::of(lua) {
        // Parsing takes about as long as a few instructions for each byte.
        meter.charge(lua, text.len() as u64 * 4)?;
    }
    // A script makes a text of any length; files are what the user grants.
    let tree = if origin == Origin::File { 0 } else { text.len().saturating_mul(TREE) };
    let _tree = Held::new(lua, tree)?;
    let read = match (name.strip_prefix('@'), wanted(lua)) {
        (Some(file), Some(purpose)) if origin == Origin::File => Chunk::with_probes(file, text, purpose),
        _ => Chunk::from(name, text, origin),
    };
    match read {
        Ok(chunk) => match self::chunk(lua, name, &chunk) {
            Ok(function) => Ok(Loaded::Function(function)),
            Err(Error::SyntaxError { message, .. }) => Ok(Loaded::Message(message)),
            Err(other) => Err(other),
        },
        Err(error) if error.kind == ScriptErrorKind::Crash => {
            Err(stop(lua, ScriptErrorKind::Crash, error.message))
        }
        Err(error) => {
            let line = error.line.map_or_else(String::new, |line| format!("{line}:"));
            Ok(Loaded::Message(format!("{}:{line} {}", shown(name), engine_words::of(&error.message))))
        }
    }
}

/// A chunk's name as Lua shows it in messages.
fn shown(name: &str) -> String {
    const MOST: usize = 60;
    if let Some(name) = name.strip_prefix('=') {
        return name.chars().take(MOST - 1).collect();
    }
    if let Some(name) = name.strip_prefix('@') {
        return crate::machine::meter::cut_name(name);
    }
    let first = name.split(['\n', '\r']).next().unwrap_or_default();
    let most = MOST - " [string \"...\"] ".len() - 1;
    let cut: String = first
        .chars()
        .scan(0, |length, c| {
            *length += c.len_utf8();
            (*length <= most).then_some(c)
        })
        .collect();
    let dots = if cut.len() < name.len() { "..." } else { "" };
    format!("[string \"{cut}{dots}\"]")
}

/// A chunk name ends at a NUL, as in C.
fn chunk_name(name: &[u8]) -> String {
    let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
    String::from_utf8_lossy(name.get(..end).unwrap_or_default()).into_owned()
}

fn loadstring(lua: &Lua, values: MultiValue) -> mlua::Result<Loaded> {
    let arguments = Arguments::new(lua, "loadstring", values);
    let text = arguments.string(1)?;
    let name = if arguments.is_nil(2) { text.clone() } else { arguments.string(2)? };
    loaded(lua, &chunk_name(&name.as_bytes()), &text.as_bytes(), Origin::String)
}

/// What `load` collected.
fn load_text(lua: &Lua, (text, name): (LuaString, LuaString)) -> mlua::Result<Loaded> {
    loaded(lua, &chunk_name(&name.as_bytes()), &text.as_bytes(), Origin::String)
}

fn loadfile(lua: &Lua, values: MultiValue) -> mlua::Result<Loaded> {
    let arguments = Arguments::new(lua, "loadfile", values);
    if arguments.is_nil(1) {
        return Ok(Loaded::Message("cannot read stdin: it is not granted".to_owned()));
    }
    let path = arguments.string(1)?.to_string_lossy();
    load_file(lua, path)
}

/// A file that a script names.
fn load_file(lua: &Lua, path: String) -> mlua::Result<Loaded> {
    match read(lua, &path) {
        Ok(bytes) => loaded(lua, &format!("@{path}"), &bytes, Origin::File),
        Err(reason) => Ok(Loaded::Message(format!("cannot open {path}: {reason}"))),
    }
}

/// The bytes of a file that the run may read.
pub(super) fn read(lua: &Lua, path: &str) -> Result<Vec<u8>, String> {
    let files = lua.app_data_ref::<World>().map(|world| world.grants.borrow().files.clone());
    files.map_or_else(|| Err("No such file or directory".to_owned()), |files| files.read(path))
}

/// The templates of the run.
fn lua_path(lua: &Lua) -> String {
    lua.app_data_ref::<World>().map(|world| world.grants.borrow().lua_path.join(";")).unwrap_or_default()
}

/// Looks a module up along `package.path`: its loader, or the text that says where it was not found.
fn search(lua: &Lua, (module, path): (LuaString, LuaString)) -> mlua::Result<Value> {
    let name = module.to_string_lossy();
    let module = name.replace('.', "/");
    let mut missed = String::new();
    for template in path.to_string_lossy().split(';').filter(|template| !template.is_empty()) {
        let file = template.replace('?', &module);
        match read(lua, &file) {
            Ok(bytes) => {
                return match loaded(lua, &format!("@{file}"), &bytes, Origin::File)? {
                    Loaded::Function(function) => Ok(Value::Function(function)),
                    Loaded::Message(message) => {
                        let text = format!("error loading module '{name}' from file '{file}':\n\t{message}");
                        Err(crate::machine::raise(lua, text))
                    }
                };
            }
            Err(_) => {
                let line = format!("\n\tno file '{file}'");
                if !missed.contains(&line) {
                    missed.push_str(&line);
                }
            }
        }
    }
    lua.create_string(missed).map(Value::String)
}
