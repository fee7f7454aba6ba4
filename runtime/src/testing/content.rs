//! `body` and `text`: the content as the message leaves.

use bytes::Bytes;

use super::check::{Found, Judge};
use super::scope::Scope;
use crate::api::plain;
use crate::message::Message;
use crate::session::{Equality, Expect, Wanted};

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, expect: &Expect) {
    if expect.body.is_none() && expect.text.is_none() {
        return;
    }
    let copies = scope.leaving(judge.report);
    let messages: Vec<(Option<String>, Bytes)> =
        copies.into_iter().map(|(of, copy)| (of, copy.bytes.clone())).collect();
    let none = scope.nothing_leaves(judge.report);
    compare(judge, &|name| scope.key(name), [&expect.body, &expect.text], &messages, &none);
}

/// Compares body and text of messages.
pub(super) fn compare(
    judge: &mut Judge<'_>,
    key: &dyn Fn(&str) -> String,
    wanted: [&Option<Wanted>; 2],
    messages: &[(Option<String>, Bytes)],
    none: &str,
) {
    type Get = fn(&Message) -> String;
    let get: [(&str, Get); 2] = [("body", |message| plain(&message.body())), ("text", text)];
    for ((name, get), wanted) in get.into_iter().zip(wanted) {
        let Some(wanted) = wanted else { continue };
        let found = messages.iter().map(|(of, bytes)| Found {
            of: of.clone(),
            text: Some(get(&Message::from_bytes(bytes.clone()))),
        });
        let found = found.collect();
        judge.texts(key(name), wanted, Equality::Lines, found, none);
    }
}

/// The text parts, one behind the other.
fn text(message: &Message) -> String {
    message.text_parts(None).into_iter().filter_map(|part| message.part_text(part)).collect()
}
