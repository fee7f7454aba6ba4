//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and `outgoingCalls`.
//!
//! An item carries what it means in `data`: `function` and `file` stand at the item's own place, `api` and `phase` are
//! named. `document` is a file of the tree that the hierarchy was asked for in, since a stub is in no tree.

use momentum_lua_analyzer::ide::calls::{self, Item};
use momentum_lua_analyzer::ide::definition;
use momentum_lua_analyzer::ide::target::Target;
use momentum_lua_analyzer::semantics::types::FunctionRef;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Position, Range, SymbolKind, Url,
};

use super::definition::link;
use crate::view::View;
use crate::world::World;

/// The functions at a position.
pub(crate) fn prepare(view: &View<'_>, position: Position) -> Option<Vec<CallHierarchyItem>> {
    let items = calls::at(&view.script()?, view.offset(position));
    let items: Vec<_> = items.iter().filter_map(|item| encoded(view, item)).collect();
    (!items.is_empty()).then_some(items)
}

/// Who calls an item.
///
/// # Errors
/// The item is no longer where it was.
pub(crate) fn incoming(
    world: &World,
    item: &CallHierarchyItem,
) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
    let Some(view) = &document_of(item).and_then(|url| View::of(world, &url)) else { return Ok(None) };
    let item = decoded(view, item).ok_or_else(Error::content_modified)?;
    let calls = calls::incoming(view.project(), &item).into_iter().filter_map(|calls| {
        let from = encoded(view, &calls.item)?;
        let mut from_ranges = ranges_in(view, &calls.item, &calls.spans);
        if from_ranges.is_empty() {
            from_ranges.push(from.selection_range);
        }
        Some(CallHierarchyIncomingCall { from, from_ranges })
    });
    Ok(Some(calls.collect()))
}

/// Whom an item calls.
///
/// # Errors
/// The item is no longer where it was.
pub(crate) fn outgoing(
    world: &World,
    item: &CallHierarchyItem,
) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
    let here = item.selection_range;
    let Some(view) = &document_of(item).and_then(|url| View::of(world, &url)) else { return Ok(None) };
    let item = decoded(view, item).ok_or_else(Error::content_modified)?;
    let calls = calls::outgoing(view.project(), &item).into_iter().filter_map(|calls| {
        let to = encoded(view, &calls.item)?;
        let mut from_ranges = ranges_in(view, &item, &calls.spans);
        if from_ranges.is_empty() {
            from_ranges.push(here);
        }
        Some(CallHierarchyOutgoingCall { to, from_ranges })
    });
    Ok(Some(calls.collect()))
}

/// The document that says which tree an item belongs to.
fn document_of(item: &CallHierarchyItem) -> Option<Url> {
    item.data.as_ref()?.get("document")?.as_str()?.parse().ok()
}

fn ranges_in(view: &View<'_>, caller: &Item, spans: &[momentum_lua_analyzer::syntax::Span]) -> Vec<Range> {
    let (Item::Function(FunctionRef { file, .. }) | Item::File(file)) = caller else { return Vec::new() };
    let there = View::of_file(view.world, view.tree, *file);
    there.map(|there| spans.iter().map(|&span| there.range(span)).collect()).unwrap_or_default()
}

fn encoded(view: &View<'_>, item: &Item) -> Option<CallHierarchyItem> {
    let shown = calls::shown(view.project(), item)?;
    let place = link(view, &shown.target)?;
    let is_callout = shown.detail == "callout" || shown.detail == "hook";
    let (kind, mut data) = match item {
        Item::Function(_) if is_callout => (SymbolKind::EVENT, json!({ "kind": "function" })),
        Item::Function(_) => (SymbolKind::FUNCTION, json!({ "kind": "function" })),
        Item::File(_) => (SymbolKind::FILE, json!({ "kind": "file" })),
        Item::Api(owner, name) => {
            (SymbolKind::FUNCTION, json!({ "kind": "api", "owner": owner.as_str(), "name": name.as_str() }))
        }
        Item::Phase(hook) => (SymbolKind::EVENT, json!({ "kind": "phase", "name": hook.as_str() })),
    };
    // The place of an item of the project is its own; that of a stub needs a file of the tree beside it.
    let document = match item {
        Item::Function(FunctionRef { file, .. }) | Item::File(file) => {
            View::of_file(view.world, view.tree, *file)?.url()?
        }
        _ => view.url()?,
    };
    if let Some(fields) = data.as_object_mut() {
        fields.insert("document".to_owned(), json!(document));
    }
    Some(CallHierarchyItem {
        name: shown.name,
        kind,
        tags: None,
        detail: (!shown.detail.is_empty()).then_some(shown.detail),
        uri: place.target_uri,
        range: place.target_range,
        selection_range: place.target_selection_range,
        data: Some(data),
    })
}

fn decoded(view: &View<'_>, item: &CallHierarchyItem) -> Option<Item> {
    let data = item.data.as_ref()?;
    let text = |key: &str| data.get(key).and_then(Value::as_str);
    match text("kind")? {
        "function" => {
            let script = view.script()?;
            let offset = view.offset(item.selection_range.start);
            // The name may stand before the function: `mod.validate_data = function`.
            let is_it = |function| {
                let target = definition::function_target(view.project(), view.file, function);
                matches!(target, Some(Target::File { name, .. }) if name.start == offset)
            };
            let functions = script.tree().functions();
            let ending = functions.filter(|(_, known)| view.range(known.span).end == item.range.end);
            let function = ending.map(|(function, _)| function).find(|&function| is_it(function))?;
            Some(Item::Function(FunctionRef { file: view.file, function }))
        }
        "file" => Some(Item::File(view.file)),
        "api" => Some(Item::Api(text("owner")?.into(), text("name")?.into())),
        "phase" => Some(Item::Phase(text("name")?.into())),
        _ => None,
    }
}
