//! The tables of modules, and `require` for those that the server brings.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use mlua::{Lua, Table, Value};
use momentum_lua_analyzer::configuration::near::did_you_mean;
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::Text;

use super::constants::Unlisted;
use super::{Frame, constants, lua_value, neutral};

/// Puts the global tables and the loader of modules into a state.
pub(super) fn install(lua: &Lua, frame: &Rc<Frame>) -> mlua::Result<()> {
    let globals = lua.globals();
    for name in &*global_modules(frame.shared_api()) {
        if globals.raw_get::<Value>(name.as_str())?.is_nil() {
            globals.raw_set(name.as_str(), table(lua, frame, name)?)?;
        }
    }
    // The machine has these tables as the engine does, empty: what is in them comes with the API.
    for name in ["buffer", "thread"] {
        globals.raw_set(name, table(lua, frame, name)?)?;
    }
    let Ok(loaders) = globals.get::<Table>("package").and_then(|package| package.get::<Table>("loaders"))
    else {
        return Ok(());
    };
    let kept = Rc::clone(frame);
    let loader = lua.create_function(move |lua, name: String| {
        if !is_server_module(&kept, &name) {
            let near = did_you_mean(&name, kept.api().near_modules(&name));
            let text = format!("\n\tno module '{name}' of the server{near}");
            return Ok(Value::String(lua.create_string(text)?));
        }
        let frame = Rc::clone(&kept);
        let load = lua.create_function(move |lua, name: String| require(lua, &frame, &name))?;
        Ok(Value::Function(load))
    })?;
    // After `package.preload`, before the search path.
    loaders.raw_insert(2, loader)
}

/// The modules that are there as globals from the start. One session after the other has the same API.
fn global_modules(api: &Arc<Api>) -> Rc<[Text]> {
    type Known = (Arc<Api>, Rc<[Text]>);
    thread_local! {
        static LAST: RefCell<Option<Known>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| match last {
        Some((known, names)) if Arc::ptr_eq(known, api) => Rc::clone(names),
        _ => {
            let modules = api.modules();
            let global = modules.iter().filter(|module| module.preloaded && !module.name.contains('.'));
            let names: Rc<[Text]> = global.map(|module| module.name.clone()).collect();
            *last = Some((Arc::clone(api), Rc::clone(&names)));
            names
        }
    })
}

/// Whether `require` finds a module in the server, not in a file of the site.
#[must_use]
fn is_server_module(frame: &Frame, name: &str) -> bool {
    frame.api().module(name).is_some_and(|module| module.source != "site")
}

/// What `require` gives for a module of the server; nil for one that it does not have.
pub(super) fn require(lua: &Lua, frame: &Rc<Frame>, name: &str) -> mlua::Result<Value> {
    let Some(module) = frame.api().module(name) else { return Ok(Value::Nil) };
    let is_first = frame.loaded.borrow_mut().insert(name.to_owned());
    let Some(class) = &module.class else { return Ok(Value::Boolean(true)) };
    let table = table(lua, frame, class)?;
    if is_first && let Some(setup) = frame.registry().setup(name) {
        setup(lua, &table)?;
    }
    if module.global {
        publish(lua, class, &table)?;
    }
    Ok(Value::Table(table))
}

/// Makes a table known under its name, with plain tables on the way to it: `opendkim.dkim` is a field of the global
/// `opendkim`.
fn publish(lua: &Lua, name: &str, table: &Table) -> mlua::Result<()> {
    let mut owner = lua.globals();
    let mut rest = name;
    while let Some((first, more)) = rest.split_once('.') {
        owner = match owner.get::<Value>(first)? {
            Value::Table(known) => known,
            _ => {
                let new = lua.create_table()?;
                owner.raw_set(first, &new)?;
                new
            }
        };
        rest = more;
    }
    owner.raw_set(rest, table)
}

/// The table of a module or of a part of one. Members appear when they are first asked for.
pub(super) fn table(lua: &Lua, frame: &Rc<Frame>, class: &str) -> mlua::Result<Table> {
    if let Some(table) = frame.tables.borrow().get(class) {
        return Ok(table.clone());
    }
    let table = lua.create_table()?;
    let metatable = lua.create_table()?;
    metatable.raw_set("__index", index(lua, frame)?)?;
    table.set_metatable(Some(metatable))?;
    frame.classes_of_tables.borrow_mut().insert(table.to_pointer(), class.into());
    frame.tables.borrow_mut().insert(class.to_owned(), table.clone());
    Ok(table)
}

/// What looks a member up, the same for all tables.
fn index(lua: &Lua, frame: &Rc<Frame>) -> mlua::Result<mlua::Function> {
    if let Some(index) = &*frame.index.borrow() {
        return Ok(index.clone());
    }
    let kept = Rc::clone(frame);
    let made = lua.create_function(move |lua, (table, key): (Table, Value)| {
        // The tables live as long as the frame: no other has the address of one of them.
        let class = kept.classes_of_tables.borrow().get(&table.to_pointer()).map(Rc::clone);
        class.map_or(Ok(Value::Nil), |class| member(lua, &kept, &class, &table, &key))
    })?;
    *frame.index.borrow_mut() = Some(made.clone());
    Ok(made)
}

fn member(lua: &Lua, frame: &Rc<Frame>, class: &str, owner: &Table, key: &Value) -> mlua::Result<Value> {
    let Value::String(key) = key else { return Ok(Value::Nil) };
    let name = key.to_string_lossy();
    let value = match frame.api().member(class, &name) {
        Some(Member::CFunction(c)) if c.is_macro => Value::Nil,
        Some(found @ (Member::Function(_) | Member::CFunction(_))) => match found.function() {
            Some(function) if frame.has(&function.requires) => {
                let body = frame.registry().body(&function.owner, &function.member);
                Value::Function(frame.function(lua, function, body)?)
            }
            _ => Value::Nil,
        },
        Some(Member::Constant(constant)) if frame.has(&constant.requires) => {
            neutral::constant_value(lua, &constants::value(constant))?
        }
        Some(Member::Table(class)) if is_visible(frame, &class.name) => {
            Value::Table(table(lua, frame, &class.name)?)
        }
        Some(Member::Field(field)) if frame.has(&field.requires) => {
            return neutral::field(lua, frame, &field.ty);
        }
        None => unlisted(lua, frame, class, &name)?,
        _ => Value::Nil,
    };
    if !value.is_nil() {
        owner.raw_set(key, &value)?;
    }
    Ok(value)
}

/// What no page lists: a constant of the session, or a function of a module of which nothing else is known.
fn unlisted(lua: &Lua, frame: &Rc<Frame>, class: &str, name: &str) -> mlua::Result<Value> {
    let path = format!("{class}.{name}");
    if let Some(value) = frame.session().constants.get(&path) {
        return lua_value(lua, value);
    }
    if constants::looks_like_one(name) {
        frame.part::<Unlisted>().borrow_mut().add(path);
        return Ok(Value::Nil);
    }
    let api = frame.api();
    let is_unknown =
        api.class(class).is_some_and(|class| class.about.undocumented) && api.own_members(class).is_empty();
    if is_unknown { frame.recorded(lua, class, name).map(Value::Function) } else { Ok(Value::Nil) }
}

/// A table is there when its module was required, or one below it.
fn is_visible(frame: &Frame, class: &str) -> bool {
    let loaded = frame.loaded.borrow();
    let below = |module: &String| {
        module.strip_prefix(class).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    if loaded.iter().any(below) {
        return true;
    }
    match frame.api().module(class) {
        Some(module) => module.preloaded,
        None => frame.api().class(class).and_then(|class| class.module.as_deref()).is_some_and(|module| {
            loaded.contains(module) || frame.api().module(module).is_some_and(|module| module.preloaded)
        }),
    }
}
