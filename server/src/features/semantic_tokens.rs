//! `textDocument/semanticTokens`: full, full with changes, and of a range.

use momentum_lua_analyzer::ide::semantic_tokens::{self, KINDS, MODIFIERS};
use momentum_lua_analyzer::syntax::Span;
use rustc_hash::FxHashMap;
use tower_lsp::lsp_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta,
    SemanticTokensEdit, SemanticTokensFullDeltaResult, SemanticTokensFullOptions, SemanticTokensLegend,
    SemanticTokensOptions, Url, WorkDoneProgressOptions,
};

use crate::view::View;
use crate::world::World;

/// The tokens that the client got last of each document, for what changed since.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    last: FxHashMap<Url, (u64, Vec<SemanticToken>)>,
    count: u64,
}

impl Sent {
    /// Remembers what is sent, and names it.
    fn remember(&mut self, url: Url, tokens: Vec<SemanticToken>) -> String {
        self.count += 1;
        self.last.insert(url, (self.count, tokens));
        self.count.to_string()
    }

    /// What was sent under that name.
    fn sent(&self, url: &Url, name: &str) -> Option<&[SemanticToken]> {
        let (count, tokens) = self.last.get(url)?;
        (count.to_string() == name).then_some(tokens)
    }

    /// Forgets a document that was closed.
    pub(crate) fn forget(&mut self, url: &Url) {
        self.last.remove(url);
    }
}

/// What is offered, with the names of kinds and modifiers.
pub(crate) fn options() -> SemanticTokensOptions {
    SemanticTokensOptions {
        work_done_progress_options: WorkDoneProgressOptions::default(),
        legend: SemanticTokensLegend {
            token_types: KINDS.iter().map(|name| SemanticTokenType::new(name)).collect(),
            token_modifiers: MODIFIERS.iter().map(|name| SemanticTokenModifier::new(name)).collect(),
        },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
    }
}

/// All tokens of a document.
pub(crate) fn full(world: &mut World, url: Url) -> Option<SemanticTokens> {
    let data = encoded(&View::of(world, &url)?, None)?;
    let result_id = Some(world.sent_tokens.remember(url, data.clone()));
    Some(SemanticTokens { result_id, data })
}

/// What changed in the tokens of a document since the result of that name; all of them if that is not known any more.
pub(crate) fn changes(world: &mut World, url: Url, previous: &str) -> Option<SemanticTokensFullDeltaResult> {
    let data = encoded(&View::of(world, &url)?, None)?;
    let edits = world.sent_tokens.sent(&url, previous).map(|known| edits(known, &data));
    let result_id = Some(world.sent_tokens.remember(url, data.clone()));
    Some(match edits {
        Some(edits) => SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id, edits }),
        None => SemanticTokensFullDeltaResult::Tokens(SemanticTokens { result_id, data }),
    })
}

/// The tokens of a part of a document.
pub(crate) fn range(view: &View<'_>, range: Range) -> Option<SemanticTokens> {
    Some(SemanticTokens { result_id: None, data: encoded(view, Some(view.span(range)))? })
}

/// Tokens as the protocol has them: each relative to the one before it.
fn encoded(view: &View<'_>, within: Option<Span>) -> Option<Vec<SemanticToken>> {
    let script = view.script()?;
    let mut last = (0, 0);
    let tokens = semantic_tokens::tokens(&script);
    let wanted = tokens.into_iter().filter(|token| {
        within.is_none_or(|within| token.span.start < within.end && within.start < token.span.end)
    });
    let encoded = wanted.filter_map(|token| {
        let Range { start, end } = view.range(token.span);
        let (line, column) = (start.line, start.character);
        // A token never spans lines.
        let length = if end.line == line { end.character.checked_sub(column)? } else { return None };
        let delta_line = line.checked_sub(last.0)?;
        let delta_start = if delta_line == 0 { column.checked_sub(last.1)? } else { column };
        last = (line, column);
        Some(SemanticToken {
            delta_line,
            delta_start,
            length,
            token_type: token.kind as u32,
            token_modifiers_bitset: token.modifiers,
        })
    });
    Some(encoded.collect())
}

/// The one edit that makes the new list of the old: what stands between a common beginning and a common end. Counts are
/// those of numbers, five for each token.
fn edits(old: &[SemanticToken], new: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    const NUMBERS: u32 = 5;
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
    if start == old.len() && start == new.len() {
        return Vec::new();
    }
    let count = |tokens: usize| u32::try_from(tokens).unwrap_or(u32::MAX / NUMBERS) * NUMBERS;
    let data = new_rest.get(..new_rest.len() - end).unwrap_or_default().to_vec();
    vec![SemanticTokensEdit {
        start: count(start),
        delete_count: count(old_rest.len() - end),
        data: (!data.is_empty()).then_some(data),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(start: u32) -> SemanticToken {
        SemanticToken {
            delta_line: 1,
            delta_start: start,
            length: 1,
            token_type: 0,
            token_modifiers_bitset: 0,
        }
    }

    fn tokens(starts: &[u32]) -> Vec<SemanticToken> {
        starts.iter().map(|&start| token(start)).collect()
    }

    fn edited(old: &[u32], new: &[u32]) -> Vec<SemanticToken> {
        let (mut old, new) = (tokens(old), tokens(new));
        for edit in edits(&old, &new) {
            let start = edit.start as usize / 5;
            old.splice(start..start + edit.delete_count as usize / 5, edit.data.unwrap_or_default());
        }
        old
    }

    #[test]
    fn the_legend_is_documented() {
        let page = include_str!("../../../docs/language-server.md");
        for name in KINDS.iter().chain(MODIFIERS) {
            assert!(page.contains(&format!("`{name}`")), "{name}");
        }
    }

    #[test]
    fn an_edit_makes_the_new_list() {
        let lists: [&[u32]; 7] = [&[], &[1], &[1, 2, 3], &[1, 3], &[1, 1, 1], &[1, 1], &[3, 2, 1]];
        for old in lists {
            for new in lists {
                assert_eq!(edited(old, new), tokens(new), "{old:?} {new:?}");
            }
        }
        assert!(edits(&tokens(&[1, 2]), &tokens(&[1, 2])).is_empty());
    }
}
