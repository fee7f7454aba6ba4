//! `msys.base64`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mlua::{LuaString, Value};

use super::{Call, Registry, charset};
use crate::machine;
use crate::message::transfer;

/// Bytes that make a line of 76 characters.
const LINE: usize = 57;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.base64.decode", decode);
    api.function("msys.base64.encode", encode);
}

fn decode(call: &Call<'_>, (text, charset): (LuaString, Option<LuaString>)) -> mlua::Result<LuaString> {
    let text = text.as_bytes();
    machine::charge(call.lua(), text.len() as u64)?;
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let wrong = text.iter().position(|byte| !(is_digit(byte) || byte.is_ascii_whitespace()));
    let digits = text.iter().filter(|byte| is_digit(byte) && **byte != b'=').count();
    if wrong.is_some() || digits % 4 == 1 {
        let at = wrong.unwrap_or(text.len());
        return Err(call.raise(format!("{}: this is not base64 (at byte {at})", call.name())));
    }
    let bytes = charset::to_utf8(call, transfer::decode_base64(&text), charset.as_ref())?;
    call.lua().create_string(bytes)
}

fn encode(
    call: &Call<'_>,
    (original, fold, charset): (Value, Option<Value>, Option<LuaString>),
) -> mlua::Result<LuaString> {
    let bytes = charset::from_utf8(call, charset::bytes_of(call, &original)?, charset.as_ref())?;
    machine::charge(call.lua(), bytes.len() as u64)?;
    if !fold.is_some_and(|fold| !matches!(fold, Value::Nil | Value::Boolean(false))) {
        return call.lua().create_string(STANDARD.encode(bytes));
    }
    let mut folded = String::new();
    for line in bytes.chunks(LINE) {
        STANDARD.encode_string(line, &mut folded);
        if line.len() == LINE {
            folded.push_str("\r\n");
        }
    }
    call.lua().create_string(folded)
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn texts_go_there_and_back() {
        let said: String = state().eval(
            "require('msys.base64')\n local b = msys.base64\n\
             return b.encode('f\\195\\188r') .. ' ' .. b.decode('ZsO8\\r\\ncg==') .. ' ' .. b.encode('f\\195\\188r', false, 'iso-8859-1') .. ' ' .. b.decode('Zvxy', 'iso-8859-1')",
        );
        assert_eq!(said, "ZsO8cg== für Zvxy für");
    }

    #[test]
    fn lines_are_folded() {
        let said: String = state().eval(
            "require('msys.base64')\n return (msys.base64.encode(('x'):rep(60), true):gsub('\\r\\n', '|'))",
        );
        assert_eq!(said.split('|').map(str::len).collect::<Vec<_>>(), [76, 4]);
    }

    #[test]
    fn an_ec_string_is_taken() {
        let said: String = state().eval(
            "require('msys.base64')\n local s = msys.core.string_new()\n s:set('abc')\n return msys.base64.encode(s)",
        );
        assert_eq!(said, "YWJj");
    }

    #[test]
    fn what_cannot_be_decoded_raises() {
        let error = state().error("require('msys.base64')\n msys.base64.decode('no base64!')");
        assert!(error.contains("not base64 (at byte 9)"), "{error}");
        let error = state().error("require('msys.base64')\n msys.base64.decode('YWJj', 'klingon')");
        assert!(error.contains("does not know the charset `klingon`"), "{error}");
        let error = state()
            .error("require('msys.base64')\n msys.base64.encode('\\230\\151\\165', false, 'iso-8859-1')");
        assert!(error.contains("cannot say all of"), "{error}");
        let error = state().error("require('msys.base64')\n msys.base64.decode(nil)");
        assert!(error.contains("would crash the server"), "{error}");
    }
}
