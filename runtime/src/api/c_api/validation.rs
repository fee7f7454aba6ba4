//! The reply to the client, and the recipients.

use mlua::{AnyUserData, LuaString, Value};

use super::object;
use crate::api::vctx::{self, ValidateContext};
use crate::api::{Registry, plain};

pub(super) fn register(api: &mut Registry) {
    api.function(
        "msys.core.validate_context_set_code",
        |call, (context, code, text): (AnyUserData, Value, LuaString)| {
            let context = object::<ValidateContext>(call, &context)?;
            vctx::reply(call, &context, code, plain(&text.as_bytes()), false)?;
            Ok(1)
        },
    );
    api.function("msys.core.validate_context_can_modify_rcpts", |call, context: AnyUserData| {
        Ok(i64::from(!object::<ValidateContext>(call, &context)?.settled.get()))
    });
    api.function(
        "msys.core.validate_context_add_rcpt",
        |call, (context, address, unique): (AnyUserData, LuaString, Option<i64>)| {
            let context = object::<ValidateContext>(call, &context)?;
            let address = plain(&address.as_bytes());
            let known = context.recipients.borrow().iter().any(|one| one.eq_ignore_ascii_case(&address));
            if known && unique.unwrap_or(0) != 0 {
                return Ok(0);
            }
            vctx::change(call, &context, |list| list.push(address))?;
            Ok(1)
        },
    );
    api.function(
        "msys.core.validate_context_remove_rcpt",
        |call, (context, address): (AnyUserData, LuaString)| {
            let context = object::<ValidateContext>(call, &context)?;
            let address = plain(&address.as_bytes());
            let before = context.recipients.borrow().len();
            vctx::change(call, &context, |list| list.retain(|one| !one.eq_ignore_ascii_case(&address)))?;
            Ok(i64::from(context.recipients.borrow().len() < before))
        },
    );
    api.function("msys.core.validate_context_remove_all_rcpts", |call, context: AnyUserData| {
        let context = object::<ValidateContext>(call, &context)?;
        vctx::change(call, &context, Vec::clear)?;
        Ok(1)
    });
}
