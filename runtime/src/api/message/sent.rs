//! Messages that scripts make and send.

use mlua::{AnyUserData, LuaString, Table, Value};

use super::EcMessage;
use crate::api::{Call, Frame, Registry, plain};
use crate::message::{Attached, Attachment, Message};
use crate::report::{Envelope, Injected, What};

/// The messages that scripts put into the queue, in their order.
#[derive(Debug, Default)]
pub struct Sent(Vec<Injected>);

impl Sent {
    /// Puts a message into the queue of a run, and into its report.
    pub fn add(call: &Call<'_>, mail_from: &str, recipients: &str, message: &Message) {
        let bytes = message.to_bytes();
        let fields = message.headers().iter();
        let injected = Injected {
            at: call.place(),
            envelope: Envelope {
                mail_from: mail_from.to_owned(),
                recipients: recipients.split(',').map(|one| one.trim().to_owned()).collect(),
            },
            headers: fields.map(|field| (plain(field.name()), plain(&field.value()))).collect(),
            size: bytes.len(),
            bytes,
        };
        let part = call.part::<Self>();
        let number = part.borrow().0.len();
        part.borrow_mut().0.push(injected);
        call.note(What::Injected { message: number });
    }

    /// All of them; the list is empty afterwards.
    #[must_use]
    pub fn take(frame: &Frame) -> Vec<Injected> {
        std::mem::take(&mut frame.part::<Self>().borrow_mut().0)
    }
}

pub(super) fn register(api: &mut Registry) {
    api.method("inject", |call, this: &EcMessage, (mail_from, recipients): (String, String)| {
        Sent::add(call, &mail_from, &recipients, &this.content.borrow());
        Ok(())
    });
    api.method("forward", forward);
    api.method("build", build);
}

type ForwardArguments = (String, String, LuaString, Option<LuaString>, Option<String>);

fn forward(
    call: &Call<'_>,
    this: &EcMessage,
    (sender, recipients, text, subject, charset): ForwardArguments,
) -> mlua::Result<()> {
    let subject = subject.map(|subject| subject.as_bytes().to_vec());
    let made = this.content.borrow().forward(
        &sender,
        &recipients,
        &plain(&text.as_bytes()),
        subject.as_deref(),
        charset.as_deref(),
        seed(call),
    );
    Sent::add(call, &sender, &recipients, &made);
    Ok(())
}

/// The same boundaries in every run, and others for every message.
fn seed(call: &Call<'_>) -> u64 {
    let sent = call.part::<Sent>().borrow().0.len() as u64;
    call.session().random_seed.wrapping_mul(1_000).wrapping_add(sent)
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
    Ok(())
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
    Err(call.raise("an attachment's content has to be a string, an io_object or a message"))
}
