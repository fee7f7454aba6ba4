//! Context variables: the strings that name them in calls and macros, and the listeners that bring them along.

use super::symbol::{Occurrence, Role};
use crate::macro_text;
use crate::project::context_variables::{is_write, key_of};
use crate::project::{Dictionary, FileId, Project, Script};
use crate::semantics::types::Value;
use crate::syntax::tree::{ExpressionId, ExpressionKind};
use crate::syntax::{Span, literal, offset_u32};
use smol_str::SmolStr;

/// The variable that a string names at an offset, and where its name stands.
pub(super) fn at(
    script: &Script<'_>,
    string: ExpressionId,
    offset: u32,
) -> Option<(Dictionary, SmolStr, Span)> {
    let in_macro = macros(script, string).find(|(_, _, span)| span.touches(offset));
    if let Some((dictionary, name, span)) = in_macro {
        return Some((dictionary, SmolStr::new(name), span));
    }
    let name = script.tree().string(string).filter(|name| !name.is_empty())?;
    let dictionary = key(script, string)?;
    Some((dictionary, SmolStr::new(name), content(script, string)))
}

/// The dictionary whose key a string is: as it is passed, or through the variable that it is the value of.
fn key(script: &Script<'_>, string: ExpressionId) -> Option<Dictionary> {
    let scopes = script.scopes();
    let held = scopes.bindings().find(|(_, binding)| binding.initial == Some(string)).map(|(id, _)| id);
    script.analysis().calls.iter().find_map(|site| {
        let (dictionary, position) = key_of(site)?;
        let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else { return None };
        let &argument = call.arguments.get(position)?;
        let is_held = || held.is_some() && scopes.resolve(argument) == held;
        (argument == string || is_held()).then_some(dictionary)
    })
}

/// Everywhere that scripts name a variable, in no order; listeners that bring it along are no part of a script.
pub(super) fn occurrences_in(
    script: &Script<'_>,
    dictionary: Dictionary,
    name: &str,
    found: &mut Vec<Occurrence>,
) {
    let file = script.id();
    for site in &script.analysis().calls {
        let Some((_, position)) = key_of(site).filter(|(of, _)| *of == dictionary) else { continue };
        let is_it = |value: &Value| matches!(value, Value::StringLiteral(text) if text.as_str() == name);
        if !site.arguments.get(position).is_some_and(|ty| ty.any(is_it)) {
            continue;
        }
        let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else { continue };
        let Some(&argument) = call.arguments.get(position) else { continue };
        let role = if is_write(script, site) { Role::Write } else { Role::Read };
        found.push(Occurrence { file, span: content(script, argument), role });
    }
    if !script.text().contains("%{vctx_") {
        return;
    }
    for (string, _) in script.tree().expressions() {
        let these = macros(script, string).filter(|(of, written, _)| (*of, *written) == (dictionary, name));
        found.extend(these.map(|(_, _, span)| Occurrence { file, span, role: Role::Read }));
    }
}

/// The listeners that bring a variable along.
pub(super) fn listeners(project: &Project, dictionary: Dictionary, name: &str) -> Vec<Occurrence> {
    if dictionary != Dictionary::Connection {
        return Vec::new();
    }
    let keys = project.listed_context_keys().filter(|(_, key)| key.key.text == name);
    let places = keys.filter_map(|(server, key)| server.place(&key.key.place));
    places.map(|(file, span)| Occurrence { file, span, role: Role::Write }).collect()
}

/// The variable that a listener brings along, whose name stands at an offset of the configuration.
pub(super) fn of_listener(project: &Project, file: FileId, offset: u32) -> Option<(SmolStr, Span)> {
    project.listed_context_keys().find_map(|(server, key)| {
        let (of, span) = server.place(&key.key.place)?;
        (of == file && span.touches(offset)).then(|| (SmolStr::new(&key.key.text), span))
    })
}

/// The variables that the macros of a string read.
fn macros<'a>(
    script: &Script<'a>,
    string: ExpressionId,
) -> impl Iterator<Item = (Dictionary, &'a str, Span)> + use<'a> {
    let expression = script.tree().expression(string);
    let text = script.text_at(expression.span);
    let is_text = matches!(expression.kind, ExpressionKind::String(_)) && text.contains("%{vctx_");
    let found = if is_text { macro_text::read(text) } else { Vec::new() };
    let start = expression.span.start;
    found.into_iter().filter(|found| !found.is_nested).filter_map(move |found| {
        let dictionary = Dictionary::of_namespace(text.get(found.namespace?)?)?;
        let span = Span::new(start + offset_u32(found.body.start), start + offset_u32(found.body.end));
        Some((dictionary, text.get(found.body)?, span)).filter(|(_, name, _)| !name.is_empty())
    })
}

/// What stands between the quotes of a string; another expression as a whole.
fn content(script: &Script<'_>, expression: ExpressionId) -> Span {
    let whole = script.span(expression);
    let ExpressionKind::String(bytes) = &script.tree().expression(expression).kind else { return whole };
    let inside = literal::range_in_string(script.text_at(whole), 0..bytes.len());
    let span = Span::new(whole.start + offset_u32(inside.start), whole.start + offset_u32(inside.end));
    if script.text().get(span.range()).is_some() { span } else { whole }
}

#[cfg(test)]
mod tests {
    use crate::ide::fixture::{marked, project_at};
    use crate::ide::{definition, highlight, references, rename, target::Target};

    const TREE: &str = "//- /etc/ecelerity.conf\nESMTP_Listener { Listen \":25\" { context = [ tier = 1 ] } }\n\
        //- /etc/conf/global/mark.lua\nlocal mod = {}\nfunction mod:validate_mailfrom(str, accept, vctx)\n  \
        vctx:set(msys.core.VCTX_MESS, \"tag\", \"bulk\")\n  vctx:set(msys.core.VCTX_CONN, \"tag\", \"x\")\nend\n\
        msys.registerModule(\"mark\", mod)\n\
        //- /etc/conf/global/read.lua\nlocal KEY = \"tag\"\nlocal mod = {}\nfunction mod:validate_data(msg, accept, vctx)\n  \
        print(msg:context_get(msys.core.ECMESS_CTX_MESS, KEY), vctx:get(msys.core.VCTX_CONN, \"tier\"))\n  \
        print(msys.expandMacro(\"<%{vctx_mess:tag}>\"))\nend\nmsys.registerModule(\"read\", mod)\n";

    /// The tree with the cursor before a text of one file.
    fn at(file: &str, text: &str) -> String {
        let start = TREE.find(file).unwrap();
        let place = start + TREE[start..].find(text).unwrap();
        format!("{}$0{}", &TREE[..place], &TREE[place..])
    }

    fn uses(text: &str) -> String {
        let (project, file, offset) = project_at(text);
        let found = references::references(&project, file, offset, true);
        marked(&project, found.into_iter().map(|found| (found.file, found.span)))
    }

    #[test]
    fn scripts_that_set_and_read_belong_together() {
        let all = "mark.lua 3:34\nread.lua 4:52 5:40";
        assert_eq!(uses(&at("mark.lua", "tag\", \"bulk")), all);
        assert_eq!(uses(&at("read.lua", "tag\"\nlocal mod")), all);
        assert_eq!(uses(&at("read.lua", "tag}")), all);
        assert_eq!(uses(&at("mark.lua", "tag\", \"x")), "mark.lua 4:34");
        assert_eq!(uses(&at("mark.lua", "bulk")), "");
    }

    #[test]
    fn listeners_bring_variables_along() {
        let all = "ecelerity.conf 1:45\nread.lua 4:89";
        assert_eq!(uses(&at("read.lua", "tier")), all);
        assert_eq!(uses(&at("ecelerity.conf", "tier")), all);
    }

    #[test]
    fn a_read_leads_to_where_it_is_set_and_to_what_momentum_says() {
        let lead = |text: &str| {
            let (project, file, offset) = project_at(text);
            let leads = definition::definition(&project.script(file).unwrap(), offset);
            let to = leads.into_iter().flat_map(|leads| leads.to).map(|target| match target {
                Target::File { file, name, .. } => marked(&project, std::iter::once((file, name))),
                Target::Stub { origin, name } => format!("{} {name}", origin.file),
            });
            to.collect::<Vec<_>>().join("; ")
        };
        assert_eq!(lead(&at("read.lua", "tag}")), "mark.lua 3:34");
        assert_eq!(lead(&at("read.lua", "tier")), "ecelerity.conf 1:45");
        let known = "print(msys.expandMacro(\"%{vctx_conn:ehlo_str$0ing}\"))";
        assert_eq!(lead(known), "stubs/tables/context_variables.toml ehlo_string");
    }

    #[test]
    fn highlights_and_no_rename() {
        let (project, file, offset) = project_at(&at("read.lua", "tag}"));
        let script = project.script(file).unwrap();
        let found = highlight::highlights(&script, offset);
        let words: Vec<&str> = found.iter().map(|(span, _)| script.text_at(*span)).collect();
        assert_eq!(words, ["KEY", "tag"]);
        assert!(rename::prepare(&script, offset).unwrap_err().contains("context variable"));
    }
}
