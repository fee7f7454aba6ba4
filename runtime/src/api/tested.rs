//! A state with the API, for the tests of modules.

use std::rc::Rc;
use std::sync::Arc;

use mlua::{AnyUserData, FromLuaMulti, IntoLuaMulti, Lua};

use super::{Class, Frame, object};
use crate::session::Session;

/// A state in which no session runs.
pub(crate) struct State {
    pub(crate) lua: Lua,
    pub(crate) frame: Rc<Frame>,
}

pub(crate) fn state() -> State {
    state_with(Session::default())
}

/// A state with the answers of a session.
pub(crate) fn state_with(session: Session) -> State {
    let lua = Lua::new();
    let api = Arc::new(momentum_lua_stubs::api().clone());
    let frame = Frame::install(&lua, api, Rc::new(session)).unwrap();
    State { lua, frame }
}

impl State {
    /// What a chunk returns. It is named `test.lua`.
    pub(crate) fn eval<R: FromLuaMulti>(&self, chunk: &str) -> R {
        self.call(chunk, ())
    }

    /// The same for a chunk that gets arguments.
    pub(crate) fn call<R: FromLuaMulti>(&self, chunk: &str, args: impl IntoLuaMulti) -> R {
        match self.lua.load(chunk).set_name("@test.lua").call(args) {
            Ok(results) => results,
            Err(error) => panic!("{error}"),
        }
    }

    /// The error that a chunk raises.
    pub(crate) fn error(&self, chunk: &str) -> String {
        match self.lua.load(chunk).set_name("@test.lua").exec() {
            Ok(()) => panic!("no error: {chunk}"),
            Err(error) => error.to_string(),
        }
    }

    /// A value of a class.
    pub(crate) fn object<T: Class>(&self, value: T) -> AnyUserData {
        object::create(&self.lua, &self.frame, value).unwrap()
    }

    /// What the report says so far, as JSON, an event a line.
    pub(crate) fn report(&self) -> String {
        let trace = self.frame.trace();
        let lines = trace.events().iter().map(|event| serde_json::to_string(event).unwrap());
        lines.collect::<Vec<_>>().join("\n")
    }
}
