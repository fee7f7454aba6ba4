//! Where a name may lead: a place of the project, an entry of a stub.

use crate::project::FileId;
use crate::syntax::Span;
use momentum_lua_stub_reader::model::Origin;
use smol_str::SmolStr;

/// Where something leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A place in a file of the project.
    File {
        /// The file.
        file: FileId,
        /// The whole of it: a function with its body, a stanza.
        whole: Span,
        /// Its name.
        name: Span,
    },
    /// An entry of a stub.
    Stub {
        /// Where the stub has it.
        origin: Origin,
        /// The last part of its name, which stands in that line.
        name: SmolStr,
    },
}

/// What a place leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leads {
    /// The name that leads there.
    pub from: Span,
    /// Where.
    pub to: Vec<Target>,
}
