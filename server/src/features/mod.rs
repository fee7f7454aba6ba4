//! The features, one file each: from a `View` and the request's parameters to the protocol's result.
//!
//! A new feature is a file here (what it knows about Lua goes to `momentum_lua_analyzer::ide`), a method in `backend`
//! and a line in `capabilities`.

pub(crate) mod calls;
pub(crate) mod code_action;
pub(crate) mod code_lens;
pub(crate) mod completion;
pub(crate) mod definition;
pub(crate) mod folding;
pub(crate) mod formatting;
pub(crate) mod hover;
pub(crate) mod inlay_hints;
pub(crate) mod links;
pub(crate) mod references;
pub(crate) mod rename;
pub(crate) mod run_diagnostics;
pub(crate) mod run_results;
pub(crate) mod semantic_tokens;
pub(crate) mod signature_help;
pub(crate) mod symbols;
pub(crate) mod test_diagnostics;
pub(crate) mod toml;
