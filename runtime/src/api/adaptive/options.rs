//! What the configuration says of an option, for a binding and a domain.

use super::Target;
use crate::api::Frame;
use crate::api::config::Settings;
use crate::api::message::Bindings;

/// The scopes that speak of a binding and a domain, the most specific one first: the order of the page on fallback. The page
/// leaves out where a binding group stands; it is behind its bindings here.
pub(super) fn scopes(frame: &Frame, (binding, domain): &Target) -> Vec<Vec<String>> {
    let bindings = frame.part::<Bindings>();
    let bindings = bindings.borrow();
    // Mail without a binding of its own leaves through the default one.
    let binding = Some(binding.as_deref().unwrap_or("default"));
    let group = binding.and_then(|binding| bindings.group_of(binding));
    let grouped = binding.zip(group);
    let path = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut scopes = Vec::new();
    scopes.extend(
        grouped.map(|(binding, group)| path(&["binding_group", group, "binding", binding, "domain", domain])),
    );
    scopes.extend(binding.map(|binding| path(&["binding", binding, "domain", domain])));
    scopes.extend(group.map(|group| path(&["binding_group", group, "domain", domain])));
    scopes.extend(grouped.map(|(binding, group)| path(&["binding_group", group, "binding", binding])));
    scopes.extend(binding.map(|binding| path(&["binding", binding])));
    scopes.extend(group.map(|group| path(&["binding_group", group])));
    scopes.push(path(&["domain", domain]));
    scopes.push(Vec::new());
    scopes
}

/// The words of an option in the first of these scopes that sets it.
pub(super) fn words_in(frame: &Frame, scopes: &[Vec<String>], name: &str) -> Option<Vec<String>> {
    scopes.iter().find_map(|scope| {
        let path: Vec<&str> = scope.iter().map(String::as_str).chain([name]).collect();
        Settings::words(frame, &path)
    })
}

/// The words of an option where it is set for a binding and a domain.
pub(super) fn words(frame: &Frame, target: &Target, name: &str) -> Option<Vec<String>> {
    words_in(frame, &scopes(frame, target), name)
}

/// The number that an option has: as it is set, else the server's default.
pub(super) fn number(frame: &Frame, target: &Target, name: &str) -> Option<f64> {
    let words = words(frame, target, name);
    let word = match &words {
        Some(words) => words.first().map(String::as_str),
        None => frame.api().option("global", name).and_then(|option| option.default.as_deref()),
    };
    word?.parse().ok()
}

/// Whether adaptive delivery works there: where there is a configuration, it has to say so.
pub(super) fn is_enabled(frame: &Frame, target: &Target, has_configuration: bool) -> bool {
    match words(frame, target, "adaptive_enabled").as_deref() {
        Some([word]) => is_true(word),
        Some(_) => false,
        None => !has_configuration,
    }
}

/// Whether a word of the configuration says yes.
pub(super) fn is_true(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "true" | "yes" | "on" | "1")
}

/// Who is told of an event (`throttle`, `suspension`, `blackhole`) by mail.
pub(super) fn told_by_mail(frame: &Frame, target: &Target, event: &str) -> Option<String> {
    let events = words(frame, target, "adaptive_notification_events");
    if events.is_some_and(|events| {
        !events.iter().flat_map(|words| words.split_whitespace()).any(|one| one.eq_ignore_ascii_case(event))
    }) {
        return None;
    }
    let to = words(frame, target, "adaptive_alert_email_destination")?.join(", ");
    (!to.is_empty()).then_some(to)
}
