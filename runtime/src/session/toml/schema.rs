//! The JSON schema of session files. Editors complete and check with it, and so does the reader.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::Value as Json;

use crate::session::Session;

static SCHEMA: LazyLock<Json> = LazyLock::new(|| {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<Session>();
    let mut schema = schema.to_value();
    without_null(&mut schema);
    schema
});

/// The schema as JSON (draft 7, which editors know), with a line end at the end.
pub fn json_schema() -> String {
    format!("{:#}\n", *SCHEMA)
}

pub(super) fn root() -> &'static Json {
    &SCHEMA
}

/// What a `$ref` or a wrapper of one refers to; the schema itself otherwise.
pub(super) fn resolve(schema: &'static Json) -> &'static Json {
    let mut schema = schema;
    // Bounded, so that a circle of references ends.
    for _ in 0..16 {
        let only =
            |all: &'static Json| all.as_array().filter(|all| all.len() == 1).and_then(|all| all.first());
        if let Some(name) = schema.get("$ref").and_then(Json::as_str) {
            let Some(pointer) = name.strip_prefix('#') else { break };
            let Some(target) = SCHEMA.pointer(pointer) else { break };
            schema = target;
        } else if let Some(target) = schema.get("allOf").and_then(only) {
            schema = target;
        } else {
            break;
        }
    }
    schema
}

/// TOML has no null: what may be null may be absent, which the schema says anyway.
fn without_null(schema: &mut Json) {
    match schema {
        Json::Object(object) => {
            if object.get("default").is_some_and(Json::is_null) {
                object.remove("default");
            }
            if let Some(Json::Array(types)) = object.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    object.insert("type".to_owned(), only);
                }
            }
            if let Some(Json::Array(branches)) = object.get_mut("anyOf") {
                branches.retain(|branch| branch.get("type").is_none_or(|name| name != "null"));
                if let [only] = branches.as_slice() {
                    let only = only.clone();
                    object.remove("anyOf");
                    object.insert("allOf".to_owned(), Json::Array(vec![only]));
                }
            }
            object.values_mut().for_each(without_null);
        }
        Json::Array(array) => array.iter_mut().for_each(without_null),
        _ => {}
    }
}

/// The keys at the top of a session file.
pub fn keys() -> Vec<&'static str> {
    let properties = SCHEMA.get("properties").and_then(Json::as_object);
    properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str)).collect()
}
