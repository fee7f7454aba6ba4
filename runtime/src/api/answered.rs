//! Results of single functions that the session gives (`[[api_answer]]`).

use mlua::{Lua, MultiValue, Value};

use super::dictionary::{HasContexts, Which};
use super::message::EcMessage;
use super::vctx::ValidateContext;
use super::{Call, shown};
use crate::session::{self, ApiAnswer, Wanted};

/// The answer of the session to a call, if it has one that fits. `arguments` are those without the receiver.
pub(super) fn answer(
    call: &Call<'_>,
    first: Option<&Value>,
    arguments: &[&Value],
) -> Option<mlua::Result<MultiValue>> {
    let session = call.session();
    let mut of_function = session.api_answer.iter().filter(|answer| answer.function == call.name());
    let answer = of_function.find(|answer| {
        answer.arguments.iter().enumerate().all(|(place, wanted)| fits(wanted, arguments.get(place).copied()))
    })?;
    Some(given(call, answer, first.into_iter().chain(arguments.iter().copied())))
}

fn given<'v>(
    call: &Call<'_>,
    answer: &ApiAnswer,
    mut values: impl Iterator<Item = &'v Value>,
) -> mlua::Result<MultiValue> {
    // Of the message or the validation context among the values.
    let contexts = values.find_map(|value| {
        let data = value.as_userdata()?;
        let of_message = |message: mlua::UserDataRef<EcMessage>| {
            [Which::Message, Which::Connection].map(|which| message.context(which))
        };
        let of_vctx = |vctx: mlua::UserDataRef<ValidateContext>| {
            [Which::Message, Which::Connection].map(|which| vctx.context(which))
        };
        data.borrow().map(of_message).or_else(|_| data.borrow().map(of_vctx)).ok()
    });
    for (dictionary, variables) in
        contexts.iter().flatten().zip([&answer.message_context, &answer.connection_context])
    {
        variables.iter().for_each(|(name, value)| drop(dictionary.set(name.as_bytes(), value.as_bytes())));
    }
    if let Some(message) = &answer.raises {
        return Err(call.raise(message));
    }
    answer.returns.iter().map(|value| lua_value(call.lua(), value)).collect()
}

/// A value of the session as Lua has it.
pub(crate) fn lua_value(lua: &Lua, value: &session::Value) -> mlua::Result<Value> {
    Ok(match value {
        session::Value::Bool(value) => Value::Boolean(*value),
        session::Value::Integer(value) => Value::Integer(*value),
        session::Value::Float(value) => Value::Number(*value),
        session::Value::Text(value) => Value::String(lua.create_string(value)?),
        session::Value::List(values) => {
            let table = lua.create_table()?;
            for value in values {
                table.raw_push(lua_value(lua, value)?)?;
            }
            Value::Table(table)
        }
        session::Value::Table(values) => {
            let table = lua.create_table()?;
            for (name, value) in values {
                table.raw_set(name.as_str(), lua_value(lua, value)?)?;
            }
            Value::Table(table)
        }
    })
}

fn fits(wanted: &Wanted, value: Option<&Value>) -> bool {
    let text = value.filter(|value| !value.is_nil()).map(|value| match value {
        Value::String(text) => super::plain(&text.as_bytes()),
        other => shown(other),
    });
    wanted.fits_argument(text.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tested;
    use crate::session::Session;

    #[test]
    fn the_session_answers_calls_that_fit() {
        let answer = |arguments, text: &str| ApiAnswer {
            function: "msys.core.mail_queue_delay_domain".to_owned(),
            arguments,
            returns: vec![session::Value::Text(text.to_owned())],
            ..ApiAnswer::default()
        };
        let session = Session {
            api_answer: vec![
                answer(vec![Wanted::Text("a.example".to_owned())], "first"),
                answer(Vec::new(), "other"),
            ],
            ..Session::default()
        };
        let state = tested::state_with(session);
        let said: String = state.eval(
            "local f = msys.core.mail_queue_delay_domain\n return f('a.example', 'x') .. ' ' .. f('b.example', 'x')",
        );
        assert_eq!(said, "first other");
        assert!(state.report().contains("\"fidelity\":\"fixture\""), "{}", state.report());
    }
}
