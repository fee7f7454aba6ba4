//! Fast answers about one set of stubs.

mod build;
mod embedded;
mod entry;
mod index;
mod near;
mod query;
mod table;

pub use embedded::BlobError;
pub use entry::{Entry, Member, NamedType};
pub use near::nearest;

use index::Index;
use serde::{Deserialize, Serialize};
use table::Table;

use crate::model::{
    AdaptiveGrammar, Alias, CFunction, Class, ConfigurationOption, Constant, ContextVariable, Field,
    Function, Hook, Macro, Module, Phase, ServerFacts, Text,
};

/// A set of stubs with its look-ups. A look-up allocates nothing; entries of the embedded set are decoded when they are
/// first asked for.
///
/// It answers for one set alone, and without the parents of classes. [`crate::Api`] puts sets on top of each other and
/// is what callers usually want.
#[derive(Debug, Default)]
pub struct Database {
    functions: Table<Function>,
    fields: Table<Field>,
    constants: Table<Constant>,
    classes: Table<Class>,
    aliases: Table<Alias>,
    hooks: Table<Hook>,
    c_functions: Table<CFunction>,
    modules: Table<Module>,
    macros: Table<Macro>,
    context_variables: Table<ContextVariable>,
    options: Table<ConfigurationOption>,
    phases: Table<Phase>,
    adaptive: Table<AdaptiveGrammar>,
    server: Table<ServerFacts>,
    member_lists: Table<Vec<Handle>>,
    group_lists: Table<Vec<u32>>,
    indexes: Indexes,
}

/// Names to positions in the tables.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Indexes {
    /// Dotted paths of members (`msys.pcre.match`, `ec_message.binding`) and names of globals, to packed handles.
    paths: Index,
    /// Names as the documentation spells them, where they differ from the path (`msg:binding`), to packed handles.
    documented: Index,
    /// Tables and classes to the lists of their members; globals are the members of the empty name.
    owners: Index,
    /// Groups of constants to the lists of their constants.
    groups: Index,
    classes: Index,
    receivers: Index,
    aliases: Index,
    hooks: Index,
    modules: Index,
    macros: Index,
    /// `conn.NAME`, `mess.NAME`
    context_variables: Index,
    /// `SCOPE.NAME`
    options: Index,
    phases: Index,
}

/// Which table a member stands in, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Handle {
    kind: HandleKind,
    position: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum HandleKind {
    Function,
    Field,
    Constant,
    CFunction,
    Class,
}

impl Handle {
    /// Into one word: the upper four bits are the kind.
    fn packed(self) -> u32 {
        ((self.kind as u32) << 28) | (self.position & 0x0fff_ffff)
    }

    fn unpacked(word: u32) -> Option<Self> {
        let kind = match word >> 28 {
            0 => HandleKind::Function,
            1 => HandleKind::Field,
            2 => HandleKind::Constant,
            3 => HandleKind::CFunction,
            4 => HandleKind::Class,
            _ => return None,
        };
        Some(Self { kind, position: word & 0x0fff_ffff })
    }
}

/// The table that a dotted name stands in and the last part of the name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once(['.', ':']).unwrap_or(("", path))
}

/// The key of a member, in parts that need no putting together.
fn key<'a>(owner: &'a str, member: &'a str) -> [&'a str; 3] {
    [owner, if owner.is_empty() { "" } else { "." }, member]
}

/// A text for a key.
fn joined(owner: &Text, member: &str) -> String {
    key(owner, member).concat()
}
