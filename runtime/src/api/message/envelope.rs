//! The envelope of a message, and the two ends of the connection that brought it.

use std::cell::RefCell;

use mlua::AnyUserData;

use super::EcMessage;
use crate::api::ec_string::EcString;
use crate::api::{Call, Registry, Text, constants};
use crate::report::What;
use crate::session::Endpoint;

/// Local part and domain of an address; the domain is empty where there is no `@`.
pub(super) fn split(address: &str) -> (&str, &str) {
    address.rsplit_once('@').unwrap_or((address, ""))
}

pub(super) fn register(api: &mut Registry) {
    api.method("mailfrom", mailfrom);
    api.method("rcptto", rcptto);
    api.method("get_envelope2", get_envelope2);
    api.method("routing_domain", routing_domain);
    api.method("reception_peer", |call, this: &EcMessage, flag: Option<String>| {
        component(call, this.peer, flag.as_deref())
    });
    api.method("listener_addr", |call, this: &EcMessage, flag: Option<String>| {
        component(call, this.listener, flag.as_deref())
    });
}

fn mailfrom(call: &Call<'_>, this: &EcMessage, address: Option<Text>) -> mlua::Result<Option<String>> {
    if let Some(Text(address)) = address {
        set_address(call, "mailfrom", &this.mailfrom, address);
    }
    Ok(Some(this.mailfrom.borrow().clone()).filter(|sender| !sender.is_empty()))
}

fn rcptto(call: &Call<'_>, this: &EcMessage, address: Option<Text>) -> mlua::Result<String> {
    if let Some(Text(address)) = address {
        set_address(call, "rcptto", &this.rcptto, address);
    }
    Ok(this.rcptto.borrow().clone())
}

fn routing_domain(call: &Call<'_>, this: &EcMessage, domain: Option<Text>) -> mlua::Result<String> {
    if let Some(Text(domain)) = domain {
        if domain.chars().any(char::is_uppercase) {
            let text = format!("{} was given `{domain}`: routing domains are in lower case", call.name());
            call.note(What::Note { text });
        }
        let before = this.routing_domain.replace(Some(domain.clone()));
        call.note(What::Set { property: "routing_domain".to_owned(), before, after: Some(domain) });
    }
    Ok(this.routed_to())
}

/// Sets sender or recipient.
pub(in crate::api) fn set_address(call: &Call<'_>, property: &str, place: &RefCell<String>, address: String) {
    let before = place.replace(address.clone());
    call.note(What::Set { property: property.to_owned(), before: Some(before), after: Some(address) });
}

fn get_envelope2(
    call: &Call<'_>,
    this: &EcMessage,
    (flags, local, domain): (i64, AnyUserData, AnyUserData),
) -> mlua::Result<()> {
    get_envelope(call, this, flags, &local, &domain)
}

/// Puts the pieces of sender or recipient into two strings.
pub(in crate::api) fn get_envelope(
    call: &Call<'_>,
    this: &EcMessage,
    flags: i64,
    local: &AnyUserData,
    domain: &AnyUserData,
) -> mlua::Result<()> {
    let named = constants::name_in(call.frame().api(), "envelope_field", flags).unwrap_or_default();
    let has = |name: &str| named.split(" | ").any(|one| one.ends_with(name));
    let address = match (has("EC_MSG_ENV_FROM"), has("EC_MSG_ENV_TO")) {
        (true, false) => this.mailfrom.borrow().clone(),
        (false, true) => this.rcptto.borrow().clone(),
        _ => return Err(call.raise("EC_MSG_ENV_FROM and EC_MSG_ENV_TO: give one of them, and only one")),
    };
    let (before_at, behind_at) = split(&address);
    let first = if has("EC_MSG_ENV_COMPLETE") { address.as_str() } else { before_at };
    for (position, (target, text)) in [(local, first), (domain, behind_at)].into_iter().enumerate() {
        let Ok(target) = target.borrow::<EcString>() else {
            return Err(call.crash(format!(
                "{} was given no ec_string as argument {}",
                call.name(),
                position + 2
            )));
        };
        target.set(text.as_bytes());
    }
    Ok(())
}

fn component(call: &Call<'_>, endpoint: Endpoint, flag: Option<&str>) -> mlua::Result<String> {
    match flag {
        None | Some("all") => Ok(endpoint.to_string()),
        Some("ip") => Ok(endpoint.ip.to_string()),
        Some("port") => Ok(endpoint.port.to_string()),
        Some(other) => Err(call.raise(format!("`{other}` is none of ip, port and all"))),
    }
}
