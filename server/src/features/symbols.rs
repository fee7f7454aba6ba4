//! `textDocument/documentSymbol` and `workspace/symbol`.

use momentum_lua_analyzer::ide::outline::{self, Entry, EntryKind};
use momentum_lua_analyzer::ide::{configuration_outline, toml};
use momentum_lua_analyzer::syntax::Span;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use tower_lsp::lsp_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, Range, SymbolInformation, SymbolKind, Url,
};

use super::toml::Text;
use crate::client::Profile;
use crate::view::View;
use crate::world::World;

/// A list that is longer helps nobody.
const MOST: usize = 512;

/// The outline of a document: a tree, or for a client that builds none a list.
pub(crate) fn of_document(view: &View<'_>) -> Option<DocumentSymbolResponse> {
    Some(shown(entries(view), &view.url()?, view.client(), &|span| view.range(span)))
}

/// The outline of a TOML document.
pub(crate) fn of_toml(world: &World, url: &Url) -> Option<DocumentSymbolResponse> {
    let text = Text::of(world, url)?;
    Some(shown(toml::outline::outline(&text.text), url, &world.client, &|span| text.range(world, span)))
}

fn shown(
    entries: Vec<Entry>,
    uri: &Url,
    client: &Profile,
    range: &impl Fn(Span) -> Range,
) -> DocumentSymbolResponse {
    if client.symbol_tree {
        return DocumentSymbolResponse::Nested(entries.into_iter().map(|entry| tree(range, entry)).collect());
    }
    let mut list = Vec::new();
    flatten(range, uri, &entries, None, &mut list);
    DocumentSymbolResponse::Flat(list)
}

/// The symbols of all trees whose names have the letters of the query in that order, the best first. An empty query has
/// all of them.
pub(crate) fn of_workspace(world: &World, query: &str) -> Vec<SymbolInformation> {
    let pattern = Pattern::new(query, CaseMatching::Smart, Normalization::Smart, AtomKind::Fuzzy);
    let mut search =
        Search { pattern, matcher: Matcher::new(Config::DEFAULT), letters: Vec::new(), found: Vec::new() };
    for tree in world.trees() {
        for file in tree.workspace.project().files() {
            // A folder may be open beside one that it lies in.
            let path = tree.workspace.path(file);
            if path.is_none_or(|path| !world.is_of(&path, tree)) {
                continue;
            }
            let Some(view) = View::of_file(world, tree, file) else { continue };
            search.entries(view, &entries(&view), None);
        }
    }
    let mut found = search.found;
    // Which file was read first is no reason for an order.
    let place =
        |found: &Found<'_>| (found.view.tree.workspace.path(found.view.file), found.symbol.span.start);
    found.sort_by(|one, other| {
        let (name, other_name) = (&one.symbol.name, &other.symbol.name);
        let by_name = || name.len().cmp(&other_name.len()).then_with(|| name.cmp(other_name));
        other.score.cmp(&one.score).then_with(by_name).then_with(|| place(one).cmp(&place(other)))
    });
    found.truncate(MOST);
    found.into_iter().filter_map(|found| found.finish()).collect()
}

/// A search through outlines.
struct Search<'a> {
    pattern: Pattern,
    matcher: Matcher,
    letters: Vec<char>,
    found: Vec<Found<'a>>,
}

/// A symbol that fits, better the higher its score.
struct Found<'a> {
    score: u32,
    view: View<'a>,
    symbol: Symbol,
}

struct Symbol {
    name: String,
    kind: EntryKind,
    span: Span,
    container: Option<String>,
}

impl<'a> Search<'a> {
    fn entries(&mut self, view: View<'a>, entries: &[Entry], container: Option<&str>) {
        for entry in entries {
            // Options of a configuration have the same names everywhere.
            let is_named = !entry.name.trim().is_empty();
            if is_named && !matches!(entry.kind, EntryKind::Option | EntryKind::Include) {
                let name = Utf32Str::new(&entry.name, &mut self.letters);
                if let Some(score) = self.pattern.score(name, &mut self.matcher) {
                    let symbol = Symbol {
                        name: entry.name.clone(),
                        kind: entry.kind,
                        span: entry.name_span,
                        container: container.map(str::to_owned),
                    };
                    self.found.push(Found { score, view, symbol });
                }
            }
            self.entries(view, &entry.children, Some(&entry.name));
        }
    }
}

impl Found<'_> {
    #[expect(deprecated, reason = "the protocol's type has a field that is no longer used")]
    fn finish(self) -> Option<SymbolInformation> {
        let Symbol { name, kind: of, span, container } = self.symbol;
        Some(SymbolInformation {
            name,
            kind: kind(of),
            tags: None,
            deprecated: None,
            location: Location { uri: self.view.url()?, range: self.view.range(span) },
            container_name: container,
        })
    }
}

fn entries(view: &View<'_>) -> Vec<Entry> {
    match view.script() {
        Some(script) => outline::outline(&script),
        None => configuration_outline::outline(view.project(), view.file),
    }
}

fn kind(kind: EntryKind) -> SymbolKind {
    match kind {
        EntryKind::Callout => SymbolKind::EVENT,
        EntryKind::Method => SymbolKind::METHOD,
        EntryKind::Function => SymbolKind::FUNCTION,
        EntryKind::Table => SymbolKind::OBJECT,
        EntryKind::Field => SymbolKind::FIELD,
        EntryKind::Variable => SymbolKind::VARIABLE,
        EntryKind::Stanza => SymbolKind::NAMESPACE,
        EntryKind::Option => SymbolKind::PROPERTY,
        EntryKind::Include => SymbolKind::FILE,
    }
}

/// What is being written may have no name yet, and one symbol with an empty name makes VS Code refuse all of them.
fn shown_name(name: &str) -> String {
    if name.trim().is_empty() { "…".to_owned() } else { name.to_owned() }
}

#[expect(deprecated, reason = "the protocol's type has a field that is no longer used")]
fn tree(range: &impl Fn(Span) -> Range, entry: Entry) -> DocumentSymbol {
    let selection_range = range(entry.name_span);
    let children: Vec<_> = entry.children.into_iter().map(|child| tree(range, child)).collect();
    DocumentSymbol {
        name: shown_name(&entry.name),
        detail: (!entry.detail.is_empty()).then_some(entry.detail),
        kind: kind(entry.kind),
        tags: None,
        deprecated: None,
        // Clients refuse a symbol whose name does not lie in it.
        range: range(entry.span.to(entry.name_span)),
        selection_range,
        children: (!children.is_empty()).then_some(children),
    }
}

#[expect(deprecated, reason = "the protocol's type has a field that is no longer used")]
fn flatten(
    range: &impl Fn(Span) -> Range,
    uri: &Url,
    entries: &[Entry],
    container: Option<&str>,
    list: &mut Vec<SymbolInformation>,
) {
    for entry in entries {
        list.push(SymbolInformation {
            name: shown_name(&entry.name),
            kind: kind(entry.kind),
            tags: None,
            deprecated: None,
            location: Location { uri: uri.clone(), range: range(entry.name_span) },
            container_name: container.map(str::to_owned),
        });
        flatten(range, uri, &entry.children, Some(&entry.name), list);
    }
}
