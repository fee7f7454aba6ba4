//! `mail_from` and `recipients`: the envelope as the message leaves.

use super::check::{Found, Judge, Miss};
use super::scope::Scope;
use crate::session::{Equality, Expect};

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, expect: &Expect) {
    let copies = scope.leaving(judge.report);
    let none = scope.nothing_leaves(judge.report);
    if let Some(wanted) = &expect.mail_from {
        let found = copies.iter().map(|(of, copy)| Found {
            of: of.clone(),
            text: copy.envelope.as_ref().map(|envelope| envelope.mail_from.clone()),
        });
        judge.texts(scope.key("mail_from"), wanted, Equality::Exact, found.collect(), &none);
    }
    if let Some(wanted) = &expect.recipients {
        let envelopes = copies.iter().filter_map(|(_, copy)| copy.envelope.as_ref());
        let actual: Vec<String> = envelopes.flat_map(|envelope| &envelope.recipients).cloned().collect();
        let misses = same(wanted, &actual).into_iter().collect();
        judge.add(scope.key("recipients"), listed(wanted), misses);
    }
}

/// Compares addresses, in any order.
pub(super) fn same(wanted: &[String], actual: &[String]) -> Option<Miss> {
    let sorted = |addresses: &[String]| {
        let mut addresses = addresses.to_vec();
        addresses.sort();
        addresses
    };
    let (wanted, actual) = (sorted(wanted), sorted(actual));
    let lacking: Vec<String> = without(&wanted, &actual);
    let surplus: Vec<String> = without(&actual, &wanted);
    if lacking.is_empty() && surplus.is_empty() {
        return None;
    }
    let mut miss = Miss::new(None, listed(&actual));
    miss.difference.extend(lacking.iter().map(|address| format!("-{address}")));
    miss.difference.extend(surplus.iter().map(|address| format!("+{address}")));
    Some(miss)
}

/// What one list has and the other has not, each as often as that.
fn without(list: &[String], other: &[String]) -> Vec<String> {
    let mut left = other.to_vec();
    let mut missing = Vec::new();
    for address in list {
        match left.iter().position(|one| one == address) {
            Some(place) => drop(left.swap_remove(place)),
            None => missing.push(address.clone()),
        }
    }
    missing
}

pub(super) fn listed(addresses: &[String]) -> String {
    if addresses.is_empty() { "nobody".to_owned() } else { addresses.join(", ") }
}
