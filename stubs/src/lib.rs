//! The Momentum API surface, embedded.
//!
//! The data are the files in `lua/`, `c/` and `tables/`; the build script reads them, so that a broken stub is a build
//! error.

use std::sync::OnceLock;

use momentum_lua_stub_reader::{Api, Database};

pub use momentum_lua_stub_reader as reader;

static BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/api.bin"));

/// The stubs as people edit them, by their paths, ascending.
static SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// The text of an embedded stub by the path that its entries give as their origin: `stubs/lua/msys/core.lua`.
#[must_use]
pub fn source(path: &str) -> Option<&'static str> {
    let index = SOURCES.binary_search_by_key(&path, |(known, _)| *known).ok()?;
    SOURCES.get(index).map(|(_, text)| *text)
}

/// The bytes of the embedded set of stubs, for [`Database::from_blob`].
#[must_use]
pub fn blob() -> &'static [u8] {
    BLOB
}

/// The embedded set of stubs. The first call makes the look-ups ready; entries are decoded when they are first asked
/// for.
pub fn database() -> &'static Database {
    static DATABASE: OnceLock<Database> = OnceLock::new();
    // The build script wrote the bytes with the same code, and a test reads them.
    DATABASE.get_or_init(|| Database::from_blob(BLOB).unwrap_or_default())
}

/// The embedded API; put the stubs of a site on top with [`Api::with`].
pub fn api() -> &'static Api {
    static API: OnceLock<Api> = OnceLock::new();
    API.get_or_init(|| Api::new(database()))
}
