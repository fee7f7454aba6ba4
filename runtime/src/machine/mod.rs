//! One Lua state that behaves as the engine's: the dialect and its library, errors as values with file and line, and
//! an end for every run.
//!
//! Errors cross three borders, each in one place:
//! - Rust to script: [`raise`] and [`crash`] make the error; `pcall`, `xpcall` and `coroutine.resume` turn it into the
//!   string that a script expects, and pass on what ends the run.
//! - script to Rust: [`Machine::call`] makes a [`ScriptError`] of it.
//! - Lua's limits: the hook that looks at them every [`Limits::GRANULARITY`] instructions raises, and raises again.

mod conditions;
mod coverage;
mod error;
mod grants;
mod held;
mod library;
mod limits;
mod meter;
mod place;
mod sink;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use mlua::debug::HookTriggers;
use mlua::{Function, IntoLuaMulti, Lua, LuaOptions, MultiValue, StdLib, VmState};
use momentum_lua_analyzer::syntax::{self, ColumnUnit, Encoding, LineIndex};

pub use conditions::Condition;
pub use coverage::Covered;
pub use error::{ScriptError, ScriptErrorKind, caught, crash, deadlock, protected, raise};
pub use grants::{Files, Grants};
pub use held::Held;
pub use limits::{Limit, Limits};
pub(crate) use place::{LIBRARY, is_library};
pub use place::{Place, place};
pub use sink::{Output, OutputKind, Sink};

use crate::lowering::{self, Lowered, Origin, Purpose, Sites};
use meter::Meter;

/// A Lua state with the engine's library.
pub struct Machine {
    lua: Lua,
    meter: Rc<Meter>,
}

/// What the library's functions share: found through the Lua state.
pub(crate) struct World {
    pub(crate) grants: RefCell<Grants>,
    pub(crate) sink: RefCell<Box<dyn Sink>>,
}

/// A text that is ready to be loaded, into any number of machines.
#[derive(Clone, Debug)]
pub struct Chunk {
    name: String,
    text: Vec<u8>,
    /// The same with probes.
    probed: Option<Arc<Probed>>,
}

/// A text that counts what is executed of it, or tells what its conditions are.
#[derive(Debug)]
struct Probed {
    number: u32,
    purpose: Purpose,
    text: Vec<u8>,
    sites: Sites,
}

impl Chunk {
    /// Reads a script. `name` is what messages call it: the path as the user knows it.
    ///
    /// # Errors
    /// Bytecode, the first syntax error, or a text on which the engine's compiler crashes.
    pub fn new(name: &str, source: &[u8]) -> Result<Self, ScriptError> {
        Self::from(name, source, Origin::File)
    }

    /// The same with probes, for machines that want them ([`Machine::cover`], [`Machine::tell_conditions`]).
    ///
    /// # Errors
    /// As [`Chunk::new`].
    pub fn with_probes(name: &str, source: &[u8], purpose: Purpose) -> Result<Self, ScriptError> {
        /// Texts so far: each has a number of its own.
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mut chunk = Self::new(name, source)?;
        let (text, encoding) = syntax::decode(source.to_vec());
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        if let Ok((lowered, sites)) = lowering::lower_with_probes(&text, number, purpose) {
            let text = encoded(lowered.text, encoding);
            chunk.probed = Some(Arc::new(Probed { number, purpose, text, sites }));
        }
        Ok(chunk)
    }

    fn from(name: &str, source: &[u8], origin: Origin) -> Result<Self, ScriptError> {
        let failed = |kind, message: &str, line| ScriptError {
            kind,
            message: message.to_owned(),
            file: Some(name.to_owned()),
            line,
            traceback: Vec::new(),
        };
        if source.first() == Some(&0x1b) {
            return Err(failed(ScriptErrorKind::Syntax, "this is bytecode; only texts are loaded", None));
        }
        let (text, encoding) = syntax::decode(source.to_vec());
        let Lowered { text: lowered, crash_line } = lowering::lower(&text, origin).map_err(|errors| {
            let first = errors.first();
            let line = first.map(|error| {
                let lines = LineIndex::new(&text);
                lines.position(error.span.start, &text, ColumnUnit::Utf32).line + 1
            });
            failed(ScriptErrorKind::Syntax, first.map_or("", |error| &error.message), line)
        })?;
        if crash_line.is_some() {
            let message = "the engine crashes when it compiles `~` before `nil`, `true` or `false`";
            return Err(failed(ScriptErrorKind::Crash, message, crash_line));
        }
        Ok(Self { name: name.to_owned(), text: encoded(lowered, encoding), probed: None })
    }

    /// What messages call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A lowered text in the encoding of its source.
fn encoded(lowered: String, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => lowered.into_bytes(),
        // What lowering adds is ASCII.
        Encoding::Latin1 => syntax::encode(&lowered, encoding).unwrap_or_else(|| lowered.into_bytes()),
    }
}

impl Machine {
    /// A fresh state with the engine's library. What scripts print goes to `sink`.
    ///
    /// # Errors
    /// If [`Limits::memory`] is too small for the library itself.
    pub fn new(limits: Limits, grants: Grants, sink: impl Sink + 'static) -> Result<Self, ScriptError> {
        let meter = Rc::new(Meter::new(limits));
        Self::build(&meter, grants, Box::new(sink)).map_err(|error| error::from_lua(&error, &meter))
    }

    fn build(meter: &Rc<Meter>, grants: Grants, sink: Box<dyn Sink>) -> mlua::Result<Self> {
        let libraries = StdLib::STRING | StdLib::TABLE | StdLib::MATH | StdLib::PACKAGE;
        let first = Lua::new_with(StdLib::NONE, LuaOptions::new())?;
        // The first handle has the collector go through the whole state when it is dropped; a clone does not, and closing
        // the state frees everything anyway. Now there is nothing to go through yet.
        let lua = first.clone();
        drop(first);
        meter.rest_collector(&lua);
        lua.load_std_libs(libraries)?;
        lua.set_app_data(Rc::clone(meter));
        lua.set_app_data(World { grants: RefCell::new(grants), sink: RefCell::new(sink) });
        library::install(&lua)?;
        lua.set_memory_limit(meter.limits().memory)?;
        let triggers = HookTriggers::new().every_nth_instruction(Limits::GRANULARITY);
        let hook = Rc::clone(meter);
        lua.set_global_hook(triggers, move |lua, _| {
            hook.see(lua);
            hook.charge(lua, u64::from(Limits::GRANULARITY)).map(|()| VmState::Continue)
        })?;
        meter.begin();
        Ok(Self { lua, meter: Rc::clone(meter) })
    }

    /// Tells each line of a script that is executed, from here on: the chunk's name, as it was loaded, and the line.
    /// Scripts run several times slower then.
    ///
    /// # Errors
    /// If Lua has no memory left.
    pub fn on_line(&self, seen: impl Fn(&str, u32) + 'static) -> Result<(), ScriptError> {
        let meter = Rc::clone(&self.meter);
        let triggers = HookTriggers::new().every_nth_instruction(Limits::GRANULARITY).every_line();
        let hook = move |lua: &Lua, debug: &mlua::debug::Debug| {
            if debug.event() == mlua::debug::DebugEvent::Line {
                if let Some(Place { file, line }) = place::of(debug) {
                    seen(&file, line);
                }
                return Ok(VmState::Continue);
            }
            meter.charge(lua, u64::from(Limits::GRANULARITY)).map(|()| VmState::Continue)
        };
        self.lua.set_global_hook(triggers, hook).map_err(|error| error::from_lua(&error, &self.meter))
    }

    /// Counts what is executed of texts that are loaded from here on, where they have probes. Files that scripts load by
    /// themselves get them.
    ///
    /// # Errors
    /// If Lua has no memory left.
    pub fn cover(&self) -> Result<(), ScriptError> {
        coverage::install(&self.lua).map_err(|error| error::from_lua(&error, &self.meter))
    }

    /// Tells each condition that is asked in texts that are loaded from here on, where they have probes for it. Files
    /// that scripts load by themselves get them, unless the machine counts what is executed.
    ///
    /// # Errors
    /// If Lua has no memory left.
    pub fn tell_conditions(&self, seen: impl Fn(&Lua, &Condition<'_>) + 'static) -> Result<(), ScriptError> {
        conditions::install(&self.lua, seen).map_err(|error| error::from_lua(&error, &self.meter))
    }

    /// What was executed, of each text that was loaded with probes, in the order in which they were.
    #[must_use]
    pub fn covered(&self) -> Vec<Covered> {
        coverage::covered(&self.lua)
    }

    /// Starts a new run in the same state: limits count from here.
    pub fn begin(&self) {
        self.meter.begin();
    }

    /// The Lua state. Functions that are called through it directly do not report as [`Machine::call`] does.
    #[must_use]
    pub fn lua(&self) -> &Lua {
        &self.lua
    }

    /// Loads a script: the function that runs it. `name` is what messages call it.
    ///
    /// # Errors
    /// As [`Chunk::new`].
    pub fn load(&self, name: &str, source: &[u8]) -> Result<Function, ScriptError> {
        self.load_chunk(&Chunk::new(name, source)?)
    }

    /// Loads a script that was read before.
    ///
    /// # Errors
    /// What Lua alone refuses: more than 200 locals or 60 upvalues in a function, or too little memory.
    pub fn load_chunk(&self, chunk: &Chunk) -> Result<Function, ScriptError> {
        self.meter.wake_collector(&self.lua, chunk.text.len());
        library::load::chunk(&self.lua, &format!("@{}", chunk.name), chunk).map_err(|error| {
            let mut error = error::from_lua(&error, &self.meter);
            if error.kind == ScriptErrorKind::Raised {
                error.kind = ScriptErrorKind::Syntax;
            }
            error
        })
    }

    /// Calls a function of the machine.
    ///
    /// # Errors
    /// What the script did not catch, a limit, or a crash of the real server.
    pub fn call(&self, function: &Function, arguments: impl IntoLuaMulti) -> Result<MultiValue, ScriptError> {
        self.meter.wake_collector(&self.lua, 0);
        let result = function.call::<MultiValue>(arguments);
        match (result, self.meter.stopped()) {
            (_, Some(stopped)) => Err(stopped),
            (Ok(values), None) => Ok(values),
            (Err(error), None) => {
                let error = error::from_lua(&error, &self.meter);
                if error.kind == ScriptErrorKind::Limit(Limit::Memory) {
                    self.meter.stop(error.clone());
                }
                Err(error)
            }
        }
    }

    /// What an error of the Lua state says, for work that was done through [`Machine::lua`].
    #[must_use]
    pub fn error(&self, error: &mlua::Error) -> ScriptError {
        error::from_lua(error, &self.meter)
    }

    /// How the run was ended, if a limit, a crash or an exit ended it.
    #[must_use]
    pub fn stopped(&self) -> Option<ScriptError> {
        self.meter.stopped()
    }
}

/// The chunk name of Lua text that belongs to the server, which neither messages nor tracebacks show.
pub(crate) const LIBRARY_CHUNK: &str = "=[library]";

/// Sets the clock that scripts see, in seconds since 1970.
pub fn set_time(lua: &Lua, seconds: f64) {
    if let Some(world) = lua.app_data_ref::<World>() {
        world.grants.borrow_mut().time = Some(seconds);
    }
}

/// Counts work that a function of the API does, in steps of about an instruction, and looks at the limits.
///
/// # Errors
/// What ends the run; it must be passed on.
pub fn charge(lua: &Lua, steps: u64) -> mlua::Result<()> {
    Meter::of(lua).map_or(Ok(()), |meter| meter.charge(lua, steps))
}

/// Leaves time out of what counts for the limit of a run: something with limits of its own took it.
pub(crate) fn pass_over(lua: &Lua, time: std::time::Duration) {
    if let Some(meter) = Meter::of(lua) {
        meter.pass_over(time);
    }
}

/// Asks whether a value of so many bytes may be made.
///
/// # Errors
/// What ends the run; it must be passed on.
pub fn charge_memory(lua: &Lua, bytes: usize) -> mlua::Result<()> {
    Meter::of(lua).map_or(Ok(()), |meter| meter.charge_memory(lua, bytes))
}

/// The content of a file that the run may read, by the path that the script names; the error is the system's reason.
///
/// # Errors
/// If there is no such file, or the run may not read it.
pub fn read_file(lua: &Lua, path: &str) -> Result<Vec<u8>, String> {
    match lua.app_data_ref::<World>() {
        Some(world) => {
            let files = Rc::clone(&world.grants.borrow().files);
            drop(world);
            files.read(path)
        }
        None => Err("No such file or directory".to_owned()),
    }
}

/// What is left of the limits of the run: steps of about an instruction, and time.
#[must_use]
pub fn left(lua: &Lua) -> (u64, std::time::Duration) {
    Meter::of(lua).map_or((u64::MAX, std::time::Duration::MAX), |meter| meter.left())
}

#[cfg(test)]
mod tests;
