//! `replies`: what the client was told, by phase.

use super::check::{Judge, Miss};
use super::scope::Scope;
use crate::report::{Reply, Step};
use crate::session::{Equality, Injection, Phase, RepliesWanted, ReplyWanted, SmtpReply};

/// The phases whose last reply is the answer to the content.
const CONTENT: [Phase; 7] = [
    Phase::Data,
    Phase::DataSpool,
    Phase::RcpttoList,
    Phase::RcpttoListFinal,
    Phase::DataSpoolEachRcpt,
    Phase::SetBinding,
    Phase::FinalValidation,
];

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, wanted: &RepliesWanted) {
    for (name, phase, wanted) in [
        ("connect", Phase::Connect, &wanted.connect),
        ("ehlo", Phase::Ehlo, &wanted.ehlo),
        ("starttls", Phase::Starttls, &wanted.starttls),
        ("auth", Phase::Auth, &wanted.auth),
        ("mailfrom", Phase::Mailfrom, &wanted.mailfrom),
        ("rcptto", Phase::Rcptto, &wanted.rcptto),
        ("data", Phase::Data, &wanted.data),
    ] {
        let Some(wanted) = wanted else { continue };
        let found = replies(judge, scope, phase);
        let mut misses: Vec<Miss> = found
            .iter()
            .filter(|(_, reply)| !fits(wanted, reply))
            .map(|(of, reply)| Miss::new(of.clone(), reply.lines().join("\n")))
            .collect();
        if found.is_empty() {
            let why = match judge.report.injection {
                Injection::Http => "no reply: there is no SMTP session",
                Injection::Smtp => "no reply: the session did not get there",
            };
            misses.push(Miss::new(None, why));
        }
        judge.add(scope.key(&format!("replies.{name}")), shown(wanted), misses);
    }
}

/// The replies of a phase, with whose they are where there are several.
fn replies<'r>(judge: &Judge<'r>, scope: &Scope, phase: Phase) -> Vec<(Option<String>, &'r Reply)> {
    let steps = &judge.report.steps;
    let of_connection = matches!(phase, Phase::Connect | Phase::Ehlo | Phase::Starttls | Phase::Auth);
    if of_connection {
        return with_reply(steps.iter().filter(|step| step.phase == Some(phase)))
            .map(|(_, reply)| (None, reply))
            .collect();
    }
    let mut found = Vec::new();
    for message in scope.messages(judge.report) {
        let of_message = steps.iter().filter(|step| step.message == Some(message));
        let prefix = (judge.report.messages.len() > 1 && scope.is_session())
            .then(|| format!("message {}", message + 1));
        match phase {
            Phase::Rcptto => {
                let address = scope.address(judge.report);
                let wanted = of_message.filter(|step| {
                    step.phase == Some(phase)
                        && (!scope.is_recipient() || step.recipient.as_deref() == address)
                });
                found.extend(with_reply(wanted).map(|(step, reply)| {
                    let of = (!scope.is_recipient()).then(|| step.recipient.clone()).flatten();
                    (of, reply)
                }));
            }
            Phase::Data => {
                let of_content =
                    of_message.filter(|step| step.phase.is_some_and(|phase| CONTENT.contains(&phase)));
                found.extend(with_reply(of_content).last().map(|(_, reply)| (prefix, reply)));
            }
            _ => {
                let wanted = of_message.filter(|step| step.phase == Some(phase));
                found.extend(with_reply(wanted).map(|(_, reply)| (prefix.clone(), reply)));
            }
        }
    }
    found
}

fn with_reply<'r>(steps: impl Iterator<Item = &'r Step>) -> impl Iterator<Item = (&'r Step, &'r Reply)> {
    steps.filter_map(|step| Some((step, step.reply.as_ref()?)))
}

fn fits(wanted: &ReplyWanted, reply: &Reply) -> bool {
    let text = || reply.text.join("\n");
    match wanted {
        ReplyWanted::Code(code) => reply.code == *code,
        ReplyWanted::Whole(SmtpReply { code, text: wanted }) => {
            reply.code == *code && (wanted.is_empty() || Equality::Lines.plain(wanted) == text())
        }
        ReplyWanted::Parts(parts) => {
            parts.code.is_none_or(|code| reply.code == code)
                && parts.text.as_ref().is_none_or(|wanted| wanted.fits(Some(&text()), Equality::Lines))
        }
    }
}

fn shown(wanted: &ReplyWanted) -> String {
    match wanted {
        ReplyWanted::Code(code) => code.to_string(),
        ReplyWanted::Whole(reply) => reply.to_string(),
        ReplyWanted::Parts(parts) => {
            let code = parts.code.map(|code| code.to_string());
            let text = parts.text.as_ref().map(ToString::to_string);
            code.into_iter().chain(text).collect::<Vec<_>>().join(" and ")
        }
    }
}
