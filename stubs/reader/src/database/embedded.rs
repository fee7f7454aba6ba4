//! The form in which a database is embedded in the program.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::table::{Encoded, Encoding, Table};
use super::{Database, Indexes};

/// Changes whenever the bytes would be read differently.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    tables: Vec<Encoding>,
    indexes: &'a Indexes,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Read {
    format: u32,
    tables: Vec<Encoded>,
    indexes: Indexes,
}

impl Database {
    /// The database as bytes, for [`Database::from_blob`].
    ///
    /// # Errors
    /// When an entry cannot be written.
    pub fn to_blob(&self) -> Result<Vec<u8>, BlobError> {
        let tables = [
            Encoding::of(&self.functions),
            Encoding::of(&self.fields),
            Encoding::of(&self.constants),
            Encoding::of(&self.classes),
            Encoding::of(&self.aliases),
            Encoding::of(&self.hooks),
            Encoding::of(&self.c_functions),
            Encoding::of(&self.modules),
            Encoding::of(&self.macros),
            Encoding::of(&self.context_variables),
            Encoding::of(&self.options),
            Encoding::of(&self.phases),
            Encoding::of(&self.adaptive),
            Encoding::of(&self.server),
            Encoding::of(&self.member_lists),
            Encoding::of(&self.group_lists),
        ];
        let tables = tables.into_iter().collect::<Result<Vec<_>, _>>().map_err(BlobError)?;
        let written = Written { format: FORMAT, tables, indexes: &self.indexes };
        postcard::to_stdvec(&written).map_err(|error| BlobError(error.to_string()))
    }

    /// Reads what [`Database::to_blob`] wrote. Entries are decoded later, when they are asked for; strings stay in
    /// the bytes.
    ///
    /// # Errors
    /// When the bytes are of another format, or no database at all.
    pub fn from_blob(bytes: &'static [u8]) -> Result<Self, BlobError> {
        let read: Read = postcard::from_bytes(bytes).map_err(|error| BlobError(error.to_string()))?;
        if read.format != FORMAT {
            return Err(BlobError(format!("format {} instead of {FORMAT}", read.format)));
        }
        let count = read.tables.len();
        let wrong = || BlobError(format!("{count} tables"));
        let mut tables = read.tables.into_iter();
        let mut next = || tables.next().ok_or_else(wrong);
        Ok(Self {
            functions: Table::encoded(next()?),
            fields: Table::encoded(next()?),
            constants: Table::encoded(next()?),
            classes: Table::encoded(next()?),
            aliases: Table::encoded(next()?),
            hooks: Table::encoded(next()?),
            c_functions: Table::encoded(next()?),
            modules: Table::encoded(next()?),
            macros: Table::encoded(next()?),
            context_variables: Table::encoded(next()?),
            options: Table::encoded(next()?),
            phases: Table::encoded(next()?),
            adaptive: Table::encoded(next()?),
            server: Table::encoded(next()?),
            member_lists: Table::encoded(next()?),
            group_lists: Table::encoded(next()?),
            indexes: read.indexes,
        })
    }
}

/// A database could not be written or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobError(String);

impl fmt::Display for BlobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the table of the API is broken: {}", self.0)
    }
}

impl std::error::Error for BlobError {}
