//! Small functions of `msys` and `msys.core`.

use mlua::Value;

use super::message::{EcMessage, Ids};
use super::{Call, Opaque, Registry, object};
use crate::report::What;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.core.ec_message_new", |call, _: Value| {
        let connection = &call.session().connection;
        let listener = connection.listener.unwrap_or(connection.client);
        call.object(EcMessage::empty(Ids::of(call.frame()), connection.client, listener))
    });
    api.function("msys.core.dns_get_domain", |call, domain: mlua::LuaString| {
        let record = call.opaque("domain_record")?;
        record.set_named_user_value("domain", domain)?;
        Ok(record)
    });
    api.function("msys.core.scheduler_for_domain", |call, _: mlua::LuaString| {
        call.opaque("ec_scheduler_inst")
    });
    api.function("msys.log", |call, (level, text): (Value, mlua::LuaString)| {
        let _ = level;
        call.note(What::Print { text: super::plain(&text.as_bytes()) });
        Ok(())
    });
    api.function("msys.cast", cast);
    api.function("msys.type", |_, value: Value| {
        Ok(match &value {
            Value::UserData(data) => object::class_of(data).unwrap_or_else(|| "userdata".to_owned()),
            Value::Integer(_) => "number".to_owned(),
            other => other.type_name().to_owned(),
        })
    });
}

/// One that the server made of another class is read as what it is not; one without a known class is given this one.
fn cast(call: &Call<'_>, (value, name): (Value, String)) -> mlua::Result<Value> {
    let class = name.rsplit([':', '.']).next().unwrap_or(&name);
    let class = class.strip_prefix('_').unwrap_or(class);
    let Value::UserData(data) = &value else {
        return Err(call.crash(format!(
            "{} was given a {} to read as {name}",
            call.name(),
            value.type_name()
        )));
    };
    let own = object::class_of(data).unwrap_or_default();
    if own == class {
        return Ok(value);
    }
    // What no class is known of may be anything.
    if !data.is::<Opaque>() {
        return Err(call.crash(format!("{} reads an {own} as {name}", call.name())));
    }
    Ok(Value::UserData(call.opaque(class)?))
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn types_are_named() {
        let said: String = state().eval(
            "local t = msys.type
 return table.concat({ t(nil), t(1), t('x'), t({}), t(print), t(msys.core.string_new()), t(true) }, ' ')",
        );
        assert_eq!(said, "nil number string table function ec_string boolean");
    }
}
