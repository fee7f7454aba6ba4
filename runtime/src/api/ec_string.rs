//! `ec_string`: byte strings of C, which functions and hooks fill.

use std::cell::RefCell;

use mlua::{LuaString, Value};

use super::{Call, Class, Registry, text};
use crate::machine::Held;

/// A string of C's kind. One that a hook passes has a fixed size; one that a script makes grows.
#[derive(Debug, Default)]
pub struct EcString {
    bytes: RefCell<Vec<u8>>,
    /// The most bytes that fit.
    room: Option<usize>,
    /// The memory that counts for it, and how much of it there is.
    held: RefCell<(Held, usize)>,
}

impl Class for EcString {
    const NAME: &'static str = "ec_string";
}

impl EcString {
    /// One that grows.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: RefCell::new(bytes.into()), ..Self::default() }
    }

    /// A buffer that holds `room` bytes at most.
    #[must_use]
    pub fn with_room(bytes: impl Into<Vec<u8>>, room: usize) -> Self {
        let mut bytes = bytes.into();
        bytes.truncate(room);
        Self { bytes: RefCell::new(bytes), room: Some(room), ..Self::default() }
    }

    /// Its content.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.borrow().clone()
    }

    /// Replaces the content, and returns how many bytes did not fit.
    pub fn set(&self, content: &[u8]) -> usize {
        let fitting = self.room.unwrap_or(usize::MAX).min(content.len());
        *self.bytes.borrow_mut() = content.get(..fitting).unwrap_or_default().to_vec();
        content.len() - fitting
    }

    /// Appends, and returns how many bytes did not fit.
    pub fn append(&self, content: &[u8]) -> usize {
        let mut bytes = self.bytes.borrow_mut();
        let fitting =
            self.room.map_or(usize::MAX, |room| room.saturating_sub(bytes.len())).min(content.len());
        bytes.extend_from_slice(content.get(..fitting).unwrap_or_default());
        content.len() - fitting
    }

    /// Counts the memory that it takes now, after a script has changed it.
    pub(super) fn weigh(&self, call: &Call<'_>) -> mlua::Result<()> {
        let now = self.bytes.borrow().capacity();
        let (held, counted) = &mut *self.held.borrow_mut();
        match now.checked_sub(*counted) {
            Some(more) => held.grow(call.lua(), more)?,
            None => held.shrink(*counted - now),
        }
        *counted = now;
        Ok(())
    }
}

pub(super) fn register(api: &mut Registry) {
    api.default_of::<EcString>();
    api.function("msys.core.string_new", |call, (): ()| call.object(EcString::default()));
    api.method("set", |call: &Call<'_>, this: &EcString, value: LuaString| {
        lost(call, this, this.set(&value.as_bytes()));
        this.weigh(call)
    });
    api.method("write", write);
    api.field("len", |_, this: &EcString| Ok(this.bytes.borrow().len()));
    api.field("allocd", |_, this: &EcString| {
        Ok(this.room.unwrap_or_else(|| this.bytes.borrow().len().next_power_of_two()))
    });
    api.field("buffer", |call, this: &EcString| call.lua().create_string(&*this.bytes.borrow()));
    api.meta("__tostring", |call, this: &EcString, ()| call.lua().create_string(&*this.bytes.borrow()));
    api.meta("__len", |_, this: &EcString, ()| Ok(this.bytes.borrow().len()));
    api.operator::<_, EcString, _>("__concat", join);
}

/// `"SOAP envelope: " .. trx.soap_envelope`, as the example of `mm7_request_eval` has it.
fn join(call: &Call<'_>, (left, right): (Value, Value)) -> mlua::Result<LuaString> {
    let mut joined = Vec::new();
    for operand in [&left, &right] {
        let bytes = match operand {
            Value::UserData(data) => data.borrow::<EcString>().ok().map(|string| string.bytes()),
            _ => call.lua().coerce_string(operand.clone())?.map(|text| text.as_bytes().to_vec()),
        };
        let Some(bytes) = bytes else {
            return Err(call.raise(format!("attempt to concatenate a {} value", operand.type_name())));
        };
        joined.extend(bytes);
    }
    call.lua().create_string(joined)
}

fn write(call: &Call<'_>, this: &EcString, (text, length): (LuaString, usize)) -> mlua::Result<()> {
    let bytes = text.as_bytes();
    let Some(part) = bytes.get(..length) else {
        return Err(call.crash(format!(
            "{} was told to take {length} bytes of a text of {}",
            call.name(),
            bytes.len()
        )));
    };
    lost(call, this, this.append(part));
    this.weigh(call)
}

fn lost(call: &Call<'_>, this: &EcString, bytes: usize) {
    if bytes > 0 {
        let kept = text::quoted(&this.bytes.borrow());
        let text = format!("{bytes} bytes did not fit into the buffer and are lost: it holds {kept}");
        call.note(crate::report::What::Note { text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tested;

    #[test]
    fn a_string_of_the_script_grows() {
        let state = tested::state();
        let said: String = state.eval(
            "local s = msys.core.string_new()\n s:set('abc')\n s:write('defgh', 3)\n return tostring(s) .. #s .. s.len .. s.buffer",
        );
        assert_eq!(said, "abcdef66abcdef");
    }

    #[test]
    fn it_is_joined_to_texts() {
        let state = tested::state();
        let said: String = state.eval(
            "local s = msys.core.string_new()
            s:set('b\\0')
            return ('a' .. s) .. (s .. 1 .. s .. s) .. '|' .. tostring(select(2, pcall(function() return s .. {} end)))",
        );
        assert_eq!(said, "ab\0b\x001b\0b\0|test.lua:3: attempt to concatenate a table value");
    }

    #[test]
    fn a_buffer_keeps_what_fits_and_says_so() {
        let state = tested::state();
        let buffer = state.object(EcString::with_room("", 4));
        let said: String = state.call("local s = ...\n s:set('too long')\n return tostring(s)", buffer);
        assert_eq!(said, "too ");
        assert!(state.report().contains("4 bytes did not fit"), "{}", state.report());
    }

    #[test]
    fn reading_behind_the_end_and_nil_would_crash() {
        let state = tested::state();
        let error = state.error("local s = msys.core.string_new()\n s:write('abc', 4)");
        assert!(error.contains("would crash the server"), "{error}");
        let error = state.error("msys.core.string_new():set(nil)");
        assert!(error.contains("would crash the server"), "{error}");
    }

    #[test]
    fn its_bytes_count_as_memory_while_it_lives() {
        let state = tested::state();
        let error = state.error(
            "local s, piece = msys.core.string_new(), ('x'):rep(1000000) for i = 1, 200 do s:write(piece, #piece) end",
        );
        assert!(error.contains("memory"), "{error}");
        let state = tested::state();
        let well: bool = state.eval(
            "local piece = ('x'):rep(1000000) for i = 1, 200 do msys.core.string_new():write(piece, #piece) end return true",
        );
        assert!(well);
    }
}
