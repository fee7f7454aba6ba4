//! `textDocument/foldingRange` and `textDocument/selectionRange`.

use momentum_lua_analyzer::ide::folding::{self, Fold, FoldKind};
use momentum_lua_analyzer::ide::selection;
use momentum_lua_analyzer::syntax::Span;
use tower_lsp::lsp_types::{FoldingRange, FoldingRangeKind, Position, Range, SelectionRange, Url};

use super::toml::Text;
use crate::client::Profile;
use crate::view::View;
use crate::world::World;

/// What can be folded in a document.
pub(crate) fn folds(view: &View<'_>) -> Option<Vec<FoldingRange>> {
    Some(shown(folding::folds(view.project(), view.file), view.client(), |span| view.range(span)))
}

/// What can be folded in a TOML document.
pub(crate) fn folds_of_toml(world: &World, url: &Url) -> Option<Vec<FoldingRange>> {
    let text = Text::of(world, url)?;
    let folds = folding::folds_of_toml(&text.text, &text.lines);
    Some(shown(folds, &world.client, |span| text.range(world, span)))
}

fn shown(folds: Vec<Fold>, client: &Profile, range: impl Fn(Span) -> Range) -> Vec<FoldingRange> {
    let capability = client.capabilities.text_document.as_ref().and_then(|text| text.folding_range.as_ref());
    let lines_only = capability.and_then(|folding| folding.line_folding_only).unwrap_or(false);
    let most = capability.and_then(|folding| folding.range_limit).map_or(usize::MAX, |limit| limit as usize);
    let folds = folds.into_iter().map(|fold| {
        let Range { start, end } = range(fold.span);
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
    folds.take(most).collect()
}

/// What selections grow to, for each position.
pub(crate) fn selections(view: &View<'_>, positions: &[Position]) -> Option<Vec<SelectionRange>> {
    let selection = |&position: &Position| {
        let ranges = selection::ranges(view.project(), view.file, view.offset(position));
        nested(position, ranges, |span| view.range(span))
    };
    Some(positions.iter().map(selection).collect())
}

/// What selections in a TOML document grow to.
pub(crate) fn selections_in_toml(
    world: &World,
    url: &Url,
    positions: &[Position],
) -> Option<Vec<SelectionRange>> {
    let text = Text::of(world, url)?;
    let selection = |&position: &Position| {
        let ranges = selection::ranges_in_toml(&text.text, text.offset(world, position));
        nested(position, ranges, |span| text.range(world, span))
    };
    Some(positions.iter().map(selection).collect())
}

/// Ranges, the smallest first, each in the one behind it.
fn nested(position: Position, ranges: Vec<Span>, range: impl Fn(Span) -> Range) -> SelectionRange {
    let around = ranges.into_iter().rev().fold(None, |parent: Option<SelectionRange>, span| {
        Some(SelectionRange { range: range(span), parent: parent.map(Box::new) })
    });
    // The protocol wants a range for every position.
    around.unwrap_or(SelectionRange { range: Range { start: position, end: position }, parent: None })
}
