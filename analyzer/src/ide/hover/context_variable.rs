//! Context variables: what Momentum says of its own, and where the project sets and uses any.

use super::{Entry, PageUrl};
use crate::ide::symbol::{self, Occurrence, Role, Symbol};
use crate::project::{Dictionary, Project};
use momentum_lua_stub_reader::model::ContextDictionary;
use smol_str::SmolStr;
use std::fmt::Write as _;

/// Places that are listed of each kind: a hover is no page.
const MOST: usize = 8;

/// What is known of a context variable, by the name of its dictionary.
#[must_use]
pub fn of_context_variable(
    project: &Project,
    dictionary: &str,
    name: &str,
    page_url: PageUrl<'_>,
) -> Option<String> {
    Some(described(project, Dictionary::named(dictionary)?, name, page_url))
}

/// What is known of a context variable.
pub(super) fn described(
    project: &Project,
    dictionary: Dictionary,
    name: &str,
    page_url: PageUrl<'_>,
) -> String {
    let api = project.api();
    let mut text = match project.predefined_context_variable(dictionary, name) {
        Some(variable) => super::described(api, Entry::ContextVariable(variable), page_url),
        None => {
            let known = api.server().map(|server| server.dictionaries.as_slice()).unwrap_or_default();
            own(known.iter().find(|one| one.name == dictionary.name()), dictionary, name)
        }
    };
    let symbol = Symbol::ContextVariable(dictionary, SmolStr::new(name));
    let all = symbol::occurrences(project, &symbol);
    let is_own = project.predefined_context_variable(dictionary, name).is_none();
    let (set, read): (Vec<_>, Vec<_>) = all.into_iter().partition(|found| found.role == Role::Write);
    list(project, "Set here", &set, &mut text);
    if is_own && set.is_empty() {
        text.push_str("\nNothing of this policy sets it.\n");
    }
    list(project, "Used here", &read, &mut text);
    text
}

/// A variable that is none of Momentum's.
fn own(known: Option<&ContextDictionary>, dictionary: Dictionary, name: &str) -> String {
    let mut text = String::new();
    if let Some(known) = known {
        let ways = [
            format!("vctx:get({}, \"{name}\")", known.vctx),
            format!("msg:context_get({}, \"{name}\")", known.message),
            known.macro_syntax.replace("KEY", name),
        ];
        let _ = writeln!(text, "```lua\n{}\n```", ways.join("\n"));
    }
    let _ = writeln!(text, "*context variable of the {}*\n", dictionary.owner());
    text.push_str("No variable that Momentum is documented to have: policy defines what it means.\n");
    if let Some(known) = known {
        let _ = writeln!(text, "\n{}", known.about.doc);
    }
    text
}

fn list(project: &Project, title: &str, places: &[Occurrence], text: &mut String) {
    if places.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n**{title}**");
    for place in places.iter().take(MOST) {
        if let (Some(path), Some(lines)) = (project.path(place.file), project.lines(place.file)) {
            let file = path.rsplit('/').next().unwrap_or(path);
            let _ = writeln!(text, "- {file}:{}", lines.line(place.span.start) + 1);
        }
    }
    if places.len() > MOST {
        let _ = writeln!(text, "- … and {} more", places.len() - MOST);
    }
}
