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

pub use schema::{json_schema, keys};

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
        session.lines = lines(text, &checker.places);
        let places = checker.places;
        super::invent::complete(&mut session, &|key| places.contains_key(key));
        session
    })
}

/// The lines of what is expected.
fn lines(text: &str, places: &BTreeMap<String, Range<usize>>) -> BTreeMap<String, u32> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line = |offset: usize| ends.partition_point(|end| *end < offset) + 1;
    let of_expectation = |key: &str| key.split(['.', '[']).any(|part| part == "expect" || part == "returns");
    let wanted = places.iter().filter(|(key, _)| of_expectation(key));
    wanted.map(|(key, range)| (key.clone(), u32::try_from(line(range.start)).unwrap_or(u32::MAX))).collect()
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
