//! Hooks that the session calls by name.

use mlua::{AnyUserData, Value};
use momentum_lua_analyzer::configuration::near::did_you_mean;
use momentum_lua_stub_reader::model::Type;

use super::super::arguments::Given;
use super::super::callouts::Kind;
use super::super::named;
use super::super::start::Run;
use crate::api::accept::AcceptConstruct;
use crate::api::dictionary::Dictionary;
use crate::api::ec_string::EcString;
use crate::api::lua_value;
use crate::api::message::{EcMessage, Ids};
use crate::api::vctx::ValidateContext;
use crate::api::xml;
use crate::message::{Component, Message};
use crate::report::CalloutRun;
use crate::session::{self, HookArgument, HookCall, HookObject, PlainArgument};

/// Calls the hooks that the session names.
pub(super) fn run(run: &mut Run<'_>) {
    let session = std::rc::Rc::clone(&run.session);
    for call in &session.hook {
        if !run.is_alive() {
            return;
        }
        let callouts = match named::hook(run, &call.name) {
            Some(reason) => vec![Run::nothing_ran(call.name.clone(), reason)],
            None => {
                let (arguments, mut told) = arguments(run, call);
                told.extend(run.callouts(&call.name, Kind::Hook, &arguments).runs);
                told
            }
        };
        run.step(None, None, callouts);
        if let Some(step) = run.steps.last_mut() {
            step.client = Some(format!("hook {}", call.name));
        }
    }
}

/// What a hook gets, and what is wrong with what the session gives it: nil stands in the place of what there is not.
fn arguments(run: &Run<'_>, call: &HookCall) -> (Vec<Value>, Vec<CalloutRun>) {
    if call.arguments.is_empty() {
        return (usual(run, &call.name), Vec::new());
    }
    let mut told = Vec::new();
    let mut tell = |reason: String| told.push(Run::nothing_ran(call.name.clone(), reason));
    let mut arguments = Vec::with_capacity(call.arguments.len());
    for (place, one) in call.arguments.iter().enumerate() {
        let number = place + 1;
        if let HookArgument::Object(object) = one {
            doubts(run, &call.name, place, object)
                .for_each(|doubt| tell(format!("argument {number}: {doubt}")));
        }
        arguments.push(argument(run, one).unwrap_or_else(|reason| {
            tell(format!("argument {number} is nil: {reason}"));
            Value::Nil
        }));
    }
    (arguments, told)
}

/// What a script would hardly get in the server: an object of another class, fields that its class does not have.
fn doubts(run: &Run<'_>, hook: &str, place: usize, object: &HookObject) -> impl Iterator<Item = String> {
    let api = run.frame.api();
    let parameter = api.hook(hook).and_then(|hook| hook.params.get(place));
    let wanted = parameter.and_then(|parameter| match &parameter.ty {
        Type::Named(name) if api.class(name).is_some() => Some(name.as_str()),
        _ => None,
    });
    let class = object.class.as_deref().filter(|class| api.class(class).is_some());
    let other = class.zip(wanted).filter(|(class, wanted)| class != wanted);
    let other = other.map(|(class, wanted)| format!("the hook gets a `{wanted}` here, and not a `{class}`"));
    let fields = class.into_iter().flat_map(|class| object.fields.keys().map(move |name| (class, name)));
    let unknown = fields.filter_map(|(class, name)| {
        let members = api.own_members(class);
        let is_known = members.iter().any(|member| member.member() == name.as_str());
        let near = || did_you_mean(name, members.iter().map(|member| member.member()));
        (!is_known).then(|| format!("no field `{name}` of `{class}` is known{}", near()))
    });
    other.into_iter().chain(unknown).collect::<Vec<_>>().into_iter()
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
        construct: None,
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

/// The value, or why there is none.
fn argument(run: &Run<'_>, argument: &HookArgument) -> Result<Value, String> {
    let lua = run.machine.lua();
    Ok(match argument {
        HookArgument::Plain(PlainArgument::Bool(false)) => Value::Nil,
        HookArgument::Plain(PlainArgument::Bool(true)) => Value::Boolean(true),
        HookArgument::Plain(PlainArgument::Integer(number)) => Value::Integer(*number),
        HookArgument::Plain(PlainArgument::Float(number)) => Value::Number(*number),
        HookArgument::Plain(PlainArgument::Text(text)) => {
            lua.create_string(text).map_or(Value::Nil, Value::String)
        }
        HookArgument::Object(object) => return self::object(run, object),
    })
}

fn object(run: &Run<'_>, wanted: &HookObject) -> Result<Value, String> {
    let lua = run.machine.lua();
    let made = |data: Option<AnyUserData>| {
        data.map(Value::UserData).ok_or_else(|| "no memory is left for it".to_owned())
    };
    if let Some(text) = &wanted.string {
        return made(run.object(EcString::new(text.as_bytes())));
    }
    if let Some(text) = &wanted.xml {
        let element = xml::element_of(lua, &run.frame, text).map_err(|error| error.to_string())?;
        return element.map(Value::UserData);
    }
    if let Some(name) = &wanted.constant {
        let name = if name.contains('.') { name.clone() } else { format!("msys.core.{name}") };
        return match run.frame.constant(lua, &name) {
            Value::Nil => {
                let near = did_you_mean(&name, run.frame.api().near_entries(&name));
                Err(format!("no constant is called `{name}`{near}"))
            }
            value => Ok(value),
        };
    }
    if let Some(number) = wanted.message {
        let message = message(run, number, wanted.recipient.as_deref());
        return message.map(Value::UserData).ok_or_else(|| format!("the session has no message {number}"));
    }
    let class = match (&wanted.connection, &wanted.class) {
        (Some(session::ConnectionObject::Accept), _) => return made(accept(run)),
        (Some(session::ConnectionObject::Vctx), _) => "validate_context",
        (None, Some(class)) => class.as_str(),
        (None, None) => return Err("it is an empty table".to_owned()),
    };
    let api = run.frame.api();
    if api.class(class).is_none() {
        let near = did_you_mean(class, api.classes().into_iter().map(|class| class.name.as_str()));
        return Err(format!("no class is called `{class}`{near}"));
    }
    let data = run.frame.object_of(lua, class).map_err(|error| error.to_string())?;
    for (name, value) in &wanted.fields {
        let set = lua_value(lua, value).and_then(|value| data.set_named_user_value(name, value));
        set.map_err(|error| error.to_string())?;
    }
    Ok(Value::UserData(data))
}
