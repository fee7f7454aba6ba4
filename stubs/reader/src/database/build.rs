//! Makes the tables and look-ups from what the readers understood.

use std::collections::BTreeMap;

use super::index::Index;
use super::table::Table;
use super::{Database, Handle, HandleKind, Indexes, joined, split};
use crate::model::{ClassKind, Model, Text};

impl Database {
    /// A database of all that a model holds. Of two entries with one name the first holds.
    #[must_use]
    pub fn new(model: Model) -> Self {
        let members = Members::of(&model);
        let mut groups: BTreeMap<Text, Vec<u32>> = BTreeMap::new();
        for (position, constant) in numbered(&model.constants) {
            if let Some(group) = &constant.group {
                groups.entry(group.clone()).or_default().push(position);
            }
        }
        let receivers = numbered(&model.classes).flat_map(|(position, class)| {
            class.receivers.iter().map(move |name| (name.to_string(), position))
        });
        let options = numbered(&model.options).flat_map(|(position, option)| {
            option.scopes.iter().map(move |scope| (joined(scope, &option.name), position))
        });
        let indexes = Indexes {
            paths: Index::new(members.paths),
            documented: Index::new(members.documented),
            owners: Index::new(members.lists.keys().map(Text::to_string).zip(0..)),
            groups: Index::new(groups.keys().map(Text::to_string).zip(0..)),
            receivers: Index::new(receivers),
            classes: names(&model.classes, |class| class.name.to_string()),
            aliases: names(&model.aliases, |alias| alias.name.to_string()),
            hooks: names(&model.hooks, |hook| hook.name.to_string()),
            modules: names(&model.modules, |module| module.name.to_string()),
            macros: names(&model.macros, |one| one.syntax.to_string()),
            context_variables: names(&model.context_variables, |one| joined(&one.dictionary, &one.name)),
            options: Index::new(options),
            phases: names(&model.phases, |phase| phase.name.to_string()),
        };
        Self {
            functions: Table::Owned(model.functions),
            fields: Table::Owned(model.fields),
            constants: Table::Owned(model.constants),
            classes: Table::Owned(model.classes),
            aliases: Table::Owned(model.aliases),
            hooks: Table::Owned(model.hooks),
            c_functions: Table::Owned(model.c_functions),
            modules: Table::Owned(model.modules),
            macros: Table::Owned(model.macros),
            context_variables: Table::Owned(model.context_variables),
            options: Table::Owned(model.options),
            phases: Table::Owned(model.phases),
            adaptive: Table::Owned(model.adaptive.into_iter().collect()),
            server: Table::Owned(model.server.into_iter().collect()),
            member_lists: Table::Owned(members.lists.into_values().collect()),
            group_lists: Table::Owned(groups.into_values().collect()),
            indexes,
        }
    }
}

/// Members by owner and by path. A function hides a C function of the same path, that a constant, that a field, that a
/// table.
#[derive(Default)]
struct Members {
    lists: BTreeMap<Text, Vec<Handle>>,
    paths: Vec<(String, u32)>,
    documented: Vec<(String, u32)>,
    taken: rustc_hash::FxHashSet<String>,
}

impl Members {
    fn of(model: &Model) -> Self {
        let mut members = Self::default();
        for (position, function) in numbered(&model.functions) {
            let handle = Handle { kind: HandleKind::Function, position };
            members.add(handle, &function.owner, &function.member, &function.name);
        }
        for (position, c) in numbered(&model.c_functions) {
            let handle = Handle { kind: HandleKind::CFunction, position };
            if c.is_macro {
                members.documented.push((c.function.name.to_string(), handle.packed()));
                continue;
            }
            members.add(handle, &c.function.owner, &c.function.member, &c.function.name);
        }
        for (position, constant) in numbered(&model.constants) {
            let handle = Handle { kind: HandleKind::Constant, position };
            members.add(handle, &constant.owner, &constant.member, &constant.name);
        }
        for (position, field) in numbered(&model.fields) {
            let handle = Handle { kind: HandleKind::Field, position };
            members.add(handle, &field.owner, &field.member, &field.name);
        }
        for (position, class) in numbered(&model.classes) {
            if class.kind == ClassKind::Table {
                let (owner, member) = split(&class.name);
                members.add(
                    Handle { kind: HandleKind::Class, position },
                    &Text::from(owner),
                    member,
                    &class.name,
                );
            }
        }
        members
    }

    fn add(&mut self, handle: Handle, owner: &Text, member: &str, documented: &Text) {
        let path = joined(owner, member);
        if *documented != *path {
            self.documented.push((documented.to_string(), handle.packed()));
        }
        if self.taken.insert(path.clone()) {
            self.paths.push((path, handle.packed()));
            self.lists.entry(owner.clone()).or_default().push(handle);
        }
    }
}

fn numbered<T>(entries: &[T]) -> impl Iterator<Item = (u32, &T)> {
    (0..).zip(entries)
}

fn names<T>(entries: &[T], name: impl Fn(&T) -> String) -> Index {
    Index::new(entries.iter().map(name).zip(0..))
}
