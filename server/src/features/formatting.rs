//! `textDocument/formatting` and `textDocument/rangeFormatting`.
//!
//! There is no formatting while typing: layout goes by whole statements, and what is being typed is none yet. Any
//! change of it would move text under the cursor.

use momentum_lua_formatter::{Style, StyleError, format};
use tower_lsp::lsp_types::{FormattingOptions, MessageType, Range, TextEdit};

use crate::edits;
use crate::view::View;

/// The edits that lay a script, or some lines of it, out as `momentum-lua fmt` does. Where no `stylua.toml` and no
/// `.editorconfig` says how, the editor's indentation counts. A script that does not load is left alone: its findings
/// say why.
pub(crate) fn formatting(
    view: &View<'_>,
    options: &FormattingOptions,
    range: Option<Range>,
) -> Option<Vec<TextEdit>> {
    view.script()?;
    let path = view.tree.workspace.path(view.file)?;
    let width = usize::try_from(options.tab_size).unwrap_or(4);
    let fallback = Style::default().indented(width, !options.insert_spaces);
    let style = match Style::for_script(&path, &fallback) {
        Ok(style) => style,
        Err(error) => {
            view.world.outgoing.show(MessageType::WARNING, mistake(&error));
            return None;
        }
    };
    let lines = range.map(|range| view.span(range)).map(|span| span.start..span.end);
    match format(view.text, &style, lines) {
        Ok(text) => Some(
            edits::between(view.text, &text)
                .into_iter()
                .map(|edit| TextEdit { range: view.range(edit.span), new_text: edit.text })
                .collect(),
        ),
        Err(error) => {
            let line = view.position(error.span.start).line + 1;
            let message = format!("`{}` is not formatted: line {line}: {}", path.display(), error.message);
            // What the engine does not load is marked in the text; anything else has to be said.
            let loads = view.script().is_some_and(|script| script.parsed().errors.is_empty());
            match loads {
                true => view.world.outgoing.show(MessageType::WARNING, message),
                false => view.world.outgoing.log(MessageType::INFO, message),
            }
            None
        }
    }
}

fn mistake(error: &StyleError) -> String {
    match &error.file {
        Some(file) => format!("not formatted: `{}`: {}", file.display(), error.message),
        None => format!("not formatted: {}", error.message),
    }
}
