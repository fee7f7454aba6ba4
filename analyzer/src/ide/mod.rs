//! What an editor asks about a script: from offsets to plain results, one file for each feature.
//!
//! Nothing here knows the Language Server Protocol. `place` says what stands at an offset; features begin there.

pub mod actions;
pub mod calls;
pub mod completion;
pub mod configuration_outline;
mod context_variable;
pub mod definition;
#[cfg(test)]
pub(crate) mod fixture;
pub mod folding;
pub mod function_name;
pub mod highlight;
pub mod hints;
pub mod hover;
pub mod links;
mod match_groups;
pub mod moved;
mod named;
pub mod outline;
pub mod place;
mod receiver;
pub mod references;
pub mod rename;
pub mod selection;
pub mod semantic_tokens;
pub mod server_configuration;
pub mod signature;
pub mod symbol;
pub mod target;
pub mod toml;

pub use place::Place;
