//! What the user set in the editor, under `momentumLua`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The section of the client's configuration.
pub(crate) const SECTION: &str = "momentumLua";

/// Settings of the editor. What a policy tree says in `momentum-lua.toml` is no matter of the editor's.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
#[schemars(title = "Settings of editors for momentum-lua, in the section `momentumLua`")]
pub(crate) struct EditorSettings {
    /// Report findings at all.
    pub(crate) diagnostics: bool,
    /// Which files findings are reported of.
    pub(crate) diagnostics_scope: Scope,
    /// Hints inside the text.
    pub(crate) inlay_hints: InlayHints,
    /// Lenses above callouts and registrations.
    pub(crate) code_lens: bool,
    /// Running policy from the editor.
    pub(crate) run: Running,
}

/// How policy is run from the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Running {
    /// A run that takes longer is stopped, in seconds. A session that grants itself more time gets it.
    #[schemars(range(min = 1))]
    pub(crate) timeout_seconds: u64,
    /// When the report of a run is opened.
    pub(crate) show_report: ShowReport,
}

/// When the report of a run is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ShowReport {
    /// After every run.
    #[default]
    Always,
    /// After a run in which something went wrong.
    OnFailure,
    /// When it is asked for.
    Never,
}

/// Which files findings are reported of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Scope {
    /// Those that are open.
    Open,
    /// All files of the tree.
    #[default]
    Workspace,
}

/// Which hints stand inside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct InlayHints {
    /// Types of variables that nothing near them shows.
    pub(crate) types: bool,
    /// Names of parameters at literal arguments.
    pub(crate) parameters: bool,
    /// The phases that reach a helper.
    pub(crate) phases: bool,
    /// What the last run printed and returned.
    pub(crate) results: bool,
}

impl Default for EditorSettings {
    fn default() -> Self {
        Self {
            diagnostics: true,
            diagnostics_scope: Scope::default(),
            inlay_hints: InlayHints::default(),
            code_lens: true,
            run: Running::default(),
        }
    }
}

impl Default for Running {
    fn default() -> Self {
        Self { timeout_seconds: 30, show_report: ShowReport::default() }
    }
}

impl Default for InlayHints {
    fn default() -> Self {
        Self { types: true, parameters: true, phases: true, results: true }
    }
}

/// The JSON schema of the section, as text.
#[must_use]
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(EditorSettings);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

impl EditorSettings {
    /// Reads the section; what is missing or `null` is as by default.
    ///
    /// # Errors
    /// A value is of the wrong kind; the message names it.
    pub(crate) fn read(section: &Value) -> Result<Self, String> {
        if section.is_null() {
            return Ok(Self::default());
        }
        Self::deserialize(section).map_err(|error| format!("settings `{SECTION}`: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_schema_is_fresh() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../docs/schema/editor-settings.schema.json");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, json_schema()).unwrap();
            return;
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found.replace("\r\n", "\n") == json_schema(),
            "docs/schema/editor-settings.schema.json is stale: UPDATE_DOCS=1 cargo test -p momentum-lua-server --lib settings"
        );
    }

    #[test]
    fn what_is_missing_is_as_by_default() {
        let settings =
            EditorSettings::read(&json!({ "inlayHints": { "types": false }, "later": 1 })).unwrap();
        assert!(!settings.inlay_hints.types && settings.inlay_hints.phases && settings.diagnostics);
        assert_eq!(EditorSettings::read(&Value::Null), Ok(EditorSettings::default()));
        assert!(EditorSettings::read(&json!({ "codeLens": "yes" })).is_err());
    }
}
