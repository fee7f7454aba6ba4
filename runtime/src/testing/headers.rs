//! `headers`: as the message leaves, on one line each and decoded.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::check::{Judge, Miss, shown};
use super::scope::Scope;
use crate::api::plain;
use crate::message::Message;
use crate::session::{Equality, Wanted};

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, wanted: &BTreeMap<String, Wanted>) {
    if wanted.is_empty() {
        return;
    }
    let copies = scope.leaving(judge.report);
    let messages: Vec<(Option<String>, Bytes)> =
        copies.into_iter().map(|(of, copy)| (of, copy.bytes.clone())).collect();
    let none = scope.nothing_leaves(judge.report);
    compare(judge, &|name| scope.key(name), wanted, &messages, &none);
}

/// Compares headers of messages; `key` makes the full key of `headers.NAME`.
pub(super) fn compare(
    judge: &mut Judge<'_>,
    key: &dyn Fn(&str) -> String,
    wanted: &BTreeMap<String, Wanted>,
    messages: &[(Option<String>, Bytes)],
    none: &str,
) {
    let messages: Vec<(&Option<String>, Message)> =
        messages.iter().map(|(of, bytes)| (of, Message::from_bytes(bytes.clone()))).collect();
    for (name, wanted) in wanted {
        let mut misses: Vec<Miss> = Vec::new();
        for (of, message) in &messages {
            let values: Vec<String> =
                message.header_values(name.as_bytes()).iter().map(|value| plain(value)).collect();
            if !fits(wanted, &values) {
                misses.push(Miss::new((*of).clone(), listed(&values)));
            }
        }
        if messages.is_empty() {
            misses.push(Miss::new(None, none));
        }
        judge.add(key(&format!("headers.{name}")), wanted.to_string(), misses);
    }
}

/// A single text wants a header that is there once; a list wants all of its values.
fn fits(wanted: &Wanted, values: &[String]) -> bool {
    match (wanted, values) {
        (Wanted::There(there), values) => values.is_empty() != *there,
        (Wanted::All(all), values) => {
            all.len() == values.len()
                && all.iter().zip(values).all(|(wanted, value)| wanted.fits(Some(value), Equality::Exact))
        }
        (wanted, [only]) => wanted.fits(Some(only), Equality::Exact),
        _ => false,
    }
}

fn listed(values: &[String]) -> String {
    if values.is_empty() {
        return shown(None);
    }
    values.iter().map(|value| shown(Some(value))).collect::<Vec<_>>().join(", ")
}
