//! A call of the API by a script.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{AnyUserData, FromLuaMulti, IntoLuaMulti, Lua, MultiValue, Value};

use super::frame::Callable;
use super::{Class, Frame, object};
use crate::machine;
use crate::report::{Place, What};
use crate::session::Session;

/// One call: what a body asks, and how it answers.
pub struct Call<'a> {
    pub(super) lua: &'a Lua,
    pub(super) frame: &'a Rc<Frame>,
    pub(super) callable: &'a Callable,
}

impl Call<'_> {
    /// The state that the script runs in.
    #[must_use]
    pub fn lua(&self) -> &Lua {
        self.lua
    }

    /// What the API keeps for this machine.
    #[must_use]
    pub fn frame(&self) -> &Rc<Frame> {
        self.frame
    }

    /// What arrives, and what everything outside answers.
    #[must_use]
    pub fn session(&self) -> &Session {
        self.frame.session()
    }

    /// The documented name of what was called: `msys.pcre.match`, `msg:binding`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.callable.name
    }

    /// The class or module that it stands in.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.callable.owner
    }

    /// The last part of its name, as Lua's own messages have it.
    #[must_use]
    pub fn member(&self) -> &str {
        &self.callable.member
    }

    /// An ordinary Lua error: `file:line: message` to the script's `pcall`.
    #[must_use]
    pub fn raise(&self, message: impl AsRef<str>) -> mlua::Error {
        machine::raise(self.lua, message.as_ref())
    }

    /// What would crash the server. Nothing in the script swallows it, and the run ends with it.
    #[must_use]
    pub fn crash(&self, message: impl AsRef<str>) -> mlua::Error {
        machine::crash(self.lua, message.as_ref())
    }

    /// The line of the script that called.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.frame.place(self.lua)
    }

    /// Puts something into the report, at the line that called.
    pub fn note(&self, what: What) {
        self.frame.note(self.lua, what);
    }

    /// This call was answered in full, though the stub promises less.
    pub(super) fn did_the_work(&self) {
        self.frame.did_the_work.set(true);
    }

    /// The session does not hold the answer to this call. `call` is the question with its arguments
    /// (`msys.dnsLookup("example.com", "A")`), `answer` the lines that the session file lacks.
    pub fn unanswered(&self, call: impl Into<String>, answer: impl Into<String>) {
        self.note(What::Unanswered { call: call.into(), answer: answer.into() });
    }

    /// The neutral result by the stub's types.
    ///
    /// # Errors
    /// When Lua has no memory left.
    pub fn neutral(&self) -> mlua::Result<MultiValue> {
        self.frame.neutral_results(self.lua, self.callable)
    }

    /// State of a module, which begins as its default and lives as long as the machine.
    #[must_use]
    pub fn part<T: Default + 'static>(&self) -> Rc<RefCell<T>> {
        self.frame.part()
    }

    /// A constant of the stubs by its full name; nil where there is none.
    #[must_use]
    pub fn constant(&self, name: &str) -> Value {
        self.frame.constant(self.lua, name)
    }

    /// A Lua function that this call gives to the script: one that goes over rows, or gives what was kept.
    ///
    /// # Errors
    /// When Lua has no memory left.
    pub fn function<F, A, R>(&self, body: F) -> mlua::Result<mlua::Function>
    where
        F: Fn(&Call<'_>, A) -> mlua::Result<R> + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        let (frame, callable) = (Rc::clone(self.frame), self.callable.given());
        self.lua.create_function(move |lua, args: A| {
            body(&Call { lua, frame: &frame, callable: &callable }, args)
        })
    }

    /// What another function or method of the API gives, the receiver of a method first among the arguments.
    ///
    /// # Errors
    /// What the other one raises; that it has no body.
    pub(super) fn delegate(&self, owner: &str, member: &str, args: MultiValue) -> mlua::Result<MultiValue> {
        match self.frame.registry().body(owner, member) {
            Some(body) => body(self, args),
            None => Err(self.raise(format!("{}: nothing models {owner}.{member}", self.name()))),
        }
    }

    /// A new value of a class that scripts hold.
    ///
    /// # Errors
    /// When Lua has no memory left.
    pub fn object<T: Class>(&self, value: T) -> mlua::Result<AnyUserData> {
        object::create(self.lua, self.frame, value)
    }

    /// A new value of a class by its name: a default one of its Rust type, or [`super::Opaque`], whose fields are neutral
    /// and whose methods are recorded.
    ///
    /// # Errors
    /// When Lua has no memory left.
    pub fn opaque(&self, class: &str) -> mlua::Result<AnyUserData> {
        object::of_class(self.lua, self.frame, class)
    }
}
