//! Session files and `momentum-lua.toml`: what keys mean, and paths that lead to their files.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};
use momentum_lua_analyzer::configuration::project::{self, FILE_NAME};
use momentum_lua_analyzer::ide::completion::ItemKind;
use momentum_lua_analyzer::ide::toml;
use momentum_lua_analyzer::rules;
use momentum_lua_analyzer::syntax::{LineIndex, Span};
use momentum_lua_runtime::session;
use serde_json::{Value as Json, json};
use tower_lsp::lsp_types::{
    DocumentLink, GotoDefinitionResponse, Hover, HoverContents, Location, Position, Range, Url,
};

use crate::markup;
use crate::world::World;

/// A text that is open, with its lines.
pub(crate) struct Text {
    /// The text.
    pub(crate) text: Arc<str>,
    /// Its lines.
    pub(crate) lines: LineIndex,
}

impl Text {
    /// The text of an open document.
    pub(crate) fn of(world: &World, url: &Url) -> Option<Self> {
        let text = Arc::clone(&world.document(url)?.text);
        Some(Self { lines: LineIndex::new(&text), text })
    }

    /// The range of a span.
    pub(crate) fn range(&self, world: &World, span: Span) -> Range {
        world.client.positions.range(span, &self.lines, &self.text)
    }

    /// The offset of a position.
    pub(crate) fn offset(&self, world: &World, position: Position) -> u32 {
        world.client.positions.offset(position, &self.lines, &self.text)
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
        range: text.range(world, span),
        target: Some(target),
        tooltip: world.client.link_tooltips.then(|| "Open the file".to_owned()),
        data: None,
    });
    Some(links.collect())
}

/// The schema of `momentum-lua.toml`, with every rule by its name.
pub(crate) static PROJECT: LazyLock<Json> = LazyLock::new(|| {
    let mut schema: Json = serde_json::from_str(&project::json_schema()).unwrap_or_default();
    schema["definitions"]["RuleTable"]["properties"]["lua"]["properties"] = json!({});
    let mut add = |table: &str, code: &str, setting: &str, summary: &str| {
        let properties = schema.pointer_mut(&format!("/definitions/RuleTable{table}/properties"));
        if let Some(properties) = properties.and_then(Json::as_object_mut) {
            let reference = json!({ "$ref": format!("#/definitions/{setting}") });
            properties.insert(code.to_owned(), json!({ "allOf": [reference], "description": summary }));
        }
    };
    for entry in rules::ALL {
        match entry.rule.code.strip_prefix("lua/") {
            Some(lint) => add("/properties/lua", lint, "LuaLint", &entry.summary()),
            None => add("", entry.rule.code, "RuleSetting", &entry.summary()),
        }
    }
    schema
});
/// The schema of session files.
pub(crate) static SESSION: LazyLock<Json> =
    LazyLock::new(|| serde_json::from_str(&session::json_schema()).unwrap_or_default());

/// What the key at a position means.
pub(crate) fn hover(world: &World, url: &Url, position: Position) -> Option<Hover> {
    let text = Text::of(world, url)?;
    let offset = text.offset(world, position);
    let schema = if url.path().ends_with(FILE_NAME) { &PROJECT } else { &SESSION };
    let (value, span) = toml::key::explain(schema, &text.text, offset)?;
    let contents = HoverContents::Markup(markup::content(value, world.client.markdown));
    Some(Hover { contents, range: Some(text.range(world, span)) })
}

/// Keys whose strings are paths, as they stand in session files and in `momentum-lua.toml`.
const PATHS: [&str; 7] = ["policy", "include", "file", "files", "configuration", "lua_path", "stubs"];

/// What the string of a key may name: files beside the document, callouts, functions of the API. `keys` lead to it,
/// `typed` is what stands there already.
pub(crate) fn names(world: &World, url: &Url, keys: &[String], typed: &str) -> Vec<(String, ItemKind)> {
    let api = world.api();
    match keys.iter().rev().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["run" | "not_run", "callouts", ..] | ["name", "hook", ..] => {
            api.hooks().into_iter().map(|hook| (hook.name.to_string(), ItemKind::Callout)).collect()
        }
        ["calls" | "not_called", ..] | ["function", ..] => {
            api.functions().into_iter().map(|one| (one.name.to_string(), ItemKind::Function)).collect()
        }
        [key, ..] if PATHS.contains(key) => {
            let (folder, _) = typed.rsplit_once('/').map_or(("", typed), |(folder, name)| (folder, name));
            let path = world.path_of(url);
            let listed = path.parent().unwrap_or(&path).join(folder);
            let listed = std::fs::read_dir(world.absolute(&listed)).into_iter().flatten().flatten();
            let found = listed.filter_map(|entry| {
                let name = entry.file_name().into_string().ok().filter(|name| !name.starts_with('.'))?;
                if !entry.path().is_dir() && !may_be(key, &name) {
                    return None;
                }
                let before = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                let behind = if entry.path().is_dir() { "/" } else { "" };
                (entry.path() != path).then(|| (format!("{before}{name}{behind}"), ItemKind::File))
            });
            let up =
                if typed.is_empty() || typed.ends_with("../") { Some(format!("{typed}../")) } else { None };
            found.chain(up.map(|up| (up, ItemKind::File))).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether the file at a path under that key may have that name.
fn may_be(key: &str, name: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    match key {
        "policy" => ends(&[".lua", ".conf"]),
        "configuration" => ends(&[".conf"]),
        "include" => ends(&[".toml"]),
        "lua_path" | "stubs" => false,
        _ => true,
    }
}

/// The file that the path at a position leads to.
pub(crate) fn definition(world: &World, url: &Url, position: Position) -> Option<GotoDefinitionResponse> {
    let text = Text::of(world, url)?;
    let offset = text.offset(world, position);
    let paths = paths(world, url, &text.text);
    let (_, target) = paths.into_iter().find(|(span, _)| span.touches(offset))?;
    Some(GotoDefinitionResponse::Scalar(Location { uri: target, range: Range::default() }))
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

fn collect(value: &Spanned<DeValue<'_>>, strings: &mut Vec<(String, std::ops::Range<usize>)>) {
    match value.get_ref() {
        DeValue::String(text) => strings.push((text.to_string(), value.span())),
        DeValue::Array(array) => array.iter().for_each(|one| collect(one, strings)),
        DeValue::Table(table) => table.values().for_each(|one| collect(one, strings)),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}
