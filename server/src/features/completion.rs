//! `textDocument/completion` and `completionItem/resolve`.

use momentum_lua_analyzer::configuration::project::FILE_NAME;
use momentum_lua_analyzer::ide::completion::{self as ide, Completion, Item, ItemKind, Rank, Subject};
use momentum_lua_analyzer::project::FileKind;
use momentum_lua_analyzer::syntax::{LineIndex, Span};
use momentum_lua_runtime::session::looks_like_session;
use momentum_lua_workspace::settings::version;
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{
    CompletionContext, CompletionItem, CompletionItemCapability, CompletionItemKind,
    CompletionItemLabelDetails, CompletionItemTag, CompletionList, CompletionResponse, CompletionTextEdit,
    Documentation, InsertReplaceEdit, InsertTextFormat, InsertTextMode, MarkupKind, Position, Range,
    TextEdit, Url,
};

use super::toml::{PROJECT, SESSION};
use crate::client::Profile;
use crate::edits;
use crate::markup;
use crate::view::View;
use crate::world::World;

/// What comes back when the documentation of an item is asked for.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    uri: Url,
    subject: Subject,
}

/// What may stand at a position.
pub(crate) fn completion(
    world: &World,
    url: &Url,
    position: Position,
    context: Option<&CompletionContext>,
) -> Option<CompletionResponse> {
    if super::toml::is_toml(url) {
        return toml(world, url, position);
    }
    let view = View::of(world, url)?;
    let offset = view.offset(position);
    let trigger = context.and_then(|context| context.trigger_character.as_ref()?.chars().next());
    let completion = match (view.script(), view.project().kind(view.file)) {
        (Some(script), _) => ide::complete(&script, offset, trigger),
        (None, Some(FileKind::ServerConfiguration)) => {
            let target = version(view.tree.workspace.configuration().project.target);
            ide::server_configuration::complete(view.project(), view.file, offset, target)
        }
        _ => return None,
    };
    let place = Place { profile: &world.client, text: view.text, lines: view.lines, offset, url };
    let edits = |item: &Item| edits::text_edits(&view, &item.edits);
    Some(place.response(&completion, edits))
}

/// Completion in a TOML file that we know the content of.
fn toml(world: &World, url: &Url, position: Position) -> Option<CompletionResponse> {
    let document = world.document(url)?;
    let text: &str = &document.text;
    let schema: &serde_json::Value = if url.path().ends_with(FILE_NAME) {
        &PROJECT
    } else if is_session(world, url, text) {
        &SESSION
    } else {
        return None;
    };
    let lines = LineIndex::new(text);
    let offset = world.client.positions.offset(position, &lines, text);
    let completion = ide::toml::complete(schema, text, offset, &|keys: &[String], typed: &str| {
        super::toml::names(world, url, keys, typed)
    });
    let place = Place { profile: &world.client, text, lines: &lines, offset, url };
    Some(place.response(&completion, |_| Vec::new()))
}

/// Whether a TOML file is a session, or one that a session includes. A text that does not tell yet is one where its name
/// or its folder say so and nothing in it says otherwise.
fn is_session(world: &World, url: &Url, text: &str) -> bool {
    let path = world.path_of(url);
    let is_expected = || {
        let folder = path.parent();
        url.path().ends_with(".session.toml")
            || folder.is_some_and(|folder| folder.ends_with("sessions"))
            || world.sessions.all().into_iter().any(|(known, _)| known != path && known.parent() == folder)
    };
    let fits = || {
        let (document, _) = ::toml::de::DeTable::parse_recoverable(text);
        let known = SESSION["properties"].as_object();
        // One that is being written is the beginning of a key.
        let begins = |key: &str| known.is_some_and(|known| known.keys().any(|name| name.starts_with(key)));
        document.get_ref().keys().all(|key| begins(key.get_ref()))
    };
    world.sessions.knows(&path) || looks_like_session(text) || (is_expected() && fits())
}

/// Where items go.
struct Place<'a> {
    profile: &'a Profile,
    text: &'a str,
    lines: &'a LineIndex,
    offset: u32,
    url: &'a Url,
}

impl Place<'_> {
    fn response(
        &self,
        completion: &Completion,
        edits: impl Fn(&Item) -> Vec<TextEdit>,
    ) -> CompletionResponse {
        let client = self.profile.completion_item();
        let items = completion.items.iter().map(|item| {
            let replace = item.replace.unwrap_or(completion.replace);
            self.item(item, replace, edits(item), &client)
        });
        CompletionResponse::List(CompletionList {
            is_incomplete: completion.incomplete,
            items: items.collect(),
        })
    }

    fn item(
        &self,
        item: &Item,
        replace: Span,
        edits: Vec<TextEdit>,
        client: &CompletionItemCapability,
    ) -> CompletionItem {
        let can = |what: Option<bool>| what.unwrap_or(false);
        let snippet = self.profile.snippets && item.insertion.has_stops();
        let text = if snippet { item.insertion.snippet() } else { item.insertion.plain() };
        let several_lines = text.contains('\n');
        let adjusts = client
            .insert_text_mode_support
            .as_ref()
            .is_some_and(|modes| modes.value_set.contains(&InsertTextMode::ADJUST_INDENTATION));
        let tags = client
            .tag_support
            .as_ref()
            .is_some_and(|tags| tags.value_set.contains(&CompletionItemTag::DEPRECATED));
        let details = can(client.label_details_support);
        let detail = match (&item.parameters, &item.detail) {
            (Some(parameters), Some(detail)) if !details => Some(format!("{parameters} {detail}")),
            (Some(parameters), None) if !details => Some(parameters.clone()),
            (_, detail) => detail.clone().filter(|_| !details),
        };
        let subject = item.subject.clone();
        CompletionItem {
            label: item.label.clone(),
            label_details: details.then(|| CompletionItemLabelDetails {
                detail: item.parameters.clone(),
                description: item.detail.clone(),
            }),
            kind: Some(kind(item.kind)),
            detail,
            deprecated: (item.deprecated && !tags && can(client.deprecated_support)).then_some(true),
            tags: (item.deprecated && tags).then(|| vec![CompletionItemTag::DEPRECATED]),
            preselect: (item.rank == Rank::Fitting && item.order == 0 && can(client.preselect_support))
                .then_some(true),
            sort_text: Some(format!("{}{:04}{}", item.rank as u8, item.order.min(9999), item.label)),
            filter_text: item.filter.clone(),
            insert_text_format: snippet.then_some(InsertTextFormat::SNIPPET),
            insert_text_mode: (several_lines && adjusts).then_some(InsertTextMode::ADJUST_INDENTATION),
            text_edit: Some(self.text_edit(text, replace, can(client.insert_replace_support))),
            additional_text_edits: (!edits.is_empty()).then_some(edits),
            data: subject
                .and_then(|subject| serde_json::to_value(Data { uri: self.url.clone(), subject }).ok()),
            ..CompletionItem::default()
        }
    }

    /// The protocol wants ranges of one line: of a longer one only the part in the cursor's line is replaced.
    fn text_edit(&self, new_text: String, replace: Span, both: bool) -> CompletionTextEdit {
        let line = self.lines.line_span(self.lines.line(self.offset), self.text);
        let start = replace.start.clamp(line.start, self.offset.max(line.start));
        let end = replace.end.clamp(self.offset, line.end.max(self.offset));
        let range = |start, end| -> Range {
            self.profile.positions.range(Span::new(start, end), self.lines, self.text)
        };
        if both && end > self.offset {
            return CompletionTextEdit::InsertAndReplace(InsertReplaceEdit {
                new_text,
                insert: range(start, self.offset),
                replace: range(start, end),
            });
        }
        CompletionTextEdit::Edit(TextEdit { range: range(start, end), new_text })
    }
}

fn kind(kind: ItemKind) -> CompletionItemKind {
    match kind {
        ItemKind::Method => CompletionItemKind::METHOD,
        ItemKind::Function => CompletionItemKind::FUNCTION,
        ItemKind::Callout => CompletionItemKind::EVENT,
        ItemKind::Field => CompletionItemKind::FIELD,
        ItemKind::Variable | ItemKind::Parameter => CompletionItemKind::VARIABLE,
        ItemKind::Constant => CompletionItemKind::CONSTANT,
        ItemKind::Class => CompletionItemKind::CLASS,
        ItemKind::Module => CompletionItemKind::MODULE,
        ItemKind::Keyword => CompletionItemKind::KEYWORD,
        ItemKind::Value => CompletionItemKind::VALUE,
        ItemKind::File => CompletionItemKind::FILE,
        ItemKind::Option => CompletionItemKind::PROPERTY,
        ItemKind::Stanza => CompletionItemKind::STRUCT,
        ItemKind::Snippet => CompletionItemKind::SNIPPET,
    }
}

/// The item with its documentation. One that we do not know comes back as it is.
pub(crate) fn resolve(world: &World, mut item: CompletionItem) -> CompletionItem {
    let data = item.data.as_ref().and_then(|data| Data::deserialize(data).ok());
    let Some(data) = data else { return item };
    let tree = View::of(world, &data.uri).map(|view| view.tree).or_else(|| world.trees().first());
    let document = match (&data.subject, tree) {
        (Subject::Words(words), _) => {
            Some(ide::documentation::Document { detail: None, text: words.clone() })
        }
        (subject, Some(tree)) => {
            let configured = &tree.workspace.configuration().project;
            let page_url = |page: &str| configured.page_url(page);
            let project = tree.workspace.project();
            ide::documentation::document(project, subject, version(configured.target), &page_url)
        }
        _ => None,
    };
    if let Some(document) = document {
        if document.detail.is_some() {
            item.detail = document.detail;
        }
        let formats = world.client.completion_item().documentation_format;
        let markdown = formats.is_none_or(|formats| formats.contains(&MarkupKind::Markdown));
        item.documentation = Some(Documentation::MarkupContent(markup::content(document.text, markdown)));
    }
    item
}
