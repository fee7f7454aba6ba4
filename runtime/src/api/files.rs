//! `msys.readfile` and `msys.core.io_wrapper_open`: the files that the session gives.

use std::cell::Cell;
use std::collections::BTreeMap;

use mlua::{LuaString, Value};

use super::{Call, Class, Registry, text};
use crate::machine::{self, Held};
use crate::report::What;

/// What scripts have written in this run, by path. The session's own files stay as they are.
#[derive(Default)]
pub struct Written {
    files: BTreeMap<String, Vec<u8>>,
    held: Held,
}

impl Written {
    /// The content of a file that was written.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }
}

/// An open file.
struct IoObject {
    path: String,
    writes: bool,
    appends: bool,
    /// Where the next byte goes.
    at: Cell<usize>,
}

impl Class for IoObject {
    const NAME: &'static str = "io_object";
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.readfile", |call, name: LuaString| {
        Ok(match read(call, &name.to_string_lossy())? {
            Ok(bytes) => (Some(call.lua().create_string(bytes)?), None),
            Err(message) => (None, Some(message)),
        })
    });
    api.function("msys.core.io_wrapper_open", open);
    api.method("write", write);
}

/// The content of a file that scripts may read, or the error that they are told. A file that the session does not give
/// is asked for in the report.
pub(super) fn read(call: &Call<'_>, name: &str) -> mlua::Result<Result<Vec<u8>, String>> {
    let path = name.strip_prefix("file://").unwrap_or(name);
    if path.contains("://") {
        let text = format!("{}: only files are read, not `{name}`", call.name());
        call.note(What::Note { text: text.clone() });
        return Ok(Err(text));
    }
    match content(call, path) {
        Ok(bytes) => {
            machine::charge(call.lua(), 100 + bytes.len() as u64 / 8)?;
            Ok(Ok(bytes))
        }
        Err(reason) => {
            let answer = format!("[files]\n{path:?} = \"\"");
            call.unanswered(format!("{}({name:?})", call.name()), answer);
            Ok(Err(format!("{path}: {reason}")))
        }
    }
}

/// What stands in the file that an `io_object` is; `None` for another object.
pub(super) fn content_of(call: &Call<'_>, data: &mlua::AnyUserData) -> Option<Vec<u8>> {
    let file = data.borrow::<IoObject>().ok()?;
    content(call, &file.path).ok()
}

/// The content of a file that scripts may read; nothing is told where there is none.
pub(super) fn content(call: &Call<'_>, path: &str) -> Result<Vec<u8>, String> {
    if let Some(bytes) = call.part::<Written>().borrow().get(path) {
        return Ok(bytes.to_vec());
    }
    match call.session().file(path) {
        Some(bytes) => Ok(bytes.to_vec()),
        None => machine::read_file(call.lua(), path),
    }
}

/// The open file; nil where it cannot be opened.
fn open(
    call: &Call<'_>,
    (name, flags, _mode): (LuaString, i64, Value),
) -> mlua::Result<Option<mlua::AnyUserData>> {
    let name = name.to_string_lossy();
    let path = name.strip_prefix("file://").unwrap_or(&name).to_owned();
    let has = |flag: &str| {
        let bit = call.constant(&format!("msys.core.{flag}")).as_number().unwrap_or(0.0) as i64;
        flags & bit != 0
    };
    let writes = ["O_WRONLY", "O_RDWR", "O_RDRW"].into_iter().any(has);
    let found = content(call, &path).ok();
    if !writes {
        if found.is_none() {
            read(call, &path)?.err();
            return Ok(None);
        }
    } else if !call.session().may_write(&path) {
        call.unanswered(
            format!("msys.core.io_wrapper_open({name:?}, …)"),
            format!("[files]\n{path:?} = {{ text = \"\", writable = true }}"),
        );
        return Ok(None);
    } else {
        let exists = found.is_some();
        if (exists && has("O_CREAT") && has("O_EXCL")) || (!exists && !has("O_CREAT")) {
            return Ok(None);
        }
        let content = found.filter(|_| !has("O_TRUNC")).unwrap_or_default();
        let written = call.part::<Written>();
        let mut written = written.borrow_mut();
        written.held.grow(call.lua(), content.len() + path.len() + 64)?;
        written.files.insert(path.clone(), content);
    }
    let file = IoObject { path, writes, appends: has("O_APPEND"), at: Cell::new(0) };
    call.object(file).map(Some)
}

/// Gives the number of bytes that were written, -1 for a file that is open for reading.
fn write(call: &Call<'_>, this: &IoObject, (data, length): (LuaString, usize)) -> mlua::Result<i64> {
    let data = data.as_bytes();
    let Some(data) = data.get(..length) else {
        let have = data.len();
        return Err(
            call.crash(format!("{} was told to write {length} bytes of a text of {have}", call.name()))
        );
    };
    if !this.writes {
        return Ok(-1);
    }
    machine::charge(call.lua(), 100 + data.len() as u64 / 8)?;
    let written = call.part::<Written>();
    let mut written = written.borrow_mut();
    let Written { files, held } = &mut *written;
    let file = files.entry(this.path.clone()).or_default();
    let at = if this.appends { file.len() } else { this.at.get() };
    let end = at + data.len();
    if let Some(more) = end.checked_sub(file.len()) {
        held.grow(call.lua(), more)?;
        file.resize(end, 0);
    }
    if let Some(place) = file.get_mut(at..end) {
        place.copy_from_slice(data);
    }
    this.at.set(end);
    let text = format!("{length} bytes written to {}: {}", this.path, text::quoted(data));
    call.note(What::Note { text });
    Ok(i64::try_from(length).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use crate::api::tested::{State, state_of};

    fn with(session: &str) -> State {
        state_of(session, &[])
    }

    #[test]
    fn files_of_the_session_are_read() {
        let state = with("[files]\n\"/etc/motd\" = \"hello\"\n");
        let said: String = state.eval(
            "local a, b = msys.readfile('/etc/passwd')\n\
             return msys.readfile('/etc/motd') .. msys.readfile('file:///etc/motd') .. tostring(a) .. b",
        );
        assert_eq!(said, "hellohellonil/etc/passwd: No such file or directory");
        assert!(state.report().contains("[files]\\n\\\"/etc/passwd\\\""), "{}", state.report());
        let error = state.error("msys.readfile(nil)");
        assert!(error.contains("would crash the server"), "{error}");
    }

    #[test]
    fn files_are_written_where_the_session_lets_scripts_write() {
        let state = with(
            "[files]\n\"/var/log/policy.log\" = { text = \"old\\n\", writable = true }\n\"/etc/motd\" = \"hello\"\n",
        );
        let said: String = state.eval(
            "local c = msys.core\n local flags = c.O_CREAT | c.O_APPEND | c.O_WRONLY\n\
             local log = c.io_wrapper_open('/var/log/policy.log', flags, 0644)\n\
             assert(log:write('new\\nxxx', 4) == 4)\n\
             local none = c.io_wrapper_open('/etc/motd', flags, 0644)\n\
             local over = c.io_wrapper_open('/var/log/policy.log', c.O_WRONLY, 0644)\n over:write('O', 1)\n\
             local reader = c.io_wrapper_open('/etc/motd', c.O_RDONLY, 0)\n\
             return msys.readfile('/var/log/policy.log') .. tostring(none) .. reader:write('x', 1) .. msys.readfile('/etc/motd')",
        );
        assert_eq!(said, "Old\nnew\nnil-1hello");
        assert!(state.report().contains("4 bytes written to /var/log/policy.log"), "{}", state.report());
        assert!(state.report().contains("writable = true"), "{}", state.report());
        let error = state.error(
            "local f = msys.core.io_wrapper_open('/var/log/policy.log', msys.core.O_WRONLY, 0)\n f:write('abc', 9)",
        );
        assert!(error.contains("would crash the server"), "{error}");
    }

    #[test]
    fn flags_of_open_hold() {
        let state = with("[files]\n\"/a\" = { text = \"abc\", writable = true }\n");
        let said: String = state.eval(
            "local c = msys.core\n local o = c.io_wrapper_open\n\
             local excl = o('/a', c.O_WRONLY | c.O_CREAT | c.O_EXCL, 0644)\n\
             o('/a', c.O_WRONLY | c.O_TRUNC, 0644):write('z', 1)\n\
             return tostring(excl) .. msys.readfile('/a')",
        );
        assert_eq!(said, "nilz");
    }
}
