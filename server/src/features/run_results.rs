//! What the last run did, at the ends of lines.

use std::collections::BTreeMap;

use momentum_lua_analyzer::syntax::{LineIndex, Span};
use tower_lsp::lsp_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range, Url};

use crate::execution::RunResult;
use crate::markup;
use crate::world::World;

/// The longest label, in characters; the rest stands in the tooltip.
const LONGEST: usize = 80;

/// How many things that happened at one line in one session are told.
const MOST: usize = 4;

/// The hints of the last run in a part of a document.
pub(crate) fn hints(world: &World, url: &Url, range: Range) -> Vec<InlayHint> {
    if !world.settings.inlay_hints.results {
        return Vec::new();
    }
    let path = world.path_of(url);
    let (Some(result), Some(text)) = (world.results.in_file(&path), world.text_or_disk(&path)) else {
        return Vec::new();
    };
    let lines = LineIndex::new(&text);
    let mut by_line: BTreeMap<u32, Vec<(usize, &str)>> = BTreeMap::new();
    for (line, note) in result.notes(&path, &text) {
        if (range.start.line..=range.end.line).contains(&line) {
            by_line.entry(line).or_default().push((note.session, &note.text));
        }
    }
    let hints = by_line.into_iter().map(|(line, said)| {
        let whole = said_by_sessions(result, &said);
        let mark = if result.is_stale() { "▸ before the last change: " } else { "▸ " };
        let end = lines.line_span(line, &text).end;
        InlayHint {
            position: world.client.positions.range(Span::empty(end), &lines, &text).end,
            label: InlayHintLabel::String(shortened(&format!("{mark}{}", whole.join(" │ ")))),
            kind: None,
            text_edits: None,
            tooltip: Some(tooltip(result, &whole, world.client.markdown)),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        }
    });
    hints.collect()
}

/// What was said, the same of several sessions once.
fn said_by_sessions(result: &RunResult, said: &[(usize, &str)]) -> Vec<String> {
    let mut of_session: BTreeMap<usize, Vec<(&str, usize)>> = BTreeMap::new();
    for (session, text) in said {
        let texts = of_session.entry(*session).or_default();
        match texts.iter_mut().find(|(known, _)| known == text) {
            Some((_, count)) => *count += 1,
            None => texts.push((text, 1)),
        }
    }
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (session, texts) in of_session {
        let more = texts.len().saturating_sub(MOST);
        let shown = texts.iter().take(MOST).map(|(text, count)| match count {
            1 => (*text).to_owned(),
            count => format!("{text} ×{count}"),
        });
        let mut shown = shown.collect::<Vec<_>>().join("  ");
        if more > 0 {
            shown.push_str(&format!("  … and {more} more"));
        }
        match groups.iter_mut().find(|(known, _)| *known == shown) {
            Some((_, sessions)) => sessions.push(session),
            None => groups.push((shown, vec![session])),
        }
    }
    if let ([(text, _)], [_]) = (groups.as_slice(), result.ran.as_slice()) {
        return vec![text.clone()];
    }
    let named = groups.into_iter().map(|(text, sessions)| match sessions.as_slice() {
        [one] => format!("{}: {text}", result.ran.get(*one).map_or("", |ran| &ran.name)),
        many if many.len() == result.ran.len() => text,
        many => format!("{} sessions: {text}", many.len()),
    });
    named.collect()
}

fn tooltip(result: &RunResult, whole: &[String], renders_markdown: bool) -> InlayHintTooltip {
    let names: Vec<&str> = result.ran.iter().map(|ran| ran.name.as_str()).collect();
    let mut value = whole.join("\n");
    let stale = if result.is_stale() { "The text has changed since. " } else { "" };
    value = format!("{stale}Run with {}.\n```text\n{value}\n```", names.join(", "));
    InlayHintTooltip::MarkupContent(markup::content(value, renders_markdown))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}
