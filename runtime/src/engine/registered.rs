//! The tables that scripts registered, in a run.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{Function, Lua, LuaString, Table, Value};

use crate::api::modules::Registered;
use crate::api::{Frame, Running, schedule};
use crate::report::Place;

/// A table with callouts and hooks.
pub(super) struct Module {
    pub(super) registered: Registered,
    hooks: Vec<Hook>,
    /// `self` of the session, once a callout with a validation context ran.
    pub(super) own: RefCell<Option<Table>>,
}

/// A callout or hook of a table.
pub(super) struct Hook {
    pub(super) running: Rc<Running>,
    /// Its name as a key of the table.
    key: LuaString,
    /// The function that was called last, and where it begins.
    last: RefCell<Option<(Function, Option<Place>)>>,
}

impl Module {
    /// A table that was registered; the callouts and hooks that are called are those of `registered`.
    pub(super) fn new(lua: &Lua, frame: &Frame, registered: Registered) -> Self {
        let hook = |name: &String| {
            let phase = frame.api().hook(name).and_then(|hook| hook.phases.first().map(ToString::to_string));
            // Without memory for its name, it could not be called either.
            let key = lua.create_string(name).ok()?;
            let running = Rc::new(Running { hook: name.clone(), phase });
            Some(Hook { running, key, last: RefCell::default() })
        };
        let hooks = registered.hooks.iter().filter_map(hook).collect();
        Self { registered, hooks, own: RefCell::default() }
    }

    /// The callout or hook of a name, if it is to be called.
    pub(super) fn hook(&self, name: &str) -> Option<&Hook> {
        self.hooks.iter().find(|hook| hook.name() == name)
    }
}

impl Hook {
    /// Its name: `validate_data`.
    pub(super) fn name(&self) -> &str {
        &self.running.hook
    }

    /// What the table has under its name now: a script may have changed it.
    pub(super) fn function(&self, module: &Module) -> Option<Function> {
        match module.registered.table.get(&self.key) {
            Ok(Value::Function(function)) => Some(function),
            _ => None,
        }
    }

    /// The line where the function begins.
    pub(super) fn place_of(&self, function: &Function) -> Option<Place> {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((known, place)) if known == function => place.clone(),
            _ => {
                let place = schedule::place_of(function);
                *last = Some((function.clone(), place.clone()));
                place
            }
        }
    }
}
