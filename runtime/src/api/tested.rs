//! A state with the API, for the tests of modules.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use mlua::{AnyUserData, FromLuaMulti, IntoLuaMulti, Lua, MultiValue};

use super::{Class, Frame, object};
use crate::machine::{Grants, Limits, Machine, ScriptError, ScriptErrorKind};
use crate::report::{Trace, TraceSink};
use crate::session::{NoFiles, Session, read_toml};

/// A state in which no session runs.
pub(crate) struct State {
    pub(crate) machine: Machine,
    pub(crate) lua: Lua,
    pub(crate) frame: Rc<Frame>,
}

pub(crate) fn state() -> State {
    state_with(Session::default())
}

/// A state with the answers of a session.
pub(crate) fn state_with(session: Session) -> State {
    let trace = Rc::new(RefCell::new(Trace::default()));
    let sink = TraceSink(Rc::clone(&trace));
    let machine = Machine::new(Limits::default(), Grants::default(), sink).unwrap();
    let api = Arc::new(momentum_lua_stubs::api().clone());
    let frame = Frame::install(machine.lua(), api, Rc::new(session), trace).unwrap();
    State { lua: machine.lua().clone(), machine, frame }
}

/// The session of a file that is right.
pub(crate) fn session_of(text: &str) -> Session {
    let (session, errors) = read_toml(text, &NoFiles);
    assert!(errors.is_empty(), "{errors:?}");
    session
}

/// A state with the answers of a session file, and modules loaded.
pub(crate) fn state_of(session: &str, modules: &[&str]) -> State {
    let state = state_with(session_of(session));
    for module in modules {
        state.eval::<()>(&format!("require('{module}')"));
    }
    state
}

impl State {
    /// What a chunk returns. It is named `test.lua`.
    pub(crate) fn eval<R: FromLuaMulti>(&self, chunk: &str) -> R {
        self.call(chunk, ())
    }

    /// The same for a chunk that gets arguments.
    pub(crate) fn call<R: FromLuaMulti>(&self, chunk: &str, args: impl IntoLuaMulti) -> R {
        match self.run(chunk, args) {
            Ok(results) => R::from_lua_multi(results, &self.lua).unwrap(),
            Err(error) => panic!("{error}"),
        }
    }

    /// The error that a chunk raises.
    pub(crate) fn error(&self, chunk: &str) -> String {
        match self.run(chunk, ()) {
            Ok(_) => panic!("no error: {chunk}"),
            Err(error) if error.kind == ScriptErrorKind::Crash => format!("would crash the server: {error}"),
            Err(error) => error.to_string(),
        }
    }

    fn run(&self, chunk: &str, args: impl IntoLuaMulti) -> Result<MultiValue, ScriptError> {
        let function = self.machine.load("test.lua", chunk.as_bytes())?;
        self.machine.call(&function, args)
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
