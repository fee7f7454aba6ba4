//! `textDocument/foldingRange` and `textDocument/selectionRange`.

use momentum_lua_analyzer::ide::folding::{self, FoldKind};
use momentum_lua_analyzer::ide::selection;
use tower_lsp::lsp_types::{FoldingRange, FoldingRangeKind, Position, Range, SelectionRange};

use crate::view::View;

/// What can be folded in a document.
pub(crate) fn folds(view: &View<'_>) -> Option<Vec<FoldingRange>> {
    let capability =
        view.client().capabilities.text_document.as_ref().and_then(|text| text.folding_range.as_ref());
    let lines_only = capability.and_then(|folding| folding.line_folding_only).unwrap_or(false);
    let most = capability.and_then(|folding| folding.range_limit).map_or(usize::MAX, |limit| limit as usize);
    let folds = folding::folds(view.project(), view.file).into_iter().map(|fold| {
        let Range { start, end } = view.range(fold.span);
        FoldingRange {
            start_line: start.line,
            start_character: (!lines_only).then_some(start.character),
            end_line: end.line,
            end_character: (!lines_only).then_some(end.character),
            kind: match fold.kind {
                FoldKind::Code => None,
                FoldKind::Comment => Some(FoldingRangeKind::Comment),
                FoldKind::Requires => Some(FoldingRangeKind::Imports),
                FoldKind::Region => Some(FoldingRangeKind::Region),
            },
            collapsed_text: None,
        }
    });
    Some(folds.take(most).collect())
}

/// What selections grow to, for each position.
pub(crate) fn selections(view: &View<'_>, positions: &[Position]) -> Option<Vec<SelectionRange>> {
    let selection = |&position: &Position| {
        let ranges = selection::ranges(view.project(), view.file, view.offset(position));
        let around = ranges.into_iter().rev().fold(None, |parent: Option<SelectionRange>, span| {
            Some(SelectionRange { range: view.range(span), parent: parent.map(Box::new) })
        });
        // The protocol wants a range for every position.
        around.unwrap_or(SelectionRange { range: Range { start: position, end: position }, parent: None })
    };
    Some(positions.iter().map(selection).collect())
}
