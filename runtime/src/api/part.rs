//! `ec_message_part`: the MIME tree of a message, one object for each part.

mod content;
mod tree;

pub(super) use tree::{add, insert, unlink};

use mlua::{AnyUserData, Value};

use super::message::content::{Content, HasContent};
use super::{Call, Class, Registry, constants};
use crate::message::PartId;
use crate::message::transfer::TransferEncoding;
use crate::report::What;

/// A part of a message. It keeps its place in the tree, whatever changes around it.
#[derive(Debug, Clone)]
pub struct EcMessagePart {
    pub(super) content: Content,
    pub(super) part: PartId,
    /// Whether the tree was asked for to be changed.
    pub(super) writable: bool,
}

impl Class for EcMessagePart {
    const NAME: &'static str = "ec_message_part";
}

impl HasContent for EcMessagePart {
    fn content(&self) -> &Content {
        &self.content
    }

    fn part(&self) -> PartId {
        self.part
    }

    fn check_writable(&self, call: &Call<'_>) -> mlua::Result<()> {
        if self.writable {
            return Ok(());
        }
        Err(call.raise(format!(
            "{} on a part of a read-only tree: msg:mime(false) gives one that may be changed",
            call.name()
        )))
    }

    fn property(&self, name: &str) -> String {
        let content = self.content.borrow();
        match content.parts().position(|part| part == self.part) {
            Some(0) => format!("{name} of the top part"),
            Some(number) => format!("{name} of part {number}"),
            None => format!("{name} of a part outside of the tree"),
        }
    }
}

impl EcMessagePart {
    fn other(&self, call: &Call<'_>, part: Option<PartId>) -> mlua::Result<Value> {
        match part {
            Some(part) => Ok(Value::UserData(call.object(Self { part, ..self.clone() })?)),
            None => Ok(Value::Nil),
        }
    }

    /// Where headers and body stand: in the message for a part of its tree, else in the part itself.
    fn offsets(&self) -> (usize, usize, usize) {
        let content = self.content.borrow();
        let start = content.offset(self.part).unwrap_or(0);
        let (bytes, body) = (content.part_bytes(self.part), content.part_body(self.part));
        let end = start + bytes.len();
        (start, end - body.len(), end)
    }
}

pub(super) fn register(api: &mut Registry) {
    tree::register(api);
    content::register(api);
    api.meta("__eq", |_, this: &EcMessagePart, other: AnyUserData| {
        Ok(other
            .borrow::<EcMessagePart>()
            .is_ok_and(|other| other.part == this.part && other.content.is(&this.content)))
    });
    api.field("encoding", |call, this: &EcMessagePart| {
        let encoding = this.content.borrow().content_type(this.part).transfer_encoding();
        Ok(call.constant(constant_of(encoding)))
    });
    api.field("boundary", |_, this: &EcMessagePart| {
        Ok(this.content.borrow().content_type(this.part).boundary)
    });
    api.field("boundary_len", |_, this: &EcMessagePart| {
        Ok(this.content.borrow().content_type(this.part).boundary.map_or(0, |boundary| boundary.len()))
    });
    api.field("headers_start", |_, this: &EcMessagePart| Ok(this.offsets().0));
    api.writable(
        "body_start",
        |_, this: &EcMessagePart| Ok(this.offsets().1),
        |call, this, value: usize| set_offset(call, this, value, this.offsets().1),
    );
    api.writable(
        "body_end",
        |_, this: &EcMessagePart| Ok(this.offsets().2),
        |call, this, value: usize| set_offset(call, this, value, this.offsets().2),
    );
}

/// A part keeps the bytes that it was made of. Examples set where these begin and end, which is so already.
fn set_offset(call: &Call<'_>, this: &EcMessagePart, value: usize, is: usize) -> mlua::Result<()> {
    let (_, start, end) = this.offsets();
    if value != is && value + start != is && value != end - start {
        let text =
            format!("{} is {is} and stays so: a part has all the bytes that it was made of", call.name());
        call.note(What::Note { text });
    }
    Ok(())
}

const ENCODINGS: [(TransferEncoding, &str); 5] = [
    (TransferEncoding::SevenBit, "msys.core.EC_MIME_TE_7BIT"),
    (TransferEncoding::EightBit, "msys.core.EC_MIME_TE_8BIT"),
    (TransferEncoding::Base64, "msys.core.EC_MIME_TE_BASE64"),
    (TransferEncoding::QuotedPrintable, "msys.core.EC_MIME_TE_QUOTED_PRINTABLE"),
    (TransferEncoding::Binary, "msys.core.EC_MIME_TE_BINARY"),
];

fn constant_of(encoding: TransferEncoding) -> &'static str {
    ENCODINGS.iter().find(|(one, _)| *one == encoding).map_or("", |(_, name)| name)
}

/// The transfer encoding that a constant stands for; that of the page, 7bit, where none is given.
pub(super) fn encoding_of(call: &Call<'_>, value: &Value) -> mlua::Result<TransferEncoding> {
    if value.is_nil() {
        return Ok(TransferEncoding::SevenBit);
    }
    if let Value::String(name) = value {
        // The page types it as a string.
        return Ok(TransferEncoding::named(&name.as_bytes()));
    }
    let number = call.lua().coerce_integer(value.clone())?.unwrap_or_default();
    let name = constants::name_of(number);
    let found = ENCODINGS.iter().find(|(_, constant)| name == Some(*constant));
    found.map(|(encoding, _)| *encoding).ok_or_else(|| {
        call.raise(format!("{} is no transfer encoding: msys.core.EC_MIME_TE_…", super::shown(value)))
    })
}

#[cfg(test)]
mod tests;
