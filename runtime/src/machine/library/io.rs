//! `io`: output goes to the run's sink, input is what the run may read.

use std::cell::{Cell, RefCell};

use mlua::{
    AnyUserData, FromLuaMulti, Function, IntoLuaMulti, Lua, LuaString, MetaMethod, MultiValue, Table,
    UserData, UserDataMethods, Value,
};

use super::arguments::Arguments;
use super::{load, number, output};
use crate::machine::error::raise;
use crate::machine::sink::OutputKind;

/// What a handle stands for.
enum Stream {
    /// What is read of a file.
    Input { bytes: Vec<u8>, at: Cell<usize> },
    /// Standard output or error.
    Output(OutputKind),
    /// Closed.
    Closed,
}

/// A file handle.
struct Handle(RefCell<Stream>);

/// Puts `io` in place.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let io = lua.create_table()?;
    lua.set_app_data(Methods(lua.create_table()?));
    let stream = |stream| lua.create_userdata(Handle(RefCell::new(stream)));
    let (stdin, stdout) = (
        stream(Stream::Input { bytes: Vec::new(), at: Cell::new(0) })?,
        stream(Stream::Output(OutputKind::Written))?,
    );
    io.set("stdin", &stdin)?;
    io.set("stdout", &stdout)?;
    io.set("stderr", stream(Stream::Output(OutputKind::Error))?)?;
    let out = stdout.clone();
    io.set(
        "write",
        lua.create_function(move |lua, values: MultiValue| {
            write(lua, OutputKind::Written, values, 1)?;
            Ok(out.clone())
        })?,
    )?;
    let input = stdin.clone();
    io.set(
        "read",
        lua.create_function(move |lua, values: MultiValue| input.borrow::<Handle>()?.read(lua, values, 1))?,
    )?;
    io.set("input", lua.create_function(move |_, _: MultiValue| Ok(stdin.clone()))?)?;
    io.set("output", lua.create_function(move |_, _: MultiValue| Ok(stdout.clone()))?)?;
    io.set("open", lua.create_function(open)?)?;
    io.set("lines", lua.create_function(lines)?)?;
    io.set("type", lua.create_function(kind)?)?;
    io.set("close", lua.create_function(|_, file: Option<AnyUserData>| close(file.as_ref()))?)?;
    lua.globals().set("io", io)
}

fn write(lua: &Lua, kind: OutputKind, values: MultiValue, first: usize) -> mlua::Result<()> {
    let arguments = Arguments::new(lua, "write", values);
    for index in first..=arguments.len() {
        output::write(lua, kind, &arguments.string(index)?.as_bytes())?;
    }
    Ok(())
}

/// A handle, or nil, the reason and a number.
fn open(lua: &Lua, values: MultiValue) -> mlua::Result<MultiValue> {
    let arguments = Arguments::new(lua, "open", values);
    let path = arguments.string(1)?.to_string_lossy();
    let mode = if arguments.is_nil(2) { "r".to_owned() } else { arguments.string(2)?.to_string_lossy() };
    let opened = match mode.as_str() {
        "r" | "rb" => load::read(lua, &path),
        _ => Err("Permission denied: a run writes no files".to_owned()),
    };
    Ok(match opened {
        Ok(bytes) => {
            let handle = Handle(RefCell::new(Stream::Input { bytes, at: Cell::new(0) }));
            MultiValue::from_iter([Value::UserData(lua.create_userdata(handle)?)])
        }
        Err(reason) => MultiValue::from_iter([
            Value::Nil,
            Value::String(lua.create_string(format!("{path}: {reason}"))?),
            Value::Integer(2),
        ]),
    })
}

fn lines(lua: &Lua, values: MultiValue) -> mlua::Result<Function> {
    let arguments = Arguments::new(lua, "lines", values);
    if arguments.is_nil(1) {
        return lua.create_function(|_, _: MultiValue| Ok(Value::Nil));
    }
    let path = arguments.string(1)?.to_string_lossy();
    let bytes = load::read(lua, &path).map_err(|reason| arguments.error(1, &format!("{path}: {reason}")))?;
    let handle = lua.create_userdata(Handle(RefCell::new(Stream::Input { bytes, at: Cell::new(0) })))?;
    lines_of(lua, handle)
}

fn lines_of(lua: &Lua, handle: AnyUserData) -> mlua::Result<Function> {
    lua.create_function(move |lua, _: MultiValue| handle.borrow::<Handle>()?.line(lua))
}

fn kind(_: &Lua, value: Value) -> mlua::Result<Option<&'static str>> {
    let Value::UserData(userdata) = value else { return Ok(None) };
    Ok(userdata.borrow::<Handle>().ok().map(|handle| match *handle.0.borrow() {
        Stream::Closed => "closed file",
        _ => "file",
    }))
}

fn close(file: Option<&AnyUserData>) -> mlua::Result<bool> {
    if let Some(file) = file {
        let handle = file.borrow::<Handle>()?;
        if matches!(*handle.0.borrow(), Stream::Output(_)) {
            return Ok(true);
        }
        handle.0.replace(Stream::Closed);
    }
    Ok(true)
}

impl Handle {
    /// The next line without its end, or nil.
    fn line(&self, lua: &Lua) -> mlua::Result<Value> {
        let Stream::Input { bytes, at } = &*self.0.borrow() else { return Err(closed(lua)) };
        let rest = bytes.get(at.get()..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(Value::Nil);
        }
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        at.set(at.get() + length + 1);
        lua.create_string(rest.get(..length).unwrap_or_default()).map(Value::String)
    }

    /// What the formats from `first` on ask for, up to the first that there is nothing for.
    fn read(&self, lua: &Lua, values: MultiValue, first: usize) -> mlua::Result<MultiValue> {
        let arguments = Arguments::new(lua, "read", values);
        let mut results = MultiValue::new();
        for index in first..=arguments.len().max(first) {
            let format = arguments.get(index).cloned().unwrap_or(Value::Nil);
            let value = match number::of_value(&format) {
                Some(count) => self.bytes(lua, number::truncated(count))?,
                None if format.is_nil() => self.line(lua)?,
                None => match &*arguments.string(index)?.as_bytes() {
                    [b'*', b'l', ..] => self.line(lua)?,
                    [b'*', b'a', ..] => match self.bytes(lua, i64::MAX)? {
                        Value::Nil => Value::String(lua.create_string("")?),
                        rest => rest,
                    },
                    [b'*', b'n', ..] => self.number(lua)?,
                    _ => return Err(arguments.error(index, "invalid format")),
                },
            };
            let end = value.is_nil();
            results.push_back(value);
            if end {
                break;
            }
        }
        Ok(results)
    }

    fn bytes(&self, lua: &Lua, count: i64) -> mlua::Result<Value> {
        let Stream::Input { bytes, at } = &*self.0.borrow() else { return Err(closed(lua)) };
        let rest = bytes.get(at.get()..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(Value::Nil);
        }
        let length = usize::try_from(count).unwrap_or(0).min(rest.len());
        at.set(at.get() + length);
        lua.create_string(rest.get(..length).unwrap_or_default()).map(Value::String)
    }

    fn number(&self, lua: &Lua) -> mlua::Result<Value> {
        let Stream::Input { bytes, at } = &*self.0.borrow() else { return Err(closed(lua)) };
        let rest = bytes.get(at.get()..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let rest = rest.get(blank..).unwrap_or_default();
        let length =
            rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
        at.set(at.get() + blank + length);
        Ok(number::read(rest.get(..length).unwrap_or_default()).map_or(Value::Nil, Value::Number))
    }
}

fn closed(lua: &Lua) -> mlua::Error {
    raise(lua, "attempt to use a closed file, or one that is not open for reading")
}

/// A method of handles, with what follows the handle.
type Method = fn(&Lua, &AnyUserData, MultiValue) -> mlua::Result<MultiValue>;

/// The methods of handles, made when they are first asked for: most sessions open no file.
struct Methods(Table);

impl UserData for Handle {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_function(MetaMethod::Index, method);
        methods.add_meta_method(MetaMethod::ToString, |_, this, ()| {
            Ok(match *this.0.borrow() {
                Stream::Closed => "file (closed)",
                _ => "file (open)",
            })
        });
    }
}

/// The method of a name.
fn method(lua: &Lua, (_, name): (Value, Value)) -> mlua::Result<Value> {
    let (Value::String(key), Some(methods)) =
        (&name, lua.app_data_ref::<Methods>().map(|methods| methods.0.clone()))
    else {
        return Ok(Value::Nil);
    };
    let known: Value = methods.raw_get(key)?;
    if !known.is_nil() {
        return Ok(known);
    }
    let (name, method): (&str, Method) = match &*key.as_bytes() {
        b"read" => ("read", |lua, file, values| file.borrow::<Handle>()?.read(lua, values, 1)),
        b"lines" => ("lines", |lua, file, _| lines_of(lua, file.clone())?.into_lua_multi(lua)),
        b"close" => ("close", |lua, file, _| close(Some(file))?.into_lua_multi(lua)),
        b"write" => ("write", write_to),
        b"flush" => ("flush", |lua, _, _| true.into_lua_multi(lua)),
        b"setvbuf" => ("setvbuf", |lua, _, _| true.into_lua_multi(lua)),
        b"seek" => ("seek", seek),
        _ => return Ok(Value::Nil),
    };
    let function = lua.create_function(move |lua, (file, values): (Value, MultiValue)| match &file {
        Value::UserData(file) if file.is::<Handle>() => method(lua, file, values),
        other => {
            let got = if other.is_nil() { "no value" } else { other.type_name() };
            Err(raise(lua, format!("calling '{name}' on bad self (FILE* expected, got {got})")))
        }
    })?;
    methods.raw_set(key, &function)?;
    Ok(Value::Function(function))
}

fn write_to(lua: &Lua, file: &AnyUserData, values: MultiValue) -> mlua::Result<MultiValue> {
    let kind = match *file.borrow::<Handle>()?.0.borrow() {
        Stream::Output(kind) => kind,
        _ => return Err(raise(lua, "a run writes no files")),
    };
    write(lua, kind, values, 1)?;
    file.into_lua_multi(lua)
}

/// The new position, or nil where there is none.
fn seek(lua: &Lua, file: &AnyUserData, values: MultiValue) -> mlua::Result<MultiValue> {
    let (from, offset) = <(Option<LuaString>, Option<i64>)>::from_lua_multi(values, lua)?;
    let handle = file.borrow::<Handle>()?;
    let Stream::Input { bytes, at } = &*handle.0.borrow() else { return Value::Nil.into_lua_multi(lua) };
    let start = match from.as_ref().map(LuaString::to_string_lossy).as_deref() {
        Some("set") => 0,
        Some("end") => bytes.len(),
        _ => at.get(),
    };
    let target = i64::try_from(start).unwrap_or(i64::MAX).saturating_add(offset.unwrap_or(0));
    let target = usize::try_from(target).ok();
    if let Some(target) = target {
        at.set(target);
    }
    target.into_lua_multi(lua)
}

#[cfg(test)]
mod tests {
    use crate::machine::{Grants, Limits, Machine};

    #[test]
    fn handles_have_their_methods_and_no_others() {
        let machine = Machine::new(Limits::default(), Grants::default(), ()).unwrap();
        let script = b"local out = io.stdout
assert(type(out.write) == 'function' and out.write == io.stderr.write and out.nothing == nil and out[1] == nil)
for _, name in ipairs({ 'read', 'lines', 'close', 'flush', 'setvbuf', 'seek' }) do assert(out[name], name) end
assert(out:write('a', 1) == out and out:flush() and out:seek('set', 0) == nil and tostring(out) == 'file (open)')
local ok, message = pcall(out.write, 'a')
assert(message == \"calling 'write' on bad self (FILE* expected, got string)\", message)
assert(not pcall(function() out.write = 1 end))";
        let function = machine.load("io.lua", script).unwrap();
        machine.call(&function, ()).unwrap();
    }
}
