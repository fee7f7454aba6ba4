//! `msys.registerModule`: the tables of callouts and hooks.

use mlua::{Table, Value};

use super::{Call, Registry};
use crate::report::{Place, What};

/// A table that a script registered.
#[derive(Debug, Clone)]
pub struct Registered {
    /// The name of the module.
    pub name: String,
    /// Callouts and hooks, with whatever else it holds.
    pub table: Table,
    /// Those of its keys that the server knows as callouts or hooks, at the time.
    pub hooks: Vec<String>,
    /// The line that registered it.
    pub at: Option<Place>,
}

/// All tables that were registered, in their order.
#[derive(Debug, Default)]
pub struct Modules {
    /// In the order of the calls.
    pub registered: Vec<Registered>,
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.registerModule", register_module);
}

fn register_module(call: &Call<'_>, (name, table): (String, Table)) -> mlua::Result<()> {
    let api = call.frame().api();
    let mut hooks = Vec::new();
    table.for_each(|key: Value, value: Value| {
        if let (Value::String(key), Value::Function(_)) = (&key, &value) {
            let key = key.to_string_lossy();
            if api.hook(&key).is_some() {
                hooks.push(key);
            }
        }
        Ok(())
    })?;
    // `pairs` gives no order.
    hooks.sort();
    if hooks.is_empty() {
        let text = format!("scriptlet: no usable methods found for module {name} in registerModule call");
        call.note(What::Paniclog { text });
    }
    let modules = call.part::<Modules>();
    let mut modules = modules.borrow_mut();
    let at = call.place();
    if let Some(first) = modules.registered.iter().find(|module| module.name == name) {
        let place = first.at.as_ref().map(|place| format!(" in {place}")).unwrap_or_default();
        let text = format!("a module `{name}` is registered already{place}: names must not be used twice");
        call.note(What::Note { text });
    }
    modules.registered.push(Registered { name, table, hooks, at });
    Ok(())
}
