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
    /// It belongs into a tree: Lua, or the server's configuration.
    pub(crate) is_policy: bool,
    /// The configuration of its tree excludes it.
    pub(crate) is_excluded: bool,
    /// The number of its opening, counted over all documents.
    pub(crate) opening: u32,
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
            is_policy: true,
            is_excluded: false,
            opening: 1,
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

    /// Lines and columns counted one character after the other, as the protocol says it.
    fn offset(text: &str, position: Position) -> usize {
        let (mut line, mut column) = (0, 0);
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let ends_line = match character {
                '\n' => true,
                '\r' => characters.peek().is_none_or(|(_, next)| *next != '\n'),
                _ => false,
            };
            let is_end = ends_line || (character == '\r');
            let width = u32::try_from(character.len_utf16()).unwrap();
            // A place inside a surrogate pair is that of its character.
            if line == position.line && (column + width > position.character || is_end) {
                return at;
            }
            if ends_line {
                (line, column) = (line + 1, 0);
            } else {
                column += width;
            }
        }
        text.len()
    }

    #[test]
    fn twenty_thousand_edits_leave_the_text_that_they_mean() {
        const PIECES: [&str; 12] =
            ["", "x", "\n", "\r\n", "\r", "é", "😀", "end", "local a = 1\n", "\t", "--", "ß\n\n"];
        let mut random = fastrand::Rng::with_seed(5);
        let mut document = Document {
            path: PathBuf::from("/policy/a.lua"),
            version: 0,
            text: "".into(),
            is_policy: true,
            is_excluded: false,
            opening: 1,
            changed: false,
        };
        let mut expected = String::new();
        for version in 1..=20_000 {
            let lines = u32::try_from(expected.lines().count()).unwrap();
            let mut place = || Position::new(random.u32(0..=lines), random.u32(0..12));
            let (a, b) = (place(), place());
            // Most edits are small.
            let b = if b.line.abs_diff(a.line) > 2 { a } else { b };
            let (from, to) = if (a.line, a.character) <= (b.line, b.character) { (a, b) } else { (b, a) };
            let text = random.choice(PIECES).unwrap();
            let (start, end) = (offset(&expected, from), offset(&expected, to));
            expected.replace_range(start..end.max(start), text);
            let range = Some(Range { start: from, end: to });
            let event = TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() };
            document.apply(vec![event], version, Positions::default());
            assert_eq!(*document.text, *expected, "after {version} edits: {from:?} {to:?} {text:?}");
            if expected.len() > 4_000 {
                expected.clear();
                let all =
                    TextDocumentContentChangeEvent { range: None, range_length: None, text: String::new() };
                document.apply(vec![all], version, Positions::default());
            }
        }
    }
}
