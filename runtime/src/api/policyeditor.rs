//! `msys.policyeditor`: other names for methods of messages, of Momentum 3.

use mlua::{MultiValue, Table, Value};

use super::message::EcMessage;
use super::{Call, Registry};

pub(super) fn register(api: &mut Registry) {
    api.function("msys.policyeditor.get_header", |call, (ctx, _vars, params): Arguments| {
        let values = on_message(call, &ctx, "header", [params.get("header")?])?;
        match values.front() {
            Some(Value::Table(values)) => values.get::<Value>(1),
            _ => Ok(Value::Nil),
        }
    });
    api.function("msys.policyeditor.del_header", |call, (ctx, _vars, params): Arguments| {
        let name: Value = params.get("header")?;
        let empty = Value::String(call.lua().create_string("")?);
        on_message(call, &ctx, "header", [name.clone(), empty])?;
        Ok(name)
    });
    for (name, method) in [
        ("msys.policyeditor.get_mailfrom", "mailfrom"),
        ("msys.policyeditor.get_rcptto", "rcptto"),
        ("msys.policyeditor.get_mess_recv_from", "reception_peer"),
        ("msys.policyeditor.get_mess_recv_via", "listener_addr"),
    ] {
        api.function(name, move |call, (ctx, _rest): (Table, MultiValue)| on_message(call, &ctx, method, []));
    }
    api.function("msys.policyeditor.get_variable", |_, (_ctx, vars, params): Variables| {
        vars.get::<Value>(params.get::<Value>("name")?)
    });
    api.function("msys.policyeditor.set_variable", |_, (_ctx, vars, params): Variables| {
        let value: Value = params.get("value")?;
        vars.set(params.get::<Value>("name")?, &value)?;
        Ok(value)
    });
    api.function("msys.policyeditor.pcre_match", pcre_match);
    api.function("msys.policyeditor.set_binding", |call, (ctx, _vars, params): Arguments| {
        let names: String = params.get("binding")?;
        let names: Vec<&str> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        let chance = fastrand::Rng::with_seed(call.session().random_seed).usize(..names.len().max(1));
        let name = names.get(chance).copied().unwrap_or_default();
        let name = Value::String(call.lua().create_string(name)?);
        Ok(!is_nil(&on_message(call, &ctx, "binding", [name])?))
    });
    api.function("msys.policyeditor.set_binding_group", |call, (ctx, _vars, params): Arguments| {
        Ok(!is_nil(&on_message(call, &ctx, "binding_group", [params.get("binding_group")?])?))
    });
    for (get, set, dictionary) in [
        ("msys.policyeditor.vctx_conn_get", "msys.policyeditor.vctx_conn_set", "msys.core.ECMESS_CTX_CONN"),
        ("msys.policyeditor.vctx_mess_get", "msys.policyeditor.vctx_mess_set", "msys.core.ECMESS_CTX_MESS"),
    ] {
        api.function(get, move |call, (ctx, _vars, params): Arguments| {
            on_message(call, &ctx, "context_get", [call.constant(dictionary), params.get("key")?])
        });
        api.function(set, move |call, (ctx, _vars, params): Arguments| {
            let value: Value = params.get("value")?;
            let arguments = [call.constant(dictionary), params.get("key")?, value.clone()];
            on_message(call, &ctx, "context_set", arguments)?;
            Ok(value)
        });
    }
}

/// The callout's objects, the script's variables, what the function is told.
type Arguments = (Table, Value, Table);
type Variables = (Value, Table, Table);

fn is_nil(values: &MultiValue) -> bool {
    values.front().is_none_or(Value::is_nil)
}

/// Calls a method of the message in `ctx`.
fn on_message<const N: usize>(
    call: &Call<'_>,
    ctx: &Table,
    method: &str,
    arguments: [Value; N],
) -> mlua::Result<MultiValue> {
    let message = ctx.get::<Value>("ec_message")?;
    if !message.as_userdata().is_some_and(|data| data.is::<EcMessage>()) {
        let got = message.type_name();
        return Err(call.raise(format!(
            "{}: the first argument has to have the message in its field ec_message, which is a {got} value",
            call.name()
        )));
    }
    call.delegate("ec_message", method, std::iter::once(message).chain(arguments).collect())
}

/// Sets `$0`, `$1` and the names of groups.
fn pcre_match(call: &Call<'_>, (_ctx, vars, params): Variables) -> mlua::Result<bool> {
    let arguments = MultiValue::from_iter([params.get::<Value>("subject")?, params.get("pattern")?]);
    let found = call.delegate("msys.pcre", "match", arguments)?;
    let Some(Value::Table(groups)) = found.front() else { return Ok(false) };
    groups.for_each(|key: Value, value: Value| match key {
        Value::Integer(number) => vars.set(format!("${number}"), value),
        Value::Number(number) => vars.set(format!("${number}"), value),
        name => vars.set(name, value),
    })?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::api::message::{EcMessage, Ids};
    use crate::api::tested::state;
    use crate::message::Message;

    #[test]
    fn methods_of_messages_have_other_names() {
        let state = state();
        let client = state.frame.session().connection.client;
        let message = state.object(EcMessage {
            content: Message::from_bytes(&b"Subject: hello\r\n\r\n"[..]).into(),
            mailfrom: "a@b.example".to_owned().into(),
            rcptto: "c@d.example".to_owned().into(),
            ..EcMessage::empty(Ids::of(&state.frame), client, client)
        });
        let said: String = state.call(
            "local ctx, v, p = { ec_message = (...) }, {}, require('msys.policyeditor')\n\
             local h = p.get_header(ctx, v, { header = 'Subject' })\n p.del_header(ctx, v, { header = 'Subject' })\n\
             p.set_variable(ctx, v, { name = 'x', value = 5 })\n p.vctx_conn_set(ctx, v, { key = 'k', value = 'w' })\n\
             local matched = p.pcre_match(ctx, v, { subject = 'abc', pattern = '(?P<n>b)(c)' })\n\
             return h .. tostring(p.get_header(ctx, v, { header = 'Subject' })) .. p.get_mailfrom(ctx) .. p.get_rcptto(ctx) \
               .. p.get_variable(ctx, v, { name = 'x' }) .. p.vctx_conn_get(ctx, v, { key = 'k' }) .. v['$0'] .. v['$2'] .. v.n .. tostring(matched) \
               .. tostring(p.set_binding(ctx, v, { binding = 'none, neither' })) .. tostring(p.set_binding(ctx, v, { binding = 'default' })) .. p.get_mess_recv_from(ctx)",
            message,
        );
        assert_eq!(said, format!("hellonila@b.examplec@d.example5wbccbtruefalsetrue{client}"));
        let error = state.error("require('msys.policyeditor')\n msys.policyeditor.get_mailfrom({})");
        assert!(error.contains("has to have the message in its field ec_message"), "{error}");
    }
}
