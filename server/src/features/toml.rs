//! Session files and `momentum-lua.toml`: what keys mean, and paths that lead to their files.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use momentum_lua_analyzer::configuration::project::FILE_NAME;
use momentum_lua_analyzer::ide::toml_key;
use momentum_lua_analyzer::syntax::{LineIndex, Span};
use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use tower_lsp::lsp_types::{
    DocumentLink, GotoDefinitionResponse, Hover, HoverContents, Location, MarkupContent, MarkupKind,
    Position, Url,
};

use crate::world::World;

/// A text that is open, with its lines.
struct Text {
    text: Arc<str>,
    lines: LineIndex,
}

impl Text {
    fn of(world: &World, url: &Url) -> Option<Self> {
        let text = Arc::clone(&world.document(url)?.text);
        Some(Self { lines: LineIndex::new(&text), text })
    }
}

/// Whether a document is none of the policy tree but says something about it.
pub(crate) fn is_toml(url: &Url) -> bool {
    Path::new(url.path()).extension().is_some_and(|ending| ending == "toml")
}

/// The paths in a document that lead to files.
pub(crate) fn links(world: &World, url: &Url) -> Option<Vec<DocumentLink>> {
    let text = Text::of(world, url)?;
    let links = paths(world, url, &text.text).into_iter().map(|(span, target)| DocumentLink {
        range: world.client.positions.range(span, &text.lines, &text.text),
        target: Some(target),
        tooltip: world.client.link_tooltips.then(|| "Open the file".to_owned()),
        data: None,
    });
    Some(links.collect())
}

/// The schemas of the two kinds of files: the pages that people get hold what the programs read.
static PROJECT: LazyLock<Json> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../docs/schema/momentum-lua.schema.json")).unwrap_or_default()
});
static SESSION: LazyLock<Json> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../docs/schema/session.schema.json")).unwrap_or_default()
});

/// What the key at a position means.
pub(crate) fn hover(world: &World, url: &Url, position: Position) -> Option<Hover> {
    let text = Text::of(world, url)?;
    let positions = world.client.positions;
    let offset = positions.offset(position, &text.lines, &text.text);
    let schema = if url.path().ends_with(FILE_NAME) { &PROJECT } else { &SESSION };
    let (value, span) = toml_key::explain(schema, &text.text, offset)?;
    let kind = if world.client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let contents = HoverContents::Markup(MarkupContent { kind, value });
    Some(Hover { contents, range: Some(positions.range(span, &text.lines, &text.text)) })
}

/// The file that the path at a position leads to.
pub(crate) fn definition(world: &World, url: &Url, position: Position) -> Option<GotoDefinitionResponse> {
    let text = Text::of(world, url)?;
    let offset = world.client.positions.offset(position, &text.lines, &text.text);
    let paths = paths(world, url, &text.text);
    let (_, target) = paths.into_iter().find(|(span, _)| span.touches(offset))?;
    Some(GotoDefinitionResponse::Scalar(Location {
        uri: target,
        range: tower_lsp::lsp_types::Range::default(),
    }))
}

/// The strings that are paths of files, without their quotes. They begin at the folder of the document.
fn paths(world: &World, url: &Url, text: &str) -> Vec<(Span, Url)> {
    // What can be read of a broken document counts.
    let (document, _) = DeTable::parse_recoverable(text);
    let mut strings = Vec::new();
    document.get_ref().values().for_each(|value| collect(value, &mut strings));
    let path = world.path_of(url);
    let folder = path.parent().unwrap_or(&path);
    let found = strings.into_iter().filter_map(|(name, range)| {
        // What has neither is a name or an address.
        if !name.contains(['/', '.']) || name.contains('\n') {
            return None;
        }
        let target = world.absolute(&folder.join(&name));
        let is_file = target.is_file();
        let written = text.get(range.clone())?;
        let quotes = if written.len() == name.len() + 2 { 1 } else { 0 };
        let start = u32::try_from(range.start + quotes).ok()?;
        let end = u32::try_from(range.end - quotes).ok()?;
        let url = is_file.then(|| world.url_of(&target))??;
        Some((Span::new(start, end), url))
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(span, _)| span.start);
    found
}

fn collect(value: &Spanned<DeValue<'_>>, strings: &mut Vec<(String, Range<usize>)>) {
    match value.get_ref() {
        DeValue::String(text) => strings.push((text.to_string(), value.span())),
        DeValue::Array(array) => array.iter().for_each(|one| collect(one, strings)),
        DeValue::Table(table) => table.values().for_each(|one| collect(one, strings)),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}
