//! Edits as the protocol has them.

use momentum_lua_analyzer::diagnostic::Edit;
use momentum_lua_analyzer::syntax::Span;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use tower_lsp::lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    WorkspaceEdit,
};

use crate::view::View;

/// Edits of a file, with line ends as the file has them.
pub(crate) fn text_edits(view: &View<'_>, edits: &[Edit]) -> Vec<TextEdit> {
    let edits = edits.iter().map(|edit| TextEdit {
        range: view.range(edit.span),
        new_text: momentum_lua_analyzer::fix::with_line_ends_of(view.text, &edit.text),
    });
    edits.collect()
}

/// The least edits that make one text of another: whole lines that differ, without what is the same at their ends.
pub(crate) fn between(before: &str, after: &str) -> Vec<Edit> {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let mut starts = Vec::with_capacity(old.len() + 1);
    let mut offset = 0;
    for line in &old {
        starts.push(offset);
        offset += line.len();
    }
    starts.push(offset);
    let operations = capture_diff_slices(Algorithm::Patience, &old, &new);
    let edits = operations.iter().filter(|operation| !matches!(operation, DiffOp::Equal { .. })).filter_map(
        |operation| {
            let (lines, replacement) = (operation.old_range(), operation.new_range());
            let (start, end) = (*starts.get(lines.start)?, *starts.get(lines.end)?);
            trimmed(start, before.get(start..end)?, &new.get(replacement)?.concat())
        },
    );
    edits.collect()
}

/// An edit without what both texts begin and end with.
fn trimmed(start: usize, old: &str, new: &str) -> Option<Edit> {
    let same =
        old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum::<usize>();
    let (old, new) = (old.get(same..)?, new.get(same..)?);
    let ends = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b);
    let end = ends.map(|(c, _)| c.len_utf8()).sum::<usize>();
    let (old, new) = (old.get(..old.len() - end)?, new.get(..new.len() - end)?);
    if old.is_empty() && new.is_empty() {
        return None;
    }
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Some(Edit::replace(Span::new(offset(start + same), offset(start + same + old.len())), new))
}

/// A change of a file's workspace, with the version of the text that it is for where the client looks at that.
pub(crate) fn workspace_edit(view: &View<'_>, edits: Vec<TextEdit>) -> Option<WorkspaceEdit> {
    let uri = view.url()?;
    if !view.client().document_changes {
        return Some(WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() });
    }
    let version = view.world.document(&uri).map(|document| document.version);
    let change = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    Some(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(vec![change])),
        ..WorkspaceEdit::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(before: &str, edits: &[Edit]) -> String {
        let mut text = before.to_owned();
        for edit in edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.text);
        }
        text
    }

    #[test]
    fn only_what_differs_is_replaced() {
        let before = "a = 1\nb  =  2\nc = 3\n";
        let after = "a = 1\nb = 2\nc = 3\nd = 4\n";
        let edits = between(before, after);
        assert_eq!(applied(before, &edits), after);
        assert_eq!(edits.len(), 2);
        assert!(edits.iter().all(|edit| edit.span.len() <= 4), "{edits:?}");
        assert_eq!(between(before, before), []);
    }

    #[test]
    fn any_two_texts() {
        let texts = ["", "a", "a\n", "é\nü\n", "ü\r\né", "\n\n\na", "a\nb\nc\nd\n", "d\nb\na\n"];
        for before in texts {
            for after in texts {
                assert_eq!(applied(before, &between(before, after)), after, "{before:?} {after:?}");
            }
        }
    }
}
