//! Headers and text of a part.

use mlua::{LuaString, MultiValue, Value};

use super::EcMessagePart;
use crate::api::message::content::{
    self, HasContent, TextArguments, change_header, given_values, header_values, mode_of,
};
use crate::api::{Call, Registry};

pub(super) fn register(api: &mut Registry) {
    api.method("header", header);
    api.method("address_header", content::address_header::<EcMessagePart>);
    api.method("content_type", content_type);
    api.method("text", text);
}

/// nil deletes when it is written, and the name alone reads.
fn header(
    call: &Call<'_>,
    this: &EcMessagePart,
    (name, rest): (LuaString, MultiValue),
) -> mlua::Result<Value> {
    let name = name.as_bytes();
    let mut rest = rest.into_iter();
    let Some(value) = rest.next() else { return Ok(Value::Table(header_values(call, this, &name)?)) };
    this.check_writable(call)?;
    let new = match value {
        Value::Nil => None,
        value => {
            let mode = match rest.next() {
                None | Some(Value::Nil) => None,
                Some(mode) => call.lua().coerce_string(mode)?,
            };
            Some((given_values(call, &value)?, mode_of(call, mode.as_ref())?))
        }
    };
    change_header(call, this, &name, new).map(Value::Boolean)
}

fn content_type(call: &Call<'_>, this: &EcMessagePart, (): ()) -> mlua::Result<mlua::Table> {
    let found = this.content.borrow().content_type(this.part);
    let table = call.lua().create_table()?;
    table.raw_set("mimetype", found.mimetype)?;
    table.raw_set("charset", found.charset)?;
    table.raw_set("encoding", found.encoding)?;
    if found.filename.is_some() {
        table.raw_set("is_attachment", true)?;
    }
    table.raw_set("filename", found.filename)?;
    Ok(table)
}

fn text(
    call: &Call<'_>,
    this: &EcMessagePart,
    (value, mimetype, charset): TextArguments,
) -> mlua::Result<Option<String>> {
    let Some(value) = value else { return Ok(this.content.borrow().part_text(this.part)) };
    this.check_writable(call)?;
    content::set_text(call, this, &value, mimetype.as_deref(), charset.as_deref())?;
    Ok(None)
}
