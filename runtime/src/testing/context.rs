//! `context`: variables at the end.

use super::check::{Found, Judge};
use super::scope::Scope;
use crate::session::{ContextWanted, Equality};

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, wanted: &ContextWanted) {
    let copies = scope.copies(judge.report);
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
