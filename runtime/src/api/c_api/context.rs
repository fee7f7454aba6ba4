//! Context variables of messages and of the validation.

use mlua::{AnyUserData, LuaString, Value};

use super::object;
use crate::api::dictionary::{self, Dictionary, HasContexts, Which};
use crate::api::message::EcMessage;
use crate::api::vctx::ValidateContext;
use crate::api::{Call, Registry};

type Key = (AnyUserData, i64, LuaString);

pub(super) fn register(api: &mut Registry) {
    of::<EcMessage>(
        api,
        [
            "msys.core.ec_message_context_get",
            "msys.core.ec_message_context_set",
            "msys.core.ec_message_context_exists",
            "msys.core.ec_message_context_delete",
        ],
    );
    of::<ValidateContext>(
        api,
        [
            "msys.core.validate_context_get",
            "msys.core.validate_context_set",
            "msys.core.validate_context_exists",
            "msys.core.validate_context_delete",
        ],
    );
    api.function("msys.core.ec_message_context_exists_and_get", exists_and_get::<EcMessage>);
    api.function(
        "msys.core.validate_context_exists_and_get",
        |call, (data, which, key, _): (AnyUserData, i64, LuaString, Value)| {
            exists_and_get::<ValidateContext>(call, (data, which, key))
        },
    );
    api.function("msys.core.ec_message_context_firstkey", |call, (data, which): (AnyUserData, i64)| {
        let (dictionary, _) = dictionary_of::<EcMessage>(call, &data, which)?;
        dictionary.key_behind(None).map(|key| call.lua().create_string(key)).transpose()
    });
    api.function("msys.core.ec_message_context_nextkey", |call, (data, which, last): Key| {
        let (dictionary, _) = dictionary_of::<EcMessage>(call, &data, which)?;
        dictionary.key_behind(Some(&last.as_bytes())).map(|key| call.lua().create_string(key)).transpose()
    });
    api.function("msys.core.ec_message_context_size", |call, (data, which): (AnyUserData, i64)| {
        Ok(dictionary_of::<EcMessage>(call, &data, which)?.0.all().len())
    });
    api.function("msys.core.ec_message_context_clean", |call, (data, which): (AnyUserData, i64)| {
        dictionary_of::<EcMessage>(call, &data, which)?.0.clear();
        Ok(())
    });
    api.function(
        "msys.core.ec_message_context_copy",
        |call, (from, to, key): (AnyUserData, AnyUserData, LuaString)| {
            let (from, to) = (object::<EcMessage>(call, &from)?, object::<EcMessage>(call, &to)?);
            let value = from.mess.get(&key.as_bytes()).map(|value| value.to_vec());
            let Some(value) = value else { return Ok(0) };
            dictionary::put(call, &to.mess, Which::Message, &key.as_bytes(), &value);
            Ok(1)
        },
    );
}

fn of<T: HasContexts>(api: &mut Registry, [get, set, exists, delete]: [&'static str; 4]) {
    api.function(get, |call, (data, which, key): Key| {
        let (dictionary, _) = dictionary_of::<T>(call, &data, which)?;
        let value = dictionary.get(&key.as_bytes());
        call.lua().create_string(value.as_deref().unwrap_or_default())
    });
    api.function(set, |call, (data, which, key, value): (AnyUserData, i64, LuaString, LuaString)| {
        let (dictionary, which) = dictionary_of::<T>(call, &data, which)?;
        dictionary::put(call, &dictionary, which, &key.as_bytes(), &value.as_bytes());
        Ok(1)
    });
    api.function(exists, |call, (data, which, key): Key| {
        let (dictionary, _) = dictionary_of::<T>(call, &data, which)?;
        Ok(i64::from(dictionary.get(&key.as_bytes()).is_some()))
    });
    api.function(delete, |call, (data, which, key): Key| {
        let (dictionary, which) = dictionary_of::<T>(call, &data, which)?;
        Ok(i64::from(dictionary::take_away(call, &dictionary, which, &key.as_bytes())))
    });
}

fn exists_and_get<T: HasContexts>(
    call: &Call<'_>,
    (data, which, key): Key,
) -> mlua::Result<(i64, Option<LuaString>)> {
    let (dictionary, _) = dictionary_of::<T>(call, &data, which)?;
    let value = dictionary.get(&key.as_bytes());
    let value = value.as_deref().map(|value| call.lua().create_string(value)).transpose()?;
    Ok((i64::from(value.is_some()), value))
}

fn dictionary_of<T: HasContexts>(
    call: &Call<'_>,
    data: &AnyUserData,
    which: i64,
) -> mlua::Result<(Dictionary, Which)> {
    let which = Which::of(call, which)?;
    Ok((object::<T>(call, data)?.context(which), which))
}
