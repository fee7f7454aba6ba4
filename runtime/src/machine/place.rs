//! Where a script stands when it calls the library.

use mlua::Lua;

/// A line of a script.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The name that the chunk was loaded under.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// The chunk name of the library's own Lua, which no message shows.
pub(crate) const LIBRARY: &str = "[library]";

/// Frames that are looked at, at most.
const DEPTH: usize = 64;

/// The line of script that called the function which is running: the innermost frame that is neither Rust nor the
/// library's own Lua. `None` where no script is running.
#[must_use]
pub fn place(lua: &Lua) -> Option<Place> {
    (0..DEPTH).map_while(|level| lua.inspect_stack(level, of)).flatten().next()
}

/// As [`place`], but only if the script itself made the call; `None` if the library's caller was a function of the
/// library that a script handed over (`pcall(string.rep)`), where Lua gives no position either.
pub(super) fn caller(lua: &Lua) -> Option<Place> {
    (1..DEPTH)
        .map_while(|level| lua.inspect_stack(level, |frame| (is_library(frame), of(frame))))
        .find(|(library, _)| !library)
        .and_then(|(_, place)| place)
}

/// Whether a frame is one of the library's own Lua, which stands for functions of C.
pub(crate) fn is_library(frame: &mlua::debug::Debug) -> bool {
    frame.source().short_src.is_some_and(|source| source == LIBRARY)
}

/// The line that a frame executes, unless it is one of Rust or of the library.
pub(super) fn of(frame: &mlua::debug::Debug) -> Option<Place> {
    let line = frame.current_line()?;
    let source = frame.source();
    let name = source.source.as_deref().and_then(|name| name.strip_prefix(['@', '=']).map(str::to_owned));
    let file = name.or_else(|| source.short_src.map(|name| name.into_owned()))?;
    (file != LIBRARY).then(|| Place { file, line: u32::try_from(line).unwrap_or(u32::MAX) })
}

/// The place as Lua writes it before a message, with the name cut as Lua cuts it: `file:line: `.
pub(super) fn prefix(lua: &Lua) -> String {
    (1..DEPTH)
        .map_while(|level| {
            lua.inspect_stack(level, |frame| {
                let name = frame.source().short_src.map(|name| name.into_owned()).unwrap_or_default();
                (name, frame.current_line())
            })
        })
        .find(|(name, _)| name != LIBRARY)
        .and_then(|(name, line)| line.map(|line| format!("{name}:{line}: ")))
        .unwrap_or_default()
}
