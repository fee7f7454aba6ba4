//! `textDocument/prepareRename`, `textDocument/rename` and `workspace/willRenameFiles`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use momentum_lua_analyzer::ide::{moved, rename};
use momentum_lua_analyzer::project::FileId;
use tower_lsp::lsp_types::{
    DocumentChanges, FileRename, OneOf, OptionalVersionedTextDocumentIdentifier, Position,
    PrepareRenameResponse, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use crate::view::View;
use crate::world::World;

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
    Ok(workspace_edit(view.world, edits.into_iter().filter_map(named)))
}

/// The edits that make `require`s and the configuration follow files that are about to get other paths. What is renamed
/// may be a folder.
pub(crate) fn files(world: &World, renames: &[FileRename]) -> Option<WorkspaceEdit> {
    let path = |uri: &str| Some(world.path_of(&Url::parse(uri).ok()?));
    let mut edits: BTreeMap<Url, Vec<TextEdit>> = BTreeMap::new();
    for rename in renames {
        let (Some(from), Some(to)) = (path(&rename.old_uri), path(&rename.new_uri)) else { continue };
        for tree in world.trees() {
            for file in tree.workspace.project().files() {
                let Some(old) = tree.workspace.path(file) else { continue };
                let Ok(below) = old.strip_prefix(&from) else { continue };
                let new = if below.as_os_str().is_empty() { to.clone() } else { to.join(below) };
                for (place, edit) in
                    moved::edits(tree.workspace.project(), file, &slashed(&old), &slashed(&new))
                {
                    let Some(there) = View::of_file(world, tree, place) else { continue };
                    let Some(url) = there.url() else { continue };
                    let edit = TextEdit { range: there.range(edit.span), new_text: edit.text };
                    edits.entry(url).or_default().push(edit);
                }
            }
        }
    }
    (!edits.is_empty()).then(|| workspace_edit(world, edits.into_iter()))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Edits of files, with their versions where the client reads them.
fn workspace_edit(world: &World, edits: impl Iterator<Item = (Url, Vec<TextEdit>)>) -> WorkspaceEdit {
    if !world.client.document_changes {
        let changes: HashMap<Url, Vec<TextEdit>> = edits.collect();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let edits = edits.map(|(uri, edits)| {
        let version = world.document(&uri).map(|document| document.version);
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
