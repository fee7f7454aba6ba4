//! `msys.pbp`: helpers of the default policy of Momentum 3.

use mlua::{MultiValue, Table, UserDataRef, Value};

use super::accept::{self, AcceptConstruct};
use super::vctx::ValidateContext;
use super::{Call, Registry, Text};
use crate::report::What;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.pbp.check_whitelist", |_, (vctx, conf): (UserDataRef<ValidateContext>, Table)| {
        let lists = match conf.get::<Value>("honor_whitelist")? {
            Value::Table(lists) => lists,
            _ => conf,
        };
        for name in lists.sequence_values::<String>() {
            let key = variable(&name?);
            let has = |value: Option<String>| value.as_deref() == Some("true");
            if has(vctx.conn.text(&key)) || has(vctx.mess.borrow().text(&key)) {
                return Ok(true);
            }
        }
        Ok(false)
    });
    api.function("msys.pbp.set_whitelist", set_whitelist);
    api.function("msys.pbp.size_in_bytes", |call, size: Value| {
        let text = call.lua().coerce_string(size)?.map(|size| size.to_string_lossy()).unwrap_or_default();
        bytes(&text).ok_or_else(|| call.raise(format!("{}: `{text}` is no size", call.name())))
    });
    api.method("pbp_action", |call, this: &ValidateContext, (code, Text(text)): (Value, Text)| {
        this.reply(call, code, text, false)?;
        Ok(call.constant("msys.core.VALIDATE_DONE"))
    });
    api.method("pbp_disconnect", |call, this: &ValidateContext, (code, Text(text)): (Value, Text)| {
        this.reply(call, code, text, true)?;
        Ok(call.constant("msys.core.VALIDATE_DONE"))
    });
    api.method(
        "pbp_inbound_session_count_service",
        |call, this: &AcceptConstruct, (service, mask): (String, String)| {
            accept::count_open(call, &this.open_connections, this.remote.ip, &mask, &service)
        },
    );
}

/// The context variable that says that a client or message is on a list. The name is ours.
fn variable(list: &str) -> String {
    format!("pbp_whitelist_{list}")
}

/// `(vctx, name, value)`, or with a dictionary behind the context.
fn set_whitelist(call: &Call<'_>, mut arguments: MultiValue) -> mlua::Result<()> {
    let Some(Value::UserData(data)) = arguments.pop_front() else {
        return Err(call.raise("bad argument #1 to 'set_whitelist' (validate_context expected)"));
    };
    let vctx: UserDataRef<ValidateContext> = data.borrow()?;
    let of_message = match arguments.front().cloned() {
        Some(number @ (Value::Integer(_) | Value::Number(_))) if arguments.len() > 2 => {
            arguments.pop_front();
            number == call.constant("msys.core.VCTX_MESS")
        }
        _ => false,
    };
    let name = arguments.pop_front().map(|name| call.lua().coerce_string(name)).transpose()?.flatten();
    let Some(name) = name else {
        return Err(call.raise("bad argument to 'set_whitelist' (the name of a list expected)"));
    };
    let value = !matches!(arguments.pop_front(), None | Some(Value::Nil | Value::Boolean(false)));
    let dictionary = if of_message { vctx.mess.borrow().clone() } else { vctx.conn.clone() };
    let name = variable(&name.to_string_lossy());
    let before = dictionary.set(name.as_bytes(), value.to_string().as_bytes());
    let (dictionary, before) =
        (if of_message { "mess" } else { "conn" }, before.map(|value| super::plain(&value)));
    call.note(What::Context {
        dictionary: dictionary.to_owned(),
        name,
        before,
        after: Some(value.to_string()),
    });
    Ok(())
}

/// `20MB`, `1.5k`, `300`.
fn bytes(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|one: char| !(one.is_ascii_digit() || one == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let factor = match unit.trim().to_ascii_uppercase().trim_end_matches('B') {
        "" => 1.0,
        "K" => 1024.0,
        "M" => 1024.0 * 1024.0,
        "G" => 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    number.parse::<f64>().ok().map(|number| (number * factor).floor())
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;
    use crate::api::vctx::ValidateContext;

    #[test]
    fn clients_are_put_on_lists() {
        let state = state();
        let vctx = state.object(ValidateContext::default());
        let said: String = state.call(
            "local vctx, p = ..., require('msys.pbp')\n\
             local before = p.check_whitelist(vctx, { honor_whitelist = { 'a', 'b' } })\n\
             p.set_whitelist(vctx, 'b', true)\n p.set_whitelist(vctx, msys.core.VCTX_MESS, 'c', true)\n\
             return tostring(before) .. tostring(p.check_whitelist(vctx, { honor_whitelist = { 'a', 'b' } })) .. tostring(p.check_whitelist(vctx, { 'c' })) .. tostring(p.check_whitelist(vctx, {}))",
            vctx,
        );
        assert_eq!(said, "falsetruetruefalse");
    }

    #[test]
    fn sizes_have_units() {
        let said: String = state().eval(
            "local s = require('msys.pbp').size_in_bytes\n return s('20MB') .. ' ' .. s('1.5k') .. ' ' .. s(300) .. ' ' .. s('2 gb')",
        );
        assert_eq!(said, "20971520 1536 300 2147483648");
        let error = state().error("require('msys.pbp').size_in_bytes('much')");
        assert!(error.contains("`much` is no size"), "{error}");
    }

    #[test]
    fn a_refusal_is_a_reply_and_a_result() {
        let state = state();
        let vctx = state.object(ValidateContext::default());
        let said: bool = state.call(
            "local vctx = ...\n require('msys.pbp')\n return vctx:pbp_disconnect(554, '5.7.1 no') == msys.core.VALIDATE_DONE",
            vctx.clone(),
        );
        assert!(said);
        let vctx = vctx.borrow::<ValidateContext>().unwrap();
        assert_eq!((vctx.code.get(), vctx.disconnect.get()), (Some(554), true));
    }
}
