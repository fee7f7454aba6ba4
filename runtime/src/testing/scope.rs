//! What an `expect` speaks of.

use crate::report::{CalloutRun, RecipientReport, Report, Step};
use crate::session::Disposition;

/// The session, one of its messages, or one of a message's recipients, all counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    message: Option<usize>,
    recipient: Option<usize>,
}

impl Scope {
    pub(super) const fn session() -> Self {
        Self { message: None, recipient: None }
    }

    pub(super) const fn message(message: usize) -> Self {
        Self { message: Some(message), recipient: None }
    }

    pub(super) const fn recipient(message: usize, recipient: usize) -> Self {
        Self { message: Some(message), recipient: Some(recipient) }
    }

    /// The full key of an expectation.
    pub(super) fn key(&self, name: &str) -> String {
        match (self.message, self.recipient) {
            (None, _) => format!("expect.{name}"),
            (Some(message), None) => format!("message[{}].expect.{name}", message + 1),
            (Some(message), Some(recipient)) => {
                format!("message[{}].recipients[{}].expect.{name}", message + 1, recipient + 1)
            }
        }
    }

    /// What became of the message for each recipient, with the name of each where there are several.
    pub(super) fn copies<'r>(&self, report: &'r Report) -> Vec<(Option<String>, &'r RecipientReport)> {
        let many_messages = report.messages.len() > 1 && self.message.is_none();
        let mut copies = Vec::new();
        for (number, message) in report.messages.iter().enumerate() {
            if self.message.is_some_and(|wanted| wanted != number) {
                continue;
            }
            for (place, copy) in message.recipients.iter().enumerate() {
                if self.recipient.is_some_and(|wanted| wanted != place) {
                    continue;
                }
                let of = match (many_messages, message.recipients.len() > 1) {
                    (true, _) => Some(format!("message {} for {}", number + 1, copy.address)),
                    (false, true) if self.recipient.is_none() => Some(copy.address.clone()),
                    _ => None,
                };
                copies.push((of, copy));
            }
        }
        copies
    }

    /// Of these the ones with which the message leaves.
    pub(super) fn leaving<'r>(&self, report: &'r Report) -> Vec<(Option<String>, &'r RecipientReport)> {
        let mut copies = self.copies(report);
        copies.retain(|(_, copy)| leaves(copy.disposition) && copy.envelope.is_some());
        copies
    }

    /// Why nothing leaves, where nothing does.
    pub(super) fn nothing_leaves(&self, report: &Report) -> String {
        let copies = self.copies(report);
        match copies.first() {
            None if report.messages.is_empty() => "there is no message".to_owned(),
            None => "there is no such recipient".to_owned(),
            Some((_, copy)) => {
                let reason = copy.reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
                format!("the message does not leave: {}{reason}", super::disposition::word(copy.disposition))
            }
        }
    }

    /// The steps that belong to it.
    pub(super) fn steps<'r>(&self, report: &'r Report) -> impl Iterator<Item = &'r Step> {
        let scope = *self;
        let address = scope.address(report);
        report.steps.iter().filter(move |step| {
            scope.message.is_none_or(|message| step.message == Some(message))
                && (scope.recipient.is_none() || step.recipient.as_deref() == address)
        })
    }

    /// The callouts that ran in it; for a session those of loading as well.
    pub(super) fn runs<'r>(&self, report: &'r Report) -> impl Iterator<Item = &'r CalloutRun> {
        let load = if self.message.is_none() { report.load.as_slice() } else { &[] };
        load.iter().chain(self.steps(report).flat_map(|step| &step.callouts))
    }

    /// The messages that it speaks of.
    pub(super) fn messages(&self, report: &Report) -> Vec<usize> {
        (0..report.messages.len())
            .filter(|number| self.message.is_none_or(|wanted| wanted == *number))
            .collect()
    }

    pub(super) const fn is_recipient(&self) -> bool {
        self.recipient.is_some()
    }

    pub(super) const fn is_session(&self) -> bool {
        self.message.is_none()
    }

    /// The recipient's address.
    pub(super) fn address<'r>(&self, report: &'r Report) -> Option<&'r str> {
        let recipients = &report.messages.get(self.message?)?.recipients;
        recipients.get(self.recipient?).map(|recipient| recipient.address.as_str())
    }
}

/// Whether a message with this disposition leaves.
pub(super) const fn leaves(disposition: Disposition) -> bool {
    matches!(
        disposition,
        Disposition::Accepted | Disposition::Delivered | Disposition::Deferred | Disposition::Bounced
    )
}
