//! Reads stubs of an API (LuaCATS meta files, C headers, TOML tables) into one model, and answers questions about it.
//!
//! Nothing in here does I/O: callers bring paths and texts. Every reader returns what it understood together with
//! a list of errors that name file, line and column; nothing in the input can make it panic.

pub mod api;
mod assemble;
mod c;
pub mod database;
pub mod describe;
mod draft;
pub mod export;
mod lua;
pub mod luacats;
pub mod model;
mod problem;
mod read;
mod tables;

pub use api::Api;
pub use database::Database;
pub use problem::{Problem, StubError};
pub use read::{StubFile, read_stubs};
