//! `ec_message`: what the server keeps of a message beside its content, and the methods that read and change it.

mod binding;
pub(super) mod content;
pub(super) mod current;
mod envelope;
mod id;
mod mime;
pub(super) mod sent;

use std::cell::{Cell, RefCell};

pub use binding::Bindings;
pub use content::Content;
pub(super) use envelope::{get_envelope, set_address};
pub use id::{Ids, MessageId};
pub use sent::Sent;

use super::accept::SocketAddress;
use super::dictionary::{self, Dictionary, HasContexts, Which};
use super::{Call, Class, Registry, Text};
use crate::report::What;
use crate::session::{Endpoint, Injection};

/// A message in the server. Until it is divided among its recipients it is one for all of them.
#[derive(Debug)]
pub struct EcMessage {
    /// Its identifier.
    pub id: MessageId,
    /// That of the connection that brought it.
    pub conn_id: MessageId,
    /// The same for all copies of one reception.
    pub batch_id: MessageId,
    /// Headers and body.
    pub content: Content,
    /// The sender; empty for the null sender.
    pub mailfrom: RefCell<String>,
    /// The recipient; the first one as long as the message has several.
    pub rcptto: RefCell<String>,
    /// The context of the connection.
    pub conn: Dictionary,
    /// That of the message.
    pub mess: Dictionary,
    /// The binding, once one is chosen.
    pub binding: RefCell<Option<String>>,
    /// The binding group, once one is chosen.
    pub binding_group: RefCell<Option<String>>,
    /// 1 lets it pass ahead of others.
    pub priority: Cell<i64>,
    /// The domain that it is routed to, where a script chose one.
    pub routing_domain: RefCell<Option<String>>,
    /// Its response: of the policy, later of the latest attempt at delivery.
    pub code: RefCell<Option<String>>,
    /// Why it is dropped, once it is.
    pub discarded: RefCell<Option<String>>,
    /// Attempts at delivery so far.
    pub retries: Cell<u32>,
    /// The host that sent it.
    pub peer: Endpoint,
    /// The listener that took it.
    pub listener: Endpoint,
    /// Which message of the session it comes from, from 0; none for one that a script made.
    pub origin: Option<usize>,
}

impl Class for EcMessage {
    const NAME: &'static str = "ec_message";
}

impl HasContexts for EcMessage {
    fn context(&self, which: Which) -> Dictionary {
        match which {
            Which::Connection => self.conn.clone(),
            Which::Message => self.mess.clone(),
        }
    }
}

impl EcMessage {
    /// A message without content.
    #[must_use]
    pub fn empty(id: MessageId, peer: Endpoint, listener: Endpoint) -> Self {
        Self {
            id,
            conn_id: id,
            batch_id: id,
            content: Content::default(),
            mailfrom: RefCell::default(),
            rcptto: RefCell::default(),
            conn: Dictionary::default(),
            mess: Dictionary::default(),
            binding: RefCell::default(),
            binding_group: RefCell::default(),
            priority: Cell::default(),
            routing_domain: RefCell::default(),
            code: RefCell::default(),
            discarded: RefCell::default(),
            retries: Cell::default(),
            peer,
            listener,
            origin: None,
        }
    }

    /// A copy for one recipient, with a message context of its own.
    #[must_use]
    pub fn copy_for(&self, id: MessageId, recipient: &str) -> Self {
        Self {
            id,
            content: self.content.copied(),
            mailfrom: self.mailfrom.clone(),
            rcptto: RefCell::new(recipient.to_owned()),
            conn: self.conn.clone(),
            mess: self.mess.copied(),
            binding: self.binding.clone(),
            binding_group: self.binding_group.clone(),
            priority: self.priority.clone(),
            routing_domain: self.routing_domain.clone(),
            code: self.code.clone(),
            discarded: self.discarded.clone(),
            retries: Cell::new(0),
            ..*self
        }
    }

    /// The domain that it is routed to: that of the recipient, unless a script chose another.
    #[must_use]
    pub fn routed_to(&self) -> String {
        let chosen = self.routing_domain.borrow().clone();
        chosen.unwrap_or_else(|| envelope::split(&self.rcptto.borrow()).1.to_ascii_lowercase())
    }
}

pub(super) fn register(api: &mut Registry) {
    dictionary::register::<EcMessage>(
        api,
        &dictionary::Names { get: "context_get", set: "context_set", exists: "context_exists" },
    );
    dictionary::register_of_messages::<EcMessage>(api);
    id::register(api);
    envelope::register(api);
    binding::register(api);
    content::register(api);
    mime::register(api);
    sent::register(api);
    api.method("discard", discard);
    api.method("get_message_size", |_, this: &EcMessage, (): ()| Ok(this.content.borrow().to_bytes().len()));
    api.method("is_mcmt", |_, _: &EcMessage, (): ()| Ok(false));
    api.method("copy", |call, this: &EcMessage, (): ()| {
        let id = call.part::<id::Ids>().borrow_mut().next(call);
        let recipient = this.rcptto.borrow().clone();
        let copy = this.copy_for(id, &recipient);
        copy.content.weigh(call)?;
        call.object(copy)
    });
    api.method("set_code", |call: &Call<'_>, this: &EcMessage, (number, Text(text)): (i64, Text)| {
        set_code(call, this, number, &text);
        Ok(1)
    });
    api.method("get_code", |_, this: &EcMessage, (): ()| Ok(this.code.borrow().clone().unwrap_or_default()));
    api.method("code", code);
    api.writable(
        "priority",
        |_, this: &EcMessage| Ok(this.priority.get()),
        |call, this: &EcMessage, value: i64| {
            // The field is one bit wide.
            let kept = value & 1;
            let before = Some(this.priority.replace(kept).to_string());
            call.note(What::Set { property: "priority".to_owned(), before, after: Some(kept.to_string()) });
            Ok(())
        },
    );
    api.field("num_retries", |_, this: &EcMessage| Ok(this.retries.get()));
    api.field("recv_method", recv_method);
    api.field("recv_from", |call, this: &EcMessage| call.object(SocketAddress(this.peer)));
    api.field("recv_via", |call, this: &EcMessage| call.object(SocketAddress(this.listener)));
    api.method("get_delivery_method", |_, _: &EcMessage, (): ()| Ok("esmtp"));
}

/// How the message came in. No page has a number for HTTP: it is none of the constants then.
fn recv_method(call: &Call<'_>, this: &EcMessage) -> mlua::Result<mlua::Value> {
    Ok(match (this.origin, call.session().injection) {
        (Some(_), Injection::Smtp) => call.constant("msys.core.P_ESMTP"),
        (Some(_), Injection::Http) => mlua::Value::Integer(0),
        (None, _) => call.constant("msys.core.P_INTERNAL"),
    })
}

/// The page gives both texts.
fn discard(call: &Call<'_>, this: &EcMessage, reason: Option<Text>) -> mlua::Result<()> {
    let begins_with_code =
        |text: &str| text.get(..3).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    let reason = match reason.map(|Text(reason)| reason) {
        None => "550 5.7.0 discarded by policy".to_owned(),
        Some(reason) if begins_with_code(&reason) => reason,
        Some(_) => "550 5.7.1 [internal] discarded by policy".to_owned(),
    };
    call.note(What::Discarded { reason: reason.clone() });
    *this.discarded.borrow_mut() = Some(reason);
    Ok(())
}

fn code(
    call: &Call<'_>,
    this: &EcMessage,
    (number, text): (Option<mlua::Value>, Option<Text>),
) -> mlua::Result<Option<String>> {
    let number = match number {
        None | Some(mlua::Value::Nil) => return Ok(Some(this.code.borrow().clone().unwrap_or_default())),
        Some(value) => call.lua().coerce_integer(value)?.unwrap_or(0),
    };
    set_code(call, this, number, &text.map(|Text(text)| text).unwrap_or_default());
    Ok(None)
}

/// Sets the response; with 0 as code, it stands in the text.
pub(super) fn set_code(call: &Call<'_>, this: &EcMessage, number: i64, text: &str) {
    let (code, rest) = match number {
        0 => text.split_at_checked(3).map(|(code, rest)| (code.to_owned(), rest.trim_start().to_owned())),
        number => Some((number.to_string(), text.to_owned())),
    }
    .unwrap_or_default();
    let lines: Vec<&str> = rest.lines().collect();
    let last = lines.len().saturating_sub(1);
    let joined = lines.iter().enumerate().map(|(place, line)| {
        let between = if place == last { ' ' } else { '-' };
        format!("{code}{between}{line}")
    });
    let response = if lines.is_empty() { code.clone() } else { joined.collect::<Vec<_>>().join("\r\n") };
    let before = this.code.replace(Some(response.clone()));
    call.note(What::Set { property: "code".to_owned(), before, after: Some(response) });
}
