//! `textDocument/codeLens` and `codeLens/resolve`: what can be run, who uses a callout, which configuration loads a script.
//!
//! Where lenses stand is said at once; their titles, which need other files, are worked out when they come into sight.

use momentum_lua_analyzer::ide::symbol::{self, Role};
use momentum_lua_analyzer::project::Script;
use momentum_lua_analyzer::syntax::Span;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::lsp_types::{CodeLens, Command, Location, Position, Range, Url};

use crate::execution::RunArguments;
use crate::execution::command::{REFERENCES, RUN, RUN_WITH, SHOW_REPORT, TEST};
use crate::view::View;
use crate::world::World;

/// The client's own command that shows places: a URL, a position, a list of locations.
pub(crate) const SHOW_REFERENCES: &str = "momentum-lua.showReferences";

/// What a lens is about, on its way to the client and back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    uri: Url,
    /// The version of the text that it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    kind: Kind,
    /// The callout, or the name that is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    Run,
    RunWith,
    References,
    Registration,
    RunSession,
    TestSession,
    Report,
}

/// The lenses of a document, without titles.
pub(crate) fn lenses(world: &World, url: &Url) -> Option<Vec<CodeLens>> {
    if !world.settings.code_lens {
        return Some(Vec::new());
    }
    let path = world.path_of(url);
    if world.sessions.get(&path).is_some() {
        return Some(of_session(world, url));
    }
    let view = View::of(world, url)?;
    let script = view.script()?;
    let runs = world.client.executes_commands;
    let version = world.document(url).map(|document| document.version);
    let lens = |span: Span, kind, name: Option<String>| {
        let data = Data { uri: url.clone(), version, kind, name };
        CodeLens { range: view.range(span), command: None, data: serde_json::to_value(data).ok() }
    };
    let mut lenses = Vec::new();
    for (callout, _) in script.registered_callouts() {
        let (span, name) = (callout.write.name_span, Some(callout.name.to_string()));
        if runs {
            lenses.push(lens(span, Kind::Run, name.clone()));
            lenses.push(lens(span, Kind::RunWith, name.clone()));
        }
        lenses.push(lens(span, Kind::References, name));
    }
    for registration in &script.analysis().registrations {
        let name = registration.name.as_ref().map(ToString::to_string);
        lenses.push(lens(registration.span, Kind::Registration, name));
        if runs && world.results.of_document(url).is_some() {
            lenses.push(lens(registration.span, Kind::Report, None));
        }
    }
    lenses.sort_by_key(|lens| (lens.range.start.line, lens.range.start.character));
    Some(lenses)
}

fn of_session(world: &World, url: &Url) -> Vec<CodeLens> {
    if !world.client.executes_commands {
        return Vec::new();
    }
    let mut kinds = vec![Kind::RunSession];
    if world.sessions.get(&world.path_of(url)).is_some_and(|session| session.expects) {
        kinds.push(Kind::TestSession);
    }
    if world.results.of_document(url).is_some() {
        kinds.push(Kind::Report);
    }
    let version = world.document(url).map(|document| document.version);
    let lens = |kind| {
        let data = Data { uri: url.clone(), version, kind, name: None };
        CodeLens { range: Range::default(), command: None, data: serde_json::to_value(data).ok() }
    };
    kinds.into_iter().map(lens).collect()
}

/// Gives a lens its title and command. `None` where its document has another text now, or is gone.
pub(crate) fn resolve(world: &World, mut lens: CodeLens) -> Option<CodeLens> {
    let data: Data = serde_json::from_value(lens.data.clone()?).ok()?;
    let url = &data.uri;
    if world.document(url).map(|document| document.version) != data.version {
        return None;
    }
    let argument = |arguments: &RunArguments| serde_json::to_value(arguments).ok().map(|value| vec![value]);
    let (title, command, arguments) = match data.kind {
        Kind::RunSession => ("▶ Run".to_owned(), RUN, argument(&RunArguments::of(url.clone(), None))),
        Kind::TestSession => ("▶ Test".to_owned(), TEST, Some(vec![json!({ "uri": url })])),
        Kind::Report => ("report of the last run".to_owned(), SHOW_REPORT, Some(vec![json!({ "uri": url })])),
        Kind::Run => {
            let mut arguments = RunArguments::of(url.clone(), data.name.clone());
            let sessions = world.sessions_for(url, data.name.as_deref());
            let title = match sessions.as_slice() {
                [] => "▶ Run".to_owned(),
                [(_, one)] => format!("▶ Run {}", one.name),
                many => format!("▶ Run {} sessions", many.len()),
            };
            let urls = sessions.iter().filter_map(|(path, _)| Url::from_file_path(path).ok());
            arguments.sessions = Some(urls.collect());
            (title, RUN, argument(&arguments))
        }
        Kind::RunWith => {
            let arguments = RunArguments::of(url.clone(), data.name.clone());
            ("▶ Run with …".to_owned(), RUN_WITH, argument(&arguments))
        }
        Kind::References => {
            let view = View::of(world, url)?;
            let locations = references(&view, lens.range.start);
            let title = counted(locations.len(), "reference");
            return Some(with_places(world, lens, title, url, locations));
        }
        Kind::Registration => {
            let view = View::of(world, url)?;
            let script = view.script()?;
            let (title, locations) = registration(&view, &script, data.name.as_deref());
            return Some(with_places(world, lens, title, url, locations));
        }
    };
    lens.command = Some(Command { title, command: command.to_owned(), arguments });
    Some(lens)
}

/// A lens that leads to places, by the best way that the client has.
fn with_places(
    world: &World,
    mut lens: CodeLens,
    title: String,
    url: &Url,
    locations: Vec<Location>,
) -> CodeLens {
    let position = lens.range.start;
    let command = if locations.is_empty() {
        Command { title, command: String::new(), arguments: None }
    } else if world.client.commands.iter().any(|known| known == SHOW_REFERENCES) {
        let arguments = vec![json!(url), json!(position), json!(locations)];
        Command { title, command: SHOW_REFERENCES.to_owned(), arguments: Some(arguments) }
    } else if world.client.executes_commands {
        let argument: Value = json!({ "uri": url, "position": position });
        Command { title, command: REFERENCES.to_owned(), arguments: Some(vec![argument]) }
    } else {
        Command { title, command: String::new(), arguments: None }
    };
    lens.command = Some(command);
    lens
}

/// Where the thing at a position is used, its definition left out.
pub(crate) fn references(view: &View<'_>, position: Position) -> Vec<Location> {
    let Some(script) = view.script() else { return Vec::new() };
    let Some(symbol) = symbol::at(&script, view.offset(position)) else { return Vec::new() };
    let found = symbol::occurrences(view.project(), &symbol);
    let used = found.into_iter().filter(|occurrence| occurrence.role == Role::Read);
    used.filter_map(|occurrence| view.location(occurrence.file, occurrence.span)).collect()
}

/// How many callouts a registration brings, and where a configuration loads the script.
fn registration(view: &View<'_>, script: &Script<'_>, name: Option<&str>) -> (String, Vec<Location>) {
    let callouts =
        script.registered_callouts().filter(|(_, registration)| registration.name.as_deref() == name).count();
    let mut title = counted(callouts, "callout");
    let mut locations = Vec::new();
    let mut has_configuration = false;
    for server in view.project().server_configurations() {
        has_configuration = true;
        for stanza in server.policy().scripts() {
            if server.script_file(stanza).is_none_or(|one| one.id() != script.id()) {
                continue;
            }
            let place = server.place(&stanza.head);
            locations.extend(place.and_then(|(file, span)| view.location(file, span)));
        }
    }
    match (has_configuration, locations.first()) {
        (true, None) => title.push_str(", but no configuration loads this script"),
        (_, Some(first)) => {
            let file = first.uri.path_segments().and_then(|mut parts| parts.next_back());
            title.push_str(&format!(", loaded by {}", file.unwrap_or("the configuration")));
            if locations.len() > 1 {
                title.push_str(&format!(" and {} more", locations.len() - 1));
            }
        }
        (false, None) => {}
    }
    (title, locations)
}

fn counted(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        number => format!("{number} {what}s"),
    }
}
