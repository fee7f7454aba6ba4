//! Session files.
//!
//! The types of a session make the schema, the schema finds the mistakes, and what is left becomes the session.

mod check;
mod include;
mod kind;
mod load;
mod schema;
#[cfg(test)]
mod tests;

pub use schema::json_schema;

use std::collections::BTreeMap;
use std::ops::Range;

use ::toml::de::DeTable;
use momentum_lua_analyzer::configuration::toml_text::{self, TomlError};
use serde::Deserialize;

use super::{Files, Session};
use check::Checker;

/// Reads a session file. `files` are those that it names. Gives a session that can run, whatever the text is, and all
/// mistakes in order of position; what is wrong counts as not written.
pub fn read_toml(text: &str, files: &dyn Files) -> (Session, Vec<TomlError>) {
    toml_text::read(text, |table, errors| {
        let mut checker = Checker { text, errors, places: BTreeMap::new() };
        let mut session = read(table, &mut checker, files);
        include::include(&mut session, &mut checker, files);
        let places = checker.places;
        super::invent::complete(&mut session, &|key| places.contains_key(key));
        session
    })
}

/// Reads a file that sessions include: what it says, where each key stands, and its mistakes.
fn read_common(text: &str, files: &dyn Files) -> (Session, BTreeMap<String, Range<usize>>, Vec<TomlError>) {
    let ((session, places), errors) = toml_text::read(text, |table, errors| {
        let mut checker = Checker { text, errors, places: BTreeMap::new() };
        let session = read(table, &mut checker, files);
        (session, checker.places)
    });
    (session, places, errors)
}

fn read(table: &DeTable<'_>, checker: &mut Checker<'_>, files: &dyn Files) -> Session {
    let checked = checker.table("", schema::root(), table, 0..0).unwrap_or_default();
    let mut session = Session::deserialize(checked).unwrap_or_else(|error| {
        checker.error(0..0, error.message().trim_end());
        Session::default()
    });
    load::load(&mut session, checker, files);
    session
}
