//! The API as one JSON document.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::api::Api;
use crate::model::{
    About, Alias, CFunction, Class, ClassKind, ConfigurationOption, Constant, ConstantValue, ContextVariable,
    Fidelity, Field, Function, FunctionKind, Hook, HookKind, Macro, Module, Param, Phase, Return, Signature,
    Since, Text, Version,
};

/// Changes whenever a key goes away or means something else.
const FORMAT: u32 = 1;

/// The whole API as a JSON document: an object with `version`, `functions` (with fields, `kind` tells them apart),
/// `hooks`, `types`, `aliases`, `c_api`, `constants`, `context_variables`, `macros`, `modules`, `config` and `phases`.
/// Names are spelt as the documentation spells them, types as LuaCATS does.
///
/// `version` limits it to what that version of Momentum has.
#[must_use]
pub fn json(api: &Api, version: Option<Version>) -> String {
    let all_fields = api.fields();
    let mut by_owner: BTreeMap<&str, Vec<&Field>> = BTreeMap::new();
    for field in &all_fields {
        by_owner.entry(&field.owner).or_default().push(field);
    }
    let types = api.classes().into_iter().filter(|class| is_type(class));
    let document = json!({
        "version": FORMAT,
        "momentum": version.map(|version| version.to_string()),
        "functions": functions(api, &all_fields, version),
        "hooks": entries(api.hooks(), |hook| &hook.about, hook, version),
        "types": types.map(|class| class_value(&by_owner, class)).collect::<Vec<_>>(),
        "aliases": entries(api.aliases(), |alias| &alias.about, alias, version),
        "c_api": entries(api.c_functions(), |c| &c.function.about, c_function, version),
        "constants": entries(api.constants(), |one| &one.about, constant, version),
        "context_variables": entries(api.context_variables(), |one| &one.about, variable, version),
        "macros": entries(api.macros(), |one| &one.about, macro_value, version),
        "modules": entries(api.modules(), |one| &one.about, module, version),
        "config": entries(api.options(), |one| &one.about, option, version),
        "phases": entries(api.phases(), |one| &one.about, phase, version),
    });
    let mut text = format!("{document:#}");
    text.push('\n');
    text
}

/// The entries that a version has.
fn entries<T>(
    all: Vec<&T>,
    about: fn(&T) -> &About,
    shown: fn(&T) -> Value,
    version: Option<Version>,
) -> Vec<Value> {
    all.into_iter().filter(|one| there(about(one), version)).map(shown).collect()
}

fn there(about: &About, version: Option<Version>) -> bool {
    version.is_none_or(|version| about.available_in(version))
}

/// Functions, methods, and the fields that a Lua file describes: those that only a C struct declares stand with their
/// type.
fn functions(api: &Api, fields: &[&Field], version: Option<Version>) -> Vec<Value> {
    let in_lua = |field: &&Field| field.c_type.is_none() || field.about.origin.file.ends_with(".lua");
    let fields = fields.iter().copied().filter(in_lua).filter(|field| there(&field.about, version));
    let mut all: Vec<(&Text, Value)> = entries_named(api.functions(), version);
    all.extend(fields.map(|one| (&one.name, field(one))));
    all.sort_by(|a, b| a.0.cmp(b.0));
    all.into_iter().map(|(_, value)| value).collect()
}

fn entries_named(all: Vec<&Function>, version: Option<Version>) -> Vec<(&Text, Value)> {
    all.into_iter().filter(|one| there(&one.about, version)).map(|one| (&one.name, function(one))).collect()
}

fn alias(alias: &Alias) -> Value {
    let meanings: Vec<Value> = alias
        .meanings
        .iter()
        .map(|(ty, meaning)| json!({ "value": ty.to_string(), "meaning": meaning }))
        .collect();
    let value = json!({ "name": alias.name, "type": alias.ty.to_string(), "values": meanings });
    with_about(value, &alias.about)
}

fn function(function: &Function) -> Value {
    with_about(function_value(function), &function.about)
}

fn function_value(function: &Function) -> Value {
    json!({
        "name": function.name,
        "path": function.path(),
        "kind": match function.kind { FunctionKind::Function => "function", FunctionKind::Method => "method" },
        "params": params(&function.signature.params),
        "returns": returns(&function.signature.returns),
        "overloads": function.overloads.iter().map(signature).collect::<Vec<_>>(),
        "requires": function.requires,
        "phases": function.phases,
        "advised": function.advised,
        "never": function.never,
        "callouts": function.callouts.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "yields": function.yields,
        "blocking": function.blocking,
        "no_pcall": function.no_pcall,
        "mutates": function.mutates.is_some(),
        "completed_by": function.mutates.as_ref().and_then(|mutation| mutation.completed_by.as_ref()),
        "raises": function.raises,
        "fidelity": function.fidelity.map(|fidelity| match fidelity {
            Fidelity::Modelled => "modelled",
            Fidelity::Fixture => "fixture",
            Fidelity::Recorded => "recorded",
        }),
    })
}

fn field(field: &Field) -> Value {
    let value = json!({
        "name": field.name,
        "path": if field.owner.is_empty() { field.member.to_string() } else { format!("{}.{}", field.owner, field.member) },
        "kind": "field",
        "type": field.ty.to_string(),
        "params": [],
        "returns": [],
        "requires": field.requires,
        "phases": field.phases,
        "callouts": field.callouts.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "writable": field.writable,
    });
    with_about(value, &field.about)
}

fn signature(signature: &Signature) -> Value {
    json!({ "params": params(&signature.params), "returns": returns(&signature.returns) })
}

fn params(params: &[Param]) -> Vec<Value> {
    let param = |param: &Param| {
        json!({
            "name": param.name,
            "type": param.ty.to_string(),
            "optional": param.optional,
            "variadic": param.variadic,
            "nilcrash": param.nilcrash,
            "doc": param.doc,
        })
    };
    params.iter().map(param).collect()
}

fn returns(returns: &[Return]) -> Vec<Value> {
    let one = |one: &Return| json!({ "type": one.ty.to_string(), "name": one.name, "doc": one.doc });
    returns.iter().map(one).collect()
}

fn hook(hook: &Hook) -> Value {
    let results: Vec<Value> = hook
        .results
        .iter()
        .map(|result| json!({ "value": result.value, "meaning": result.meaning }))
        .collect();
    let earlier = hook.earlier.iter().map(|earlier| {
        json!({ "before": earlier.before.to_string(), "params": params(&earlier.signature.params) })
    });
    let value = json!({
        "name": hook.name,
        "scope": hook.scope,
        "kind": match hook.kind { HookKind::Callout => "callout", HookKind::ModuleHook => "lua", HookKind::CHook => "c" },
        "params": params(&hook.params),
        "returns": results,
        "ignored": hook.ignored,
        "earlier": earlier.collect::<Vec<_>>(),
        "prototype": hook.prototype,
        "thread": hook.thread,
        "phases": hook.phases,
        "requires": hook.requires,
    });
    with_about(value, &hook.about)
}

/// Tables of modules, and classes that only hold callouts, are no types of values.
fn is_type(class: &Class) -> bool {
    class.kind != ClassKind::Table && class.callouts.is_none() && !is_nested(class)
}

/// A struct inside a struct: `accept_construct.accept_construct_closure`.
fn is_nested(class: &Class) -> bool {
    class.kind == ClassKind::Struct && class.name.contains('.')
}

fn class_value(by_owner: &BTreeMap<&str, Vec<&Field>>, class: &Class) -> Value {
    let mut fields = Vec::new();
    fields_of(by_owner, &class.name, &mut fields);
    let value = json!({
        "name": class.listed_as.as_ref().unwrap_or(&class.name),
        "class": class.name,
        "receivers": class.receivers,
        "parents": class.parents,
        "iter": class.iter.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "prototype": class.prototype,
        "fields": fields,
    });
    with_about(value, &class.about)
}

/// The fields of a class, those of the structs nested in it included.
fn fields_of(by_owner: &BTreeMap<&str, Vec<&Field>>, class: &str, fields: &mut Vec<Value>) {
    for field in by_owner.get(class).into_iter().flatten() {
        fields.push(json!({
            "name": field.member,
            "type": field.ty.to_string(),
            "c": field.c_type,
            "writable": field.writable,
            "doc": field.about.doc,
        }));
        // A nested struct is a class named by its path, which is longer than its owner's: this ends.
        let nested = format!("{class}.{}", field.member);
        if field.c_type.is_some() {
            fields_of(by_owner, &nested, fields);
        }
    }
}

fn c_function(c: &CFunction) -> Value {
    let mut value = function_value(&c.function);
    if let Some(object) = value.as_object_mut() {
        object.insert("name".to_owned(), json!(c.function.member));
        object.insert("lua_name".to_owned(), json!((!c.is_macro).then_some(&c.function.name)));
        object.insert("prototype".to_owned(), json!(c.prototype));
        object.insert("header".to_owned(), json!(c.header));
        object.insert("macro".to_owned(), json!(c.is_macro));
        object.insert("seen_in_lua".to_owned(), json!(c.seen));
        object.insert("thread".to_owned(), json!(c.thread));
    }
    with_about(value, &c.function.about)
}

fn constant(constant: &Constant) -> Value {
    let value = constant.value.as_ref().map(|value| match value {
        ConstantValue::Integer(value) => json!(value),
        ConstantValue::Number(value) => json!(value),
        ConstantValue::String(value) => json!(value),
        ConstantValue::Boolean(value) => json!(value),
    });
    let value = json!({
        "name": constant.name,
        "group": constant.group,
        "value": value,
        "requires": constant.requires,
    });
    with_about(value, &constant.about)
}

fn variable(variable: &ContextVariable) -> Value {
    let value = json!({
        "name": variable.name,
        "dictionary": variable.dictionary,
        "module": variable.module,
        "from": variable.from,
        "set_by": variable.set_by,
        "set_in": variable.set_in,
        "values": variable.values,
        "effect": variable.effect,
    });
    with_about(value, &variable.about)
}

fn macro_value(one: &Macro) -> Value {
    let arguments: Vec<Value> =
        one.arguments.iter().map(|(name, meaning)| json!({ "name": name, "meaning": meaning })).collect();
    let value = json!({
        "syntax": one.syntax,
        "namespace": one.namespace,
        "short": one.short,
        "arguments": arguments,
        "values": one.values,
    });
    with_about(value, &one.about)
}

fn module(module: &Module) -> Value {
    let value = json!({
        "name": module.name,
        "preloaded": module.preloaded,
        "global": module.global,
        "companions": module.companions,
        "configuration": module.configuration,
        "origin": module.source,
        "effect": module.effect,
        "replaced": module.replaced,
    });
    with_about(value, &module.about)
}

fn option(option: &ConfigurationOption) -> Value {
    let value = json!({
        "name": option.name,
        "scopes": option.scopes,
        "type": option.kind,
        "unit": option.unit,
        "default": option.default,
        "values": option.values,
        "required": option.required,
        "replaced": option.replaced,
    });
    with_about(value, &option.about)
}

fn phase(phase: &Phase) -> Value {
    let value = json!({
        "name": phase.name,
        "callout": phase.callout,
        "before": phase.before,
        "after": phase.after,
        "hooks": phase.hooks,
        "change": phase.change,
        "reply": phase.reply,
    });
    with_about(value, &phase.about)
}

/// Adds what can be said of anything.
fn with_about(mut value: Value, about: &About) -> Value {
    if let Some(object) = value.as_object_mut() {
        let mut add = |key: &str, value: Value| object.insert(key.to_owned(), value);
        add("doc", json!(about.doc));
        add("since", since(&about.since));
        add("deprecated", json!(about.deprecated));
        add("traps", json!(about.traps));
        add("corrections", json!(about.corrections));
        add("undocumented", json!(about.undocumented));
        add("page", json!(about.page));
    }
    value
}

/// `{"3": "3.1", "4": "4.0"}`; null where it is everywhere.
fn since(since: &Since) -> Value {
    if since.series.is_empty() {
        return Value::Null;
    }
    let pairs =
        since.series.iter().map(|(series, first)| (series.to_string(), Value::from(first.to_string())));
    Value::Object(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::StubFile;

    #[test]
    fn names_are_the_documentations() {
        let lua = "---@meta a.b\n\n--- Table.\n---@class a.b\na.b = {}\n\n--- Message.\n---@class message\n---@receiver msg\n\
                   local message = {}\n\n--- Binds.\n---@param name? string Its name.\n---@return boolean? bound\n---@since 4=5.1\n\
                   function message:bind(name) end\n\n--- One.\n---@constant g\na.b.ONE = 1\n";
        let c = "/** S.\n * @name listed */ struct inner { union { int deep; } u; };\n\
                 /** C. */ int call(struct inner *i, char *b, int bl);\n";
        let files = [StubFile { path: "a.lua", text: lua }, StubFile { path: "a.h", text: c }];
        let (api, errors) = Api::default().with_stubs(&files);
        assert_eq!(errors, []);
        let document: Value = serde_json::from_str(&json(&api, None)).unwrap();
        assert_eq!(document["functions"][0]["name"], "msg:bind");
        assert_eq!(document["functions"][0]["kind"], "method");
        assert_eq!(document["functions"][0]["params"][0]["optional"], true);
        assert_eq!(document["functions"][0]["returns"][0]["type"], "boolean?");
        assert_eq!(document["functions"][0]["since"]["4"], "5.1");
        assert_eq!(document["constants"][0]["name"], "a.b.ONE");
        assert_eq!(document["constants"][0]["value"], 1);
        let listed = document["types"].as_array().unwrap().iter().find(|ty| ty["name"] == "listed").unwrap();
        let fields: Vec<&str> =
            listed["fields"].as_array().unwrap().iter().filter_map(|f| f["name"].as_str()).collect();
        assert_eq!(fields, ["u", "deep"]);
        assert_eq!(document["c_api"][0]["name"], "call");
        assert_eq!(document["c_api"][0]["params"][1]["type"], "ec_string");
        assert_eq!(document["modules"][0]["name"], "a.b");
        let old: Value =
            serde_json::from_str(&json(&api, Some(Version { major: 4, minor: 8, patch: 0 }))).unwrap();
        assert_eq!(old["functions"], json!([]));
    }
}
