//! What the stubs say, one file per kind of thing.

mod about;
mod adaptive;
mod alias;
mod c_function;
mod class;
mod configuration;
mod constant;
mod context;
mod function;
mod hook;
mod macros;
mod module;
mod phase;
mod server;
mod signature;
mod text;
mod types;
mod version;

pub use about::{About, Origin};
pub use adaptive::{
    AdaptiveAction, AdaptiveDuration, AdaptiveField, AdaptiveForm, AdaptiveGrammar, AdaptiveOption,
    AdaptiveRegister, SweepRule, SweepRules,
};
pub use alias::Alias;
pub use c_function::{CFunction, CParam};
pub use class::{Class, ClassKind, Field};
pub use configuration::{
    ConfigurationOption, ConfigurationScope, DatasourceDriver, Named, RuntimeError, ScriptRules, ThreadPool,
};
pub use constant::{Constant, ConstantValue};
pub use context::{ContextDictionary, ContextVariable};
pub use function::{AllowedIn, CalloutTable, Fidelity, Function, FunctionKind, Mutation};
pub use hook::{EarlierSignature, Hook, HookKind, HookResult};
pub use macros::{Macro, MacroGrammar, MacroNamespace};
pub use module::Module;
pub use phase::{Injection, Per, Phase};
pub use server::ServerFacts;
pub use signature::{Generic, Param, Return, Signature};
pub use text::Text;
pub use types::{Literal, RecordField, Type};
pub use version::{Since, Version};

use serde::{Deserialize, Serialize};

/// Everything that a set of stubs says, in the order in which it was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Model {
    /// Functions and methods that Lua sees, the standard library included.
    pub functions: Vec<Function>,
    /// Fields that are neither functions nor constants.
    pub fields: Vec<Field>,
    /// Constants, in groups or alone.
    pub constants: Vec<Constant>,
    /// Classes: tables of modules, userdata, C structs.
    pub classes: Vec<Class>,
    /// Named types.
    pub aliases: Vec<Alias>,
    /// Callouts and hooks.
    pub hooks: Vec<Hook>,
    /// The C API, which Lua reaches as `msys.core.NAME`.
    pub c_functions: Vec<CFunction>,
    /// Modules that `require` loads.
    pub modules: Vec<Module>,
    /// Macros of `msys.expandMacro` and of the logger formats.
    pub macros: Vec<Macro>,
    /// Predefined context variables.
    pub context_variables: Vec<ContextVariable>,
    /// Options of the server's configuration that concern policy.
    pub options: Vec<ConfigurationOption>,
    /// SMTP phases in their order.
    pub phases: Vec<Phase>,
    /// The grammar of adaptive rules, if one of the files brings it.
    pub adaptive: Option<AdaptiveGrammar>,
    /// What the tables say beside their entries, if there are any.
    pub server: Option<ServerFacts>,
}
