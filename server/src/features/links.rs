//! `textDocument/documentLink` and `documentLink/resolve`.

use momentum_lua_analyzer::ide::links::{self, LinkTarget};
use momentum_lua_analyzer::ide::target::Target;
use momentum_lua_analyzer::project::FileKind;
use momentum_lua_stubs::reader::model::Origin;
use serde_json::json;
use tower_lsp::lsp_types::{DocumentLink, Url};

use super::definition;
use crate::view::View;

/// What can be followed in a document. A link to a stub is resolved later: its file may have to be written.
pub(crate) fn links(view: &View<'_>) -> Option<Vec<DocumentLink>> {
    let document = view.url()?;
    let found = links::links(view.project(), view.file).into_iter().filter_map(|link| {
        let (target, data, tooltip) = match link.to {
            LinkTarget::File(file) => {
                let tooltip = match view.project().kind(file)? {
                    FileKind::Lua => "Open the script",
                    FileKind::ServerConfiguration => "Open the configuration file",
                };
                (Some(View::of_file(view.world, view.tree, file)?.url()?), None, tooltip)
            }
            LinkTarget::Address(address) => (Some(Url::parse(&address).ok()?), None, "Open the page"),
            LinkTarget::Module(Target::Stub { origin, .. }) => {
                let data = json!({ "document": document, "file": &*origin.file, "line": origin.line });
                (None, Some(data), "Open what is known of the module")
            }
            LinkTarget::Module(Target::File { .. }) => return None,
        };
        let tooltip = view.client().link_tooltips.then(|| tooltip.to_owned());
        Some(DocumentLink { range: view.range(link.span), target, tooltip, data })
    });
    Some(found.collect())
}

/// The document that a link without a target stands in.
pub(crate) fn document_of(link: &DocumentLink) -> Option<Url> {
    link.data.as_ref()?.get("document")?.as_str()?.parse().ok()
}

/// Gives a link to a stub its target.
pub(crate) fn resolve(view: &View<'_>, mut link: DocumentLink) -> Option<DocumentLink> {
    let data = link.data.as_ref()?;
    let line = data.get("line")?.as_u64().and_then(|line| u32::try_from(line).ok())?;
    let origin = Origin { file: data.get("file")?.as_str()?.into(), line };
    let place = definition::stub(view, &origin, "")?;
    let mut target = place.uri;
    target.set_fragment(Some(&format!("L{line}")));
    link.target = Some(target);
    Some(link)
}
