//! `disposition`: what becomes of the message.

use super::check::{Judge, Miss};
use super::scope::{Scope, leaves};
use crate::session::Disposition;

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, wanted: Option<Disposition>) {
    let Some(wanted) = wanted else { return };
    let copies = scope.copies(judge.report);
    let mut misses: Vec<Miss> = copies
        .iter()
        .filter(|(_, copy)| !is(wanted, copy.disposition))
        .map(|(of, copy)| {
            let reason = copy.reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
            Miss::new(of.clone(), format!("{}{reason}", word(copy.disposition)))
        })
        .collect();
    if copies.is_empty() {
        misses.push(Miss::new(None, "there is no message"));
    }
    judge.add(scope.key("disposition"), word(wanted), misses);
}

/// Accepted is whatever the server took and did not throw away.
fn is(wanted: Disposition, disposition: Disposition) -> bool {
    wanted == disposition || (wanted == Disposition::Accepted && leaves(disposition))
}

/// The word that a session file has for it.
pub(super) const fn word(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Rejected => "rejected",
        Disposition::TemporarilyRejected => "temporarily_rejected",
        Disposition::Discarded => "discarded",
        Disposition::Accepted => "accepted",
        Disposition::Delivered => "delivered",
        Disposition::Deferred => "deferred",
        Disposition::Bounced => "bounced",
        Disposition::NotOffered => "not_offered",
    }
}
