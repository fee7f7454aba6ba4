//! Charsets in `msys.base64` and `msys.qp`.

use mlua::{LuaString, Value};

use super::ec_string::EcString;
use super::{Call, text};
use crate::machine;
use crate::message::charset;

/// The bytes of a text that may be an `ec_string`.
pub(super) fn bytes_of(call: &Call<'_>, value: &Value) -> mlua::Result<Vec<u8>> {
    if let Value::UserData(data) = value
        && let Ok(text) = data.borrow::<EcString>()
    {
        return Ok(text.bytes());
    }
    match call.lua().coerce_string(value.clone())? {
        Some(text) => Ok(text.as_bytes().to_vec()),
        None => {
            let (member, got) = (call.member(), value.type_name());
            Err(call.raise(format!("bad argument #1 to '{member}' (string expected, got {got})")))
        }
    }
}

/// Bytes that are in a charset, in UTF-8; without a charset they stay.
pub(super) fn to_utf8(call: &Call<'_>, bytes: Vec<u8>, name: Option<&LuaString>) -> mlua::Result<Vec<u8>> {
    let Some(name) = name.map(LuaString::to_string_lossy) else { return Ok(bytes) };
    machine::charge(call.lua(), bytes.len() as u64)?;
    match charset::decode(&bytes, &name) {
        Some(text) => Ok(text.into_owned().into_bytes()),
        None => Err(call.raise(format!("{} does not know the charset `{name}`", call.name()))),
    }
}

/// Text in UTF-8, in a charset; without one it stays.
pub(super) fn from_utf8(call: &Call<'_>, bytes: Vec<u8>, name: Option<&LuaString>) -> mlua::Result<Vec<u8>> {
    let Some(name) = name.map(LuaString::to_string_lossy) else { return Ok(bytes) };
    machine::charge(call.lua(), bytes.len() as u64)?;
    let Ok(utf8) = std::str::from_utf8(&bytes) else {
        return Err(call.raise(format!("{}: the text is not UTF-8: {}", call.name(), text::quoted(&bytes))));
    };
    match charset::encode(utf8, &name) {
        Some(encoded) => Ok(encoded.into_owned()),
        None => Err(call.raise(format!(
            "{}: `{name}` is no charset, or cannot say all of {}",
            call.name(),
            text::quoted(&bytes)
        ))),
    }
}
