//! Counts what a run uses, and remembers that it is over.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Instant;

use mlua::{Error, Lua};
use rustc_hash::FxHashMap;

use super::error::{ScriptError, ScriptErrorKind, Stopped, stop};
use super::limits::{Limit, Limits};
use super::place::{self, Place};

/// What a run has used so far.
pub(super) struct Meter {
    limits: Limits,
    instructions: Cell<u64>,
    output: Cell<usize>,
    /// Bytes that values of the API hold outside of Lua.
    held: Cell<usize>,
    begun: Cell<Instant>,
    stopped: RefCell<Option<ScriptError>>,
    is_stopped: Cell<bool>,
    /// Whether Lua's collector runs.
    collects: Cell<bool>,
    /// Where it was last seen when most of the memory was used: running out of it has no place of its own.
    last_seen: RefCell<Option<Place>>,
    /// Full names of chunks by the name that Lua cuts them to.
    chunks: RefCell<FxHashMap<String, String>>,
}

impl Meter {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            instructions: Cell::new(0),
            output: Cell::new(0),
            held: Cell::new(0),
            begun: Cell::new(Instant::now()),
            stopped: RefCell::new(None),
            is_stopped: Cell::new(false),
            collects: Cell::new(true),
            last_seen: RefCell::new(None),
            chunks: RefCell::new(FxHashMap::default()),
        }
    }

    /// The meter of a machine's Lua state.
    pub(super) fn of(lua: &Lua) -> Option<Rc<Meter>> {
        lua.app_data_ref::<Rc<Meter>>().map(|meter| Rc::clone(&meter))
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Starts counting anew.
    pub(super) fn begin(&self) {
        self.instructions.set(0);
        self.output.set(0);
        self.begun.set(Instant::now());
        self.stopped.replace(None);
        self.is_stopped.set(false);
        self.last_seen.replace(None);
    }

    /// Leaves time out of what counts.
    pub(super) fn pass_over(&self, time: std::time::Duration) {
        let begun = self.begun.get();
        self.begun.set(begun.checked_add(time).unwrap_or(begun));
    }

    /// Lets the collector rest until there is enough to collect: it would go through the library and the API again and
    /// again, and most sessions leave little behind.
    pub(super) fn rest_collector(&self, lua: &Lua) {
        lua.gc_stop();
        self.collects.set(false);
    }

    /// Has the collector work from here on if there is enough for it, or so many bytes are about to be added.
    pub(super) fn wake_collector(&self, lua: &Lua, more: usize) {
        /// In bytes.
        const ENOUGH: usize = 2 * 1024 * 1024;
        if !self.collects.get() && lua.used_memory().saturating_add(more) > ENOUGH.min(self.limits.memory / 4)
        {
            lua.gc_restart();
            self.collects.set(true);
        }
    }

    /// Notes where the script is, if it has used half of its memory.
    pub(super) fn see(&self, lua: &Lua) {
        self.wake_collector(lua, 0);
        if lua.used_memory() > self.limits.memory / 2 {
            self.last_seen.replace(place::place(lua));
        }
    }

    /// Where it was last seen with half of its memory used: near the place where it ran out.
    pub(super) fn last_seen(&self) -> Option<Place> {
        self.last_seen.borrow().clone()
    }

    /// What is left to use: steps and time.
    pub(super) fn left(&self) -> (u64, std::time::Duration) {
        let steps = self.limits.instructions.saturating_sub(self.instructions.get());
        (steps, self.limits.wall_clock.saturating_sub(self.begun.get().elapsed()))
    }

    pub(super) fn elapsed(&self) -> std::time::Duration {
        self.begun.get().elapsed()
    }

    /// Counts `steps` and looks at the limits. An error ends the run.
    pub(super) fn charge(&self, lua: &Lua, steps: u64) -> mlua::Result<()> {
        if self.is_stopped.get() {
            return Err(Error::external(Stopped));
        }
        let instructions = self.instructions.get().saturating_add(steps);
        self.instructions.set(instructions);
        if instructions > self.limits.instructions {
            return Err(self.exceeded(lua, Limit::Instructions));
        }
        if self.begun.get().elapsed() > self.limits.wall_clock {
            return Err(self.exceeded(lua, Limit::WallClock));
        }
        Ok(())
    }

    /// Counts bytes of output before they are written.
    pub(super) fn charge_output(&self, lua: &Lua, bytes: usize) -> mlua::Result<()> {
        let output = self.output.get().saturating_add(bytes);
        if output > self.limits.output {
            return Err(self.exceeded(lua, Limit::Output));
        }
        self.output.set(output);
        Ok(())
    }

    /// Asks whether a value of `bytes` may be made.
    pub(super) fn charge_memory(&self, lua: &Lua, bytes: usize) -> mlua::Result<()> {
        if bytes > self.limits.memory {
            return Err(self.exceeded(lua, Limit::Memory));
        }
        self.wake_collector(lua, bytes);
        Ok(())
    }

    /// Counts bytes that a value outside of Lua takes, on top of what Lua itself has.
    pub(super) fn hold(&self, lua: &Lua, bytes: usize) -> mlua::Result<()> {
        // What Lua's userdata stand for, goes when they are collected.
        self.wake_collector(lua, self.held.get().saturating_add(bytes));
        let fits = |held: usize| held.saturating_add(lua.used_memory()) <= self.limits.memory;
        if !fits(self.held.get().saturating_add(bytes)) {
            // Lua does not know how much its userdata stand for.
            lua.gc_collect()?;
            if !fits(self.held.get().saturating_add(bytes)) {
                return Err(self.exceeded(lua, Limit::Memory));
            }
        }
        self.held.set(self.held.get().saturating_add(bytes));
        Ok(())
    }

    /// Such bytes are free again.
    pub(super) fn let_go(&self, bytes: usize) {
        self.held.set(self.held.get().saturating_sub(bytes));
    }

    /// Ends the run at a limit.
    pub(super) fn exceeded(&self, lua: &Lua, limit: Limit) -> Error {
        stop(lua, ScriptErrorKind::Limit(limit), limit.message(&self.limits))
    }

    /// Ends the run; the first reason counts.
    pub(super) fn stop(&self, error: ScriptError) {
        self.is_stopped.set(true);
        self.stopped.borrow_mut().get_or_insert(error);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped.get()
    }

    /// How the run ended, if it did.
    pub(super) fn stopped(&self) -> Option<ScriptError> {
        self.stopped.borrow().clone()
    }

    /// Remembers a chunk's name.
    pub(super) fn name_chunk(&self, name: &str) {
        self.chunks.borrow_mut().insert(cut_name(name), name.to_owned());
    }

    /// Splits `file:line: message`, if a chunk of that name was loaded.
    pub(super) fn split_place<'a>(&self, text: &'a str) -> (Option<Place>, &'a str) {
        let chunks = self.chunks.borrow();
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| rest.find(':')) {
            let (name, rest) = text.split_at(from + at);
            let rest = rest.get(1..).unwrap_or_default();
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (line, message) = rest.split_at(digits);
            if let (Ok(line), Some(message)) = (line.parse(), message.strip_prefix(": "))
                && let Some(file) = chunks.get(name)
            {
                return (Some(Place { file: file.clone(), line }), message);
            }
            from += at + 1;
        }
        (None, text)
    }
}

/// A file name as Lua shows it in messages: its last 52 bytes.
pub(super) fn cut_name(name: &str) -> String {
    const MOST: usize = 52;
    if name.len() <= MOST {
        return name.to_owned();
    }
    let mut start = name.len() - MOST;
    while !name.is_char_boundary(start) {
        start += 1;
    }
    format!("...{}", name.get(start..).unwrap_or_default())
}
