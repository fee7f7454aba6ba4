//! What the configuration says of an option, for a binding and a domain.

use super::Target;
use crate::api::Frame;
use crate::api::config::Settings;
use crate::api::message::Bindings;

/// The words of an option where it is set: for the binding and the domain, the domain, the binding, its group, for all.
/// No page says which of them goes first.
pub(super) fn words(frame: &Frame, (binding, domain): &Target, name: &str) -> Option<Vec<String>> {
    let bindings = frame.part::<Bindings>();
    let bindings = bindings.borrow();
    let domain = domain.as_str();
    let group = binding.as_deref().and_then(|binding| bindings.group_of(binding));
    let mut around: Vec<Vec<&str>> = Vec::new();
    if let Some(binding) = binding.as_deref() {
        if let Some(group) = group {
            around.push(vec!["binding_group", group, "binding", binding, "domain", domain]);
        }
        around.push(vec!["binding", binding, "domain", domain]);
    }
    around.extend(group.map(|group| vec!["binding_group", group, "domain", domain]));
    around.push(vec!["domain", domain]);
    if let Some(binding) = binding.as_deref() {
        around.extend(group.map(|group| vec!["binding_group", group, "binding", binding]));
        around.push(vec!["binding", binding]);
    }
    around.extend(group.map(|group| vec!["binding_group", group]));
    around.push(Vec::new());
    around.into_iter().find_map(|mut path| {
        path.push(name);
        Settings::words(frame, &path)
    })
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
        Some([word]) => matches!(word.to_ascii_lowercase().as_str(), "true" | "yes" | "on" | "1"),
        Some(_) => false,
        None => !has_configuration,
    }
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
