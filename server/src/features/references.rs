//! `textDocument/references` and `textDocument/documentHighlight`.

use momentum_lua_analyzer::ide::references;
use momentum_lua_analyzer::ide::symbol::Role;
use momentum_lua_analyzer::ide::{highlight, server_configuration};
use tower_lsp::lsp_types::{DocumentHighlight, DocumentHighlightKind, Location, Position};

use crate::view::View;

/// Where the thing at a position is used, in all files of the tree.
pub(crate) fn references(view: &View<'_>, position: Position, definitions: bool) -> Option<Vec<Location>> {
    let offset = view.offset(position);
    let found = references::references(view.project(), view.file, offset, definitions);
    Some(found.iter().filter_map(|found| view.location(found.file, found.span)).collect())
}

/// What goes with the thing at a position in its file.
pub(crate) fn highlights(view: &View<'_>, position: Position) -> Option<Vec<DocumentHighlight>> {
    let offset = view.offset(position);
    let highlight = |span, kind| DocumentHighlight { range: view.range(span), kind: Some(kind) };
    let Some(script) = view.script() else {
        let server = server_configuration::of_file(view.project(), view.file)?;
        let place = server_configuration::at(&server, view.file, offset)?;
        return Some(vec![highlight(place.span(), DocumentHighlightKind::TEXT)]);
    };
    let found = highlight::highlights(&script, offset).into_iter().map(|(span, role)| match role {
        Role::Definition | Role::Write => highlight(span, DocumentHighlightKind::WRITE),
        Role::Read => highlight(span, DocumentHighlightKind::READ),
    });
    Some(found.collect())
}
