//! The C API.

use serde::{Deserialize, Serialize};

use super::{Function, Text};

/// A function of the server's C API. Lua reaches it as `msys.core.NAME`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct CFunction {
    /// What Lua sees: name `msys.core.NAME`, the derived signature, and all that is said of it.
    pub function: Function,
    /// A preprocessor macro: C code may use it, Lua never sees it.
    pub is_macro: bool,
    /// The C prototype in one line, without the semicolon.
    pub prototype: Text,
    /// The C parameters.
    pub params: Vec<CParam>,
    /// The C type that it returns.
    pub returns: Text,
    /// The stub's header file: `stubs/c/api/memory.h` is `memory.h`.
    pub header: Text,
    /// Seen called from Lua.
    pub seen: bool,
    /// The thread that it must be called on, where the documentation says so.
    pub thread: Option<Text>,
}

/// A parameter in C.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct CParam {
    /// Its name; `...` for the variadic one.
    pub name: Text,
    /// Its type: `const char *`.
    pub c_type: Text,
}
