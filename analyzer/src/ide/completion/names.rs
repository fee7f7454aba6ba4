//! Names in scope: locals, globals of the project, globals of the API.

use super::cursor::{Cursor, kind_of, parameters};
use super::item::{Item, ItemKind, Rank, Subject};
use super::modules;
use crate::semantics::scope::{Binding, BindingKind};
use crate::semantics::types::{FunctionRef, Type, Value};
use crate::syntax::Span;
use momentum_lua_stub_reader::database::Member;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// All names that mean something at the cursor.
pub(super) fn items(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    let mut taken = FxHashSet::default();
    let mut items = locals(cursor, &mut taken, |_| true);
    items.extend(project_globals(cursor, &mut taken));
    items.extend(api_globals(cursor, &taken));
    items.extend(modules::not_required(cursor, &taken));
    items
}

/// Tables that a function may be defined on, behind `function`.
pub(super) fn tables(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    let is_table = |ty: &Type| ty.any(|value| matches!(value, Value::Table(_) | Value::AnyTable));
    let mut items = locals(cursor, &mut FxHashSet::default(), is_table);
    for item in &mut items {
        item.insertion = super::Insertion::text(item.label.clone());
    }
    items
}

/// The locals that are visible and not hidden by others, the nearest first.
fn locals(
    cursor: &Cursor<'_, '_>,
    taken: &mut FxHashSet<SmolStr>,
    fits: impl Fn(&Type) -> bool,
) -> Vec<Item> {
    let script = cursor.script;
    let mut items = Vec::new();
    for (order, (id, binding)) in script.scopes().visible_at(cursor.written).enumerate() {
        let unfit = binding.kind == BindingKind::ImplicitArg || binding.name.is_empty();
        if unfit || is_being_declared(cursor, binding) || !taken.insert(binding.name.clone()) {
            continue;
        }
        let unknown = Type::unknown();
        let ty = script.analysis().binding_types.get(id.index()).unwrap_or(&unknown);
        if !fits(ty) {
            continue;
        }
        let kind = match binding.kind {
            BindingKind::Function(_) => ItemKind::Function,
            BindingKind::Parameter(..) | BindingKind::SelfParameter(_) => ItemKind::Parameter,
            _ => kind_of(ty),
        };
        let mut item = Item::new(binding.name.as_str(), kind).rank(Rank::Near).order(order);
        match ty.functions().next() {
            Some(function) => with_function(cursor, &mut item, function),
            None if !ty.is_unknown() => item.detail = Some(ty.generalized().to_string()),
            None => {}
        }
        items.push(item);
    }
    items
}

/// Whether the cursor stands at the end of the statement that declares a local, or of the head of a loop that has no `do`
/// yet: its name is not there yet.
fn is_being_declared(cursor: &Cursor<'_, '_>, binding: &Binding) -> bool {
    let text = cursor.script.text();
    let start = cursor.word.start.min(cursor.offset);
    let between = Span::new(binding.scope.start, start.max(binding.scope.start)).text(text);
    let before = || Span::new(binding.span.end, binding.scope.start).text(text).trim_end();
    let ends_here = match binding.kind {
        BindingKind::Local => true,
        BindingKind::Loop => !before().ends_with("do"),
        _ => false,
    };
    ends_here && between.chars().all(|c| c == ' ' || c == '\t')
}

/// Adds the parameters of a function of the project, and the parentheses of a call.
pub(super) fn with_function(cursor: &Cursor<'_, '_>, item: &mut Item, function: FunctionRef) {
    let Some(script) = cursor.script.project().script(function.file) else { return };
    let Some((_, written)) = script.tree().functions().nth(function.function.index()) else { return };
    let names: Vec<&str> = written.parameters.iter().map(|name| name.text.as_str()).collect();
    let vararg = written.vararg.map(|_| "...");
    let names: Vec<&str> = names.into_iter().chain(vararg).filter(|name| !name.is_empty()).collect();
    item.parameters = Some(format!("({})", names.join(", ")));
    if !cursor.is_called_already() {
        let call = std::mem::take(&mut item.insertion).then("(");
        let call = if names.is_empty() { call.then(")") } else { call.stop("").then(")") };
        item.insertion = call.end();
    }
}

/// Globals that the project's files assign.
fn project_globals(cursor: &Cursor<'_, '_>, taken: &mut FxHashSet<SmolStr>) -> Vec<Item> {
    let mut items = Vec::new();
    for script in cursor.script.project().scripts() {
        for (name, global) in &script.analysis().globals {
            let is_here = script.id() == cursor.script.id();
            let only_here = is_here && global.writes.iter().all(|(span, _)| span.touches(cursor.offset));
            if only_here || !taken.insert(name.clone()) {
                continue;
            }
            let mut item = Item::new(name.as_str(), kind_of(&global.ty));
            match global.ty.functions().next() {
                Some(function) => with_function(cursor, &mut item, function),
                None => item.detail = Some("global".to_owned()),
            }
            items.push(item);
        }
    }
    items
}

fn api_globals(cursor: &Cursor<'_, '_>, taken: &FxHashSet<SmolStr>) -> Vec<Item> {
    let api = cursor.script.api();
    let members = api.members("").into_iter().filter(|member| !taken.contains(member.member()));
    let items = members.map(|member| {
        let mut item = cursor.api_item(member);
        if let Member::Table(class) = member {
            item.detail = Some("module".to_owned());
            item.subject = Some(Subject::Member(String::new(), class.name.to_string()));
            // Some are there only when their module was required.
            if let Some(module) = api.module(&class.name).filter(|module| !module.preloaded && module.global)
            {
                item.edits.extend(cursor.require_module(&module.name));
            }
        } else if let Some(function) = member.function() {
            item.parameters = Some(parameters(&function.signature));
        }
        item
    });
    items.collect()
}
