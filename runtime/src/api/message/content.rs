//! Headers, body and text of a message.

use bytes::Bytes;
use mlua::{LuaString, MultiValue, Value};

use super::EcMessage;
use crate::api::{Call, Registry, plain};
use crate::message::{Component, HeaderMode, Message, PartId, parse_addresses};
use crate::report::What;

/// What ends the content of a message on the wire.
const END_OF_DATA: &[u8] = b"\r\n.\r\n";

pub(super) fn register(api: &mut Registry) {
    api.method("header", header);
    api.method("address_header", address_header);
    api.method("body", body);
    api.method("raw", raw);
    api.method("text", text);
    api.function("msys.parseRFC2822Addresses", |call, (addresses, component): (LuaString, String)| {
        let component = component_of(call, Some(&component))?;
        let found = parse_addresses(&addresses.as_bytes());
        Ok(found.iter().map(|one| component.of(&one.address).to_owned()).collect::<Vec<_>>())
    });
}

fn header(
    call: &Call<'_>,
    this: &EcMessage,
    (name, value, mode): (LuaString, Value, Option<LuaString>),
) -> mlua::Result<Value> {
    let lua = call.lua();
    let name = name.as_bytes();
    let values = |message: &Message| message.header_values(&name);
    if value.is_nil() {
        let found = values(&this.content.borrow());
        let strings =
            found.into_iter().map(|one| lua.create_string(one)).collect::<mlua::Result<Vec<_>>>()?;
        return Ok(Value::Table(lua.create_sequence_from(strings)?));
    }
    let mode = match &mode {
        None => HeaderMode::Replace,
        Some(mode) => HeaderMode::named(&mode.as_bytes()).ok_or_else(|| {
            call.raise(format!(
                "`{}` is no mode of {}: replace, prepend or append",
                mode.display(),
                call.name()
            ))
        })?,
    };
    let new: Vec<Vec<u8>> = match &value {
        Value::Table(table) => table
            .sequence_values::<LuaString>()
            .map(|one| one.map(|one| one.as_bytes().to_vec()))
            .collect::<mlua::Result<_>>()?,
        other => match lua.coerce_string(other.clone())? {
            Some(one) => vec![one.as_bytes().to_vec()],
            None => {
                let (member, got) = (call.member(), other.type_name());
                return Err(call.raise(format!("bad argument #2 to '{member}' (string expected, got {got})")));
            }
        },
    };
    let before = values(&this.content.borrow());
    let deletes = matches!(new.as_slice(), [only] if only.is_empty());
    let changed = if deletes {
        this.content.borrow_mut().headers_mut().remove(&name) > 0
    } else {
        this.content.borrow_mut().set_header(&name, new.iter().map(Vec::as_slice), mode);
        true
    };
    let after = values(&this.content.borrow());
    if before != after {
        let shown = |values: &[Vec<u8>]| values.iter().map(|one| plain(one)).collect();
        call.note(What::Header { name: plain(&name), before: shown(&before), after: shown(&after) });
    }
    Ok(Value::Boolean(changed))
}

fn component_of(call: &Call<'_>, name: Option<&str>) -> mlua::Result<Component> {
    let Some(name) = name else { return Ok(Component::All) };
    Component::named(name.as_bytes()).ok_or_else(|| {
        call.raise(format!("`{name}` is no piece of an address: {}", Component::NAMES.join(", ")))
    })
}

fn address_header(
    call: &Call<'_>,
    this: &EcMessage,
    (name, component): (LuaString, Option<String>),
) -> mlua::Result<Vec<String>> {
    let component = component_of(call, component.as_deref())?;
    let content = this.content.borrow();
    let fields =
        content.headers().named(&name.as_bytes()).map(|field| field.value().into_owned()).collect::<Vec<_>>();
    let addresses = fields.iter().flat_map(|value| parse_addresses(value));
    Ok(addresses.map(|one| component.of(&one.address).to_owned()).collect())
}

/// How a content of this size shows in the report.
fn size_of(bytes: &[u8]) -> String {
    format!("{} bytes", bytes.len())
}

fn note_change(call: &Call<'_>, property: &str, before: &[u8], after: &[u8]) {
    if before != after {
        let (before, after) = (Some(size_of(before)), Some(size_of(after)));
        call.note(What::Set { property: property.to_owned(), before, after });
    }
}

/// Content that scripts give ends in the end-of-data marker of SMTP.
fn without_end(call: &Call<'_>, content: &[u8]) -> Bytes {
    match content.strip_suffix(END_OF_DATA) {
        Some(rest) => Bytes::from([rest, b"\r\n"].concat()),
        None => {
            let text = format!("{} was given content that does not end in CRLF . CRLF", call.name());
            call.note(What::Note { text });
            Bytes::copy_from_slice(content)
        }
    }
}

fn body(call: &Call<'_>, this: &EcMessage, content: Option<LuaString>) -> mlua::Result<LuaString> {
    let before = this.content.borrow().body();
    if let Some(content) = content {
        let new = without_end(call, &content.as_bytes());
        note_change(call, "body", &before, &new);
        this.content.borrow_mut().set_body(new);
    }
    let body = this.content.borrow().body();
    call.lua().create_string(&body)
}

fn raw(call: &Call<'_>, this: &EcMessage, content: Option<LuaString>) -> mlua::Result<MultiValue> {
    let before = this.content.borrow().to_bytes();
    let Some(content) = content else {
        let (text, length) = (call.lua().create_string(&before)?, before.len());
        return Ok(MultiValue::from_iter([Value::String(text), Value::Integer(length as i64)]));
    };
    let new = match content.as_bytes().strip_suffix(END_OF_DATA) {
        Some(rest) => Bytes::from([rest, b"\r\n"].concat()),
        None => Bytes::copy_from_slice(&content.as_bytes()),
    };
    note_change(call, "raw", &before, &new);
    this.content.borrow_mut().set_bytes(new);
    Ok(MultiValue::new())
}

fn text(
    call: &Call<'_>,
    this: &EcMessage,
    (value, mimetype, charset): (Option<String>, Option<String>, Option<String>),
) -> mlua::Result<Value> {
    let lua = call.lua();
    let Some(value) = value else {
        let content = this.content.borrow();
        let of = |part: PartId| content.part_text(part);
        let texts: Vec<String> = content.text_parts(None).into_iter().filter_map(of).collect();
        return match texts.as_slice() {
            [] => Ok(Value::String(lua.create_string("")?)),
            [only] => Ok(Value::String(lua.create_string(only)?)),
            several => Ok(Value::Table(lua.create_sequence_from(several.iter().map(String::as_str))?)),
        };
    };
    let before = this.content.borrow().to_bytes();
    let top = this.content.borrow().top();
    this.content.borrow_mut().set_part_text(top, &value, mimetype.as_deref(), charset.as_deref());
    let after = this.content.borrow().to_bytes();
    note_change(call, "text", &before, &after);
    Ok(Value::Nil)
}

#[cfg(test)]
mod tests {
    use crate::api::message::{EcMessage, Ids};
    use crate::api::tested;
    use crate::message::Message;
    use crate::session::Session;

    fn eval(chunk: &str) -> (String, String) {
        let state = tested::state();
        let connection = Session::default().connection.client;
        let content = "From: Anna <anna+x@example.com>, ben@example.org\r\nSubject: =?utf-8?Q?gr=C3=BCn?=\r\nX-A: 1\r\nX-A: 2\r\n\r\nbody\r\n";
        let message = EcMessage {
            content: Message::from_bytes(content.as_bytes()).into(),
            ..EcMessage::empty(Ids::of(&state.frame), connection, connection)
        };
        let message = state.object(message);
        let said =
            state.call(&format!("require('msys.extended.message')\nlocal msg = ...\n{chunk}"), message);
        (said, state.report())
    }

    #[test]
    fn headers_are_read_decoded_and_changed() {
        assert_eq!(
            eval("return msg:header('subject')[1] .. #msg:header('X-A') .. #msg:header('no')").0,
            "grün20"
        );
        let (said, report) =
            eval("msg:header('X-A', '3') msg:header('X-B', {'4', '5'}, 'prepend') return (msg:raw())");
        assert!(
            said.starts_with("X-B: 4\r\nX-B: 5\r\nFrom:")
                && said.contains("X-A: 3\r\n")
                && !said.contains("X-A: 2"),
            "{said}"
        );
        assert!(report.contains("\"event\":\"header\"") && report.contains("\"line\":3"), "{report}");
        assert_eq!(eval("msg:header('X-A', '') return #msg:header('X-A')").0, "0");
    }

    #[test]
    fn addresses_and_bodies_are_read_and_set() {
        assert_eq!(eval("return table.concat(msg:address_header('From', 'user'), ' ')").0, "anna ben");
        assert_eq!(eval("msg:body('new\\r\\n.\\r\\n') return msg:body()").0, "new\r\n");
        assert!(eval("msg:body('new') return ''").1.contains("does not end in CRLF"));
        assert_eq!(eval("return msg:text()").0, "body\r\n");
    }
}
