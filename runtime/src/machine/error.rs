//! How a run ends other than well.

use std::fmt;

use mlua::{Error, Function, IntoLuaMulti, Lua, MultiValue};

use super::limits::Limit;
use super::meter::Meter;
use super::place::{self, Place};

/// Why a script did not run to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// What kind of end it is.
    pub kind: ScriptErrorKind,
    /// What happened, without the place.
    pub message: String,
    /// The name of the chunk, where it is known.
    pub file: Option<String>,
    /// The line in it, from 1.
    pub line: Option<u32>,
    /// The calls that led there, the innermost first, as Lua words them (`file:3: in function 'f'`).
    pub traceback: Vec<String>,
}

/// The kinds of an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScriptErrorKind {
    /// The text is not of the dialect; nothing of it ran.
    Syntax,
    /// An error that no script caught.
    Raised,
    /// A limit of the run.
    Limit(Limit),
    /// The real server would have crashed.
    Crash,
    /// The script waits for what never comes: a lock that nobody gives back.
    Deadlock,
    /// The script ended the process that it runs in (`os.exit`), with this status. In a server that is its end, too.
    Exit(i32),
}

impl fmt::Display for ScriptError {
    /// `file:line: message`, as Lua writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}:")?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            write!(f, " ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for ScriptError {}

/// An error that scripts see as a string.
#[derive(Debug)]
pub(super) struct Raised {
    /// With its place in front, as Lua writes it.
    pub(super) message: Vec<u8>,
}

impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.message))
    }
}

impl std::error::Error for Raised {}

/// The end of the run; what it is stands in the [`Meter`].
#[derive(Debug)]
pub(super) struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the run was stopped")
    }
}

impl std::error::Error for Stopped {}

/// What a function of the API returns where the real server would crash: nil given to a C function, an index outside
/// a C array. It ends the run, whatever the script does, and is reported with the line of the call.
#[must_use]
pub fn crash(lua: &Lua, message: impl Into<String>) -> Error {
    stop(lua, ScriptErrorKind::Crash, message.into())
}

/// What a function of the API returns where the script would wait for ever. It ends the run, as [`crash`] does.
#[must_use]
pub fn deadlock(lua: &Lua, message: impl Into<String>) -> Error {
    stop(lua, ScriptErrorKind::Deadlock, message.into())
}

/// Calls a function of a script from within a function of the API: what it raises is a value, and what ends the run
/// ends it here, too.
///
/// # Errors
/// What ends the run; it must be passed on.
pub fn protected(
    lua: &Lua,
    function: &Function,
    arguments: impl IntoLuaMulti,
) -> mlua::Result<Result<MultiValue, ScriptError>> {
    caught(lua, function.call(arguments))
}

/// The same for a result of Lua's that somebody has already.
///
/// # Errors
/// What ends the run; it must be passed on.
pub fn caught<T>(lua: &Lua, result: mlua::Result<T>) -> mlua::Result<Result<T, ScriptError>> {
    let Some(meter) = Meter::of(lua) else {
        let plain = |error: Error| ScriptError {
            kind: ScriptErrorKind::Raised,
            message: error.to_string(),
            file: None,
            line: None,
            traceback: Vec::new(),
        };
        return Ok(result.map_err(plain));
    };
    let error = match result {
        Ok(_) if meter.is_stopped() => return Err(Error::external(Stopped)),
        Ok(values) => return Ok(Ok(values)),
        Err(error) => from_lua(&error, &meter),
    };
    if error.kind == ScriptErrorKind::Limit(Limit::Memory) {
        meter.stop(error.clone());
    }
    if meter.is_stopped() {
        return Err(Error::external(Stopped));
    }
    Ok(Err(error))
}

/// What a function of the API returns for an ordinary error: a script's `pcall` sees the string
/// `file:line: message`, where file and line are those of the call.
#[must_use]
pub fn raise(lua: &Lua, message: impl AsRef<[u8]>) -> Error {
    let mut text = place::prefix(lua).into_bytes();
    text.extend_from_slice(message.as_ref());
    Error::external(Raised { message: text })
}

/// Ends the run.
pub(super) fn stop(lua: &Lua, kind: ScriptErrorKind, message: String) -> Error {
    // A state that no machine made, as in a test of a single function.
    let Some(meter) = Meter::of(lua) else {
        let crash = if kind == ScriptErrorKind::Crash { "would crash the server: " } else { "" };
        return Error::runtime(format!("{crash}{message}"));
    };
    let Place { file, line } = place::place(lua).unwrap_or(Place { file: String::new(), line: 0 });
    let known = !file.is_empty();
    meter.stop(ScriptError {
        kind,
        message,
        file: known.then_some(file),
        line: known.then_some(line),
        traceback: traceback(lua),
    });
    Error::external(Stopped)
}

/// The calls that led to a function of the library, the innermost first, without the library's own.
pub(super) fn traceback(lua: &Lua) -> Vec<String> {
    // The run may just have used all its memory up.
    let limit = lua.set_memory_limit(0);
    let text = lua.traceback(None, 0).map(|text| text.to_string_lossy()).unwrap_or_default();
    if let Ok(limit) = limit {
        let _ = lua.set_memory_limit(limit);
    }
    frames(&text)
}

const TRACEBACK: &str = "stack traceback:\n";

/// The lines of a traceback. A function of the library's own Lua is told as one of C, as in the engine, and what it calls in
/// turn is not told.
fn frames(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text
        .strip_prefix(TRACEBACK)
        .unwrap_or(text)
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let is_library = |line: &&str| line.starts_with(place::LIBRARY);
    let told = lines.iter().enumerate().filter_map(|(number, line)| {
        let called_by_library = lines.get(number + 1).is_some_and(is_library);
        if !is_library(line) {
            return (!(called_by_library && line.starts_with("[C]"))).then(|| (*line).to_owned());
        }
        let name = line.split_once("in function '").and_then(|(_, rest)| rest.strip_suffix('\''))?;
        // Operators of lowered scripts are no calls.
        (!called_by_library && !name.starts_with("__")).then(|| format!("[C]: in function '{name}'"))
    });
    told.skip_while(|line| line.starts_with("[C]") && !line.contains('\'')).collect()
}

/// A message without the place of the library's own Lua, which Lua puts in front of what happens there.
pub(super) fn without_library_place(message: &[u8]) -> &[u8] {
    let rest = message.strip_prefix(place::LIBRARY.as_bytes()).and_then(|rest| rest.strip_prefix(b":"));
    let Some(rest) = rest else { return message };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    rest.get(digits..).and_then(|rest| rest.strip_prefix(b": ")).unwrap_or(message)
}

/// What a failed call becomes. `name` gives the full name of a chunk for the name that Lua cut.
pub(super) fn from_lua(error: &Error, meter: &Meter) -> ScriptError {
    if let Some(stopped) = meter.stopped() {
        return stopped;
    }
    let mut traceback = Vec::new();
    let mut cause = error;
    let text = loop {
        match cause {
            Error::CallbackError { traceback: text, cause: inner } => {
                traceback = frames(text);
                cause = inner.as_ref();
            }
            Error::WithContext { cause: inner, .. } => cause = inner.as_ref(),
            Error::RuntimeError(text) | Error::MemoryError(text) => break text.clone(),
            Error::SyntaxError { message, .. } => break message.clone(),
            other => break other.to_string(),
        }
    };
    let (text, frames_of_text) = match text.rfind(&format!("\n{TRACEBACK}")) {
        Some(at) => (text.get(..at).unwrap_or_default(), frames(text.get(at + 1..).unwrap_or_default())),
        None => (text.as_str(), Vec::new()),
    };
    if traceback.is_empty() {
        traceback = frames_of_text;
    }
    let text = String::from_utf8_lossy(without_library_place(text.as_bytes())).into_owned();
    let memory = matches!(cause, Error::MemoryError(_)) || text == OUT_OF_MEMORY;
    let (place, message) = meter.split_place(&text);
    let kind = if memory {
        ScriptErrorKind::Limit(Limit::Memory)
    } else if message.starts_with("stack overflow") || message.starts_with("C stack overflow") {
        ScriptErrorKind::Limit(Limit::Recursion)
    } else {
        ScriptErrorKind::Raised
    };
    let message = match kind {
        ScriptErrorKind::Limit(limit) => limit.message(meter.limits()),
        _ => message.to_owned(),
    };
    let place = place
        .or_else(|| traceback.iter().find_map(|frame| meter.split_place(frame).0))
        .or_else(|| meter.last_seen().filter(|_| memory));
    let (file, line) = match place {
        Some(place) => (Some(place.file), Some(place.line)),
        None => (None, None),
    };
    ScriptError { kind, message, file, line, traceback }
}

/// What Lua says when memory is refused.
pub(super) const OUT_OF_MEMORY: &str = "not enough memory";
