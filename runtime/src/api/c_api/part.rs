//! Parts of messages.

use mlua::{AnyUserData, LuaString, Value};

use super::{fill, object};
use crate::api::Registry;
use crate::api::message::EcMessage;
use crate::api::message::content::HasContent;
use crate::api::part::{self, EcMessagePart};
use crate::message::{Message, charset};

pub(super) fn register(api: &mut Registry) {
    api.function("msys.core.ec_message_get_first_part", |call, (msg, _): (AnyUserData, Value)| {
        let msg = object::<EcMessage>(call, &msg)?;
        call.object(EcMessagePart { content: msg.content.clone(), part: msg.part(), writable: true })
    });
    api.function(
        "msys.core.ec_message_part_add_child_first",
        |call, (parent, child): (AnyUserData, AnyUserData)| {
            let parent = object::<EcMessagePart>(call, &parent)?;
            part::add(call, &parent, &child, Message::add_first_child).map(i64::from)
        },
    );
    api.function(
        "msys.core.ec_message_part_add_child_last",
        |call, (parent, child): (AnyUserData, AnyUserData)| {
            let parent = object::<EcMessagePart>(call, &parent)?;
            part::add(call, &parent, &child, Message::add_last_child).map(i64::from)
        },
    );
    api.function(
        "msys.core.ec_message_part_insert_before",
        |call, (new, beside): (AnyUserData, AnyUserData)| {
            let new = object::<EcMessagePart>(call, &new)?;
            part::insert(call, &new, &beside, Message::insert_before).map(|()| 1)
        },
    );
    api.function(
        "msys.core.ec_message_part_insert_after",
        |call, (new, beside): (AnyUserData, AnyUserData)| {
            let new = object::<EcMessagePart>(call, &new)?;
            part::insert(call, &new, &beside, Message::insert_after).map(|()| 1)
        },
    );
    api.function("msys.core.ec_message_part_unlink", |call, this: AnyUserData| {
        part::unlink(call, &*object::<EcMessagePart>(call, &this)?)
    });
    for path in ["msys.core.ec_message_part_get_content_type", "msys.core.ec_message_part_get_content_type2"]
    {
        api.function(path, |call, (this, mimetype, charset): (AnyUserData, AnyUserData, AnyUserData)| {
            let this = object::<EcMessagePart>(call, &this)?;
            let found = this.content.borrow().content_type(this.part);
            fill(call, &mimetype, found.mimetype.unwrap_or_default().as_bytes())?;
            fill(call, &charset, found.charset.unwrap_or_default().as_bytes())
        });
    }
    api.function(
        "msys.core.ec_message_extract_part_to_string",
        |call, (this, target, charset): (AnyUserData, AnyUserData, Option<LuaString>)| {
            let this = object::<EcMessagePart>(call, &this)?;
            let Some(text) = this.content.borrow().part_text(this.part) else { return Ok(0) };
            let wanted = charset.map_or_else(|| "utf-8".to_owned(), |charset| charset.to_string_lossy());
            let Some(bytes) = charset::encode(&text, &wanted) else { return Ok(0) };
            fill(call, &target, &bytes)?;
            Ok(1)
        },
    );
    api.function(
        "msys.core.ec_message_render_part_to_string",
        |call, (this, target, _): (AnyUserData, AnyUserData, Value)| {
            let bytes = object::<EcMessagePart>(call, &this)?.bytes();
            fill(call, &target, &bytes)?;
            Ok(1)
        },
    );
    api.function(
        "msys.core.ec_message_render_part_headers_to_string",
        |call, (this, target, _): (AnyUserData, AnyUserData, Value)| {
            let this = object::<EcMessagePart>(call, &this)?;
            let mut out = Vec::new();
            this.content.borrow().part_headers(this.part).write_to(&mut out);
            fill(call, &target, &out)?;
            Ok(1)
        },
    );
}
