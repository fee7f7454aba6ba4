//! `buffer`: rows of bytes of a fixed size.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use mlua::{AnyUserData, LuaString, MultiValue, Value};

use super::{Call, Class, Registry};
use crate::machine::{self, Held};

/// A part of a row of bytes.
struct ByteBuffer {
    bytes: Rc<Row>,
    start: usize,
    room: usize,
    /// How many bytes it holds.
    length: Cell<usize>,
}

struct Row {
    bytes: RefCell<Vec<u8>>,
    _held: Held,
}

impl Class for ByteBuffer {
    const NAME: &'static str = "byte_buffer";
}

pub(super) fn register(api: &mut Registry) {
    api.function("buffer.new", new);
    api.method("write", |call, this: &ByteBuffer, (text, offset): (LuaString, Option<usize>)| {
        machine::charge(call.lua(), text.as_bytes().len() as u64 / 8)?;
        Ok(this.put(&text.as_bytes(), offset.unwrap_or(this.length.get())))
    });
    api.method("string", string);
    api.method("slice", |call, this: &ByteBuffer, (offset, length): (Option<usize>, Option<usize>)| {
        let (offset, length) = (offset.unwrap_or(0), length.unwrap_or(this.length.get()));
        if offset.checked_add(length).is_none_or(|end| end > this.room) {
            return Ok(None);
        }
        let (bytes, start) = (Rc::clone(&this.bytes), this.start + offset);
        call.object(ByteBuffer { bytes, start, room: length, length: Cell::new(length) }).map(Some)
    });
    api.method("copy", copy);
    api.meta("__len", |_, this: &ByteBuffer, ()| Ok(this.length.get()));
    api.meta("__tostring", |call, this: &ByteBuffer, ()| {
        call.lua().create_string(this.part(0, this.length.get()))
    });
}

impl ByteBuffer {
    /// Puts bytes at a place, and gives how many fitted; the buffer ends behind them.
    fn put(&self, text: &[u8], offset: usize) -> usize {
        let count = text.len().min(self.room.saturating_sub(offset));
        let mut bytes = self.bytes.bytes.borrow_mut();
        let start = self.start.saturating_add(offset);
        let Some(place) = bytes.get_mut(start..start.saturating_add(count)) else { return 0 };
        place.copy_from_slice(text.get(..count).unwrap_or_default());
        if offset <= self.room {
            self.length.set(offset + count);
        }
        count
    }

    fn part(&self, first: usize, last: usize) -> Vec<u8> {
        let bytes = self.bytes.bytes.borrow();
        bytes.get(self.start + first..self.start + last).unwrap_or_default().to_vec()
    }
}

/// Nothing, unless there is exactly one argument.
fn new(call: &Call<'_>, arguments: MultiValue) -> mlua::Result<Option<AnyUserData>> {
    let (Some(content), 1) = (arguments.front(), arguments.len()) else { return Ok(None) };
    // A text that is a number counts as a number.
    let (bytes, length) = match (call.lua().coerce_number(content.clone())?, content) {
        (Some(room), _) => {
            let room = room.max(0.0) as usize;
            machine::charge_memory(call.lua(), room)?;
            (vec![0; room], 0)
        }
        (None, Value::String(text)) => (text.as_bytes().to_vec(), text.as_bytes().len()),
        (None, other) => {
            let got = other.type_name();
            return Err(
                call.raise(format!("bad argument #1 to 'new' (string or number expected, got {got})"))
            );
        }
    };
    let (room, held) = (bytes.len(), Held::new(call.lua(), bytes.len())?);
    let bytes = Rc::new(Row { bytes: RefCell::new(bytes), _held: held });
    call.object(ByteBuffer { bytes, start: 0, room, length: Cell::new(length) }).map(Some)
}

/// nil when a place is negative or behind the end.
fn string(
    call: &Call<'_>,
    this: &ByteBuffer,
    (first, last): (Option<i64>, Option<i64>),
) -> mlua::Result<Option<LuaString>> {
    let length = i64::try_from(this.length.get()).unwrap_or(i64::MAX);
    let (first, last) = (first.unwrap_or(0), last.unwrap_or(length));
    // C compares without signs: what is negative is far behind the end.
    if !(0..=length).contains(&first) || !(0..=length).contains(&last) {
        return Ok(None);
    }
    let (from, to) = (usize::try_from(first).unwrap_or(0), usize::try_from(last).unwrap_or(0));
    if from > to {
        return Err(call.crash(format!("{} was asked for bytes from {from} up to {to}", call.name())));
    }
    call.lua().create_string(this.part(from, to)).map(Some)
}

type Copying = (AnyUserData, Option<i64>, Option<i64>, Option<i64>);

/// Copies into another buffer, and gives how many bytes fitted.
fn copy(
    call: &Call<'_>,
    this: &ByteBuffer,
    (target, target_offset, offset, length): Copying,
) -> mlua::Result<usize> {
    let Ok(target) = target.borrow::<ByteBuffer>() else {
        return Err(call.raise("bad argument #1 to 'copy' (byte_buffer expected)"));
    };
    let have = this.length.get();
    let from = usize::try_from(offset.unwrap_or(0)).unwrap_or(0).min(have);
    let count = usize::try_from(length.unwrap_or(-1)).unwrap_or(have).min(have - from);
    let to = usize::try_from(target_offset.unwrap_or(0)).unwrap_or(target.length.get());
    machine::charge(call.lua(), count as u64 / 8)?;
    Ok(target.put(&this.part(from, from + count), to))
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn bytes_are_written_and_read() {
        let said: String = state().eval(
            "local b = buffer.new(8)\n local n = b:write('abc') + b:write('defghij')\n\
             b:write('X', 1)\n local c = buffer.new('hello')\n\
             return n .. ' ' .. tostring(b) .. #b .. ' ' .. c:string(1, 3) .. tostring(c:string(9)) .. tostring(c:string(-1)) .. tostring(c:string(0, -1)) .. ' ' .. #buffer.new('16') .. tostring(buffer.new('a', 'b'))",
        );
        assert_eq!(said, "8 aX2 elnilnilnil 0nil");
    }

    #[test]
    fn slices_share_and_copies_do_not() {
        let said: String = state().eval(
            "local b = buffer.new('abcdef')\n local s = b:slice(2, 3)\n s:write('XY', 0)\n\
             local c = buffer.new(4)\n local n = b:copy(c, 0, 1)\n\
             return tostring(b) .. ' ' .. tostring(s) .. ' ' .. tostring(c) .. n .. tostring(b:slice(4, 9)) .. c:copy(b, -1) .. b:copy(c, -1, 0, 1)",
        );
        assert_eq!(said, "abXYef XY bXYe4nil00");
    }

    #[test]
    fn foreign_memory_would_crash() {
        let error = state().error("buffer.new('abc'):string(2, 1)");
        assert!(error.contains("would crash the server"), "{error}");
        let error = state().error("buffer.new({})");
        assert!(error.contains("string or number expected, got table"), "{error}");
        let error = state().error("buffer.new(1e15)");
        assert!(error.contains("of memory were wanted"), "{error}");
    }
}
