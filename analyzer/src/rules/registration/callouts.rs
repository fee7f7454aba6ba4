//! The callouts and hooks that stand on tables of a script, and where those tables are registered.

use super::destinations::{self, Destinations};
use crate::project::Script;
use crate::semantics::analysis::{FieldWrite, Registration, Table};
use crate::semantics::types::{TableRef, Type};
use crate::syntax::{Span, offset_u32};
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId, StatementKind};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::model::{About, Function, Hook, Text};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// A function of the script that stands on a table under the name of a callout or hook.
#[derive(Clone, Copy)]
pub(super) struct Definition<'a> {
    /// The callout or hook.
    pub hook: &'a Hook,
    /// The table's position among the script's tables.
    pub table: u32,
    /// Where it is put there.
    pub write: &'a FieldWrite,
    /// The function, written there or named.
    pub function: FunctionId,
}

/// The callouts and hooks of all tables of a script, table by table; those that are not complete yet are left out.
pub(super) fn definitions<'a>(script: &Script<'a>) -> Vec<Definition<'a>> {
    let mut found = Vec::new();
    for (index, table) in script.analysis().tables.iter().enumerate() {
        for (name, field) in &table.fields {
            let Some(hook) = script.api().hook(name) else { continue };
            for write in &field.writes {
                let is_broken = script.parsed().errors.iter().any(|error| write.span.covers(error.span));
                let function = write.function.or_else(|| named_function(script, write)).filter(|_| !is_broken);
                found.extend(function.map(|function| Definition {
                    hook,
                    table: offset_u32(index),
                    write,
                    function,
                }));
            }
        }
    }
    found
}

/// The function of the script that `t.name = expression` puts there, if it is one for certain.
fn named_function(script: &Script<'_>, write: &FieldWrite) -> Option<FunctionId> {
    let ty = script.type_of(write.value?);
    let mut functions = ty.functions();
    let function = functions.next().filter(|function| function.file == script.id())?;
    (functions.next().is_none() && ty.single().is_some()).then_some(function.function)
}

/// Whether the name says what the function is for. `init` and `deinit` are names that any table may have.
pub(super) fn tells_by_name(hook: &Hook) -> bool {
    !matches!(hook.name.as_str(), "init" | "deinit")
}

/// The function that registers callouts: `msys.registerModule`, or one that is there for the callouts of one scope.
pub(super) struct Registrar<'a> {
    function: &'a Function,
    scope: Option<&'a Text>,
}

impl<'a> Registrar<'a> {
    /// All of them.
    pub(super) fn all(api: &'a Api) -> Vec<Self> {
        let functions = api.functions().into_iter();
        let registrars = functions.filter_map(|function| {
            Some(Self { function, scope: function.registers.as_ref()?.scope.as_ref() })
        });
        registrars.collect()
    }

    /// The one that registers a callout or hook.
    pub(super) fn of<'r>(all: &'r [Self], hook: &Hook) -> Option<&'r Self> {
        let own = all.iter().find(|registrar| registrar.scope == Some(&hook.scope));
        own.or_else(|| all.iter().find(|registrar| registrar.scope.is_none()))
    }

    /// Whether a registration is a call of it.
    pub(super) fn made(&self, registration: &Registration) -> bool {
        registration.scope.as_ref() == self.scope
    }

    /// Whether it registers the callouts of all scopes that have no function of their own.
    pub(super) fn is_general(&self) -> bool {
        self.scope.is_none()
    }

    /// Its name.
    pub(super) fn name(&self) -> &'a str {
        &self.function.name
    }

    /// Its description.
    pub(super) fn about(&self) -> &'a About {
        &self.function.about
    }
}

/// The call that registers a table of the script, in this file or in another one.
pub(super) fn registration<'a>(script: &Script<'a>, table: u32) -> Option<&'a Registration> {
    registration_by(script, table, |_| true)
}

/// The first call that registers a table of the script and passes a test.
pub(super) fn registration_by<'a>(
    script: &Script<'a>,
    table: u32,
    test: impl Fn(&Registration) -> bool,
) -> Option<&'a Registration> {
    let wanted = script.analysis().table_at(script.id(), table);
    let registers = |registration: &&Registration| registration.tables.contains(&wanted) && test(registration);
    let own = script.analysis().registrations.iter().find(registers);
    own.or_else(|| {
        if !may_be_taken(script, wanted) {
            return None;
        }
        let others = script.project().scripts().filter(|other| other.id() != script.id());
        others.flat_map(|other| other.analysis().registrations.iter()).find(registers)
    })
}

/// Whether another file can get hold of a table at all.
fn may_be_taken(script: &Script<'_>, table: TableRef) -> bool {
    if table.file != script.id() {
        return true;
    }
    let analysis = script.analysis();
    let holds = |ty: &Type| ty.tables().any(|known| known == table);
    analysis.exports.tables().next().is_some()
        || analysis.globals.values().any(|global| holds(&global.ty))
        || analysis.module_environment.as_ref().is_some_and(|(_, index)| *index == table.index)
        || analysis.calls_abroad.iter().any(|(_, passed)| passed.iter().any(holds))
}

/// The other scripts of the project that require this one.
pub(super) fn requirers<'a>(script: &Script<'a>) -> impl Iterator<Item = Script<'a>> {
    let (project, own) = (script.project(), script.id());
    project.scripts().filter(move |other| {
        let mut requires = other.analysis().requires.iter();
        other.id() != own
            && requires.any(|require| project.module_file(&require.module, other.id()) == Some(own))
    })
}

/// The definitions that the server calls: their tables are registered, or are plainly meant to be.
pub(super) fn called_by_server<'a>(script: &Script<'a>) -> Vec<Definition<'a>> {
    let mut definitions = definitions(script);
    let mut registered: FxHashMap<u32, Option<bool>> = FxHashMap::default();
    definitions.retain(|definition| {
        let table = definition.table;
        let known = registered.entry(table).or_insert_with(|| {
            let stays = || destinations::of(script, table) == Destinations::default();
            registration(script, table).map(|_| true).or_else(|| stays().then_some(false))
        });
        let is_called = || script.analysis().function(definition.function).is_none_or(|facts| facts.is_called);
        known.is_some_and(|registered| registered || (tells_by_name(definition.hook) && !is_called()))
    });
    definitions
}

/// How a table is called in messages.
pub(super) fn title(script: &Script<'_>, index: u32, table: &Table) -> String {
    let is_environment =
        script.analysis().module_environment.as_ref().is_some_and(|(_, environment)| *environment == index);
    match &table.name {
        Some(name) => format!("`{name}`"),
        None if is_environment => "this module".to_owned(),
        None => "this table".to_owned(),
    }
}

/// Whether some expression of the script reads a field or calls a method of that name, of whatever value.
pub(super) fn is_read(script: &Script<'_>, name: &str) -> bool {
    let tree = script.tree();
    let mut targets: FxHashSet<ExpressionId> = FxHashSet::default();
    for (_, statement) in tree.statements() {
        match &statement.kind {
            StatementKind::Assign { targets: assigned, .. } => targets.extend(assigned.iter().copied()),
            StatementKind::Function { target, .. } => {
                targets.insert(*target);
            }
            _ => {}
        }
    }
    tree.expressions().filter(|(id, _)| !targets.contains(id)).any(|(_, expression)| match &expression.kind {
        ExpressionKind::Field { name: read, .. } => read.text == name,
        ExpressionKind::Index { key, .. } => tree.string(*key) == Some(name),
        ExpressionKind::Call(call) => call.method.as_ref().is_some_and(|method| method.text == name),
        _ => false,
    })
}

/// The name of a field as it is written, for messages and fixes: without the quotes of `t["name"]`.
pub(super) fn name_in_code(script: &Script<'_>, write: &FieldWrite, name: &SmolStr) -> Option<Span> {
    let written = script.text_at(write.name_span);
    if written == name.as_str() {
        return Some(write.name_span);
    }
    let inner = written.get(1..written.len().checked_sub(1)?)?;
    let span = Span::new(write.name_span.start + 1, write.name_span.end - 1);
    (inner == name.as_str()).then_some(span)
}
