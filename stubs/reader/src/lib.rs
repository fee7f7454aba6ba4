//! Reads stubs of an API (LuaCATS meta files, C headers, TOML tables) into one model, and answers questions about it.
//!
//! Nothing in here does I/O: callers bring paths and texts. Every reader returns what it understood together with
//! a list of errors that name file, line and column; nothing in the input can make it panic.

pub mod api;
pub mod database;
pub mod model;

pub use api::Api;
pub use database::Database;
