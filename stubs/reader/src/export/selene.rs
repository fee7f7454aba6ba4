//! The API as a standard library of selene.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use super::lua51::is_standard;
use crate::api::Api;
use crate::database::{Member, NamedType};
use crate::model::{ClassKind, ConstantValue, Function, FunctionKind, Literal, Param, Text, Type};

/// A standard library in selene's YAML format, on top of its `lua51`: all globals and tables with their functions,
/// fields and constants. Methods of userdata are not in it: selene follows names only.
#[must_use]
pub fn selene(api: &Api) -> String {
    let mut globals = BTreeMap::new();
    collect(api, "", "", &mut globals, 8);
    let mut out = String::from("---\nname: momentum\nbase: lua51\nglobals:\n");
    for (path, entry) in globals {
        let _ = write!(out, "  {}:\n{entry}", quoted(&path));
    }
    out
}

/// Entries of a class that is reached at `path`.
fn collect(api: &Api, class: &str, path: &str, globals: &mut BTreeMap<String, String>, depth: usize) {
    for member in api.members(class) {
        let name = member.member();
        if is_standard(class, name) && !matches!(member, Member::Table(_)) {
            continue;
        }
        let full = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let below = match member {
            Member::Table(table) => Some(table.name.as_str()),
            Member::Field(field) => table_class(api, &field.ty),
            _ => None,
        };
        if let Some(entry) = entry(api, member) {
            globals.insert(full.clone(), entry);
        }
        if let Some(below) = below
            && depth > 0
        {
            collect(api, below, &full, globals, depth - 1);
        }
    }
}

/// The class of a table whose fields can be listed.
fn table_class<'a>(api: &'a Api, ty: &Type) -> Option<&'a str> {
    let Type::Named(name) = ty else { return None };
    match api.named_type(name)? {
        NamedType::Class(class) if class.kind == ClassKind::Table => Some(&class.name),
        _ => None,
    }
}

/// The lines of an entry; `None` for a table, which its members make.
fn entry(api: &Api, member: Member<'_>) -> Option<String> {
    let mut out = String::new();
    match member {
        Member::Function(one) => function(api, &mut out, one),
        Member::CFunction(c) => function(api, &mut out, &c.function),
        Member::Constant(_) => out.push_str("    property: read-only\n"),
        Member::Field(field) => match &field.ty {
            Type::Any | Type::Unknown | Type::Named(_) => out.push_str("    any: true\n"),
            Type::Table | Type::Map(_) | Type::Record(_) | Type::Array(_) => {
                out.push_str("    property: new-fields\n");
            }
            _ if field.writable.is_some() => out.push_str("    property: override-fields\n"),
            _ => out.push_str("    property: read-only\n"),
        },
        // A table without a member that is known may hold anything.
        Member::Table(class) if api.members(&class.name).is_empty() => out.push_str("    any: true\n"),
        Member::Table(_) => return None,
    }
    if let Some(replacement) = &member.about().deprecated {
        let _ = writeln!(out, "    deprecated:\n      message: {}", quoted(replacement));
    }
    Some(out)
}

fn function(api: &Api, out: &mut String, function: &Function) {
    if function.kind == FunctionKind::Method {
        out.push_str("    method: true\n");
    }
    let arguments = arguments(api, function);
    if arguments.is_empty() {
        out.push_str("    args: []\n");
        return;
    }
    out.push_str("    args:\n");
    for Argument { ty, required } in arguments {
        let _ = writeln!(out, "      - type: {ty}");
        if !required {
            out.push_str("        required: false\n");
        }
    }
}

struct Argument {
    ty: String,
    required: bool,
}

/// One list for all signatures: what one of them takes is allowed, what all of them need is required.
fn arguments(api: &Api, function: &Function) -> Vec<Argument> {
    let most = function.signatures().map(|signature| signature.params.len()).max().unwrap_or(0);
    let mut arguments = Vec::new();
    for position in 0..most {
        let params: Vec<&Param> =
            function.signatures().filter_map(|signature| signature.params.get(position)).collect();
        if params.iter().any(|param| param.variadic) {
            arguments.push(Argument { ty: "\"...\"".to_owned(), required: false });
            return arguments;
        }
        let mut types: Vec<String> = params.iter().map(|param| argument_type(api, &param.ty, 4)).collect();
        types.dedup();
        let ty = if types.len() == 1 { types.remove(0) } else { "any".to_owned() };
        let required = function.signatures().all(|signature| signature.least() > position);
        arguments.push(Argument { ty, required });
    }
    arguments
}

/// A type as selene writes it; `any` where it has none that fits.
fn argument_type(api: &Api, ty: &Type, depth: usize) -> String {
    match ty {
        Type::Boolean | Type::Literal(Literal::Boolean(_)) => "bool".to_owned(),
        Type::Number | Type::Integer | Type::Literal(Literal::Integer(_)) => "number".to_owned(),
        Type::String => "string".to_owned(),
        Type::Table | Type::Array(_) | Type::Map(_) | Type::Record(_) | Type::Tuple(_) => "table".to_owned(),
        Type::Function | Type::Fun(_) => "function".to_owned(),
        Type::Literal(Literal::String(text)) => format!("[{}]", quoted(text)),
        Type::Union(members) => union(api, members, depth),
        Type::Named(name) if depth > 0 => named(api, name, depth - 1),
        _ => "any".to_owned(),
    }
}

fn union(api: &Api, members: &[Type], depth: usize) -> String {
    let texts: Option<Vec<String>> = members
        .iter()
        .map(|one| if let Type::Literal(Literal::String(text)) = one { Some(quoted(text)) } else { None })
        .collect();
    if let Some(texts) = texts {
        return format!("[{}]", texts.join(", "));
    }
    let mut types: Vec<String> = members.iter().map(|one| argument_type(api, one, depth)).collect();
    types.dedup();
    if types.len() == 1 { types.remove(0) } else { "any".to_owned() }
}

fn named(api: &Api, name: &Text, depth: usize) -> String {
    match api.named_type(name) {
        Some(NamedType::Alias(alias)) => argument_type(api, &alias.ty, depth),
        Some(NamedType::Group(group)) => {
            let text = api.group(group).any(|one| matches!(one.value, Some(ConstantValue::String(_))));
            if text { "string".to_owned() } else { "number".to_owned() }
        }
        Some(NamedType::Class(class)) => match class.kind {
            ClassKind::Table | ClassKind::Shape => "table".to_owned(),
            ClassKind::Userdata | ClassKind::Struct => format!("{{ display: {} }}", quoted(&class.name)),
        },
        None => "any".to_owned(),
    }
}

/// A YAML string: JSON's strings are YAML's as well.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
