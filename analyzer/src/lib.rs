//! Reads Momentum Lua policy and configuration, and knows what they mean.
//!
//! Pure: it does no I/O, starts no task, and knows nothing of the Language Server Protocol. Texts come in, findings and
//! answers come out, all with byte ranges.

pub mod adaptive;
pub mod configuration;
pub mod diagnostic;
pub mod file_id;
pub mod fix;
pub mod general;
pub mod ide;
pub mod links;
pub mod macro_text;
pub mod pcre;
pub mod project;
pub mod rules;
pub mod semantics;
pub mod syntax;
