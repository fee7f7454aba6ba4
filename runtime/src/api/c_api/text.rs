//! Encodings of headers, and names.

use mlua::{AnyUserData, LuaString, Value};

use super::{fill, object};
use crate::api::ec_string::EcString;
use crate::api::{Call, Registry};
use crate::message::{transfer, words};

pub(super) fn register(api: &mut Registry) {
    api.function("msys.core.rfc2047_utf8_decode_to_string", |call, (text, length, target): Sized| {
        let decoded = words::decode_words(part(call, &text, length)?.as_slice()).into_owned();
        fill(call, &target, &decoded)?;
        Ok(1)
    });
    api.function("msys.core.rfc2047_utf8_encode_to_string", |call, (text, length, target): Sized| {
        let encoded = words::encode_words(part(call, &text, length)?.as_slice()).into_owned();
        fill(call, &target, &encoded)?;
        Ok(1)
    });
    api.function(
        "msys.core.ec_base64_encode_to_string",
        |call, (text, length, target, fold): (LuaString, i64, AnyUserData, Value)| {
            let bytes = part(call, &text, length)?;
            let folded = transfer::encode_base64(&bytes);
            let encoded = if is_set(&fold) {
                folded
            } else {
                folded.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect()
            };
            let target = object::<EcString>(call, &target)?;
            target.append(&encoded);
            target.weigh(call)?;
            Ok(1)
        },
    );
    api.function(
        "msys.core.stringwrite",
        |call, (target, text, length): (AnyUserData, LuaString, Option<i64>)| {
            let bytes = match length {
                Some(length) => part(call, &text, length)?,
                None => text.as_bytes().to_vec(),
            };
            let string = object::<EcString>(call, &target)?;
            string.append(&bytes);
            string.weigh(call)?;
            drop(string);
            Ok(target)
        },
    );
    api.function("msys.core.string_destroy", |call, target: AnyUserData| {
        object::<EcString>(call, &target)?.set(b"");
        Ok(1)
    });
}

type Sized = (LuaString, i64, AnyUserData);

/// The first bytes of a text; C would read behind its end.
fn part(call: &Call<'_>, text: &LuaString, length: i64) -> mlua::Result<Vec<u8>> {
    let bytes = text.as_bytes();
    let given = usize::try_from(length).ok().and_then(|length| bytes.get(..length));
    given.map(<[u8]>::to_vec).ok_or_else(|| {
        let (name, has) = (call.name(), bytes.len());
        call.crash(format!("{name} was told to take {length} bytes of a text of {has}"))
    })
}

fn is_set(value: &Value) -> bool {
    match value {
        Value::Nil | Value::Boolean(false) => false,
        Value::Integer(number) => *number != 0,
        Value::Number(number) => *number != 0.0,
        _ => true,
    }
}
