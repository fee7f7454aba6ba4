//! Hooks that the session calls by name.

use mlua::{AnyUserData, Value};

use super::super::arguments::Given;
use super::super::callouts::Kind;
use super::super::start::Run;
use crate::api::accept::AcceptConstruct;
use crate::api::dictionary::Dictionary;
use crate::api::ec_string::EcString;
use crate::api::lua_value;
use crate::api::message::{EcMessage, Ids};
use crate::api::vctx::ValidateContext;
use crate::api::xml;
use crate::message::{Component, Message};
use crate::session::{self, HookArgument, HookObject, PlainArgument};

/// Calls the hooks that the session names.
pub(super) fn run(run: &mut Run<'_>) {
    let session = std::rc::Rc::clone(&run.session);
    for call in &session.hook {
        if !run.is_alive() {
            return;
        }
        let arguments: Vec<Value> = if call.arguments.is_empty() {
            usual(run, &call.name)
        } else {
            call.arguments.iter().map(|one| argument(run, one)).collect()
        };
        let outcome = run.callouts(&call.name, Kind::Hook, &arguments);
        run.step(None, None, outcome.runs);
        if let Some(step) = run.steps.last_mut() {
            step.client = Some(format!("hook {}", call.name));
        }
    }
}

/// What a hook gets when the session does not say: the first message, a connection, and other values of its parameters'
/// classes.
fn usual(run: &Run<'_>, hook: &str) -> Vec<Value> {
    /// The room of a string that a hook fills.
    const ROOM: usize = 256;
    let message = message(run, 1, None);
    let (accept, vctx) = (accept(run), run.object(ValidateContext::default()));
    let buffer = run.object(EcString::with_room("", ROOM));
    let recipient = run.session.messages.first().and_then(|mail| mail.recipients.first());
    let domain = recipient.map(|one| Component::Domain.of(&one.address));
    let given = Given {
        message: message.as_ref(),
        accept: accept.as_ref(),
        vctx: vctx.as_ref(),
        domain,
        text: None,
        buffer: buffer.as_ref(),
        number: Some(0),
    };
    run.arguments(hook, given)
}

/// The connection of the session.
fn accept(run: &Run<'_>) -> Option<AnyUserData> {
    let connection = &run.session.connection;
    run.object(AcceptConstruct {
        remote: connection.client,
        local: connection.listener.unwrap_or(connection.client),
        conn_id: Ids::of(&run.frame),
        capabilities: Vec::new().into(),
        open_connections: connection.open_connections.clone(),
    })
}

/// A message of the session, from 1, for one of its recipients.
fn message(run: &Run<'_>, number: usize, recipient: Option<&str>) -> Option<AnyUserData> {
    let place = number.checked_sub(1)?;
    let mail = run.session.messages.get(place)?;
    let connection = &run.session.connection;
    let recipient = recipient.or_else(|| Some(mail.recipients.first()?.address.as_str()));
    let variables = |map: &std::collections::BTreeMap<String, String>| {
        Dictionary::with(map.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    };
    let message = EcMessage {
        content: Message::from_bytes(mail.bytes.clone()).into(),
        mailfrom: mail.sender().to_owned().into(),
        rcptto: recipient.unwrap_or_default().to_owned().into(),
        conn: variables(&connection.context),
        mess: variables(&mail.context),
        origin: Some(place),
        ..EcMessage::empty(
            Ids::of(&run.frame),
            connection.client,
            connection.listener.unwrap_or(connection.client),
        )
    };
    run.object(message)
}

fn argument(run: &Run<'_>, argument: &HookArgument) -> Value {
    let lua = run.machine.lua();
    match argument {
        HookArgument::Plain(PlainArgument::Bool(false)) => Value::Nil,
        HookArgument::Plain(PlainArgument::Bool(true)) => Value::Boolean(true),
        HookArgument::Plain(PlainArgument::Integer(number)) => Value::Integer(*number),
        HookArgument::Plain(PlainArgument::Float(number)) => Value::Number(*number),
        HookArgument::Plain(PlainArgument::Text(text)) => {
            lua.create_string(text).map_or(Value::Nil, Value::String)
        }
        HookArgument::Object(object) => self::object(run, object).unwrap_or(Value::Nil),
    }
}

fn object(run: &Run<'_>, wanted: &HookObject) -> Option<Value> {
    let lua = run.machine.lua();
    if let Some(text) = &wanted.string {
        return run.object(EcString::new(text.as_bytes())).map(Value::UserData);
    }
    if let Some(text) = &wanted.xml {
        return xml::element_of(lua, &run.frame, text).ok()?.map(Value::UserData);
    }
    if let Some(name) = &wanted.constant {
        let name = if name.contains('.') { name.clone() } else { format!("msys.core.{name}") };
        return Some(run.frame.constant(lua, &name));
    }
    if let Some(number) = wanted.message {
        return message(run, number, wanted.recipient.as_deref()).map(Value::UserData);
    }
    let class = match (&wanted.connection, &wanted.class) {
        (Some(session::ConnectionObject::Accept), _) => return accept(run).map(Value::UserData),
        (Some(session::ConnectionObject::Vctx), _) => "validate_context",
        (None, Some(class)) => class.as_str(),
        (None, None) => return None,
    };
    let data = run.frame.object_of(lua, class).ok()?;
    for (name, value) in &wanted.fields {
        let value = lua_value(lua, value).ok()?;
        data.set_named_user_value(name, value).ok()?;
    }
    Some(Value::UserData(data))
}
