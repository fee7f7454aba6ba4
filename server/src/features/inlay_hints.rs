//! `textDocument/inlayHint` and `inlayHint/resolve`.

use momentum_lua_analyzer::ide::hints::{self, HintKind, Wanted};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{InlayHint, InlayHintKind, InlayHintLabel, InlayHintTooltip, Range, Url};

use super::run_results;
use crate::markup;
use crate::view::View;
use crate::world::World;

/// All hints in a part of a document: what its text means, and what the last run did.
pub(crate) fn all(world: &World, url: &Url, range: Range) -> Option<Vec<InlayHint>> {
    let mut found = View::of(world, url).and_then(|view| hints(&view, range)).unwrap_or_default();
    found.extend(run_results::hints(world, url, range));
    Some(found)
}

/// The hints in a part of a document, as far as the user wants them. What they have to tell in full is resolved later.
pub(crate) fn hints(view: &View<'_>, range: Range) -> Option<Vec<InlayHint>> {
    let script = view.script()?;
    let set = view.world.settings.inlay_hints;
    let wanted = Wanted { types: set.types, parameters: set.parameters, phases: set.phases };
    let document = view.url()?;
    let version = view.world.document(&document).map(|document| document.version);
    let found = hints::hints(&script, view.span(range), wanted).into_iter().map(|hint| InlayHint {
        position: view.position(hint.offset),
        label: InlayHintLabel::String(hint.label),
        kind: match hint.kind {
            HintKind::Type => Some(InlayHintKind::TYPE),
            HintKind::Parameter => Some(InlayHintKind::PARAMETER),
            HintKind::Phase => None,
        },
        text_edits: None,
        tooltip: None,
        padding_left: Some(hint.kind == HintKind::Phase),
        padding_right: Some(hint.kind == HintKind::Parameter),
        data: Some(json!({ "document": document, "version": version, "offset": hint.offset, "kind": word(hint.kind) })),
    });
    Some(found.collect())
}

fn word(kind: HintKind) -> &'static str {
    match kind {
        HintKind::Type => "type",
        HintKind::Parameter => "parameter",
        HintKind::Phase => "phase",
    }
}

/// The document that a hint stands in.
fn document_of(hint: &InlayHint) -> Option<Url> {
    hint.data.as_ref()?.get("document")?.as_str()?.parse().ok()
}

/// Gives a hint what it has to tell in full. One that has nothing more to tell stays as it is.
///
/// # Errors
/// The text is another one than that in which the hint stood.
pub(crate) fn resolve(world: &World, hint: InlayHint) -> Result<InlayHint> {
    let Some(url) = document_of(&hint) else { return Ok(hint) };
    let version = world.document(&url).map(|document| i64::from(document.version));
    if hint.data.as_ref().and_then(|data| data.get("version")?.as_i64()) != version {
        return Err(Error::content_modified());
    }
    let resolved = View::of(world, &url).and_then(|view| told(&view, &hint));
    Ok(resolved.unwrap_or(hint))
}

fn told(view: &View<'_>, hint: &InlayHint) -> Option<InlayHint> {
    let data = hint.data.as_ref()?;
    let kind = match data.get("kind").and_then(Value::as_str)? {
        "type" => HintKind::Type,
        "parameter" => HintKind::Parameter,
        "phase" => HintKind::Phase,
        _ => return None,
    };
    let offset = data.get("offset").and_then(Value::as_u64).and_then(|offset| u32::try_from(offset).ok())?;
    let value = hints::details(&view.script()?, offset, kind)?;
    let tooltip = markup::content(value, view.client().markdown);
    Some(InlayHint { tooltip: Some(InlayHintTooltip::MarkupContent(tooltip)), ..hint.clone() })
}
