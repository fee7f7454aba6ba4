//! What stands at an offset of `ecelerity.conf` or a file that it includes, and where it leads; and the other way round,
//! what of the configuration a string of a script names.

use super::definition;
use super::named::Named;
use super::target::{Leads, Target};
use crate::configuration::ecelerity::{Include, Statement, Value, Word};
use crate::configuration::includes::{ConfiguredOption, ConfiguredScope, Place as Written, ScopeContent};
use crate::configuration::scriptlets::{Named as StanzaName, Script as Stanza};
use crate::project::{FileId, Project, Script, ServerConfiguration};
use crate::syntax::tree::{ExpressionId, ExpressionKind};
use crate::syntax::{Span, offset_u32};
use momentum_lua_stub_reader::model::{ConfigurationOption, ConfigurationScope};
use std::ops::Range;

/// What stands at an offset.
#[derive(Clone, Debug, PartialEq)]
pub enum Place<'a> {
    /// The kind of a scope: `scriptlet`.
    Scope {
        /// The scope.
        scope: &'a ConfiguredScope,
        /// The kind of the scope around it; `global` is the file itself.
        within: &'a str,
    },
    /// The name of a scope.
    Name {
        /// The scope.
        scope: &'a ConfiguredScope,
    },
    /// The name of an option.
    Key {
        /// The option.
        option: &'a ConfiguredOption,
        /// The kind of the scope that it stands in.
        within: &'a str,
    },
    /// A word of an option's value.
    Value {
        /// The option.
        option: &'a ConfiguredOption,
        /// The word.
        word: &'a Word,
        /// The kind of the scope that it stands in.
        within: &'a str,
    },
    /// The path of an `include`.
    Include {
        /// The path.
        path: &'a Word,
    },
}

impl Place<'_> {
    /// The words that are meant, with their quotes.
    #[must_use]
    pub fn span(&self) -> Span {
        span(match self {
            Place::Scope { scope, .. } => &scope.kind.range,
            Place::Name { scope } => &scope.name.as_ref().unwrap_or(&scope.kind).range,
            Place::Key { option, .. } => &option.key.range,
            Place::Value { word, .. } | Place::Include { path: word } => &word.range,
        })
    }
}

pub(super) fn span(range: &Range<usize>) -> Span {
    Span::new(offset_u32(range.start), offset_u32(range.end))
}

fn touches(range: &Range<usize>, offset: u32) -> bool {
    span(range).touches(offset)
}

/// The configuration that a file belongs to; of several, the first.
#[must_use]
pub fn of_file(project: &Project, file: FileId) -> Option<ServerConfiguration<'_>> {
    project.server_configurations().find(|server| server.file_of(file).is_some())
}

/// What stands at `offset` of a file of the configuration.
#[must_use]
pub fn at<'a>(server: &ServerConfiguration<'a>, file: FileId, offset: u32) -> Option<Place<'a>> {
    let (id, known) = server.file_of(file)?;
    if let Some(path) = include_at(&known.document.statements, offset) {
        return Some(Place::Include { path });
    }
    let mut found = None;
    search(&server.configuration().global, "global", &mut |place| {
        let (own, is_it) = match &place {
            Place::Scope { scope, .. } => (scope.file, touches(&scope.kind.range, offset)),
            Place::Name { scope } => {
                (scope.file, scope.name.as_ref().is_some_and(|name| touches(&name.range, offset)))
            }
            Place::Key { option, .. } => (option.file, touches(&option.key.range, offset)),
            Place::Value { option, word, .. } => (option.file, touches(&word.range, offset)),
            Place::Include { .. } => return,
        };
        if own == id && is_it && found.is_none() {
            found = Some(place);
        }
    });
    found
}

/// Goes through everything in a scope.
fn search<'a>(content: &'a ScopeContent, within: &'a str, visit: &mut impl FnMut(Place<'a>)) {
    for option in &content.options {
        visit(Place::Key { option, within });
        for word in option.value.iter().flat_map(words) {
            visit(Place::Value { option, word, within });
        }
    }
    for scope in &content.scopes {
        visit(Place::Scope { scope, within });
        visit(Place::Name { scope });
        search(&scope.content, &scope.kind.text, visit);
    }
}

/// All words of a value, keys of dictionaries among them.
fn words(value: &Value) -> Vec<&Word> {
    match value {
        Value::Word(word) => vec![word],
        Value::Collection(collection) => {
            let items = collection.items.iter();
            items.flat_map(|item| item.key.iter().chain(item.value.iter().flat_map(words))).collect()
        }
    }
}

fn include_at(statements: &[Statement], offset: u32) -> Option<&Word> {
    statements.iter().filter(|statement| touches(&statement.range(), offset)).find_map(|statement| {
        match statement {
            Statement::Include(Include { path, .. }) => {
                path.as_ref().filter(|path| touches(&path.range, offset))
            }
            Statement::Scope(scope) => include_at(&scope.statements, offset),
            Statement::Assignment(_) => None,
        }
    })
}

/// What the stubs say of an option of a kind of scope, whatever its case.
#[must_use]
pub fn known_option<'a>(project: &'a Project, scope: &str, name: &str) -> Option<&'a ConfigurationOption> {
    project.api().options().into_iter().find(|option| {
        option.name.eq_ignore_ascii_case(name)
            && option.scopes.iter().any(|known| known.eq_ignore_ascii_case(scope))
    })
}

/// What the stubs say of a kind of stanza, whatever its case.
#[must_use]
pub fn known_stanza<'a>(project: &'a Project, kind: &str) -> Option<&'a ConfigurationScope> {
    project.api().server()?.scopes.iter().find(|scope| scope.name.eq_ignore_ascii_case(kind))
}

/// Every place of a configuration where an option is set, with the kind of the scope around it.
#[must_use]
pub fn options_named<'a>(
    server: &ServerConfiguration<'a>,
    name: &str,
) -> Vec<(&'a ConfiguredOption, &'a str)> {
    let mut found = Vec::new();
    search(&server.configuration().global, "global", &mut |place| match place {
        Place::Key { option, within } if option.key.is(name) => found.push((option, within)),
        _ => {}
    });
    found
}

/// The script stanza whose head or source stands at a place.
fn stanza<'a>(server: &ServerConfiguration<'a>, place: &Place<'a>) -> Option<&'a Stanza> {
    let is = |named: Option<&StanzaName>, word: &Word, file| {
        named.is_some_and(|named| named.place.file == file && named.place.range == word.range)
    };
    let mut scripts = server.policy().scripts();
    match place {
        Place::Value { option, word, .. } if option.key.is("source") => {
            scripts.find(|script| is(script.source.as_ref(), word, option.file))
        }
        Place::Name { scope } if scope.kind.is("script") => {
            let name = scope.name.as_ref()?;
            scripts.find(|script| is(script.name.as_ref(), name, scope.file))
        }
        _ => None,
    }
}

/// Where what stands at `offset` of a configuration file leads: a `source` to its script, the name of a script to where
/// that registers under it, an `include` to its file, an option or stanza to the stub that describes it.
#[must_use]
pub fn definition(project: &Project, file: FileId, offset: u32) -> Option<Leads> {
    let server = of_file(project, file)?;
    let place = at(&server, file, offset)?;
    let from = place.span();
    if let Place::Include { path } = place {
        let file = server.included_file(&path.text, file)?;
        return Some(Leads { from, to: vec![beginning(file)] });
    }
    let described = match &place {
        Place::Key { option, within } => {
            known_option(project, within, &option.key.text).map(|known| (&known.about, &known.name))
        }
        Place::Scope { scope, .. } => {
            known_stanza(project, &scope.kind.text).map(|known| (&known.about, &known.name))
        }
        _ => None,
    };
    if let Some(stub) = described.and_then(|(about, name)| definition::stub(about, name)) {
        return Some(Leads { from, to: vec![stub] });
    }
    let stanza = stanza(&server, &place)?;
    let script = server.script_file(stanza)?;
    let mut to = Vec::new();
    if matches!(place, Place::Name { .. }) {
        to.extend(registrations(&script, stanza));
    }
    if to.is_empty() {
        to.push(beginning(script.id()));
    }
    Some(Leads { from, to })
}

fn beginning(file: FileId) -> Target {
    Target::File { file, whole: Span::empty(0), name: Span::empty(0) }
}

/// Where a script registers under the name of its stanza.
fn registrations(script: &Script<'_>, stanza: &Stanza) -> Vec<Target> {
    let Some(name) = &stanza.name else { return Vec::new() };
    let registrations = script.analysis().registrations.iter();
    let named = registrations.filter(|one| one.name.as_ref().is_some_and(|known| *known == name.text));
    let places = named.map(|one| Target::File {
        file: one.file,
        whole: one.span,
        name: one.name_span.unwrap_or(one.span),
    });
    places.collect()
}

/// What implements what stands at `offset`: the callouts that a script registers.
#[must_use]
pub fn implementation(project: &Project, file: FileId, offset: u32) -> Option<Leads> {
    let server = of_file(project, file)?;
    let place = at(&server, file, offset)?;
    let script = server.script_file(stanza(&server, &place)?)?;
    let to: Vec<Target> = script
        .registered_callouts()
        .map(|(callout, _)| Target::File {
            file: script.id(),
            whole: callout.write.span,
            name: callout.write.name_span,
        })
        .collect();
    (!to.is_empty()).then(|| Leads { from: place.span(), to })
}

/// The stanzas that load a script.
#[must_use]
pub fn stanzas_of(project: &Project, file: FileId) -> Vec<(ServerConfiguration<'_>, &Stanza)> {
    let servers = project.server_configurations();
    let all = servers.flat_map(|server| server.policy().scripts().map(move |stanza| (server, stanza)));
    all.filter(|(server, stanza)| server.script_file(stanza).is_some_and(|script| script.id() == file))
        .collect()
}

/// What of the configuration a string of a script names: the stanza under whose name it registers, a datasource, a
/// binding or group of bindings, a thread pool.
#[must_use]
pub fn named_by(script: &Script<'_>, literal: ExpressionId) -> Vec<Target> {
    let literal_span = script.span(literal);
    let analysis = script.analysis();
    if let Some(one) = analysis.registrations.iter().find(|one| one.name_span == Some(literal_span)) {
        let stanzas = stanzas_of(script.project(), script.id()).into_iter();
        let named = stanzas.filter_map(|(server, stanza)| {
            let name = stanza.name.as_ref().filter(|name| one.name.as_deref() == Some(&*name.text))?;
            place(&server, &name.place)
        });
        return named.collect();
    }
    let Some(text) = script.tree().string(literal) else { return Vec::new() };
    let Some(named) = passed_as(script, literal) else { return Vec::new() };
    let mut found = Vec::new();
    for server in script.project().server_configurations() {
        let names = named.in_configuration(&server).into_iter().filter(|(name, _)| *name == text);
        found.extend(names.filter_map(|(_, written)| place(&server, written)));
    }
    found
}

fn place(server: &ServerConfiguration<'_>, written: &Written) -> Option<Target> {
    let (file, span) = server.place(written)?;
    Some(Target::File { file, whole: span, name: span })
}

/// What an argument of the API names.
fn passed_as(script: &Script<'_>, literal: ExpressionId) -> Option<Named> {
    let tree = script.tree();
    let (site, position) = script.analysis().calls.iter().find_map(|site| {
        let ExpressionKind::Call(call) = &tree.expression(site.expression).kind else { return None };
        let position = call.arguments.iter().position(|&argument| argument == literal)?;
        Some((site, position))
    })?;
    Named::of(script.called(site)?, position)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::{marked, project_at};

    fn places(project: &Project, leads: Option<Leads>) -> String {
        let files = leads.into_iter().flat_map(|leads| leads.to).filter_map(|target| match target {
            Target::File { file, name, .. } => Some((file, name)),
            Target::Stub { .. } => None,
        });
        marked(project, files)
    }

    const SCRIPTS: &str = "//- /etc/conf/global/inbound/limits.lua\nlocal mod = {}\n\
        function mod:validate_connect(accept, vctx) return msys.core.VALIDATE_CONT end\n\
        msys.registerModule(\"limits\", mod)\n";

    fn from_configuration(configuration: &str) -> String {
        let text = format!("//- /etc/ecelerity.conf\n{configuration}\n{SCRIPTS}");
        let (project, file, offset) = project_at(&text);
        places(&project, super::definition(&project, file, offset))
    }

    #[test]
    fn a_source_leads_to_its_script_and_a_name_to_where_it_registers() {
        let stanza = "scriptlet \"scriptlet\" { script \"limits\" { source = \"inb$0ound/limits\" } }";
        assert_eq!(from_configuration(stanza), "limits.lua 1:1");
        let stanza = "scriptlet \"scriptlet\" { script \"lim$0its\" { source = \"inbound/limits\" } }";
        assert_eq!(from_configuration(stanza), "limits.lua 3:21");
        assert_eq!(from_configuration("Binding \"lim$0its\" {}"), "");
    }

    #[test]
    fn an_include_leads_to_its_file() {
        let text = "//- /etc/ecelerity.conf\ninclude \"more$0.conf\"\n//- /etc/more.conf\nalerting {}\n";
        let (project, file, offset) = project_at(text);
        assert_eq!(places(&project, definition(&project, file, offset)), "more.conf 1:1");
    }

    #[test]
    fn strings_of_scripts_lead_to_the_configuration() {
        let configuration = "//- /etc/ecelerity.conf\nBinding \"bulk\" {}\nThreadPool \"logs\" {}\n\
            scriptlet \"scriptlet\" { script \"route\" { source = \"route\" } }\n//- /etc/conf/global/route.lua\n";
        let lead = |script: &str| {
            let (project, file, offset) = project_at(&format!("{configuration}{script}"));
            places(&project, crate::ide::definition::definition(&project.script(file).unwrap(), offset))
        };
        let callout = "local mod = {}\nfunction mod:validate_set_binding(msg)\n";
        assert_eq!(
            lead(&format!("{callout}  msg:binding(\"bu$0lk\")\nend\nmsys.registerModule(\"route\", mod)")),
            "ecelerity.conf 1:9"
        );
        assert_eq!(
            lead(&format!("{callout}end\nmsys.registerModule(\"rou$0te\", mod)")),
            "ecelerity.conf 3:32"
        );
        assert_eq!(lead("msys.runInPool(\"lo$0gs\", function() end)"), "ecelerity.conf 2:12");
        assert_eq!(lead("print(\"bu$0lk\")"), "");
    }
}
