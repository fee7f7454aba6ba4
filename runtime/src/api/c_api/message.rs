//! Messages: making, copying, writing out, sending, classifying.

use bytes::Bytes;
use mlua::{AnyUserData, LuaString, Value};

use super::{fill, object};
use crate::api::message::{EcMessage, Ids, Sent};
use crate::api::{Call, Registry, bounce};
use crate::machine;
use crate::message::Message;

pub(super) fn register(api: &mut Registry) {
    for path in ["msys.core.ec_message_copy", "msys.core.ec_message_snapshot", "msys.core.ec_message_cowref"]
    {
        api.function(path, |call, msg: AnyUserData| {
            let msg = object::<EcMessage>(call, &msg)?;
            let recipient = msg.rcptto.borrow().clone();
            let copy = msg.copy_for(Ids::of(call.frame()), &recipient);
            copy.content.weigh(call)?;
            call.object(copy)
        });
    }
    api.function("msys.core.ec_message_addref", |_, msg: AnyUserData| Ok(msg));
    api.function("msys.core.ec_message_get_message_size", |call, msg: AnyUserData| {
        Ok(object::<EcMessage>(call, &msg)?.content.borrow().size())
    });
    api.function("msys.core.ec_message_get_message_memory", |call, msg: AnyUserData| {
        let bytes = object::<EcMessage>(call, &msg)?.content.borrow().to_bytes();
        call.lua().create_string(&bytes)
    });
    api.function("msys.core.ec_message_is_mcmt", |call, msg: AnyUserData| {
        object::<EcMessage>(call, &msg)?;
        Ok(0)
    });
    written(api, "msys.core.ec_message_render_to_string", Message::to_bytes);
    written(api, "msys.core.ec_message_render_headers_to_string", |message| {
        let mut out = Vec::new();
        message.headers().write_to(&mut out);
        out.into()
    });
    for path in [
        "msys.core.ec_internal_inject",
        "msys.core.ec_internal_inject_no_log",
        "msys.core.ec_message_enqueue",
    ] {
        api.function(path, |call, (msg, _): (AnyUserData, Value)| inject(call, &msg));
    }
    api.function("msys.core.ec_internal_inject2", |call, (msg, _, _): (AnyUserData, Value, Value)| {
        inject(call, &msg)
    });
    api.function(
        "msys.core.smtp_error_classify",
        |call, (response, domain, _): (LuaString, Option<LuaString>, Value)| {
            classify(call, &response, usize::MAX, domain.as_ref())
        },
    );
    api.function(
        "msys.core.smtp_error_classify_len",
        |call, (response, length, domain, _): (LuaString, usize, Option<LuaString>, Value)| {
            classify(call, &response, length, domain.as_ref())
        },
    );
    api.function(
        "msys.core.smtp_error_retrieve_class",
        |call, (class, name, description): (u16, AnyUserData, AnyUserData)| {
            let (known, text) = bounce::named(class);
            fill(call, &name, known.as_bytes())?;
            fill(call, &description, text.as_bytes())?;
            Ok(1)
        },
    );
    api.function(
        "msys.core.ec_message_select_binding_by_group",
        |call, (msg, group): (AnyUserData, LuaString)| {
            object::<EcMessage>(call, &msg)?;
            let bindings = call.part::<crate::api::message::Bindings>();
            let known = bindings
                .borrow()
                .known
                .iter()
                .any(|one| one.group.as_deref() == group.to_str().ok().as_deref());
            Ok(i64::from(known))
        },
    );
}

/// The bytes of something in a message, put into a string.
fn written(api: &mut Registry, path: &'static str, bytes: fn(&Message) -> Bytes) {
    api.function(path, move |call, (msg, target, _): (AnyUserData, AnyUserData, Value)| {
        let bytes = bytes(&object::<EcMessage>(call, &msg)?.content.borrow());
        fill(call, &target, &bytes)?;
        Ok(1)
    });
}

/// Puts a message into the queue as its envelope says.
fn inject(call: &Call<'_>, msg: &AnyUserData) -> mlua::Result<Value> {
    let msg = object::<EcMessage>(call, msg)?;
    let (from, to) = (msg.mailfrom.borrow().clone(), msg.rcptto.borrow().clone());
    Sent::add(call, &from, &to, &msg.content.borrow())?;
    // Only one of the functions has a result.
    Ok(if call.neutral()?.is_empty() { Value::Nil } else { Value::Integer(1) })
}

fn classify(
    call: &Call<'_>,
    response: &LuaString,
    length: usize,
    domain: Option<&LuaString>,
) -> mlua::Result<u16> {
    let bytes = response.as_bytes();
    let text = String::from_utf8_lossy(bytes.get(..length.min(bytes.len())).unwrap_or_default()).into_owned();
    machine::charge(call.lua(), text.len() as u64 * 4)?;
    let domain = domain.map(LuaString::to_string_lossy);
    Ok(bounce::classify_response(call.session(), &text, domain.as_deref()))
}
