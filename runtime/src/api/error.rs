//! A failed conversion of arguments.

use mlua::Error;

/// A failed conversion in Lua's own words.
pub(super) fn bad_argument(function: &str, error: &Error) -> Option<String> {
    let (position, cause) = match error {
        Error::BadArgument { pos, cause, .. } => (Some(*pos), &**cause),
        other => (None, other),
    };
    let said = match cause {
        Error::FromLuaConversionError { from, to, message } => {
            let (to, from) = (lua_type(to), if *from == "nil" { "no value" } else { from });
            match message {
                Some(message) if *to == *from => message.clone(),
                _ => format!("{to} expected, got {from}"),
            }
        }
        Error::UserDataTypeMismatch => "a value of another class".to_owned(),
        _ => return None,
    };
    Some(match position {
        Some(position) => format!("bad argument #{position} to '{function}' ({said})"),
        None => format!("bad argument to '{function}' ({said})"),
    })
}

/// What Lua calls a Rust type that an argument should have been.
fn lua_type(rust: &str) -> &str {
    match rust {
        "String" | "LuaString" | "str" | "&str" | "BString" => "string",
        "Function" => "function",
        "Table" => "table",
        "bool" => "boolean",
        "userdata" | "AnyUserData" => "userdata",
        "i64" | "i32" | "u64" | "u32" | "usize" | "isize" | "u16" | "u8" | "f64" | "Integer" => "number",
        other => other,
    }
}
