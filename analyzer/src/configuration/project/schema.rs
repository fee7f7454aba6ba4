//! The JSON schema of `momentum-lua.toml`, which editors complete and check the file with.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::Project;
use crate::configuration::target::TargetVersion;

/// The schema as JSON (draft 7, which editors know), with a line end at the end.
pub fn json_schema() -> String {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<Project>();
    format!("{:#}\n", schema.as_value())
}

pub(super) fn globs(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": { "type": "string", "minLength": 1 } })
}

pub(super) fn some_globs(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1 })
}

impl JsonSchema for TargetVersion {
    fn schema_name() -> Cow<'static, str> {
        "TargetVersion".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A version of Momentum: 3.x, 4.x or 5.x.",
            "type": "string",
            "pattern": r"^[345](\.[0-9]+){1,3}$",
            "examples": ["3.6", "4.4", Self::NEWEST.to_string()],
        })
    }
}
