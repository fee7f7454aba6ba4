//! `msys.registerModule` and `xmpp.registerModule`: the tables of callouts and hooks.

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
    /// Who calls it.
    pub by: Caller,
}

/// Who calls the functions of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// The server.
    Scriptlet,
    /// The XMPP module.
    Xmpp,
}

impl Caller {
    /// Whether it calls hooks of that family.
    fn calls(self, scope: &str) -> bool {
        (scope == "xmpp") == (self == Self::Xmpp)
    }
}

/// All tables that were registered, in their order.
#[derive(Debug, Default)]
pub struct Modules {
    /// In the order of the calls.
    pub registered: Vec<Registered>,
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.registerModule", |call, args: (String, Table)| {
        register_module(call, args, Caller::Scriptlet)
    });
    api.function("xmpp.registerModule", |call, args: (String, Table)| {
        register_module(call, args, Caller::Xmpp)
    });
}

fn register_module(call: &Call<'_>, (name, table): (String, Table), by: Caller) -> mlua::Result<()> {
    let api = call.frame().api();
    let (mut hooks, mut others) = (Vec::new(), Vec::new());
    table.for_each(|key: Value, value: Value| {
        if let (Value::String(key), Value::Function(_)) = (&key, &value) {
            let key = key.to_string_lossy();
            if let Some(hook) = api.hook(&key) {
                if by.calls(&hook.scope) { hooks.push(key) } else { others.push(key) }
            }
        }
        Ok(())
    })?;
    // `pairs` gives no order.
    hooks.sort();
    others.sort();
    for other in others {
        let function = if by == Caller::Xmpp { "msys.registerModule" } else { "xmpp.registerModule" };
        let text = format!("`{other}` never runs: it belongs in a table for {function}");
        call.note(What::Note { text });
    }
    if hooks.is_empty() && by == Caller::Scriptlet {
        let text = format!("scriptlet: no usable methods found for module {name} in registerModule call");
        call.note(What::Paniclog { text });
    }
    let modules = call.part::<Modules>();
    let mut modules = modules.borrow_mut();
    let at = call.place();
    let same = |module: &&Registered| module.name == name && module.by == by;
    if let Some(first) = modules.registered.iter().find(same) {
        let place = first.at.as_ref().map(|place| format!(" in {place}")).unwrap_or_default();
        let text = format!("a module `{name}` is registered already{place}: names must not be used twice");
        call.note(What::Note { text });
    }
    modules.registered.push(Registered { name, table, hooks, at, by });
    Ok(())
}
