//! `msys.qp`: quoted-printable.

use mlua::{LuaString, Value};

use super::{Call, Registry, charset};
use crate::machine;
use crate::message::transfer;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.qp.decode", decode);
    api.function("msys.qp.encode", encode);
}

fn decode(call: &Call<'_>, (text, charset): (LuaString, Option<LuaString>)) -> mlua::Result<LuaString> {
    let text = text.as_bytes();
    machine::charge(call.lua(), text.len() as u64)?;
    let (bytes, right) = transfer::decode_quoted_printable(&text);
    if !right {
        return Err(call.raise(format!("{}: this is not quoted-printable", call.name())));
    }
    call.lua().create_string(charset::to_utf8(call, bytes, charset.as_ref())?)
}

fn encode(
    call: &Call<'_>,
    (original, charset, dots): (Value, Option<LuaString>, Option<Value>),
) -> mlua::Result<LuaString> {
    let bytes = charset::from_utf8(call, charset::bytes_of(call, &original)?, charset.as_ref())?;
    machine::charge(call.lua(), bytes.len() as u64)?;
    let encoded = transfer::encode_quoted_printable(&bytes);
    if dots.is_some_and(|dots| !matches!(dots, Value::Nil | Value::Boolean(false))) {
        return call.lua().create_string(transfer::with_dots(&encoded));
    }
    call.lua().create_string(encoded)
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn texts_go_there_and_back() {
        let said: String = state().eval(
            "require('msys.qp')\n local q = msys.qp\n\
             return q.encode('a=f\\195\\188r') .. ' ' .. q.decode('a=3Df=C3=BCr=\\r\\n!') .. ' ' .. q.encode('\\195\\188', 'iso-8859-1') .. ' ' .. q.decode('=FC', 'iso-8859-1')",
        );
        assert_eq!(said, "a=3Df=C3=BCr a=für! =FC ü");
    }

    #[test]
    fn dots_at_the_start_of_a_line_are_protected_on_demand() {
        let said: String = state().eval(
            "require('msys.qp')\n return msys.qp.encode('.a\\r\\n.b') .. '|' .. msys.qp.encode('.a\\r\\n.b', 'utf-8', true)",
        );
        assert_eq!(said, ".a\r\n.b|..a\r\n..b");
    }

    #[test]
    fn what_cannot_be_decoded_raises() {
        let error = state().error("require('msys.qp')\n msys.qp.decode('a=ZZ')");
        assert!(error.contains("not quoted-printable"), "{error}");
        let error = state().error("require('msys.qp')\n msys.qp.encode('x', 'klingon')");
        assert!(error.contains("`klingon` is no charset"), "{error}");
    }
}
