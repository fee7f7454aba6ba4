//! The API as LuaCATS meta files, for lua-language-server, EmmyLua and whatever else reads them.
//!
//! Tags that only Momentum's stubs have become sentences of the descriptions; what is declared in C stands in Lua.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::ExportedFile;
use super::lua51::is_standard;
use crate::api::Api;
use crate::database::{Entry, Member};
use crate::describe::{Description, describe};
use crate::model::{
    Class, ClassKind, Constant, ConstantValue, Field, Function, FunctionKind, Hook, Module, Param,
    RecordField, Return, Signature, Text, Type,
};

/// The files: one for each module and class, and `globals.lua`, `aliases.lua`, `callouts.lua` and `c_api.lua`. What
/// Lua 5.1 has by itself is left to the other tool.
#[must_use]
pub fn luacats(api: &Api) -> Vec<ExportedFile> {
    let fields = by_owner(api.fields(), |field| &field.owner);
    let functions = by_owner(api.functions(), |function| &function.owner);
    let constants = by_owner(api.constants(), |constant| &constant.owner);
    let writer = Writer { api, fields, functions, constants };
    let mut files = vec![
        ExportedFile { path: "globals.lua".to_owned(), text: writer.globals() },
        ExportedFile { path: "aliases.lua".to_owned(), text: writer.aliases() },
        ExportedFile { path: "callouts.lua".to_owned(), text: writer.callouts() },
        ExportedFile { path: "c_api.lua".to_owned(), text: writer.c_api() },
    ];
    for class in api.classes() {
        if class.callouts.is_none() && !is_standard("", &class.name) && class.name != "file*" {
            files.push(writer.class(class));
        }
    }
    files.extend(
        api.modules().into_iter().filter(|module| module.class.is_none()).map(|module| writer.module(module)),
    );
    files
}

fn by_owner<T>(all: Vec<&T>, owner: fn(&T) -> &Text) -> BTreeMap<&str, Vec<&T>> {
    let mut owners: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
    for one in all {
        owners.entry(owner(one)).or_default().push(one);
    }
    owners
}

struct Writer<'a> {
    api: &'a Api,
    fields: BTreeMap<&'a str, Vec<&'a Field>>,
    functions: BTreeMap<&'a str, Vec<&'a Function>>,
    constants: BTreeMap<&'a str, Vec<&'a Constant>>,
}

impl Writer<'_> {
    /// Globals, and what the engine adds to tables of Lua 5.1.
    fn globals(&self) -> String {
        let mut out = String::from("---@meta\n");
        let extended = self.functions.iter().filter(|(owner, _)| owner.is_empty() || is_standard("", owner));
        for (owner, functions) in extended {
            for function in functions.iter().filter(|function| !is_standard(owner, &function.member)) {
                self.function(&mut out, function, owner);
            }
        }
        for field in self.fields.get("").into_iter().flatten().filter(|field| !is_standard("", &field.member))
        {
            out.push('\n');
            self.description(&mut out, Entry::Member(Member::Field(field)));
            let _ = writeln!(out, "---@type {}\n{} = nil", shown(&field.ty), field.member);
        }
        out
    }

    fn aliases(&self) -> String {
        let mut out = String::from("---@meta\n");
        for alias in self.api.aliases() {
            out.push('\n');
            self.description(&mut out, Entry::Alias(alias));
            let _ = writeln!(out, "---@alias {} {}", alias.name, shown(&alias.ty));
        }
        let groups: BTreeSet<&str> =
            self.api.constants().into_iter().filter_map(|constant| constant.group.as_deref()).collect();
        for group in groups {
            let texts = self.api.group(group).any(|one| matches!(one.value, Some(ConstantValue::String(_))));
            let _ = writeln!(out, "\n--- One of:");
            for constant in self.api.group(group) {
                let _ = writeln!(out, "--- - `{}`", constant.name);
            }
            let _ = writeln!(out, "---@alias {group} {}", if texts { "string" } else { "integer" });
        }
        out
    }

    /// All callouts and hooks as methods of one class: a policy table can be annotated with it.
    fn callouts(&self) -> String {
        let mut out = String::from(
            "---@meta\n\n--- Callouts and hooks: the functions of a table that `msys.registerModule` registers.\n\
             ---@class momentum.callouts\nlocal callouts = {}\n",
        );
        for hook in self.api.hooks() {
            self.hook(&mut out, hook);
        }
        out
    }

    fn hook(&self, out: &mut String, hook: &Hook) {
        out.push('\n');
        self.description(out, Entry::Hook(hook));
        for result in &hook.results {
            let _ = writeln!(out, "---\n--- Returns `{}`: {}", result.value, result.meaning);
        }
        params(out, &hook.params);
        if !hook.ignored && !hook.results.is_empty() {
            let _ = writeln!(out, "---@return any result");
        }
        deprecated(out, hook.about.deprecated.as_ref());
        let _ = writeln!(out, "function callouts:{}({}) end", hook.name, names(&hook.params));
    }

    /// The C API as functions of `msys.core`.
    fn c_api(&self) -> String {
        let mut out = String::from("---@meta\n");
        for c in self.api.c_functions() {
            let hidden = self.api.path(&c.function.name).and_then(Member::function) != Some(&c.function);
            if !c.is_macro && !hidden {
                self.function(&mut out, &c.function, "msys.core");
            }
        }
        out
    }

    fn class(&self, class: &Class) -> ExportedFile {
        let mut out = match &class.module {
            Some(module) if *module == class.name => format!("---@meta {module}\n\n"),
            _ => String::from("---@meta\n\n"),
        };
        self.description(&mut out, Entry::Member(Member::Table(class)));
        let parents: Vec<&str> = class.parents.iter().map(Text::as_str).collect();
        let colon = if parents.is_empty() { "" } else { ": " };
        // `thread` is a type of its own to the readers of LuaCATS, and here a module as well.
        let name = if class.name == "thread" { "threadlib" } else { class.name.as_str() };
        let _ = writeln!(out, "---@class {name}{colon}{}", parents.join(", "));
        let functions = self.functions.get(class.name.as_str()).map(Vec::as_slice).unwrap_or_default();
        let methods: BTreeSet<&str> = functions.iter().map(|function| function.member.as_str()).collect();
        for field in self.fields.get(class.name.as_str()).into_iter().flatten() {
            if !methods.contains(field.member.as_str()) {
                field_line(&mut out, field);
            }
        }
        if let Some((key, value)) = &class.index {
            let _ = writeln!(out, "---@field [{}] {}", shown(key), shown(value));
        }
        let variable = if class.kind == ClassKind::Table {
            let _ = writeln!(out, "{} = {{}}", class.name);
            class.name.to_string()
        } else {
            let name = class.name.replace(['.', '*'], "_");
            if !functions.is_empty() {
                let _ = writeln!(out, "local {name} = {{}}");
            }
            name
        };
        for constant in self.constants.get(class.name.as_str()).into_iter().flatten() {
            self.constant(&mut out, constant, &variable);
        }
        for function in functions {
            self.function(&mut out, function, &variable);
        }
        let path = if class.kind == ClassKind::Table {
            if class.module.as_ref() == Some(&class.name) {
                let _ = writeln!(out, "\nreturn {}", class.name);
            }
            format!("modules/{}.lua", class.name.replace('.', "/"))
        } else {
            format!("classes/{}.lua", class.name)
        };
        ExportedFile { path, text: out }
    }

    /// A module of which nothing but its name is known.
    fn module(&self, module: &Module) -> ExportedFile {
        let mut out = format!("---@meta {}\n\n", module.name);
        self.description(&mut out, Entry::Module(module));
        ExportedFile { path: format!("modules/{}.lua", module.name.replace('.', "/")), text: out }
    }

    fn constant(&self, out: &mut String, constant: &Constant, variable: &str) {
        out.push('\n');
        self.description(out, Entry::Member(Member::Constant(constant)));
        let value = match &constant.value {
            Some(ConstantValue::Integer(value)) => value.to_string(),
            Some(ConstantValue::Number(value)) => value.to_string(),
            Some(ConstantValue::String(value)) => format!("\"{value}\""),
            Some(ConstantValue::Boolean(value)) => value.to_string(),
            None => "nil".to_owned(),
        };
        let ty = constant.group.as_ref().map_or_else(|| shown(&constant.ty()), Text::to_string);
        let _ = writeln!(out, "---@type {ty}\n{variable}.{} = {value}", constant.member);
    }

    fn function(&self, out: &mut String, function: &Function, variable: &str) {
        out.push('\n');
        self.description(out, Entry::Member(Member::Function(function)));
        for generic in &function.signature.generics {
            let bound = generic.bound.as_ref().map(|bound| format!(": {}", shown(bound))).unwrap_or_default();
            let _ = writeln!(out, "---@generic {}{bound}", generic.name);
        }
        params(out, &function.signature.params);
        returns(out, &function.signature.returns);
        let method = function.kind == FunctionKind::Method;
        for overload in &function.overloads {
            let mut overload = overload.clone();
            if method {
                overload.params.insert(0, Param::new("self", Type::Named(function.owner.clone())));
            }
            let _ = writeln!(out, "---@overload {}", fun(&overload));
        }
        deprecated(out, function.about.deprecated.as_ref());
        let separator = if method { ":" } else { "." };
        let path = if variable.is_empty() {
            function.member.to_string()
        } else {
            format!("{variable}{separator}{}", function.member)
        };
        let _ = writeln!(out, "function {path}({}) end", names(&function.signature.params));
    }

    /// The description, with what no tag of LuaCATS says as sentences.
    fn description(&self, out: &mut String, entry: Entry<'_>) {
        let Description { doc, c, facts, traps, corrections, page, .. } = describe(self.api, entry);
        let mut paragraphs: Vec<String> = Vec::new();
        if !doc.is_empty() {
            paragraphs.push(doc.to_string());
        }
        let facts: Vec<String> = facts
            .iter()
            .filter(|(label, _)| !matches!(*label, "Deprecated" | "Local run"))
            .map(|(label, text)| format!("{label}: {}.", text.trim_end_matches('.')))
            .collect();
        if !facts.is_empty() {
            paragraphs.push(facts.join(" "));
        }
        paragraphs.extend(traps.iter().chain(&corrections).map(|text| format!("**Note** {text}")));
        if let Some(c) = c {
            paragraphs.push(format!("In C: `{c}`"));
        }
        if let Some(page) = page {
            paragraphs.push(format!("Documentation: {page}"));
        }
        for (position, paragraph) in paragraphs.iter().enumerate() {
            if position > 0 {
                out.push_str("---\n");
            }
            for line in paragraph.lines() {
                let _ = writeln!(out, "---{}{line}", if line.is_empty() { "" } else { " " });
            }
        }
    }
}

fn field_line(out: &mut String, field: &Field) {
    let plain = field.member.chars().all(|c| c.is_alphanumeric() || c == '_');
    let name = if plain { field.member.to_string() } else { format!("[\"{}\"]", field.member) };
    let doc = one_line(&field.about.doc);
    let _ =
        writeln!(out, "---@field {name} {}{}{doc}", shown(&field.ty), if doc.is_empty() { "" } else { " " });
}

fn params(out: &mut String, params: &[Param]) {
    for param in params {
        let mark = if param.optional { "?" } else { "" };
        let doc = one_line(&param.doc);
        let space = if doc.is_empty() { "" } else { " " };
        let _ = writeln!(out, "---@param {}{mark} {}{space}{doc}", name(param), shown(&param.ty));
    }
}

fn returns(out: &mut String, returns: &[Return]) {
    for one in returns {
        let doc = one_line(&one.doc);
        let space = if doc.is_empty() { "" } else { " # " };
        let (ty, name) = match &one.ty {
            Type::Variadic(inner) => (shown(inner), " ...".to_owned()),
            // A name behind `...` would be taken for its type.
            Type::Fun(signature)
                if matches!(signature.returns.last(), Some(Return { ty: Type::Variadic(_), .. })) =>
            {
                (shown(&one.ty), String::new())
            }
            ty => (shown(ty), one.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default()),
        };
        let _ = writeln!(out, "---@return {ty}{name}{space}{doc}");
    }
}

fn deprecated(out: &mut String, replacement: Option<&Text>) {
    if let Some(replacement) = replacement {
        let _ = writeln!(out, "---@deprecated {replacement}");
    }
}

fn names(params: &[Param]) -> String {
    params.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// C may use words of Lua as names.
fn name(param: &Param) -> String {
    const WORDS: [&str; 21] = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local",
        "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
    ];
    if WORDS.contains(&param.name.as_str()) { format!("{}_", param.name) } else { param.name.to_string() }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A type in what all of LuaCATS's readers take: any number of results of a function in a type is `...`.
fn shown(ty: &Type) -> String {
    match ty {
        Type::Fun(signature) => fun(signature),
        Type::Array(element) => match &**element {
            Type::Union(_) | Type::Fun(_) => format!("({})[]", shown(element)),
            other => format!("{}[]", shown(other)),
        },
        Type::Map(pair) => format!("table<{}, {}>", shown(&pair.0), shown(&pair.1)),
        Type::Union(members) if matches!(&**members, [_, Type::Nil]) => match members.first() {
            Some(Type::Fun(signature)) => format!("({})?", fun(signature)),
            one => format!("{}?", one.map(shown).unwrap_or_default()),
        },
        Type::Union(members) => {
            let one = |one: &Type| {
                if matches!(one, Type::Fun(_)) { format!("({})", shown(one)) } else { shown(one) }
            };
            members.iter().map(one).collect::<Vec<_>>().join("|")
        }
        Type::Record(fields) => {
            let field = |field: &RecordField| match field {
                RecordField::Named { name, ty, optional } => {
                    format!("{name}{}: {}", if *optional { "?" } else { "" }, shown(ty))
                }
                RecordField::Indexed { key, value } => format!("[{}]: {}", shown(key), shown(value)),
            };
            format!("{{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        Type::Variadic(_) => "...".to_owned(),
        other => other.to_string(),
    }
}

fn fun(signature: &Signature) -> String {
    let params: Vec<String> = signature
        .params
        .iter()
        .map(|param| format!("{}{}: {}", param.name, if param.optional { "?" } else { "" }, shown(&param.ty)))
        .collect();
    let returns: Vec<String> = signature.returns.iter().map(|one| shown(&one.ty)).collect();
    let colon = if returns.is_empty() { "" } else { ": " };
    format!("fun({}){colon}{}", params.join(", "), returns.join(", "))
}
