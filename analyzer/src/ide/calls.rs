//! Who calls a function, and whom it calls. Callouts are called by the phase that they run in, functions that were handed
//! to the server (timers, console commands) by what they were handed to.

use super::definition;
use super::target::Target;
use super::{function_name, place};
use crate::project::{FileId, Project, Script};
use crate::semantics::library;
use crate::semantics::reach::{self, Entry};
use crate::semantics::types::{FunctionRef, MemberRef, Value};
use crate::syntax::Span;
use crate::syntax::tree::FunctionId;
use momentum_lua_stub_reader::model::Text;
use smol_str::SmolStr;

/// Something that calls or is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A function of the project.
    Function(FunctionRef),
    /// The code of a file outside of all functions.
    File(FileId),
    /// A function of the API: what it stands in (empty for a global) and its name.
    Api(SmolStr, SmolStr),
    /// The server, where it runs a callout or hook of that name.
    Phase(SmolStr),
}

/// What is shown of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// What else there is to say in a word.
    pub detail: String,
    /// Where it stands.
    pub target: Target,
}

/// A call in one direction: the item at its other end, and where the calls stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calls {
    /// The item at the other end.
    pub item: Item,
    /// The calls, in the file of whoever calls; none where the server calls.
    pub spans: Vec<Span>,
}

/// The functions that stand at `offset`: their definition, or a use.
#[must_use]
pub fn at(script: &Script<'_>, offset: u32) -> Vec<Item> {
    let mut items = Vec::new();
    if let Some(place) = place::at(script, offset) {
        let ty = definition::type_at(script, &place);
        for value in ty.values() {
            match value {
                Value::Function(function) => items.push(Item::Function(*function)),
                Value::Member(member) if function_of(script.project(), member) => {
                    items.push(Item::Api(SmolStr::new(&*member.owner), SmolStr::new(&*member.member)));
                }
                _ => {}
            }
        }
    }
    if items.is_empty()
        && let Some(function) = place::definition_at(script, offset)
    {
        items.push(Item::Function(FunctionRef { file: script.id(), function }));
    }
    items
}

fn function_of(project: &Project, member: &MemberRef) -> bool {
    library::resolve(project.api(), member).and_then(|member| member.function()).is_some()
}

/// What is shown of an item. `None` for one that is no longer there.
#[must_use]
pub fn shown(project: &Project, item: &Item) -> Option<Shown> {
    match item {
        Item::Function(function) => {
            let target = definition::function_target(project, function.file, function.function)?;
            let script = project.script(function.file)?;
            let (name, _) = function_name::of(&script, function.function);
            let detail = match script.hook(function.function) {
                Some(hook) if hook.is_callout() => "callout".to_owned(),
                Some(_) => "hook".to_owned(),
                None => script.text_at(script.tree().function(function.function).parameters_span).to_owned(),
            };
            Some(Shown { name: name.to_string(), detail, target })
        }
        Item::File(file) => {
            let path = project.path(*file)?;
            Some(Shown {
                name: path.rsplit('/').next().unwrap_or(path).to_owned(),
                detail: "when it is loaded".to_owned(),
                target: Target::File { file: *file, whole: Span::empty(0), name: Span::empty(0) },
            })
        }
        Item::Api(owner, name) => {
            let member = member(project, owner, name)?;
            let detail = if owner.is_empty() { "global function" } else { owner.as_str() };
            let target = definition::stub(member.about(), member.member())?;
            Some(Shown { name: member.name().to_owned(), detail: detail.to_owned(), target })
        }
        Item::Phase(hook) => {
            let api = project.api();
            let known = api.hook(hook)?;
            let phases = api.phases();
            let phase = phases.iter().find(|phase| phase.has(hook));
            let name = match phase {
                Some(phase) => format!("phase {}", phase.name),
                None => format!("Momentum ({})", known.scope),
            };
            let target = definition::hook_stub(api, hook)?;
            Some(Shown { name, detail: format!("runs {hook}"), target })
        }
    }
}

fn member<'a>(
    project: &'a Project,
    owner: &str,
    name: &str,
) -> Option<momentum_lua_stub_reader::database::Member<'a>> {
    let reference = MemberRef { owner: Text::from(owner), member: Text::from(name) };
    library::resolve(project.api(), &reference)
}

/// Who calls an item.
#[must_use]
pub fn incoming(project: &Project, item: &Item) -> Vec<Calls> {
    let mut found = Vec::new();
    match item {
        Item::Function(function) => {
            for reach in project.reached_by((function.file, Some(function.function))) {
                match &reach.entry {
                    Entry::Callout(hook) if reach.call.is_none() => {
                        found.push(Calls { item: Item::Phase(SmolStr::new(&**hook)), spans: Vec::new() });
                    }
                    Entry::Callback(member) if reach.call.is_none() => {
                        let item = Item::Api(SmolStr::new(&*member.owner), SmolStr::new(&*member.member));
                        found.push(Calls { item, spans: Vec::new() });
                    }
                    _ => {}
                }
            }
            for call in reach::calls(project).into_iter().filter(|call| call.to == *function) {
                note(&mut found, of_place(call.from), call.span);
            }
        }
        Item::Api(owner, name) => {
            for script in project.scripts() {
                for site in &script.analysis().calls {
                    let is_it = site.callee.member().is_some_and(|member| {
                        member.owner == owner.as_str() && member.member == name.as_str()
                    });
                    if is_it && !site.protected {
                        note(
                            &mut found,
                            of_place((script.id(), site.function)),
                            script.called_span(site.expression),
                        );
                    }
                }
            }
        }
        // Nobody calls the server, and files are loaded by it.
        Item::File(_) | Item::Phase(_) => {}
    }
    found
}

/// Whom an item calls.
#[must_use]
pub fn outgoing(project: &Project, item: &Item) -> Vec<Calls> {
    let mut found = Vec::new();
    let (file, function) = match item {
        Item::Function(function) => (function.file, Some(function.function)),
        Item::File(file) => (*file, None),
        Item::Phase(hook) => {
            for script in project.scripts() {
                let callouts = script.registered_callouts().filter(|(callout, _)| callout.name == hook);
                found.extend(callouts.map(|(callout, _)| Calls {
                    item: Item::Function(FunctionRef { file: script.id(), function: callout.function }),
                    spans: Vec::new(),
                }));
            }
            return found;
        }
        Item::Api(..) => return found,
    };
    let Some(script) = project.script(file) else { return found };
    for call in reach::calls(project).into_iter().filter(|call| call.from == (file, function)) {
        note(&mut found, Item::Function(call.to), call.span);
    }
    for site in script.analysis().calls.iter().filter(|site| site.function == function && !site.protected) {
        if let Some(member) = site.callee.member().filter(|member| function_of(project, member)) {
            let item = Item::Api(SmolStr::new(&*member.owner), SmolStr::new(&*member.member));
            note(&mut found, item, script.called_span(site.expression));
        }
    }
    found
}

fn of_place((file, function): (FileId, Option<FunctionId>)) -> Item {
    match function {
        Some(function) => Item::Function(FunctionRef { file, function }),
        None => Item::File(file),
    }
}

fn note(found: &mut Vec<Calls>, item: Item, span: Span) {
    match found.iter_mut().find(|known| known.item == item) {
        Some(known) if known.spans.contains(&span) => {}
        Some(known) => known.spans.push(span),
        None => found.push(Calls { item, spans: vec![span] }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;

    const POLICY: &str = "//- /policy/site.lua\nlocal site = {}\nfunction site.stamp(m) m:header(\"X\", \"prepend\", \"y\") end\nreturn site\n\
        //- /policy/main.lua\nlocal site = require(\"site\")\nlocal mod = {}\nfunction mod:validate_data(msg)\n  site.stamp(msg)\n  pcall(site.stamp, msg)\nend\n\
        msys.registerModule(\"m\", mod)\nsite.stamp(nil)\n";

    fn names(project: &Project, calls: &[Calls]) -> Vec<String> {
        let name =
            |calls: &Calls| format!("{} x{}", shown(project, &calls.item).unwrap().name, calls.spans.len());
        calls.iter().map(name).collect()
    }

    fn ask(text: &str, question: fn(&Project, &Item) -> Vec<Calls>) -> Vec<String> {
        let (project, file, offset) = project_at(text);
        let items = at(&project.script(file).unwrap(), offset);
        assert_eq!(items.len(), 1, "{items:?}");
        names(&project, &question(&project, &items[0]))
    }

    #[test]
    fn a_helper_is_called_by_callouts_of_other_files() {
        let text = POLICY.replace("site.stamp(m)", "site.sta$0mp(m)");
        assert_eq!(ask(&text, incoming), ["mod:validate_data x2", "main.lua x1"]);
        assert_eq!(ask(&text, outgoing), ["msg:header x1"]);
    }

    #[test]
    fn a_callout_is_called_by_its_phase() {
        let text = POLICY.replace("mod:validate_data", "mod:validate$0_data");
        assert_eq!(ask(&text, incoming), ["phase data x0"]);
        assert_eq!(ask(&text, outgoing), ["site.stamp x2", "pcall x1"]);
        let (project, _, _) = project_at(&text);
        assert_eq!(
            names(&project, &outgoing(&project, &Item::Phase("validate_data".into()))),
            ["mod:validate_data x0"]
        );
    }

    #[test]
    fn functions_of_the_api_are_called_too() {
        let text = POLICY.replace("m:header", "m:head$0er");
        assert_eq!(ask(&text, incoming), ["site.stamp x1"]);
    }
}
