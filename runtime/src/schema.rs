//! JSON schemas of what the crate writes.

use schemars::JsonSchema;

/// The schema of a type as text, with a line end at the end.
pub(crate) fn text_of<T: JsonSchema>() -> String {
    let schema = schemars::schema_for!(T);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Holds a file of `docs/schema` against what it should say; writes it where `UPDATE_DOCS` is set.
#[cfg(test)]
pub(crate) fn assert_fresh(file: &str, wanted: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema").join(file);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, wanted).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found.replace("\r\n", "\n") == wanted,
        "docs/schema/{file} is stale: UPDATE_DOCS=1 cargo test -p momentum-lua-runtime --lib fresh"
    );
}
