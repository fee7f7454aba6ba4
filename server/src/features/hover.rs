//! `textDocument/hover`.

use momentum_lua_analyzer::ide;
use tower_lsp::lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use crate::view::View;

/// What is known of the place at a position.
pub(crate) fn hover(view: &View<'_>, position: Position) -> Option<Hover> {
    let script = view.script()?;
    let found = ide::hover::hover(&script, view.offset(position))?;
    let kind = if view.client().markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let contents = HoverContents::Markup(MarkupContent { kind, value: found.markdown });
    Some(Hover { contents, range: Some(view.range(found.span)) })
}
