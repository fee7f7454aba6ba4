//! `injected`: the messages that scripts put into the queue.

use bytes::Bytes;

use super::check::{Found, Judge, Miss};
use super::scope::Scope;
use super::{content, envelope, headers};
use crate::report::{Injected, What};
use crate::session::{Equality, InjectedWanted};

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, wanted: Option<&[InjectedWanted]>) {
    let Some(wanted) = wanted else { return };
    let report = judge.report;
    let events = scope.runs(report).flat_map(|run| &run.events);
    let found: Vec<&Injected> = if scope.is_session() {
        report.injected.iter().collect()
    } else {
        let places = events.filter_map(|event| match event.what {
            What::Injected { message } => report.injected.get(message),
            _ => None,
        });
        places.collect()
    };
    let count = |count: usize| match count {
        0 => "no message".to_owned(),
        1 => "1 message".to_owned(),
        more => format!("{more} messages"),
    };
    let mut misses = Vec::new();
    if found.len() != wanted.len() {
        let each: Vec<String> = found.iter().map(|message| shown(message)).collect();
        let list = if each.is_empty() { String::new() } else { format!(": {}", each.join("; ")) };
        misses.push(Miss::new(None, format!("{}{list}", count(found.len()))));
    }
    judge.add(scope.key("injected"), count(wanted.len()), misses);
    for (place, (wanted, message)) in wanted.iter().zip(found).enumerate() {
        let key = |name: &str| scope.key(&format!("injected[{}].{name}", place + 1));
        let messages: [(Option<String>, Bytes); 1] = [(None, message.bytes.clone())];
        if let Some(wanted) = &wanted.mail_from {
            let found = Found { of: None, text: Some(message.envelope.mail_from.clone()) };
            judge.texts(key("mail_from"), wanted, Equality::Exact, vec![found], "");
        }
        if let Some(wanted) = &wanted.recipients {
            let misses = envelope::same(wanted, &message.envelope.recipients).into_iter().collect();
            judge.add(key("recipients"), envelope::listed(wanted), misses);
        }
        headers::compare(judge, &key, &wanted.headers, &messages, "");
        content::compare(judge, &key, [&wanted.body, &wanted.text], &messages, "");
    }
}

fn shown(message: &Injected) -> String {
    let to = envelope::listed(&message.envelope.recipients);
    format!("from <{}> to {to}", message.envelope.mail_from)
}
