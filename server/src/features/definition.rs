//! `textDocument/definition`, `declaration`, `typeDefinition` and `implementation`.

use momentum_lua_analyzer::ide::definition;
use momentum_lua_analyzer::ide::server_configuration;
use momentum_lua_analyzer::ide::target::{Leads, Target};
use momentum_lua_analyzer::project::Script;
use momentum_lua_analyzer::syntax::LineIndex;
use momentum_lua_stubs::reader::model::Origin;
use tower_lsp::lsp_types::{
    GotoCapability, GotoDefinitionResponse, Location, LocationLink, Position, TextDocumentClientCapabilities,
    Url,
};

use crate::stub_files;
use crate::view::View;

/// Where the thing at a position is defined.
pub(crate) fn definition(view: &View<'_>, position: Position) -> Option<GotoDefinitionResponse> {
    let leads = leads(view, position, definition::definition)?;
    response(view, leads, |text| text.definition)
}

/// Where the thing at a position is declared.
pub(crate) fn declaration(view: &View<'_>, position: Position) -> Option<GotoDefinitionResponse> {
    let leads = leads(view, position, definition::declaration)?;
    response(view, leads, |text| text.declaration)
}

/// Where the type of the thing at a position is defined.
pub(crate) fn type_definition(view: &View<'_>, position: Position) -> Option<GotoDefinitionResponse> {
    let leads = definition::type_definition(&view.script()?, view.offset(position))?;
    response(view, leads, |text| text.type_definition)
}

/// What implements the thing at a position.
pub(crate) fn implementation(view: &View<'_>, position: Position) -> Option<GotoDefinitionResponse> {
    let offset = view.offset(position);
    let leads = match view.script() {
        Some(script) => definition::implementation(&script, offset)?,
        None => server_configuration::implementation(view.project(), view.file, offset)?,
    };
    response(view, leads, |text| text.implementation)
}

/// A question about a script; a configuration file has definitions alone.
fn leads(
    view: &View<'_>,
    position: Position,
    of_script: fn(&Script<'_>, u32) -> Option<Leads>,
) -> Option<Leads> {
    let offset = view.offset(position);
    match view.script() {
        Some(script) => of_script(&script, offset),
        None => server_configuration::definition(view.project(), view.file, offset),
    }
}

/// Links, for clients that take them: they show what leads there, and the whole of what is there.
fn response(
    view: &View<'_>,
    leads: Leads,
    capability: fn(&TextDocumentClientCapabilities) -> Option<GotoCapability>,
) -> Option<GotoDefinitionResponse> {
    let text = view.client().capabilities.text_document.as_ref();
    let takes_links = text.and_then(capability).and_then(|capability| capability.link_support);
    let places = leads.to.iter().filter_map(|target| link(view, target));
    if takes_links == Some(true) {
        let from = view.range(leads.from);
        let links: Vec<LocationLink> =
            places.map(|link| LocationLink { origin_selection_range: Some(from), ..link }).collect();
        return (!links.is_empty()).then_some(GotoDefinitionResponse::Link(links));
    }
    let places: Vec<Location> =
        places.map(|link| Location { uri: link.target_uri, range: link.target_selection_range }).collect();
    (!places.is_empty()).then_some(GotoDefinitionResponse::Array(places))
}

/// A target as the protocol has it.
pub(crate) fn link(view: &View<'_>, target: &Target) -> Option<LocationLink> {
    match target {
        Target::File { file, whole, name } => {
            let there = View::of_file(view.world, view.tree, *file)?;
            Some(LocationLink {
                origin_selection_range: None,
                target_uri: there.url()?,
                target_range: there.range(whole.to(*name)),
                target_selection_range: there.range(*name),
            })
        }
        Target::Stub { origin, name } => {
            let place = stub(view, origin, name)?;
            Some(LocationLink {
                origin_selection_range: None,
                target_uri: place.uri,
                target_range: place.range,
                target_selection_range: place.range,
            })
        }
    }
}

/// A place in a stub. `None`, with a word in the log, where the file cannot be had.
pub(crate) fn stub(view: &View<'_>, origin: &Origin, name: &str) -> Option<Location> {
    let world = view.world;
    let file = match stub_files::of(origin, view.tree, &|path| world.absolute(path)) {
        Ok(file) => file,
        Err(error) => {
            let message = format!("the stub {origin} cannot be shown: {error}");
            world.outgoing.log(tower_lsp::lsp_types::MessageType::WARNING, message);
            return None;
        }
    };
    let lines = LineIndex::new(&file.text);
    let span = stub_files::span(&file.text, &lines, origin, name);
    let range = world.client.positions.range(span, &lines, &file.text);
    Some(Location { uri: Url::from_file_path(&file.path).ok()?, range })
}
