//! What can be followed in a text: `require`s, scripts and includes of the configuration, web addresses in comments and
//! strings.

use super::configuration_outline;
use super::definition;
use super::server_configuration::{self, span};
use super::target::Target;
use crate::configuration::ecelerity::Statement;
use crate::project::{FileId, Project, Script};
use crate::syntax::tree::ExpressionKind;
use crate::syntax::{Span, offset_u32};

/// Something that can be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is underlined.
    pub span: Span,
    /// Where it leads.
    pub to: LinkTarget,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A file of the project.
    File(FileId),
    /// The stub of a module.
    Module(Target),
    /// A web address.
    Address(String),
}

/// The links of a file, in the order of places.
#[must_use]
pub fn links(project: &Project, file: FileId) -> Vec<Link> {
    let mut links = match project.script(file) {
        Some(script) => of_script(&script),
        None => of_configuration(project, file),
    };
    links.sort_by_key(|link| (link.span.start, link.span.end));
    links
}

fn of_script(script: &Script<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for require in &script.analysis().requires {
        let to = match script.project().module_file(&require.module, script.id()) {
            Some(file) => LinkTarget::File(file),
            None => match definition::module_stub(script.api(), &require.module) {
                Some(stub) => LinkTarget::Module(stub),
                None => continue,
            },
        };
        links.push(Link { span: unquoted(script.text(), require.name_span), to });
    }
    let comments = script.parsed().comments.iter().map(|comment| comment.span);
    let strings = script.tree().expressions().filter_map(|(_, expression)| {
        matches!(expression.kind, ExpressionKind::String(_)).then_some(expression.span)
    });
    for span in comments.chain(strings) {
        addresses(script.text(), span, &mut links);
    }
    links
}

fn of_configuration(project: &Project, file: FileId) -> Vec<Link> {
    let mut links = Vec::new();
    let (Some(text), Some(document)) = (project.text(file), configuration_outline::document(project, file))
    else {
        return links;
    };
    if let Some(server) = server_configuration::of_file(project, file) {
        for stanza in server.policy().scripts() {
            let place = stanza.source.as_ref().and_then(|source| server.place(&source.place));
            if let Some((_, span)) = place.filter(|(own, _)| *own == file)
                && let Some(script) = server.script_file(stanza)
            {
                links.push(Link { span: unquoted(text, span), to: LinkTarget::File(script.id()) });
            }
        }
        includes(&document.statements, &mut |path| {
            if let Some(included) = server.included_file(&path.text, file) {
                let span = span(&path.raw_range(text));
                links.push(Link { span, to: LinkTarget::File(included) });
            }
        });
    }
    for comment in &document.comments {
        addresses(text, span(comment), &mut links);
    }
    links
}

fn includes(statements: &[Statement], visit: &mut impl FnMut(&crate::configuration::ecelerity::Word)) {
    for statement in statements {
        match statement {
            Statement::Include(include) => include.path.iter().for_each(&mut *visit),
            Statement::Scope(scope) => includes(&scope.statements, visit),
            Statement::Assignment(_) => {}
        }
    }
}

/// A string without its quotes.
fn unquoted(text: &str, span: Span) -> Span {
    let is_quoted = span.text(text).starts_with(['"', '\'']) && span.len() > 1;
    if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// Web addresses in a range. Marks that end a sentence or close a bracket around an address are none of it.
fn addresses(text: &str, within: Span, links: &mut Vec<Link>) {
    let part = within.text(text);
    let mut from = 0;
    while let Some(found) = part.get(from..).and_then(|rest| {
        let http = rest.find("http://");
        let https = rest.find("https://");
        http.into_iter().chain(https).min()
    }) {
        let start = from + found;
        let rest = part.get(start..).unwrap_or_default();
        let is_end = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '"' | '\'' | '<' | '>' | '`' | '\\' | '|' | '^' | '{' | '}')
        };
        let mut address = rest.split(is_end).next().unwrap_or_default();
        loop {
            let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', ']']);
            let unbalanced =
                shorter.ends_with(')') && shorter.matches('(').count() < shorter.matches(')').count();
            let shorter = shorter.strip_suffix(')').filter(|_| unbalanced).unwrap_or(shorter);
            if shorter.len() == address.len() {
                break;
            }
            address = shorter;
        }
        let host = address.split_once("://").map_or("", |(_, host)| host);
        if host.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
            let begin = within.start + offset_u32(start);
            links.push(Link {
                span: Span::new(begin, begin + offset_u32(address.len())),
                to: LinkTarget::Address(address.to_owned()),
            });
        }
        from = start + address.len().max("http://".len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;

    fn shown(text: &str) -> Vec<String> {
        let (project, file, _) = project_at(text);
        let text = project.text(file).unwrap();
        let links = links(&project, file);
        let shown = links.iter().map(|link| {
            let to = match &link.to {
                LinkTarget::File(file) => project.path(*file).unwrap().to_owned(),
                LinkTarget::Module(Target::Stub { origin, .. }) => origin.file.to_string(),
                LinkTarget::Module(Target::File { .. }) => "file".to_owned(),
                LinkTarget::Address(address) => address.clone(),
            };
            format!("{} -> {to}", link.span.text(text))
        });
        shown.collect()
    }

    #[test]
    fn requires_and_addresses() {
        let text = "//- /policy/a.lua\n$0local b = require(\"b\")\nrequire(\"msys.pcre\")\nrequire(\"nothing\")\n\
            -- See https://example.com/a_(b), or (http://example.org/x).\nlocal s = \"https://example.com/?q=1\"\n-- http:// é https://\n//- /policy/b.lua\nreturn {}\n";
        assert_eq!(
            shown(text),
            [
                "b -> /policy/b.lua",
                "msys.pcre -> stubs/lua/msys/pcre.lua",
                "https://example.com/a_(b) -> https://example.com/a_(b)",
                "http://example.org/x -> http://example.org/x",
                "https://example.com/?q=1 -> https://example.com/?q=1",
            ]
        );
    }

    #[test]
    fn scripts_and_includes() {
        let text = "//- /etc/ecelerity.conf\n$0include 'more.conf' # https://example.com\nscriptlet \"scriptlet\" { script a { source = \"a\" } script b { source = \"b\" } }\n\
            //- /etc/more.conf\nalerting {}\n//- /etc/conf/global/a.lua\n";
        assert_eq!(
            shown(text),
            [
                "more.conf -> /etc/more.conf",
                "https://example.com -> https://example.com",
                "a -> /etc/conf/global/a.lua"
            ]
        );
    }
}
