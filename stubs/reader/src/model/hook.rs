//! Callouts and hooks: functions of a registered table that the server calls.

use serde::{Deserialize, Serialize};

use super::{About, Param, Return, Signature, Text, Version};

/// A callout or hook.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Hook {
    /// The name of the function: `validate_data`, `core_final_validation`.
    pub name: Text,
    /// The family: `validate`, `core`, `smpp`, …
    pub scope: Text,
    /// Where it is declared.
    pub kind: HookKind,
    /// The Lua parameters, without `self`.
    pub params: Vec<Param>,
    /// The Lua results; what they may be says `results`.
    pub returns: Vec<Return>,
    /// Signatures of earlier versions.
    pub earlier: Vec<EarlierSignature>,
    /// The C prototype, where the server declares it in C.
    pub prototype: Option<Text>,
    /// The values that may be returned; empty where the documentation names none.
    pub results: Vec<HookResult>,
    /// The return value is ignored.
    pub ignored: bool,
    /// The thread that it runs on.
    pub thread: Option<Text>,
    /// The phase in which it runs; empty where it is not one of the phases.
    pub phases: Vec<Text>,
    /// The modules that bring it, where one has to be loaded.
    pub requires: Vec<Text>,
    /// Description, versions, remarks.
    pub about: About,
}

impl Hook {
    /// The parameters that a version passes.
    #[must_use]
    pub fn params_in(&self, version: Version) -> &[Param] {
        self.earlier
            .iter()
            .filter(|earlier| version < earlier.before)
            .min_by_key(|earlier| earlier.before)
            .map_or(&self.params, |earlier| &earlier.signature.params)
    }

    /// Whether it is one of the callouts of the SMTP session rather than a hook.
    #[must_use]
    pub fn is_callout(&self) -> bool {
        self.kind == HookKind::Callout
    }
}

/// Where a callout or hook is declared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HookKind {
    /// Of the SMTP session (`validate_*`, `init`, `deinit`), in Lua alone.
    #[default]
    Callout,
    /// Of a server module, in Lua alone.
    ModuleHook,
    /// Declared in C.
    CHook,
}

/// A signature that held before a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct EarlierSignature {
    /// The first version that no longer has it.
    pub before: Version,
    /// The signature.
    pub signature: Signature,
}

/// A value that a callout or hook may return.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct HookResult {
    /// A constant by its full name (`msys.core.VALIDATE_CONT`) or a literal (`0`, `true`, `"text"`, `nil`).
    pub value: Text,
    /// What it means.
    pub meaning: Text,
}
