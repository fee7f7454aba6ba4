//! Scanners and checks of signatures: what the session says of a message.

mod arc;
mod dkim;
mod dkim2;
mod opendkim;
mod sign;
mod spam;
mod virus;

#[cfg(test)]
mod tests;

use rustc_hash::FxHashSet;

use super::config::Settings;
use super::dictionary::{self, Which};
use super::message::EcMessage;
use super::{Call, Registry};
use crate::report::What;
use crate::session::Verdicts;

pub(super) fn register(api: &mut Registry) {
    virus::register(api);
    spam::register(api);
    dkim::register(api);
    dkim2::register(api);
    opendkim::register(api);
    sign::register(api);
    arc::register(api);
}

/// What the session says of a message: its own verdict before that of the whole session.
fn of<T>(call: &Call<'_>, msg: &EcMessage, verdict: impl Fn(&Verdicts) -> Option<T>) -> Option<T> {
    tell_of_missing_module(call);
    let session = call.session();
    let own =
        msg.origin.and_then(|number| session.messages.get(number)?.verdicts.as_ref()).and_then(&verdict);
    own.or_else(|| verdict(&session.verdicts))
}

/// Modules of the API for which it was told that the configuration does not load what they need.
#[derive(Default)]
struct Told(FxHashSet<String>);

/// Tells once for each module that the files of the configuration have no stanza for what is behind it.
fn tell_of_missing_module(call: &Call<'_>) {
    let (owner, frame) = (call.owner(), call.frame());
    let Some(module) = frame.api().module(owner) else { return };
    let is_loaded = || module.configuration.iter().any(|stanza| Settings::has_scope(frame, stanza));
    if module.configuration.is_empty() || !Settings::has_files(frame) || is_loaded() {
        return;
    }
    if call.part::<Told>().borrow_mut().0.insert(owner.to_owned()) {
        let stanzas: Vec<String> = module.configuration.iter().map(|name| format!("`{name}`")).collect();
        let text = format!(
            "the configuration does not load {}, which `{owner}` needs: here the session answers, in the server nobody does",
            stanzas.join(" or ")
        );
        call.note(What::Note { text });
    }
}

/// Sets a variable of the message context, as scanners do.
fn set_variable(call: &Call<'_>, msg: &EcMessage, name: &str, value: &str) {
    dictionary::put(call, &msg.mess, Which::Message, name.as_bytes(), value.as_bytes());
}

/// The domain of the first address in the first of these headers that is there.
fn domain_of_header(msg: &EcMessage, names: &[&str]) -> String {
    let content = msg.content.borrow();
    let fields = names.iter().filter_map(|name| content.headers().first(name.as_bytes()));
    let mut addresses = fields.flat_map(|field| crate::message::parse_addresses(&field.value()));
    addresses
        .next()
        .map(|one| crate::message::Component::Domain.of(&one.address).to_owned())
        .unwrap_or_default()
}
