//! Where something of the project is used: in scripts, and in the server's configuration.

use super::context_variable;
use super::place;
use super::server_configuration::{self, Place};
pub(super) use super::symbol::Occurrence;
use super::symbol::{self, Role, Symbol};
use super::target::Target;
use crate::project::{Dictionary, FileId, Project, Script};
use crate::syntax::Span;
use crate::syntax::tree::ExpressionKind;

/// Everywhere that what stands at `offset` of a file is used, in the order of files and places; its definitions are among
/// them if `definitions` says so.
#[must_use]
pub fn references(project: &Project, file: FileId, offset: u32, definitions: bool) -> Vec<Occurrence> {
    let mut found = match project.script(file) {
        Some(script) => of_script(&script, offset),
        None => of_configuration(project, file, offset),
    };
    found.retain(|occurrence| definitions || occurrence.role != Role::Definition);
    found.sort_unstable();
    found.dedup_by_key(|occurrence| (occurrence.file, occurrence.span));
    found
}

fn of_script(script: &Script<'_>, offset: u32) -> Vec<Occurrence> {
    let project = script.project();
    let Some(place) = place::at(script, offset) else { return Vec::new() };
    match symbol::of_place(script, &place) {
        Some(Symbol::Module(file)) => of_module(project, file),
        Some(symbol) => symbol::occurrences(project, &symbol),
        None => {
            let place::Place::Literal { expression, .. } = place else { return Vec::new() };
            let named = server_configuration::named_by(script, expression);
            let first = named.into_iter().find_map(|target| match target {
                Target::File { file, name, .. } => Some((file, name)),
                Target::Stub { .. } => None,
            });
            first.map(|(file, name)| of_configuration(project, file, name.start)).unwrap_or_default()
        }
    }
}

/// The `require`s of a file, and the stanzas that load it.
pub(super) fn of_module(project: &Project, file: FileId) -> Vec<Occurrence> {
    let mut found = symbol::occurrences(project, &Symbol::Module(file));
    let stanzas = server_configuration::stanzas_of(project, file);
    found.extend(stanzas.into_iter().filter_map(|(server, stanza)| {
        let (file, span) = server.place(&stanza.source.as_ref()?.place)?;
        Some(Occurrence { file, span, role: Role::Read })
    }));
    found
}

/// Who uses what a configuration names.
fn of_configuration(project: &Project, file: FileId, offset: u32) -> Vec<Occurrence> {
    if let Some((name, _)) = context_variable::of_listener(project, file, offset) {
        return symbol::occurrences(project, &Symbol::ContextVariable(Dictionary::Connection, name));
    }
    let Some(server) = server_configuration::of_file(project, file) else { return Vec::new() };
    let Some(place) = server_configuration::at(&server, file, offset) else { return Vec::new() };
    match &place {
        Place::Key { option, .. } => {
            let settings = server_configuration::options_named(&server, &option.key.text);
            let places = settings.iter().filter_map(|(option, _)| server.place(&option.key_place()));
            places.map(|(file, span)| Occurrence { file, span, role: Role::Write }).collect()
        }
        Place::Value { option, .. } if option.key.is("source") => {
            let leads = server_configuration::definition(project, file, offset);
            let target = leads.and_then(|leads| leads.to.into_iter().next());
            match target {
                Some(Target::File { file, .. }) => of_module(project, file),
                _ => Vec::new(),
            }
        }
        Place::Name { scope } => {
            let span = place.span();
            let mut found = vec![Occurrence { file, span, role: Role::Definition }];
            let text = scope.name.as_ref().map(|name| name.text.as_str()).unwrap_or_default();
            for script in project.scripts().filter(|script| script.text().contains(text)) {
                strings_that_name(&script, text, (file, span), &mut found);
            }
            found
        }
        _ => Vec::new(),
    }
}

/// The strings of a script that name a place of the configuration.
fn strings_that_name(script: &Script<'_>, text: &str, place: (FileId, Span), found: &mut Vec<Occurrence>) {
    for (id, expression) in script.tree().expressions() {
        let ExpressionKind::String(bytes) = &expression.kind else { continue };
        let leads_there =
            |target: &Target| matches!(target, Target::File { file, name, .. } if (*file, *name) == place);
        if &**bytes == text.as_bytes() && server_configuration::named_by(script, id).iter().any(leads_there) {
            found.push(Occurrence { file: script.id(), span: expression.span, role: Role::Read });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ide::fixture::{marked, project_at};

    fn references(text: &str, definitions: bool) -> String {
        let (project, file, offset) = project_at(text);
        let found = super::references(&project, file, offset, definitions);
        marked(&project, found.into_iter().map(|found| (found.file, found.span)))
    }

    #[test]
    fn definitions_come_only_where_they_are_asked_for() {
        let text = "local limit = 3\nprint(lim$0it)\n";
        assert_eq!(references(text, true), "main.lua 1:7 2:7");
        assert_eq!(references(text, false), "main.lua 2:7");
    }

    #[test]
    fn a_file_is_used_by_those_who_require_it_and_by_the_configuration() {
        let text = "//- /etc/ecelerity.conf\nscriptlet \"scriptlet\" { script \"a\" { source = \"site/a\" } }\n\
            //- /etc/conf/global/site/a.lua\nreturn {}\n//- /etc/conf/global/main.lua\nlocal a = require(\"site.$0a\")\n";
        assert_eq!(references(text, false), "ecelerity.conf 1:47\nmain.lua 1:19");
    }

    #[test]
    fn an_option_is_set_in_several_places() {
        let text = "//- /etc/ecelerity.conf\nRelay_Hosts = ( \"10.0.0.0/8\" )\ninclude \"more.conf\"\nscriptlet \"scriptlet\" { script \"a\" { source = \"site/a\" } }\n\
            //- /etc/more.conf\nESMTP_Listener { relay_$0hosts = ( \"10.1.0.0/16\" ) }\n";
        assert_eq!(references(text, false), "ecelerity.conf 1:1\nmore.conf 1:18");
    }

    #[test]
    fn what_the_configuration_names_is_used_in_scripts() {
        let text = "//- /etc/ecelerity.conf\nBinding \"bu$0lk\" {}\n//- /etc/conf/global/route.lua\nlocal mod = {}\n\
            function mod:validate_set_binding(msg) msg:binding(\"bulk\") print(\"bulk\") end\nmsys.registerModule(\"r\", mod)\n";
        assert_eq!(references(text, true), "ecelerity.conf 1:9\nroute.lua 2:52");
        assert_eq!(references(text, false), "route.lua 2:52");
    }
}
