//! What the session asks for by name, after the messages.

use mlua::Value;

use super::callouts::Kind;
use super::start::Run;
use crate::api::ec_string::EcString;
use crate::api::lua_value;
use crate::api::message::{EcMessage, Ids};
use crate::message::Message;
use crate::session::{self, HookArgument, HookObject, PlainArgument};

/// Calls the hooks that the session names.
pub(super) fn run(run: &mut Run<'_>) {
    let session = std::rc::Rc::clone(&run.session);
    for call in &session.hook {
        if !run.is_alive() {
            return;
        }
        let arguments: Vec<Value> = call.arguments.iter().map(|one| argument(run, one)).collect();
        let outcome = run.callouts(&call.name, Kind::Hook, &arguments);
        run.step(None, None, outcome.runs);
        if let Some(step) = run.steps.last_mut() {
            step.client = Some(format!("hook {}", call.name));
        }
    }
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
    if let Some(name) = &wanted.constant {
        let name = if name.contains('.') { name.clone() } else { format!("msys.core.{name}") };
        return Some(run.frame.constant(lua, &name));
    }
    if let Some(number) = wanted.message {
        let place = number.checked_sub(1)?;
        let mail = run.session.messages.get(place)?;
        let connection = &run.session.connection;
        let recipient = wanted.recipient.clone().or_else(|| Some(mail.recipients.first()?.address.clone()));
        let message = EcMessage {
            content: Message::from_bytes(mail.bytes.clone()).into(),
            mailfrom: mail.sender().to_owned().into(),
            rcptto: recipient.unwrap_or_default().into(),
            origin: Some(place),
            ..EcMessage::empty(
                Ids::of(&run.frame),
                connection.client,
                connection.listener.unwrap_or(connection.client),
            )
        };
        return run.object(message).map(Value::UserData);
    }
    let class = match (&wanted.connection, &wanted.class) {
        (Some(session::ConnectionObject::Accept), _) => "accept_construct",
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
