//! What a name is looked up in. The `self` of a callout is a table of the session, which finds what it does not have in
//! the registered table: its own fields are those that callouts of that table give it.

use super::symbol;
use crate::project::Script;
use crate::semantics::Type;
use crate::semantics::types::{TableRef, Value};
use crate::syntax::tree::ExpressionId;
use smol_str::SmolStr;

/// The type of what a name is looked up in: of the `self` of a callout, the registered table.
pub(super) fn type_of(script: &Script<'_>, base: ExpressionId) -> Type {
    session_of(script, base).map_or_else(|| script.type_of(base), |table| Value::Table(table).into())
}

/// The registered table whose callout an expression is the `self` of.
pub(super) fn session_of(script: &Script<'_>, base: ExpressionId) -> Option<TableRef> {
    match script.type_of(base).single() {
        Some(Value::Callouts(table)) => Some(*table),
        _ => None,
    }
}

/// The fields that callouts of a registered table give to `self`, in the order of their places.
pub(super) fn session_fields(script: &Script<'_>, table: TableRef) -> Vec<SmolStr> {
    let mut fields = Vec::new();
    let targets = symbol::targets(script);
    for (id, base, name, _) in symbol::accesses(script) {
        if targets.contains(&id) && session_of(script, base) == Some(table) && !fields.contains(&name) {
            fields.push(name);
        }
    }
    fields
}
