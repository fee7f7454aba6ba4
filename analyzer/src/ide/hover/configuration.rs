//! Options, stanzas and scripts of the server's configuration.

use super::{Hover, PageUrl, described};
use crate::configuration::includes::ConfiguredOption;
use crate::configuration::near::did_you_mean;
use crate::ide::context_variable;
use crate::ide::server_configuration::{self, Place};
use crate::project::{Dictionary, FileId, Project, Script, ServerConfiguration};
use momentum_lua_stub_reader::database::Entry;
use momentum_lua_stub_reader::model::ConfigurationScope;
use std::fmt::Write as _;

/// What is known of the thing at `offset` of a configuration file.
#[must_use]
pub fn of_configuration(
    project: &Project,
    file: FileId,
    offset: u32,
    page_url: PageUrl<'_>,
) -> Option<Hover> {
    let server = server_configuration::of_file(project, file)?;
    let place = server_configuration::at(&server, file, offset)?;
    if let Some((name, span)) = context_variable::of_listener(project, file, offset) {
        let markdown = super::context_variable::described(project, Dictionary::Connection, &name, page_url);
        return Some(Hover { markdown, span });
    }
    let span = place.span();
    let markdown = match &place {
        Place::Key { option, within } | Place::Value { option, within, .. }
            if !option.key.is("source") || matches!(place, Place::Key { .. }) =>
        {
            match server_configuration::known_option(project, within, &option.key.text) {
                Some(known) => described(project.api(), Entry::Option(known), page_url),
                None => unknown_option(&server, &option.key.text, within, page_url),
            }
        }
        Place::Scope { scope, within } => {
            match server_configuration::known_stanza(project, &scope.kind.text) {
                Some(known) => stanza(known, page_url),
                None => unknown_stanza(project, &scope.kind.text, within),
            }
        }
        Place::Include { path } => {
            let included = server.included_file(&path.text, file)?;
            format!("Includes {}", project.path(included)?)
        }
        Place::Name { .. } | Place::Value { .. } | Place::Key { .. } => {
            let target = server_configuration::definition(project, file, offset)?.to.into_iter().next()?;
            let crate::ide::target::Target::File { file, .. } = target else { return None };
            script(&project.script(file)?)
        }
    };
    Some(Hover { markdown, span })
}

/// Places that are listed: a hover is no page.
const MOST: usize = 8;

/// An option that the stubs do not describe, at least not for that stanza.
fn unknown_option(
    server: &ServerConfiguration<'_>,
    name: &str,
    within: &str,
    page_url: PageUrl<'_>,
) -> String {
    let api = server.project().api();
    let place = place_in_words(within);
    if let Some(known) = api.options().into_iter().find(|option| option.name.eq_ignore_ascii_case(name)) {
        let text = described(api, Entry::Option(known), page_url);
        return format!("Not described as an option of {place}.\n\n{text}");
    }
    let mut text = format!("```\n{name}\n```\n*option of {place}*\n");
    let here = api
        .options()
        .into_iter()
        .filter(|option| option.scopes.iter().any(|known| known.eq_ignore_ascii_case(within)));
    let meant = did_you_mean(name, here.map(|option| option.name.as_str()));
    let _ = writeln!(
        text,
        "\nNothing is known of it here: only options that have to do with Lua policy are described{}",
        if meant.is_empty() { "." } else { &meant }
    );
    let places = server_configuration::options_named(server, name);
    if places.len() > 1 {
        text.push_str("\n**Set in**\n");
        for (option, within) in places.iter().take(MOST) {
            let place = place_in_words(within);
            let _ = writeln!(text, "- {place}{}", at_line(server, option));
        }
        if places.len() > MOST {
            let _ = writeln!(text, "- … and {} more", places.len() - MOST);
        }
    }
    text
}

/// `, ecelerity.conf:12`
fn at_line(server: &ServerConfiguration<'_>, option: &ConfiguredOption) -> String {
    let line = server.place(&option.key_place()).and_then(|(file, span)| {
        let project = server.project();
        let path = project.path(file)?;
        let line = project.lines(file)?.line(span.start) + 1;
        Some(format!(", {}:{line}", path.rsplit('/').next().unwrap_or(path)))
    });
    line.unwrap_or_default()
}

fn place_in_words(within: &str) -> String {
    if within == "global" { "the server as a whole".to_owned() } else { format!("`{within}`") }
}

/// A stanza that the stubs do not describe.
fn unknown_stanza(project: &Project, kind: &str, within: &str) -> String {
    let scopes = project.api().server().map(|server| server.scopes.as_slice()).unwrap_or_default();
    let here =
        scopes.iter().filter(|scope| scope.inside.iter().any(|known| known.eq_ignore_ascii_case(within)));
    let meant = did_you_mean(kind, here.map(|scope| scope.name.as_str()));
    let end = if meant.is_empty() { "." } else { &meant };
    format!(
        "```\n{kind} {{ … }}\n```\n*stanza*\n\nNothing is known of it here: only stanzas that have to do with Lua policy are described{end}\n"
    )
}

fn stanza(scope: &ConfigurationScope, page_url: PageUrl<'_>) -> String {
    let mut text = format!("```\n{} {{ … }}\n```\n*stanza*\n\n{}\n", scope.name, scope.about.doc);
    if let Some(page) = &scope.about.page {
        let _ = writeln!(text, "\n[{page}]({})", page_url(page));
    }
    text
}

/// A script that a stanza loads, with the callouts that it registers.
fn script(script: &Script<'_>) -> String {
    let mut text = format!("Script {}\n", script.path());
    let callouts: Vec<String> =
        script.registered_callouts().map(|(callout, _)| format!("- `{}`\n", callout.name)).collect();
    if callouts.is_empty() {
        text.push_str("\nIt registers no callout or hook itself.\n");
    } else {
        let _ = write!(text, "\n**Callouts and hooks**\n{}", callouts.concat());
    }
    text
}
