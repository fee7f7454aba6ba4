//! The text of a JSON value, as json-c writes it: on one line, with blanks.

use mlua::Lua;

use super::node::{Json, Value};
use crate::machine;

/// How deep values may nest when they are written.
const DEEPEST: usize = 300;

/// The text; `None` for a value that is nested too deeply.
pub(super) fn text(lua: &Lua, json: &Json) -> mlua::Result<Option<Vec<u8>>> {
    let mut out = Vec::new();
    let whole = write(lua, json, 0, &mut out)?;
    Ok(whole.then_some(out))
}

fn write(lua: &Lua, json: &Json, depth: usize, out: &mut Vec<u8>) -> mlua::Result<bool> {
    let Some(node) = json else {
        out.extend_from_slice(b"null");
        return Ok(true);
    };
    if depth > DEEPEST {
        return Ok(false);
    }
    machine::charge(lua, 2)?;
    machine::charge_memory(lua, out.len())?;
    match &*node.value.borrow() {
        Value::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Value::Integer(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Value::Double(value) => out.extend_from_slice(double(*value).as_bytes()),
        Value::Text(text) => quoted(text, out),
        Value::Array(elements) => {
            out.push(b'[');
            for (place, element) in elements.iter().enumerate() {
                out.extend_from_slice(if place == 0 { b" " } else { b", " });
                if !write(lua, element, depth + 1, out)? {
                    return Ok(false);
                }
            }
            out.extend_from_slice(b" ]");
        }
        Value::Object(fields) => {
            out.push(b'{');
            for (place, (name, value)) in fields.iter().enumerate() {
                out.extend_from_slice(if place == 0 { b" " } else { b", " });
                quoted(name, out);
                out.extend_from_slice(b": ");
                if !write(lua, value, depth + 1, out)? {
                    return Ok(false);
                }
            }
            out.extend_from_slice(b" }");
        }
    }
    Ok(true)
}

/// As C's `%f` has it, whose words for infinity and the like are no JSON.
fn double(value: f64) -> String {
    let sign = if value.is_sign_negative() { "-" } else { "" };
    match value {
        value if value.is_nan() => format!("{sign}nan"),
        value if value.is_infinite() => format!("{sign}inf"),
        value => format!("{value:.6}"),
    }
}

fn quoted(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text {
        match byte {
            b'"' | b'\\' | b'/' => out.extend_from_slice(&[b'\\', *byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            8 => out.extend_from_slice(b"\\b"),
            0..=31 => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(*byte),
        }
    }
    out.push(b'"');
}
