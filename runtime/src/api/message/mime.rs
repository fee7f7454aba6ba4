//! The MIME tree of a message, and new parts for it.

use mlua::{AnyUserData, LuaString, Value, Variadic};

use super::EcMessage;
use super::content::HasContent;
use super::sent;
use crate::api::part::{EcMessagePart, encoding_of};
use crate::api::{Call, Registry};

pub(super) fn register(api: &mut Registry) {
    api.method("mime", |call, this: &EcMessage, readonly: Option<bool>| {
        let writable = readonly == Some(false);
        call.object(EcMessagePart { content: this.content.clone(), part: this.part(), writable })
    });
    api.method("makeBoundary", |call, this: &EcMessage, others: Variadic<AnyUserData>| {
        let boundary = boundary(call, this, &others)?;
        call.lua().create_string(boundary)
    });
    api.method("makeContainer", make_container);
    api.method("makePart", make_part);
}

/// A boundary that neither the message nor the other trees hold.
fn boundary(call: &Call<'_>, this: &EcMessage, others: &[AnyUserData]) -> mlua::Result<Vec<u8>> {
    let mut adopted = Vec::new();
    for other in others {
        let Ok(other) = other.borrow::<EcMessagePart>() else {
            return Err(call.raise(format!("bad argument to '{}' (ec_message_part expected)", call.member())));
        };
        adopted.push(if other.content.is(&this.content) {
            other.part
        } else {
            this.content.borrow_mut().adopt(&other.content.borrow(), other.part)
        });
    }
    this.content.weigh(call)?;
    Ok(this.content.borrow().make_boundary(&adopted, sent::boundary_seed(call)))
}

/// The end-of-data marker belongs to SMTP here, and to no part: `add_terminator` changes nothing.
fn make_container(
    call: &Call<'_>,
    this: &EcMessage,
    (mimetype, given, _add_terminator): (LuaString, Option<LuaString>, Option<bool>),
) -> mlua::Result<AnyUserData> {
    let boundary = match given {
        Some(given) => given.as_bytes().to_vec(),
        None => boundary(call, this, &[])?,
    };
    let part = this.content.borrow_mut().make_container(&mimetype.as_bytes(), &boundary);
    this.content.weigh(call)?;
    call.object(EcMessagePart { content: this.content.clone(), part, writable: true })
}

fn make_part(
    call: &Call<'_>,
    this: &EcMessage,
    (mimetype, body, encoding): (LuaString, Value, Value),
) -> mlua::Result<AnyUserData> {
    let encoding = encoding_of(call, &encoding)?;
    let body = match &body {
        Value::Nil => Vec::new(),
        other => sent::bytes_of(call, other)?,
    };
    let part = this.content.borrow_mut().make_part(&mimetype.as_bytes(), body, encoding);
    this.content.weigh(call)?;
    call.object(EcMessagePart { content: this.content.clone(), part, writable: true })
}
