//! Session files.
//!
//! The types of a session make the schema, the schema finds the mistakes, and what is left becomes the session.

mod check;
mod kind;
mod load;
mod schema;
#[cfg(test)]
mod tests;

pub use schema::json_schema;

use momentum_lua_analyzer::configuration::toml_text::{self, TomlError};
use serde::Deserialize;

use super::{Files, Session};

/// Reads a session file. `files` are those that it names. Gives a session that can run, whatever the text is, and all
/// mistakes in order of position; what is wrong counts as not written.
pub fn read_toml(text: &str, files: &dyn Files) -> (Session, Vec<TomlError>) {
    toml_text::read(text, |table, errors| {
        let mut checker = check::Checker { text, errors, places: std::collections::BTreeMap::new() };
        let checked = checker.table("", schema::root(), table, 0..0).unwrap_or_default();
        let mut session = Session::deserialize(checked).unwrap_or_else(|error| {
            checker.error(0..0, error.message().trim_end());
            Session::default()
        });
        load::load(&mut session, &mut checker, files);
        let places = checker.places;
        super::invent::complete(&mut session, &|key| places.contains_key(key));
        session
    })
}
