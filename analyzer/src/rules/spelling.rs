//! How a script writes what a fix puts into it.

use crate::project::Script;
use crate::semantics::scope::{Binding, BindingId};
use crate::semantics::types::Value;

/// A member of a table of the API as the script spells it at an offset: by a local for it (`CONT`), through a local for
/// the table (`core.VALIDATE_CONT`), or else in full.
pub(crate) fn spelled(script: &Script<'_>, offset: u32, owner: &str, member: &str) -> String {
    let is_member = |value: &Value| matches!(value, Value::Member(known) if known.owner == owner && known.member == member);
    if let Some(name) = local_for(script, offset, is_member) {
        return name;
    }
    let table = local_for(script, offset, |value| matches!(value, Value::Instance(class) if class == owner));
    format!("{}.{member}", table.as_deref().unwrap_or(owner))
}

/// The innermost local that is visible and always has such a value.
fn local_for(script: &Script<'_>, offset: u32, is_it: impl Fn(&Value) -> bool) -> Option<String> {
    let is_hidden = |id: BindingId, binding: &Binding| {
        let first = script.scopes().visible_at(offset).find(|(_, other)| other.name == binding.name);
        first.is_some_and(|(other, _)| other != id)
    };
    script
        .scopes()
        .visible_at(offset)
        .filter(|(id, binding)| {
            let ty = script.analysis().binding_types.get(id.index());
            ty.and_then(|ty| ty.single()).is_some_and(&is_it) && !is_hidden(*id, binding)
        })
        .map(|(_, binding)| binding.name.to_string())
        .next()
}
