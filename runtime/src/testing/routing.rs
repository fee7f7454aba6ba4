//! `binding`, `binding_group` and `routing_domain`: where the message leaves.

use super::check::{Found, Judge};
use super::scope::Scope;
use crate::report::RecipientReport;
use crate::session::{Equality, Expect};

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, expect: &Expect) {
    type Get = fn(&RecipientReport) -> Option<String>;
    let wanted: [(&str, _, Get); 3] = [
        ("binding", &expect.binding, |copy| copy.binding.clone()),
        ("binding_group", &expect.binding_group, |copy| copy.binding_group.clone()),
        ("routing_domain", &expect.routing_domain, |copy| copy.routing_domain.clone()),
    ];
    for (name, wanted, get) in wanted {
        let Some(wanted) = wanted else { continue };
        let copies = scope.leaving(judge.report);
        let found = copies.into_iter().map(|(of, copy)| Found { of, text: get(copy) }).collect();
        let none = scope.nothing_leaves(judge.report);
        judge.texts(scope.key(name), wanted, Equality::Exact, found, &none);
    }
}
