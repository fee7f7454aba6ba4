//! `textDocument/hover`.

use momentum_lua_analyzer::ide;
use tower_lsp::lsp_types::{Hover, HoverContents, Position};

use crate::markup;
use crate::view::View;

/// What is known of the place at a position.
pub(crate) fn hover(view: &View<'_>, position: Position) -> Option<Hover> {
    let offset = view.offset(position);
    let project = &view.tree.workspace.configuration().project;
    let page_url = |page: &str| project.page_url(page);
    let found = match view.script() {
        Some(script) => ide::hover::hover(&script, offset, &page_url)?,
        None => ide::hover::of_configuration(view.project(), view.file, offset, &page_url)?,
    };
    let contents = HoverContents::Markup(markup::content(found.markdown, view.client().markdown));
    Some(Hover { contents, range: Some(view.range(found.span)) })
}
