//! Messages that scripts make and send.

use mlua::{AnyUserData, LuaString, Table, Value};

use super::EcMessage;
use crate::api::ec_string::EcString;
use crate::api::{Call, Frame, Registry, Text, files, plain};
use crate::machine::Held;
use crate::message::{Attached, Attachment, Message};
use crate::report::{Envelope, Injected, What};

/// The messages that scripts put into the queue, in their order.
#[derive(Debug, Default)]
pub struct Sent {
    messages: Vec<Injected>,
    held: Held,
}

impl Sent {
    /// Puts a message into the queue of a run, and into its report.
    ///
    /// # Errors
    /// When the run may not have that much memory.
    pub fn add(call: &Call<'_>, mail_from: &str, recipients: &str, message: &Message) -> mlua::Result<()> {
        let bytes = message.to_bytes();
        let fields = message.headers().iter();
        let injected = Injected {
            at: call.place(),
            envelope: Envelope {
                mail_from: mail_from.to_owned(),
                recipients: recipients
                    .split(',')
                    .map(str::trim)
                    .filter(|one| !one.is_empty())
                    .map(str::to_owned)
                    .collect(),
            },
            headers: fields.map(|field| (plain(field.name()), plain(&field.value()))).collect(),
            size: bytes.len(),
            bytes,
        };
        if injected.envelope.recipients.is_empty() {
            let text = format!("{} was given no recipient: nobody gets this message", call.name());
            call.note(What::Note { text });
        }
        let part = call.part::<Self>();
        let number = {
            let mut sent = part.borrow_mut();
            sent.held.grow(call.lua(), injected.size + 500)?;
            sent.messages.push(injected);
            sent.messages.len() - 1
        };
        call.note(What::Injected { message: number });
        Ok(())
    }

    /// All of them; the list is empty afterwards.
    #[must_use]
    pub fn take(frame: &Frame) -> Vec<Injected> {
        std::mem::take(&mut frame.part::<Self>().borrow_mut().messages)
    }
}

pub(super) fn register(api: &mut Registry) {
    api.method("inject", |call, this: &EcMessage, (Text(mail_from), Text(recipients)): (Text, Text)| {
        Sent::add(call, &mail_from, &recipients, &this.content.borrow())
    });
    api.method("forward", forward);
    api.method("build", build);
}

type ForwardArguments = (Text, Text, LuaString, Option<LuaString>, Option<String>);

fn forward(
    call: &Call<'_>,
    this: &EcMessage,
    (Text(sender), Text(recipients), text, subject, charset): ForwardArguments,
) -> mlua::Result<()> {
    let subject = subject.map(|subject| subject.as_bytes().to_vec());
    if charset.is_none() && !text.as_bytes().is_ascii() {
        let text = "msg:forward needs a charset for a text that is not ASCII; it is taken for utf-8 here";
        call.note(What::Note { text: text.to_owned() });
    }
    let made = this.content.borrow().forward(
        &sender,
        &recipients,
        &plain(&text.as_bytes()),
        subject.as_deref(),
        charset.as_deref(),
        seed(call),
    );
    Sent::add(call, &sender, &recipients, &made)
}

/// The same boundaries in every run, and others for every message.
fn seed(call: &Call<'_>) -> u64 {
    let sent = call.part::<Sent>().borrow().messages.len() as u64;
    call.session().random_seed.wrapping_mul(1_000).wrapping_add(sent)
}

/// Seeds of the boundaries that scripts ask for, each another one.
pub(in crate::api) fn boundary_seed(call: &Call<'_>) -> u64 {
    let made = call.part::<Boundaries>();
    made.borrow_mut().0 += 1;
    let made = made.borrow().0;
    call.session().random_seed.wrapping_mul(1_000).wrapping_add(made).rotate_left(32)
}

/// How many boundaries were made up.
#[derive(Default)]
struct Boundaries(u64);

/// The bytes of a string, or of an object that holds some.
pub(in crate::api) fn bytes_of(call: &Call<'_>, value: &Value) -> mlua::Result<Vec<u8>> {
    if let Value::UserData(data) = value {
        if let Ok(string) = data.borrow::<EcString>() {
            return Ok(string.bytes());
        }
        if let Ok(message) = data.borrow::<EcMessage>() {
            return Ok(message.content.borrow().to_bytes().to_vec());
        }
        if let Some(bytes) = files::content_of(call, data) {
            return Ok(bytes);
        }
    }
    match call.lua().coerce_string(value.clone())? {
        Some(text) => Ok(text.as_bytes().to_vec()),
        None => Err(call.raise(format!(
            "{} was given a {} where a string or an io_object is needed",
            call.name(),
            value.type_name()
        ))),
    }
}

fn pairs(table: &Table) -> mlua::Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let mut found: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    table.for_each(|name: LuaString, value: LuaString| {
        found.push((name.as_bytes().to_vec(), value.as_bytes().to_vec()));
        Ok(())
    })?;
    // `pairs` gives no order.
    found.sort();
    Ok(found)
}

fn build(
    call: &Call<'_>,
    this: &EcMessage,
    (headers, parts, attachments): (Table, Table, Option<Table>),
) -> mlua::Result<()> {
    let texts = pairs(&parts)?.into_iter().map(|(mimetype, text)| (plain(&mimetype), text)).collect();
    let mut attached = Vec::new();
    if let Some(attachments) = attachments {
        for one in attachments.sequence_values::<Table>() {
            attached.push(attachment(call, &one?)?);
        }
    }
    let made = Message::build(&pairs(&headers)?, texts, attached, seed(call));
    *this.content.borrow_mut() = made;
    this.content.weigh(call)
}

fn attachment(call: &Call<'_>, table: &Table) -> mlua::Result<Attachment> {
    let content = match table.get::<Value>("content")? {
        Value::String(text) => Attached::Text(text.as_bytes().to_vec()),
        Value::UserData(data) => of_object(call, &data)?,
        other => {
            return Err(call.raise(format!("an attachment's content cannot be a {}", other.type_name())));
        }
    };
    Ok(Attachment {
        mimetype: table.get("type")?,
        name: table.get("name")?,
        headers: table.get::<Option<LuaString>>("headers")?.map(|headers| headers.as_bytes().to_vec()),
        content,
    })
}

/// A message is attached as it is; of any other object, what it is as text.
fn of_object(call: &Call<'_>, data: &AnyUserData) -> mlua::Result<Attached> {
    if let Ok(message) = data.borrow::<EcMessage>() {
        return Ok(Attached::Message(message.content.borrow().to_bytes()));
    }
    // The page wants it to be base64 already.
    if let Some(bytes) = files::content_of(call, data) {
        return Ok(Attached::Base64(bytes));
    }
    Err(call.raise("an attachment's content has to be a string, an io_object or a message"))
}

#[cfg(test)]
mod tests {
    use super::Sent;
    use crate::api::tested::{self, State};

    fn state() -> State {
        let files = "[files]\n\"/x.b64\" = \"aGVsbG8=\"\n";
        tested::state_of(files, &["msys.core", "msys.extended.message"])
    }

    #[test]
    fn a_message_is_built_of_texts_and_attachments_of_all_kinds_and_sent() {
        let state = state();
        state.eval::<()>(
            "local inner = msys.core.ec_message_new(nil)
             inner:build({ Subject = 'inner' }, { ['text/plain'] = 'in' })
             local msg = msys.core.ec_message_new(nil)
             msg:build({ Subject = 'outer', From = 'a@example.com' }, { ['text/plain; charset=utf-8'] = 'grün' }, {
               { type = 'application/pdf', name = './x.pdf', content = msys.core.io_wrapper_open('/x.b64', msys.core.O_RDONLY, 0) },
               { content = inner },
               { type = 'text/csv', name = 'a.csv', headers = 'X-One: 1\\r\\nX-Two: 2', content = 'a;b' },
             })
             msg:inject('a@example.com', 'b@example.com, c@example.com')",
        );
        let sent = Sent::take(&state.frame);
        let bytes = String::from_utf8_lossy(&sent[0].bytes).into_owned();
        assert_eq!(sent[0].envelope.recipients, ["b@example.com", "c@example.com"]);
        for piece in [
            "Subject: outer\r\n",
            "multipart/mixed",
            "\r\n\r\nZ3LDvG4=",
            "filename=\"x.pdf\"",
            "\r\n\r\naGVsbG8=",
            "Content-Type: message/rfc822; name=\"Attached Message\"\r\n",
            "Content-Disposition: inline\r\n",
            "Subject: inner",
            "X-One: 1\r\nX-Two: 2\r\n",
        ] {
            assert!(bytes.contains(piece), "{piece}: {bytes}");
        }
        assert!(state.report().contains("\"event\":\"injected\""), "{}", state.report());
    }

    #[test]
    fn a_forward_brings_the_message_along_and_wrong_attachments_are_told() {
        let state = state();
        state.eval::<()>(
            "local msg = msys.core.ec_message_new(nil)
             msg:raw('Subject: old\\r\\n\\r\\nbody\\r\\n')
             msg:forward('a@example.com', 'b@example.com', 'see below', nil, nil)",
        );
        let bytes = String::from_utf8_lossy(&Sent::take(&state.frame)[0].bytes).into_owned();
        assert!(
            bytes.contains("Subject: Fwd: old\r\n") && bytes.contains("\r\n\r\nSubject: old\r\n\r\nbody"),
            "{bytes}"
        );
        state.eval::<()>(
            "msys.core.ec_message_new(nil):forward('a@example.com', ' ,', 'gr\u{fc}n', nil, nil)",
        );
        let report = state.report();
        assert!(report.contains("needs a charset") && report.contains("no recipient"), "{report}");
        assert!(Sent::take(&state.frame)[0].envelope.recipients.is_empty());
        let error = state.error("msys.core.ec_message_new(nil):build({ To = { 'a' } }, {}, {})");
        assert_eq!(error, "test.lua:1: bad argument to 'build' (string expected, got table)");
        let error = state.error(
            "msys.core.ec_message_new(nil):build({}, { ['text/plain'] = 'x' }, { { content = 7 < 8 } })",
        );
        assert!(error.contains("an attachment's content cannot be a boolean"), "{error}");
    }
}
