//! Options, stanzas and scripts of the server's configuration.

use super::{Hover, PageUrl, described};
use crate::ide::server_configuration::{self, Place};
use crate::project::{FileId, Project, Script};
use momentum_lua_stub_reader::database::Entry;
use momentum_lua_stub_reader::model::{ConfigurationOption, ConfigurationScope};
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
    let span = place.span();
    let markdown = match &place {
        Place::Key { option, within } | Place::Value { option, within, .. }
            if !option.key.is("source") || matches!(place, Place::Key { .. }) =>
        {
            let known = option_named(project, within, &option.key.text)?;
            described(project.api(), Entry::Option(known), page_url)
        }
        Place::Scope { scope, .. } => stanza(scope_named(project, &scope.kind.text)?, page_url),
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

/// An option of a kind of scope, whatever its case.
fn option_named<'a>(project: &'a Project, scope: &str, name: &str) -> Option<&'a ConfigurationOption> {
    project.api().options().into_iter().find(|option| {
        option.name.eq_ignore_ascii_case(name)
            && option.scopes.iter().any(|known| known.eq_ignore_ascii_case(scope))
    })
}

fn scope_named<'a>(project: &'a Project, kind: &str) -> Option<&'a ConfigurationScope> {
    project.api().server()?.scopes.iter().find(|scope| scope.name.eq_ignore_ascii_case(kind))
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
