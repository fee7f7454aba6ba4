//! `momentum-lua.toml`: what a project says about itself. Everything has a default, so that no file is needed.
//!
//! [`parse`] reads the text and gives a usable [`Project`] together with all mistakes: a setting that is wrong keeps
//! its default. Paths in the file are relative to its folder; this module does not resolve them.

mod decode;
mod overrides;
mod rules;
mod schema;

pub use decode::{ProjectError, parse};
pub use overrides::{FileSettings, ProjectPaths};
pub use rules::{
    KnownOption, KnownRule, LuaLint, OptionKind, OptionValue, RuleSetting, RuleSeverity, RuleTable,
};
pub use schema::json_schema;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::target::TargetVersion;

/// The name of the file, which is looked for in the folder of a script and in the folders above it.
pub const FILE_NAME: &str = "momentum-lua.toml";

/// The name of the configuration files that are looked for when the project names none.
pub const CONFIGURATION_FILE_NAME: &str = "ecelerity.conf";

/// Settings of momentum-lua for a policy tree. All paths are relative to the folder of this file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "momentum-lua.toml")]
pub struct Project {
    /// The version of Momentum that the policy runs on. Decides which functions exist and how callouts are called.
    pub target: TargetVersion,

    /// Main configuration files of Momentum. They say which scripts are loaded and under which names. Without this
    /// setting every `ecelerity.conf` in the tree is read.
    pub configuration: Vec<String>,

    /// Where Lua modules and the sources of scripts are looked for before the folders that Momentum itself searches:
    /// folders, or templates with a `?` for the module.
    pub lua_path: Vec<String>,

    /// Folders with stubs for C modules of your own: LuaCATS files (`.lua`) and C headers (`.h`).
    pub stubs: Vec<String>,

    /// Files and folders that are not checked. A pattern without `/` fits at any depth; `*` stays within a folder,
    /// `**` does not.
    #[schemars(schema_with = "schema::globs")]
    pub exclude: Vec<String>,

    /// What the path of a documentation page is appended to in links.
    #[schemars(extend("format" = "uri"))]
    pub docs_url: String,

    /// Severity and options of rules.
    pub rules: RuleTable,

    /// Limits for running scripts locally.
    pub run: RunLimits,

    /// Other settings for some of the files. Where several fit, the later ones count more.
    #[serde(rename = "override")]
    pub overrides: Vec<Override>,
}

impl Default for Project {
    fn default() -> Self {
        Self {
            target: TargetVersion::NEWEST,
            configuration: Vec::new(),
            lua_path: Vec::new(),
            stubs: Vec::new(),
            exclude: Vec::new(),
            docs_url: "https://support.sparkpost.com".to_owned(),
            rules: RuleTable::default(),
            run: RunLimits::default(),
            overrides: Vec::new(),
        }
    }
}

impl Project {
    /// The address of a documentation page, `momentum/4/lua/ref-msg-binding`.
    pub fn page_url(&self, page: &str) -> String {
        format!("{}/{}", self.docs_url.trim_end_matches('/'), page.trim_start_matches('/'))
    }
}

/// Limits for running scripts locally. A run that reaches one is stopped and says so. The defaults are those of every
/// run, with a configuration and without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RunLimits {
    /// Instructions of the Lua machine in one run.
    #[schemars(range(min = 1))]
    pub instructions: u64,

    /// Memory that Lua may hold, in MiB (1,048,576 bytes).
    #[schemars(range(min = 1))]
    pub memory_mib: u64,

    /// Time that a run may take, in milliseconds.
    #[schemars(range(min = 1))]
    pub wall_clock_ms: u64,

    /// Output of `print` and of logging that is kept, in KiB (1,024 bytes).
    #[schemars(range(min = 1))]
    pub output_kib: u64,
}

impl Default for RunLimits {
    fn default() -> Self {
        Self { instructions: 500_000_000, memory_mib: 64, wall_clock_ms: 2_000, output_kib: 1_024 }
    }
}

/// Other settings for some of the files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The files and folders, as in `exclude`.
    #[schemars(schema_with = "schema::some_globs")]
    pub files: Vec<String>,

    /// The version of Momentum that these files run on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TargetVersion")]
    pub target: Option<TargetVersion>,

    /// Severity and options of rules in these files.
    #[serde(default)]
    pub rules: RuleTable,
}

#[cfg(test)]
mod tests;
