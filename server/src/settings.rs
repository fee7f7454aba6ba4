//! What the user set in the editor, under `momentumLua`.

use serde::Deserialize;
use serde_json::Value;

/// The section of the client's configuration.
pub(crate) const SECTION: &str = "momentumLua";

/// Settings of the editor. What a policy tree says in `momentum-lua.toml` is no matter of the editor's.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct EditorSettings {
    /// Report findings at all.
    pub(crate) diagnostics: bool,
    /// Which files findings are reported of.
    pub(crate) diagnostics_scope: Scope,
    /// Hints inside the text.
    pub(crate) inlay_hints: InlayHints,
    /// Lenses above callouts and registrations.
    pub(crate) code_lens: bool,
}

/// Which files findings are reported of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Scope {
    /// Those that are open.
    Open,
    /// All files of the tree.
    #[default]
    Workspace,
}

/// Which hints stand inside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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
        }
    }
}

impl Default for InlayHints {
    fn default() -> Self {
        Self { types: true, parameters: true, phases: true, results: true }
    }
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
    fn what_is_missing_is_as_by_default() {
        let settings =
            EditorSettings::read(&json!({ "inlayHints": { "types": false }, "later": 1 })).unwrap();
        assert!(!settings.inlay_hints.types && settings.inlay_hints.phases && settings.diagnostics);
        assert_eq!(EditorSettings::read(&Value::Null), Ok(EditorSettings::default()));
        assert!(EditorSettings::read(&json!({ "codeLens": "yes" })).is_err());
    }
}
