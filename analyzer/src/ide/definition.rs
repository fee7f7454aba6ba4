//! Where things come from: definitions, declarations, types and implementations.
//!
//! A name of the project leads to the project's files. A name of Momentum's API leads to the stub that describes it; a
//! callout's own name, which is its definition, leads to the stub that declares the callout. Names that the server's
//! configuration gives (scripts, datasources, bindings, thread pools) lead to their stanzas.

use super::place::{self, Place};
use super::receiver;
use super::server_configuration;
use super::symbol::{self, Occurrence, Role, Symbol};
use super::target::{Leads, Target};
use crate::project::{FileId, Project, Script};
use crate::semantics::scope::{BindingId, BindingKind};
use crate::semantics::types::{TableRef, Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::NamedType;
use momentum_lua_stub_reader::model::About;
use smol_str::SmolStr;

/// Where what stands at `offset` is defined.
#[must_use]
pub fn definition(script: &Script<'_>, offset: u32) -> Option<Leads> {
    if let Some(leads) = annotated(script, offset) {
        return Some(leads);
    }
    let place = place::at(script, offset)?;
    let from = place.span();
    let to = of_place(script, &place);
    (!to.is_empty()).then_some(Leads { from, to })
}

/// Where what stands at `offset` is declared: a callout in the stub of the API, anything else where it is defined.
#[must_use]
pub fn declaration(script: &Script<'_>, offset: u32) -> Option<Leads> {
    if let Some(place) = place::at(script, offset)
        && let Some(hook) = callout_at(script, &place)
    {
        let to = vec![hook_stub(script.api(), &hook)?];
        return Some(Leads { from: place.span(), to });
    }
    definition(script, offset)
}

/// Where the type of what stands at `offset` is defined.
#[must_use]
pub fn type_definition(script: &Script<'_>, offset: u32) -> Option<Leads> {
    // The name of a type is its own.
    if let Some(leads) = annotated(script, offset) {
        return Some(leads);
    }
    let place = place::at(script, offset)?;
    let ty = type_at(script, &place);
    let mut to = Vec::new();
    for value in ty.values() {
        for target in of_value(script, value) {
            if !to.contains(&target) {
                to.push(target);
            }
        }
    }
    (!to.is_empty()).then_some(Leads { from: place.span(), to })
}

/// What implements the thing at `offset`: of a callout, all scripts that register one of that name, in the order in which
/// the configuration loads them; of a field, the functions that are assigned to it.
#[must_use]
pub fn implementation(script: &Script<'_>, offset: u32) -> Option<Leads> {
    let place = place::at(script, offset)?;
    let from = place.span();
    if let Some(hook) = callout_at(script, &place) {
        let to = implementations(script.project(), &hook);
        return (!to.is_empty()).then_some(Leads { from, to });
    }
    let ty = type_at(script, &place);
    let functions = ty.functions();
    let to: Vec<Target> = functions
        .filter_map(|function| function_target(script.project(), function.file, function.function))
        .collect();
    (!to.is_empty()).then_some(Leads { from, to })
}

/// The functions that scripts of the project register under the name of a callout or hook, in the order in which the
/// configuration loads the scripts; those that it does not load come last.
#[must_use]
pub fn implementations(project: &Project, hook: &str) -> Vec<Target> {
    let mut order: Vec<FileId> = project
        .server_configurations()
        .flat_map(|server| {
            let scripts: Vec<_> =
                server.policy().scripts().filter_map(|script| server.script_file(script)).collect();
            scripts.into_iter().map(|script| script.id())
        })
        .collect();
    order.extend(project.files());
    let mut seen = rustc_hash::FxHashSet::default();
    order.retain(|file| seen.insert(*file));
    let scripts = order.into_iter().filter_map(|file| project.script(file));
    let callouts = scripts.flat_map(|script| {
        let named = script.registered_callouts().filter(|(callout, _)| *callout.name == hook);
        let targets: Vec<Target> = named
            .map(|(callout, _)| Target::File {
                file: script.id(),
                whole: callout.write.span,
                name: callout.write.name_span,
            })
            .collect();
        targets
    });
    callouts.collect()
}

/// The callout or hook that a place names: the key of a function on a table, or a field that holds such a function.
pub(super) fn callout_at(script: &Script<'_>, place: &Place) -> Option<SmolStr> {
    let (Place::Member { name, .. } | Place::TableField { name, .. }) = place else { return None };
    script.api().hook(name)?;
    let is_own = |function: FunctionId| {
        script.analysis().function(function).and_then(|facts| facts.hook.as_ref()).is_some()
    };
    let held = type_at(script, place).functions().any(|function| {
        let known = script.project().function_facts(function);
        known.is_some_and(|facts| facts.hook.is_some())
    });
    let defined = script.analysis().callouts(script.id(), script.api()).any(|callout| {
        is_own(callout.function) && symbol::name_in(script, callout.write.name_span, name) == place.span()
    });
    (held || defined).then(|| name.clone())
}

fn of_place(script: &Script<'_>, place: &Place) -> Vec<Target> {
    let project = script.project();
    if let Place::Literal { expression, .. } = place {
        return of_string(script, *expression);
    }
    // Nothing is gained by leading from a declaration to itself: what it is made of is meant.
    if let Place::Binding { binding, expression: None, .. } = place
        && let Some(module) = required(script, *binding)
    {
        return vec![module];
    }
    // `self` is declared by no word of its own: the table is meant.
    if let Place::Binding { binding, expression: Some(expression), .. } = place
        && matches!(script.scopes().binding(*binding).kind, BindingKind::SelfParameter(_))
    {
        let tables = script.type_of(*expression);
        let tables: Vec<Target> = tables.tables().filter_map(|table| table_target(project, table)).collect();
        if !tables.is_empty() {
            return tables;
        }
    }
    let Some(symbol) = symbol::of_place(script, place) else { return Vec::new() };
    let definitions = targets(project, &symbol);
    let is_itself = |target: &Target| match target {
        Target::File { file, name, .. } => *file == script.id() && *name == place.span(),
        Target::Stub { .. } => false,
    };
    if definitions.iter().all(is_itself)
        && let Some(stub) = callout_at(script, place).and_then(|hook| hook_stub(script.api(), &hook))
    {
        return vec![stub];
    }
    definitions
}

/// Where a symbol is defined.
#[must_use]
pub fn targets(project: &Project, symbol: &Symbol) -> Vec<Target> {
    if let Symbol::Api(owner, name) = symbol {
        let api = project.api();
        let member = if owner.is_empty() { api.global(name) } else { api.member(owner, name) };
        return member.and_then(|member| stub(member.about(), member.member())).into_iter().collect();
    }
    let own = symbol::definitions(project, symbol).into_iter().map(|found| target(project, found));
    context_variable(project, symbol).into_iter().chain(own).collect()
}

/// A context variable: what Momentum says of its own, and where the project sets it.
fn context_variable(project: &Project, symbol: &Symbol) -> Vec<Target> {
    let Symbol::ContextVariable(dictionary, name) = symbol else { return Vec::new() };
    let known = project.predefined_context_variable(*dictionary, name);
    known.and_then(|variable| stub(&variable.about, &variable.name)).into_iter().collect()
}

/// A definition with the statement or function around it.
fn target(project: &Project, found: Occurrence) -> Target {
    let whole = project.script(found.file).and_then(|script| whole(&script, found));
    Target::File { file: found.file, whole: whole.unwrap_or(found.span), name: found.span }
}

fn whole(script: &Script<'_>, found: Occurrence) -> Option<Span> {
    if found.role == Role::Read {
        return None;
    }
    let statements = script.tree().statements().map(|(_, statement)| statement.span);
    let fields = script.tree().expressions().filter_map(|(_, expression)| match &expression.kind {
        ExpressionKind::Table(fields) => Some(fields.iter().map(|field| field.span)),
        _ => None,
    });
    let around = statements.chain(fields.flatten()).filter(|span| span.covers(found.span));
    around.min_by_key(|span| span.len())
}

/// The entry of a stub.
#[must_use]
pub fn stub(about: &About, name: &str) -> Option<Target> {
    let origin = about.origin.clone();
    (!origin.file.is_empty()).then(|| Target::Stub { origin, name: SmolStr::new(name) })
}

/// The stub of a callout or hook.
#[must_use]
pub fn hook_stub(api: &Api, hook: &str) -> Option<Target> {
    stub(&api.hook(hook)?.about, hook)
}

/// The stub of a module.
#[must_use]
pub fn module_stub(api: &Api, module: &str) -> Option<Target> {
    let module = api.module(module)?;
    let class = module.class.as_deref().and_then(|class| api.class(class));
    let about = class.map_or(&module.about, |class| &class.about);
    stub(about, &module.name).or_else(|| stub(&module.about, &module.name))
}

/// The module that a local is made of: `local core = require("msys.core")`.
fn required(script: &Script<'_>, binding: BindingId) -> Option<Target> {
    let initial = script.tree().unparenthesized(script.scopes().binding(binding).initial?);
    let span = script.span(initial);
    let require = script.analysis().requires.iter().find(|require| require.span == span)?;
    module(script, &require.module)
}

/// The file or stub of a module.
fn module(script: &Script<'_>, module: &str) -> Option<Target> {
    match script.project().module_file(module, script.id()) {
        Some(file) => Some(Target::File { file, whole: Span::empty(0), name: Span::empty(0) }),
        None => module_stub(script.api(), module),
    }
}

/// What a string names: a module, or something that the server's configuration has.
fn of_string(script: &Script<'_>, literal: ExpressionId) -> Vec<Target> {
    let span = script.span(literal);
    if let Some(require) = script.analysis().requires.iter().find(|require| require.name_span == span) {
        return module(script, &require.module).into_iter().collect();
    }
    server_configuration::named_by(script, literal)
}

/// The classes of annotations.
fn annotated(script: &Script<'_>, offset: u32) -> Option<Leads> {
    script.parsed().comment_at(offset)?;
    let blocks = script.annotations().blocks();
    let at = offset as usize;
    let name =
        blocks.flat_map(|block| &block.names).find(|name| name.range.start <= at && at <= name.range.end)?;
    let from = Span::new(u32::try_from(name.range.start).ok()?, u32::try_from(name.range.end).ok()?);
    let class = script.project().class(&name.value).and_then(|table| table_target(script.project(), table));
    let to = class.or_else(|| named_type(script.api(), &name.value))?;
    Some(Leads { from, to: vec![to] })
}

fn named_type(api: &Api, name: &str) -> Option<Target> {
    match api.named_type(name)? {
        NamedType::Class(class) => stub(&class.about, &class.name),
        NamedType::Alias(alias) => stub(&alias.about, &alias.name),
        NamedType::Group(group) => {
            api.group(group).next().and_then(|constant| stub(&constant.about, &constant.member))
        }
    }
}

/// The type of what stands at a place.
#[must_use]
pub fn type_at(script: &Script<'_>, place: &Place) -> Type {
    match place {
        Place::Binding { binding, expression: None, .. } => {
            script.analysis().binding_types.get(binding.index()).cloned().unwrap_or_default()
        }
        Place::Member { expression, base, name, .. } => {
            // A call has the type of what it gives back; the method itself is meant.
            let is_call = matches!(script.tree().expression(*expression).kind, ExpressionKind::Call(_));
            let site = script.analysis().calls.iter().find(|site| site.expression == *expression);
            let known = match site {
                _ if !is_call => script.type_of(*expression),
                Some(site) => site.callee.clone(),
                None => Type::unknown(),
            };
            match known.values().is_empty() {
                true => symbol::field_type(script.project(), &receiver::type_of(script, *base), name),
                false => known,
            }
        }
        _ => place.expression().map(|expression| script.type_of(expression)).unwrap_or_default(),
    }
}

fn of_value(script: &Script<'_>, value: &Value) -> Vec<Target> {
    let (project, api) = (script.project(), script.api());
    let found = match value {
        Value::Table(table) | Value::Callouts(table) => table_target(project, *table),
        Value::Function(function) => function_target(project, function.file, function.function),
        Value::Instance(class) | Value::Group(class) => named_type(api, class),
        Value::Member(member) => {
            crate::semantics::library::resolve(api, member).and_then(|member| match member {
                momentum_lua_stub_reader::database::Member::Constant(constant) => {
                    constant.group.as_deref().and_then(|group| named_type(api, group))
                }
                other => stub(other.about(), other.member()),
            })
        }
        _ => None,
    };
    found.into_iter().collect()
}

/// A table of the project: its constructor, and the name of the variable that it is declared with.
fn table_target(project: &Project, table: TableRef) -> Option<Target> {
    let whole = project.table(table)?.span;
    let script = project.script(table.file)?;
    let tree = script.tree();
    let declared = script.scopes().bindings().find_map(|(_, binding)| {
        let initial = tree.unparenthesized(binding.initial?);
        (script.span(initial) == whole).then_some(binding.span)
    });
    let name = declared.unwrap_or(Span::empty(whole.start));
    Some(Target::File { file: table.file, whole, name })
}

/// A function of the project: the whole of it, and its name or the word `function`.
#[must_use]
pub fn function_target(project: &Project, file: FileId, function: FunctionId) -> Option<Target> {
    let script = project.script(file)?;
    let known = script.tree().functions().nth(function.index()).map(|(_, known)| known)?;
    let (_, name) = super::function_name::of(&script, function);
    Some(Target::File { file, whole: known.span, name })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::{marked, project_at};

    type Question = fn(&Script<'_>, u32) -> Option<Leads>;

    fn leads(question: Question, text: &str) -> String {
        let (project, file, offset) = project_at(text);
        let leads = question(&project.script(file).unwrap(), offset);
        let to = leads.into_iter().flat_map(|leads| leads.to);
        let shown = to.map(|target| match target {
            Target::File { file, name, .. } => marked(&project, std::iter::once((file, name))),
            Target::Stub { origin, name } => format!("{} {name}", origin.file),
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    const CALLOUT: &str = "local mod = {}\nfunction mod:validate_data(msg, accept, vctx)\n  msg:hea$0der(\"To\")\nend\nmsys.registerModule(\"m\", mod)\n";

    #[test]
    fn names_lead_to_their_definitions() {
        assert_eq!(leads(definition, "local a = 1\nprint(a$0)\n"), "main.lua 1:7");
        assert_eq!(leads(definition, CALLOUT), "stubs/lua/msys/extended/message.lua header");
        assert_eq!(
            leads(definition, "print(msys.core.VALIDATE$0_CONT)"),
            "stubs/lua/msys/core/validate_result.lua VALIDATE_CONT"
        );
        assert_eq!(leads(definition, "pri$0nt(1)"), "stubs/lua/standard/basic.lua print");
        assert_eq!(leads(definition, "local t = { a = 1 }\nt.a$0 = 2"), "main.lua 1:13");
    }

    #[test]
    fn modules_lead_to_their_files() {
        let other = "//- /policy/limits.lua\nreturn { most = 1 }\n//- /policy/main.lua\n";
        assert_eq!(leads(definition, &format!("{other}local l = require(\"lim$0its\")")), "limits.lua 1:1");
        assert_eq!(leads(definition, &format!("{other}local l$0 = require(\"limits\")")), "limits.lua 1:1");
        assert_eq!(
            leads(definition, &format!("{other}local l = require(\"limits\")\nprint(l.mo$0st)")),
            "limits.lua 1:10"
        );
        assert_eq!(leads(definition, "require(\"msys.pc$0re\")"), "stubs/lua/msys/pcre.lua msys.pcre");
    }

    #[test]
    fn a_callout_is_declared_by_the_api() {
        let text = CALLOUT.replace("$0", "").replace("validate_data", "validate$0_data");
        assert_eq!(leads(definition, &text), "stubs/lua/callouts/validate.lua validate_data");
        assert_eq!(leads(declaration, &text), "stubs/lua/callouts/validate.lua validate_data");
        let call = format!("{}mod:valid$0ate_data()\n", CALLOUT.replace("$0", ""));
        assert_eq!(leads(definition, &call), "main.lua 2:14");
        assert_eq!(leads(declaration, &call), "stubs/lua/callouts/validate.lua validate_data");
        let hook =
            "local mod = { core_final$0_validation = function() end }\nmsys.registerModule(\"m\", mod)";
        assert_eq!(leads(declaration, hook), "stubs/c/hooks/core_validation.h core_final_validation");
    }

    #[test]
    fn a_callout_is_implemented_by_all_who_register_it() {
        let file = |name: &str, cursor: &str| {
            format!(
                "//- /etc/conf/global/{name}.lua\nlocal mod = {{}}\nfunction mod:validate{cursor}_data() end\nmsys.registerModule(\"{name}\", mod)\n"
            )
        };
        let configuration = "//- /etc/ecelerity.conf\nscriptlet \"scriptlet\" { script \"b\" { source = \"b\" } script \"a\" { source = \"a\" } }\n";
        let text = format!("{configuration}{}{}{}", file("a", "$0"), file("b", ""), file("c", ""));
        assert_eq!(leads(implementation, &text), "b.lua 2:14; a.lua 2:14; c.lua 2:14");
        let named = "local mod = {}\nlocal function check() end\nlocal function wrap(f) return function() f() end end\n\
            mod.validate_$0data = check\nmod.validate_ehlo = wrap(check)\nmsys.registerModule(\"a\", mod)\n";
        assert_eq!(leads(implementation, named), "main.lua 4:5");
        let wrapped = named.replace("$0", "").replace("ehlo", "eh$0lo");
        assert_eq!(leads(implementation, &wrapped), "main.lua 5:5");
        assert_eq!(leads(implementation, "local f = function() end\nlocal g = f\ng$0()"), "main.lua 1:7");
    }

    #[test]
    fn types_lead_to_classes_and_tables() {
        assert_eq!(
            leads(type_definition, &CALLOUT.replace("$0", "").replace("(msg,", "(ms$0g,")),
            "stubs/lua/userdata/ec_message.lua ec_message"
        );
        assert_eq!(leads(type_definition, "local t = { a = 1 }\nlocal u = t\nprint(u$0)"), "main.lua 1:7");
        assert_eq!(leads(definition, "local t = {}\nfunction t:f() return sel$0f end"), "main.lua 1:7");
        assert_eq!(
            leads(type_definition, "---@param m ec_mes$0sage\nlocal function f(m) end"),
            "stubs/lua/userdata/ec_message.lua ec_message"
        );
    }

    #[test]
    fn annotations_lead_to_classes() {
        assert_eq!(
            leads(definition, "---@param m ec_mes$0sage\nlocal function f(m) end"),
            "stubs/lua/userdata/ec_message.lua ec_message"
        );
        assert_eq!(
            leads(definition, "---@class List\nlocal List = {}\n---@param l Li$0st\nlocal function f(l) end"),
            "main.lua 2:7"
        );
    }
}
