//! Fields, constants, classes and named types.

use super::{Description, Row, signature_line};
use crate::api::Api;
use crate::database::Member;
use crate::model::{Alias, Class, ClassKind, Constant, ConstantValue, Field, Text};

pub(super) fn field(field: &Field) -> Description {
    let kind = if field.owner.is_empty() { "global".to_owned() } else { format!("field of {}", field.owner) };
    let mut description = Description::new(&field.name, kind, &field.about);
    description.code.push(format!("{}: {}", field.name, field.ty));
    description.c = field.c_type.as_ref().map(Text::to_string);
    description.availability(&field.requires, &field.phases, &field.callouts, false);
    match &field.writable {
        Some(values) if values.is_empty() => description.fact("Writable", "yes"),
        Some(values) => description.fact_list("Writable", values),
        None if field.c_type.is_some() => {
            description.fact("Writable", "no: setting it has no documented effect")
        }
        None => {}
    }
    description
}

pub(super) fn constant(constant: &Constant) -> Description {
    let kind = match &constant.group {
        Some(group) => format!("constant of the group {group}"),
        None => "constant".to_owned(),
    };
    let mut description = Description::new(&constant.name, kind, &constant.about);
    description.code.push(match &constant.value {
        Some(value) => format!("{} = {}", constant.name, shown(value)),
        None => constant.name.to_string(),
    });
    if constant.value.is_none() {
        description.fact("Value", "not documented: use the name");
    }
    description.availability(&constant.requires, &[], &[], false);
    description
}

fn shown(value: &ConstantValue) -> String {
    match value {
        ConstantValue::Integer(value) => value.to_string(),
        ConstantValue::Number(value) => value.to_string(),
        ConstantValue::String(value) => format!("\"{value}\""),
        ConstantValue::Boolean(value) => value.to_string(),
    }
}

pub(super) fn class(api: &Api, class: &Class) -> Description {
    let kind = match class.kind {
        ClassKind::Table if class.module.is_some() => "module table",
        ClassKind::Table => "table",
        ClassKind::Userdata | ClassKind::Struct => "class of userdata",
        ClassKind::Shape => "fields of a table",
    };
    let mut description = Description::new(&class.name, kind, &class.about);
    let parents = match class.parents.is_empty() {
        true => String::new(),
        false => format!(": {}", class.parents.iter().map(Text::as_str).collect::<Vec<_>>().join(", ")),
    };
    description.code.push(format!("{}{parents}", class.name));
    description.c = class.prototype.as_ref().map(Text::to_string);
    description.fact_list("Called", &class.receivers);
    if !class.iter.is_empty() {
        let types: Vec<String> = class.iter.iter().map(ToString::to_string).collect();
        description.fact("Iterates", format!("`for … in value do` gives {}", types.join(", ")));
    }
    let (mut fields, mut methods, mut functions, mut constants, mut tables) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for member in api.members(&class.name) {
        let doc = first_sentence(&member.about().doc);
        match member {
            Member::Function(function) => {
                let name = signature_line(&function.name, &function.signature);
                let list = if function.kind == crate::model::FunctionKind::Method {
                    &mut methods
                } else {
                    &mut functions
                };
                list.push(Row { name, ty: String::new(), doc });
            }
            // The C API is too long to list: each function can be asked for.
            Member::CFunction(_) => {}
            Member::Field(field) => {
                fields.push(Row { name: field.member.to_string(), ty: field.ty.to_string(), doc });
            }
            Member::Constant(constant) => {
                constants.push(Row { name: constant.member.to_string(), ty: String::new(), doc });
            }
            Member::Table(table) => tables.push(Row { name: table.name.to_string(), ty: String::new(), doc }),
        }
    }
    for rows in [&mut fields, &mut methods, &mut functions, &mut constants, &mut tables] {
        rows.sort_by(|a, b| a.name.cmp(&b.name));
    }
    description.section("Functions", functions);
    description.section("Methods", methods);
    description.section("Fields", fields);
    description.section("Constants", constants);
    description.section("Tables", tables);
    description
}

pub(super) fn alias(alias: &Alias) -> Description {
    let mut description = Description::new(&alias.name, "named type", &alias.about);
    description.code.push(format!("{} = {}", alias.name, alias.ty));
    let rows = alias.meanings.iter().map(|(ty, meaning)| Row {
        name: ty.to_string(),
        ty: String::new(),
        doc: meaning.to_string(),
    });
    description.section("Values", rows.collect());
    description
}

pub(super) fn group(api: &Api, name: &str) -> Description {
    let mut description = Description {
        name: name.to_owned(),
        kind: "group of constants".to_owned(),
        ..Description::default()
    };
    let rows = api.group(name).map(|constant| Row {
        name: constant.name.to_string(),
        ty: constant.value.as_ref().map(shown).unwrap_or_default(),
        doc: first_sentence(&constant.about.doc),
    });
    description.section("Constants", rows.collect());
    description.page = api.group(name).find_map(|constant| constant.about.page.clone());
    description
}

/// The first sentence of a description, for lists.
fn first_sentence(doc: &str) -> String {
    let paragraph = doc.split("\n\n").next().unwrap_or(doc).replace('\n', " ");
    let ends = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
    paragraph.get(..ends).unwrap_or(&paragraph).to_owned()
}
