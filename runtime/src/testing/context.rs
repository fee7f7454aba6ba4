//! `context`: variables at the end.

use super::check::{Found, Judge};
use super::scope::Scope;
use crate::report::{RecipientReport, Report};
use crate::session::{ContextWanted, Disposition, Equality};

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, wanted: &ContextWanted) {
    let copies = those_that_stay(scope, judge.report);
    for (name, wanted) in &wanted.message {
        let found = copies
            .iter()
            .map(|(of, copy)| Found { of: of.clone(), text: copy.context.get(name).cloned() })
            .collect();
        let key = scope.key(&format!("context.message.{name}"));
        judge.texts(key, wanted, Equality::Exact, found, "there is no message");
    }
    for (name, wanted) in &wanted.connection {
        let found = Found { of: None, text: judge.report.connection_context.get(name).cloned() };
        let key = scope.key(&format!("context.connection.{name}"));
        judge.texts(key, wanted, Equality::Exact, vec![found], "there is no connection");
    }
}

/// For whom the message was there to the end: a recipient that was refused has no variables at the end, unless it is the
/// one that is asked about, or the whole message was refused.
fn those_that_stay<'r>(scope: &Scope, report: &'r Report) -> Vec<(Option<String>, &'r RecipientReport)> {
    let mut copies = scope.copies(report);
    if scope.is_recipient() {
        return copies;
    }
    let stays = |copy: &RecipientReport| {
        !matches!(
            copy.disposition,
            Disposition::Rejected | Disposition::TemporarilyRejected | Disposition::NotOffered
        )
    };
    if copies.iter().any(|(_, copy)| stays(copy)) {
        copies.retain(|(_, copy)| stays(copy));
    } else if copies.iter().any(|(_, copy)| !copy.context.is_empty()) {
        copies.retain(|(_, copy)| !copy.context.is_empty());
    }
    copies
}
