//! Sender and recipient of a message, its response, and where it is routed.

use mlua::{AnyUserData, LuaString, Value};

use super::{fill, object};
use crate::api::message::{self, EcMessage};
use crate::api::{Registry, constants, plain};
use crate::message::Component;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.core.ec_message_get_mailfrom", |call, msg: AnyUserData| {
        Ok(object::<EcMessage>(call, &msg)?.mailfrom.borrow().clone())
    });
    api.function("msys.core.ec_message_get_rcptto", |call, msg: AnyUserData| {
        Ok(object::<EcMessage>(call, &msg)?.rcptto.borrow().clone())
    });
    for path in ["msys.core.ec_message_set_mailfrom", "msys.core.ec_message_set_rcptto"] {
        api.function(
            path,
            move |call, (msg, text, length, _): (AnyUserData, LuaString, Option<i64>, Value)| {
                let msg = object::<EcMessage>(call, &msg)?;
                let bytes = text.as_bytes();
                let length = length.and_then(|length| usize::try_from(length).ok()).unwrap_or(bytes.len());
                let Some(given) = bytes.get(..length) else {
                    let (name, has) = (call.name(), bytes.len());
                    return Err(
                        call.crash(format!("{name} was told to take {length} bytes of a text of {has}"))
                    );
                };
                let address = plain(given);
                match path.ends_with("mailfrom") {
                    true => message::set_address(call, "mailfrom", &msg.mailfrom, address),
                    false => message::set_address(call, "rcptto", &msg.rcptto, address),
                }
                Ok(1)
            },
        );
    }
    api.function(
        "msys.core.ec_message_get_envelope2",
        |call, (msg, flags, local, domain, _): (AnyUserData, i64, AnyUserData, AnyUserData, Value)| {
            let msg = object::<EcMessage>(call, &msg)?;
            message::get_envelope(call, &msg, flags, &local, &domain)?;
            let has_from = constants::name_in(call.frame().api(), "envelope_field", flags)
                .is_some_and(|name| name.contains("EC_MSG_ENV_FROM"));
            let is_null = has_from && msg.mailfrom.borrow().is_empty();
            Ok((1, i64::from(is_null)))
        },
    );
    api.function("msys.core.ec_message_get_code", |call, msg: AnyUserData| {
        Ok(object::<EcMessage>(call, &msg)?.code.borrow().clone().unwrap_or_default())
    });
    api.function(
        "msys.core.ec_message_set_code",
        |call, (msg, code, text): (AnyUserData, i64, Option<LuaString>)| {
            let text = text.map(|text| plain(&text.as_bytes()));
            message::set_code(call, &*object::<EcMessage>(call, &msg)?, code, &text.unwrap_or_default());
            Ok(1)
        },
    );
    for path in ["msys.core.ec_message_get_routing_domain", "msys.core.ec_message_get_routing_domain2"] {
        api.function(path, |call, (msg, target): (AnyUserData, AnyUserData)| {
            let domain = object::<EcMessage>(call, &msg)?.routed_to();
            fill(call, &target, domain.as_bytes())?;
            Ok(i64::from(!domain.is_empty()))
        });
    }
    api.function("msys.core.ec_message_get_delivery_method", |call, msg: AnyUserData| {
        object::<EcMessage>(call, &msg)?;
        Ok("esmtp")
    });
    api.function(
        "msys.core.is_valid_email",
        |call, (address, mailbox, local, domain): (LuaString, Value, Value, Value)| {
            let text = plain(&address.as_bytes());
            let found = crate::message::parse_addresses(&address.as_bytes());
            let [only] = found.as_slice() else { return Ok(0) };
            let (before, behind) =
                (Component::Localpart.of(&only.address), Component::Domain.of(&only.address));
            let is_valid = !before.is_empty() && is_domain(behind) && text.contains(only.address.as_str());
            if is_valid {
                let name = only.name.clone().unwrap_or_default();
                for (target, text) in [(&mailbox, name.as_str()), (&local, before), (&domain, behind)] {
                    if let Value::UserData(target) = target {
                        fill(call, target, text.as_bytes())?;
                    }
                }
            }
            Ok(i64::from(is_valid))
        },
    );
}

/// A name of the DNS, or an address in brackets.
fn is_domain(text: &str) -> bool {
    let literal = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(literal) = literal {
        return literal.trim_start_matches("IPv6:").parse::<std::net::IpAddr>().is_ok();
    }
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|char| char.is_alphanumeric() || char == '-' || char == '_')
    };
    text.len() <= 253 && text.split('.').all(label)
}
