//! `raw_match`, `body_match`, `text_match` and their `_replace`, of messages and of parts.
//!
//! What is searched is what would stream by: a message ends in the end-of-data marker, which an example of the
//! documentation replaces.

use mlua::{LuaString, MultiValue, Value};
use momentum_lua_analyzer::pcre::Compiled;

use super::message::EcMessage;
use super::message::content::{HasContent, note_change};
use super::part::EcMessagePart;
use super::pcre::{Dialect, Pattern, replace, table};
use super::{Call, Registry};
use crate::machine;
use crate::message::PartId;
use crate::report::What;

/// What is searched.
#[derive(Clone, Copy)]
enum Stream {
    /// Headers and body.
    Raw,
    /// The body, in its transfer encoding.
    Body,
    /// The text in UTF-8: of a message, each of its text parts.
    Text,
}

pub(super) fn register(api: &mut Registry) {
    of::<EcMessage>(api);
    of::<EcMessagePart>(api);
}

fn of<T: HasContent>(api: &mut Registry) {
    for (stream, search, change) in [
        (Stream::Raw, "raw_match", "raw_replace"),
        (Stream::Body, "body_match", "body_replace"),
        (Stream::Text, "text_match", "text_replace"),
    ] {
        api.method(search, move |call, this: &T, pattern: LuaString| matches(call, this, stream, &pattern));
        api.method(change, move |call, this: &T, (pattern, replacement): (LuaString, LuaString)| {
            replaces(call, this, stream, &pattern, &replacement)
        });
    }
}

/// What stands in a stream, and the marker that was put behind it.
struct Piece {
    part: PartId,
    bytes: Vec<u8>,
    marker: &'static [u8],
}

impl Stream {
    fn pieces<T: HasContent>(self, this: &T) -> Vec<Piece> {
        let content = this.content().borrow();
        let parts = match self {
            Self::Text if this.part() == content.top() => content.text_parts(None),
            _ => vec![this.part()],
        };
        let read = |part| match self {
            Self::Raw => Some(content.part_bytes(part).to_vec()),
            Self::Body => Some(content.part_body(part).to_vec()),
            Self::Text => content.part_text(part).map(String::into_bytes),
        };
        let piece = |part| {
            let mut bytes = read(part)?;
            let marker: &[u8] = match part == content.top() {
                true if bytes.ends_with(b"\r\n") => b".\r\n",
                true => b"\r\n.\r\n",
                false => b"",
            };
            bytes.extend_from_slice(marker);
            Some(Piece { part, bytes, marker })
        };
        parts.into_iter().filter_map(piece).collect()
    }
}

/// The pattern, or nothing for one that is wrong.
fn compiled<'c>(call: &'c Call<'_>, pattern: &LuaString) -> mlua::Result<Option<Pattern<'c>>> {
    Ok(match Pattern::new(call, pattern, Dialect::Content)? {
        Ok(pattern) => Some(pattern),
        Err(refusal) => {
            let why = refusal.get(1).map(super::shown).unwrap_or_default();
            let text = format!("{} finds nothing: the pattern is wrong, {why}", call.name());
            call.note(What::Note { text });
            None
        }
    })
}

/// The first match as `msys.pcre.match` gives it, else false.
fn matches<T: HasContent>(
    call: &Call<'_>,
    this: &T,
    stream: Stream,
    pattern: &LuaString,
) -> mlua::Result<Value> {
    let Some(pattern) = compiled(call, pattern)? else { return Ok(Value::Boolean(false)) };
    for piece in stream.pieces(this) {
        if let Some(groups) = pattern.find(&piece.bytes, 0)? {
            return Ok(Value::Table(table(&pattern, &piece.bytes, &groups)?));
        }
    }
    Ok(Value::Boolean(false))
}

/// Whether there was something to replace.
fn replaces<T: HasContent>(
    call: &Call<'_>,
    this: &T,
    stream: Stream,
    pattern: &LuaString,
    replacement: &LuaString,
) -> mlua::Result<MultiValue> {
    this.check_writable(call)?;
    let answer = |found| Ok(MultiValue::from_iter([Value::Boolean(found)]));
    let Some(pattern) = compiled(call, pattern)? else { return answer(false) };
    let template = replacement.as_bytes().to_vec();
    let before = this.bytes();
    let mut found = false;
    for piece in stream.pieces(this) {
        let Some(mut new) = replaced(call, &pattern, &piece.bytes, &template)? else { continue };
        found = true;
        if new.ends_with(piece.marker) {
            new.truncate(new.len() - piece.marker.len());
        }
        let mut content = this.content().borrow_mut();
        match stream {
            Stream::Raw => content.set_part_bytes(piece.part, new),
            Stream::Body => content.set_part_body(piece.part, new),
            Stream::Text => content.edit_part_text(piece.part, &String::from_utf8_lossy(&new)),
        }
    }
    this.content().weigh(call)?;
    let property = match stream {
        Stream::Raw => "raw",
        Stream::Body => "body",
        Stream::Text => "text",
    };
    note_change(call, &this.property(property), &before, &this.bytes());
    answer(found)
}

fn replaced(
    call: &Call<'_>,
    pattern: &Pattern<'_>,
    subject: &[u8],
    template: &[u8],
) -> mlua::Result<Option<Vec<u8>>> {
    let names = pattern.regex().map(Compiled::capture_names).unwrap_or_default();
    let mut result = Vec::new();
    let mut copied = 0;
    let mut found = false;
    pattern.each(subject, |groups| {
        let (start, end) = groups.first().copied().flatten().unwrap_or((copied, copied));
        found = true;
        result.extend_from_slice(subject.get(copied..start).unwrap_or_default());
        replace::expand(template, subject, groups, names, &mut result);
        copied = end.max(copied);
        // The result may be many times as long as the subject.
        machine::charge_memory(call.lua(), result.len())
    })?;
    result.extend_from_slice(subject.get(copied..).unwrap_or_default());
    Ok(found.then_some(result))
}

#[cfg(test)]
mod tests {
    use crate::api::message::{EcMessage, Ids};
    use crate::api::tested::{self, State};
    use crate::message::Message;
    use crate::session::Session;

    fn state(content: &[u8]) -> State {
        let state = tested::state();
        let connection = Session::default().connection.client;
        let message = state.object(EcMessage {
            content: Message::from_bytes(content.to_vec()).into(),
            ..EcMessage::empty(Ids::of(&state.frame), connection, connection)
        });
        state.lua.globals().set("msg", message).unwrap();
        state.call::<()>("require('msys.extended.message')", ());
        state
    }

    const PLAIN: &[u8] =
        b"Subject: x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ngr=FCn and blue\r\n";

    #[test]
    fn each_stream_is_searched_in_its_form() {
        let said: String = state(PLAIN).eval(
            "local part = msg:mime()
             return msg:text_match('gr(?P<u>.+)n and')[0] .. '|' .. msg:body_match('=(F.)')[1] .. '|' .. msg:raw_match('^Sub(j)')[1]
               .. '|' .. tostring(msg:body_match('Subject')) .. '|' .. part:text_match('(?P<c>blue)').c .. '|' .. tostring(part:raw_match('red'))",
        );
        assert_eq!(said, "grün and|FC|j|false|blue|false");
    }

    #[test]
    fn replacing_keeps_what_it_does_not_touch() {
        let state = state(PLAIN);
        let said: String = state.eval(
            "local a = msg:text_replace('(gr.+?)n', '$1ner')
             local b = msg:body_replace('nothing', 'x')
             local c = msg:raw_replace('Subject: x', 'Subject: y')
             return tostring(a) .. tostring(b) .. tostring(c) .. (msg:raw())",
        );
        assert_eq!(
            said,
            "truefalsetrueSubject: y\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ngr=FCner and blue\r\n"
        );
        assert!(state.report().contains("\"property\":\"text\""), "{}", state.report());
    }

    #[test]
    fn the_marker_at_the_end_can_be_replaced_as_the_documentation_does() {
        let said: String = state(b"Subject: x\r\n\r\nbody\r\n")
            .eval("msg:text_replace('\\r\\n.\\r\\n', '\\r\\nfooter\\r\\n.\\r\\n') return (msg:raw())");
        assert_eq!(said, "Subject: x\r\n\r\nbody\r\nfooter\r\n");
    }

    #[test]
    fn binary_bodies_survive_and_parts_are_changed_alone() {
        let mixed = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n\xff\x00\xfe\r\n--b--\r\n";
        let state = state(mixed);
        state.eval::<()>(
            "local second = msg:mime(false).parts.next
             assert(second:body_match('\\255') and second:body_replace('\\254', 'X') and msg:text_replace('one', 'two'))",
        );
        let after: mlua::LuaString = state.eval("return (msg:raw())");
        let wanted = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntwo\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n\xff\x00X\r\n--b--\r\n";
        assert_eq!(&*after.as_bytes(), &wanted[..]);
    }

    #[test]
    fn wrong_and_catastrophic_patterns_find_nothing_and_read_only_parts_raise() {
        let state = state(&[b"\r\n".as_slice(), &b"a".repeat(40), b"b\r\n"].concat());
        let said: String = state.eval(
            "return tostring(msg:body_match('(x')) .. tostring(msg:body_match('^(a+)+$')) .. tostring(pcall(function() msg:mime():body_replace('a', 'b') end))",
        );
        assert_eq!(said, "falsefalsefalse");
        assert!(state.report().contains("the pattern is wrong") && state.report().contains("catastrophic"));
    }
}
