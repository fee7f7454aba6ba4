//! The features, one file each: from a `View` and the request's parameters to the protocol's result.
//!
//! A new feature is a file here (what it knows about Lua goes to `momentum_lua_analyzer::ide`), a method in `backend`
//! and a line in `capabilities`.

pub(crate) mod hover;
