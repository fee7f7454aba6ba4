//! `textDocument/prepareRename` and `textDocument/rename`.

use std::collections::HashMap;

use momentum_lua_analyzer::ide::rename;
use momentum_lua_analyzer::project::FileId;
use tower_lsp::lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Position, PrepareRenameResponse,
    TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use crate::view::View;

/// The name that would be renamed, or in words why not.
pub(crate) fn prepare(view: &View<'_>, position: Position) -> Result<PrepareRenameResponse, String> {
    let script = view.script().ok_or("only names in scripts can be renamed")?;
    let span = rename::prepare(&script, view.offset(position))?;
    Ok(PrepareRenameResponse::RangeWithPlaceholder {
        range: view.range(span),
        placeholder: script.text_at(span).to_owned(),
    })
}

/// The edits that rename it, or in words why it is not done.
pub(crate) fn rename(view: &View<'_>, position: Position, name: &str) -> Result<WorkspaceEdit, String> {
    let script = view.script().ok_or("only names in scripts can be renamed")?;
    let places = rename::rename(&script, view.offset(position), name)?;
    let mut edits: Vec<(FileId, Vec<TextEdit>)> = Vec::new();
    for place in places {
        let there = View::of_file(view.world, view.tree, place.file).ok_or("a file is gone")?;
        let edit = TextEdit { range: there.range(place.span), new_text: name.to_owned() };
        match edits.last_mut().filter(|(file, _)| *file == place.file) {
            Some((_, edits)) => edits.push(edit),
            None => edits.push((place.file, vec![edit])),
        }
    }
    let named = |(file, edits): (FileId, Vec<TextEdit>)| {
        let there = View::of_file(view.world, view.tree, file)?;
        Some((there.url()?, edits))
    };
    Ok(workspace_edit(view, edits.into_iter().filter_map(named)))
}

/// Edits of files, with their versions where the client reads them.
fn workspace_edit(view: &View<'_>, edits: impl Iterator<Item = (Url, Vec<TextEdit>)>) -> WorkspaceEdit {
    if !view.client().document_changes {
        let changes: HashMap<Url, Vec<TextEdit>> = edits.collect();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let edits = edits.map(|(uri, edits)| {
        let version = view.world.document(&uri).map(|document| document.version);
        TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        }
    });
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(edits.collect())),
        ..WorkspaceEdit::default()
    }
}
