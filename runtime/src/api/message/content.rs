//! Headers, body and text of a message.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use bytes::Bytes;
use mlua::{LuaString, MultiValue, Value};

use super::EcMessage;
use crate::api::{Call, Class, Registry, plain};
use crate::machine::{self, Held};
use crate::message::{Component, HeaderMode, Message, PartId, parse_addresses};
use crate::report::What;

/// What ends the content of a message on the wire.
const END_OF_DATA: &[u8] = b"\r\n.\r\n";

/// The content of a message, which its parts share. A clone is the same content.
#[derive(Debug, Clone, Default)]
pub struct Content(Rc<Kept>);

#[derive(Debug, Default)]
struct Kept {
    message: RefCell<Message>,
    /// The memory that it takes, and how much of it is counted.
    held: RefCell<(Held, usize)>,
}

impl Content {
    /// Another content with the same bytes.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self::from(self.borrow().clone())
    }

    /// Counts the memory that it takes now, after a change.
    pub(in crate::api) fn weigh(&self, call: &Call<'_>) -> mlua::Result<()> {
        let (weight, parts) = self.borrow().weight();
        machine::charge(call.lua(), 10 + parts as u64)?;
        let (held, counted) = &mut *self.0.held.borrow_mut();
        match weight.checked_sub(*counted) {
            Some(more) => held.grow(call.lua(), more)?,
            None => held.shrink(*counted - weight),
        }
        *counted = weight;
        Ok(())
    }

    /// Whether both are the same one.
    pub(in crate::api) fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl From<Message> for Content {
    fn from(message: Message) -> Self {
        Self(Rc::new(Kept { message: RefCell::new(message), ..Kept::default() }))
    }
}

impl Deref for Content {
    type Target = RefCell<Message>;

    fn deref(&self) -> &Self::Target {
        &self.0.message
    }
}

/// What has headers and content: a message, and each part of one.
pub(in crate::api) trait HasContent: Class {
    fn content(&self) -> &Content;

    fn part(&self) -> PartId;

    /// Raises an error when a script must not change it.
    fn check_writable(&self, _: &Call<'_>) -> mlua::Result<()> {
        Ok(())
    }

    /// How the report names a property of it.
    fn property(&self, name: &str) -> String {
        name.to_owned()
    }

    /// Its bytes.
    fn bytes(&self) -> Bytes {
        self.content().borrow().part_bytes(self.part())
    }
}

impl HasContent for EcMessage {
    fn content(&self) -> &Content {
        &self.content
    }

    fn part(&self) -> PartId {
        self.content.borrow().top()
    }
}

pub(super) fn register(api: &mut Registry) {
    api.method("header", header);
    api.method("address_header", address_header::<EcMessage>);
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
    let name = name.as_bytes();
    if value.is_nil() {
        return Ok(Value::Table(header_values(call, this, &name)?));
    }
    let mode = mode_of(call, mode.as_ref())?;
    let new = given_values(call, &value)?;
    let deletes = matches!(new.as_slice(), [only] if only.is_empty());
    let new = if deletes { None } else { Some((new, mode)) };
    change_header(call, this, &name, new).map(Value::Boolean)
}

/// The values of a header as a list.
pub(in crate::api) fn header_values(
    call: &Call<'_>,
    this: &impl HasContent,
    name: &[u8],
) -> mlua::Result<mlua::Table> {
    let found = this.content().borrow().part_header_values(this.part(), name);
    let list = call.lua().create_table()?;
    // One by one: Rust can hold on to some thousand values of a state at a time.
    for one in found {
        list.raw_push(call.lua().create_string(one)?)?;
    }
    Ok(list)
}

pub(in crate::api) fn mode_of(call: &Call<'_>, mode: Option<&LuaString>) -> mlua::Result<HeaderMode> {
    let Some(mode) = mode else { return Ok(HeaderMode::Replace) };
    HeaderMode::named(&mode.as_bytes()).ok_or_else(|| {
        call.raise(format!("`{}` is no mode of {}: replace, prepend or append", mode.display(), call.name()))
    })
}

/// One value, or a list of them.
pub(in crate::api) fn given_values(call: &Call<'_>, value: &Value) -> mlua::Result<Vec<Vec<u8>>> {
    match value {
        Value::Table(table) => table
            .sequence_values::<LuaString>()
            .map(|one| one.map(|one| one.as_bytes().to_vec()))
            .collect::<mlua::Result<_>>(),
        other => match call.lua().coerce_string(other.clone())? {
            Some(one) => Ok(vec![one.as_bytes().to_vec()]),
            None => {
                let (member, got) = (call.member(), other.type_name());
                Err(call.raise(format!("bad argument #2 to '{member}' (string expected, got {got})")))
            }
        },
    }
}

/// Sets a header, or deletes it, and says whether there was anything to do.
pub(in crate::api) fn change_header(
    call: &Call<'_>,
    this: &impl HasContent,
    name: &[u8],
    new: Option<(Vec<Vec<u8>>, HeaderMode)>,
) -> mlua::Result<bool> {
    let part = this.part();
    let values = || this.content().borrow().part_header_values(part, name);
    let before = values();
    let changed = match new {
        None => this.content().borrow_mut().part_headers_mut(part).remove(name) > 0,
        Some((values, mode)) => {
            let values = values.iter().map(Vec::as_slice);
            this.content().borrow_mut().set_part_header(part, name, values, mode);
            true
        }
    };
    let after = values();
    if before != after {
        let shown = |values: &[Vec<u8>]| values.iter().map(|one| plain(one)).collect();
        let name = this.property(&plain(name));
        call.note(What::Header { name, before: shown(&before), after: shown(&after) });
        this.content().weigh(call)?;
    }
    Ok(changed)
}

fn component_of(call: &Call<'_>, name: Option<&str>) -> mlua::Result<Component> {
    let Some(name) = name else { return Ok(Component::All) };
    Component::named(name.as_bytes()).ok_or_else(|| {
        call.raise(format!("`{name}` is no piece of an address: {}", Component::NAMES.join(", ")))
    })
}

/// The addresses in the headers of a name.
pub(in crate::api) fn address_header<T: HasContent>(
    call: &Call<'_>,
    this: &T,
    (name, component): (LuaString, Option<String>),
) -> mlua::Result<Vec<String>> {
    let component = component_of(call, component.as_deref())?;
    let (content, name) = (this.content().borrow(), name.as_bytes());
    let fields = content.part_headers(this.part()).named(&name);
    let fields = fields.map(|field| field.value().into_owned()).collect::<Vec<_>>();
    let addresses = fields.iter().flat_map(|value| parse_addresses(value));
    Ok(addresses.map(|one| component.of(&one.address).to_owned()).collect())
}

/// Reading so many bytes takes a while.
fn charge_reading(call: &Call<'_>, bytes: usize) -> mlua::Result<()> {
    machine::charge(call.lua(), 10 + bytes as u64 / 64)
}

/// How a content of this size shows in the report.
fn size_of(bytes: &[u8]) -> String {
    format!("{} bytes", bytes.len())
}

/// Tells of a content that is another one now.
pub(in crate::api) fn note_change(call: &Call<'_>, property: &str, before: &[u8], after: &[u8]) {
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
        this.content.weigh(call)?;
    }
    let body = this.content.borrow().body();
    charge_reading(call, body.len())?;
    call.lua().create_string(&body)
}

fn raw(call: &Call<'_>, this: &EcMessage, content: Option<LuaString>) -> mlua::Result<MultiValue> {
    let before = this.content.borrow().to_bytes();
    charge_reading(call, before.len())?;
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
    this.content.weigh(call)?;
    Ok(MultiValue::new())
}

fn text(call: &Call<'_>, this: &EcMessage, (value, mimetype, charset): TextArguments) -> mlua::Result<Value> {
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
    set_text(call, this, &value, mimetype.as_deref(), charset.as_deref())?;
    Ok(Value::Nil)
}

/// What `text` takes: the text, its type, its charset.
pub(in crate::api) type TextArguments = (Option<LuaString>, Option<String>, Option<String>);

/// Replaces the content by a text.
pub(in crate::api) fn set_text(
    call: &Call<'_>,
    this: &impl HasContent,
    text: &LuaString,
    mimetype: Option<&str>,
    charset: Option<&str>,
) -> mlua::Result<()> {
    let before = this.bytes();
    let (text, part) = (text.to_string_lossy(), this.part());
    this.content().borrow_mut().set_part_text(part, &text, mimetype, charset);
    this.content().weigh(call)?;
    note_change(call, &this.property("text"), &before, &this.bytes());
    Ok(())
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
        let many = "local values = {} for i = 1, 20000 do values[i] = 'v' .. i end msg:header('X-A', values) return #msg:header('X-A')";
        assert_eq!(eval(many).0, "20000");
    }

    #[test]
    fn addresses_and_bodies_are_read_and_set() {
        assert_eq!(eval("return table.concat(msg:address_header('From', 'user'), ' ')").0, "anna ben");
        assert_eq!(eval("msg:body('new\\r\\n.\\r\\n') return msg:body()").0, "new\r\n");
        assert!(eval("msg:body('new') return ''").1.contains("does not end in CRLF"));
        assert_eq!(eval("return msg:text()").0, "body\r\n");
        let (said, report) =
            eval("msg:text('grün', 'text/html', 'utf-8') return msg:text() .. msg:header('Content-Type')[1]");
        assert_eq!(said, "grüntext/html; charset=utf-8");
        assert!(report.contains("\"property\":\"text\""), "{report}");
    }
}
