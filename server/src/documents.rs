//! Texts that the client has open.

use std::path::PathBuf;
use std::sync::Arc;

use momentum_lua_analyzer::syntax::LineIndex;
use tower_lsp::lsp_types::TextDocumentContentChangeEvent;

use crate::position::Positions;

/// A text that the client has open.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Its path; that of a text that is on no disk stands for it in its tree.
    pub(crate) path: PathBuf,
    /// The client's number for this state of it.
    pub(crate) version: i32,
    /// Its text.
    pub(crate) text: Arc<str>,
    /// The trees do not have this text yet.
    pub(crate) changed: bool,
}

impl Document {
    /// Applies changes one after the other, as the protocol has it: each counts in the text that the one before it left.
    pub(crate) fn apply(
        &mut self,
        changes: Vec<TextDocumentContentChangeEvent>,
        version: i32,
        positions: Positions,
    ) {
        let mut text = String::from(&*self.text);
        // Typing changes one place; the lines of a text are counted again only for a second one.
        for change in changes {
            match change.range {
                None => text = change.text,
                Some(range) => {
                    let lines = LineIndex::new(&text);
                    let span = positions.span(range, &lines, &text);
                    text.replace_range(span.start as usize..span.end as usize, &change.text);
                }
            }
        }
        self.text = text.into();
        self.version = version;
        self.changed = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower_lsp::lsp_types::{Position, Range};

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let range = Range { start: Position::new(from.0, from.1), end: Position::new(to.0, to.1) };
        TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: text.into() }
    }

    #[test]
    fn changes_count_one_after_the_other() {
        let mut document = Document {
            path: PathBuf::from("/policy/a.lua"),
            version: 1,
            text: "é😀x\r\nlast".into(),
            changed: false,
        };
        let changes = vec![
            change((0, 3), (0, 4), "y"),
            change((1, 0), (1, 99), "new\n"),
            change((9, 0), (9, 0), "end"),
        ];
        document.apply(changes, 2, Positions::default());
        assert_eq!((&*document.text, document.version), ("é😀y\r\nnew\nend", 2));
        assert!(document.changed);
    }
}
