//! Reads a set of stub files.

use crate::api::Api;
use crate::assemble::assemble;
use crate::database::Database;
use crate::draft::Draft;
use crate::model::Model;
use crate::problem::StubError;

/// A stub file: its path and its text. The path's ending says what is in it: `.lua`, `.h` or `.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StubFile<'a> {
    /// The path, as errors and origins are to name it.
    pub path: &'a str,
    /// The text.
    pub text: &'a str,
}

/// Reads files that belong together, and says what is wrong with them. `base` is the API that they add to, whose names
/// they may use; files with other endings are passed over.
#[must_use]
pub fn read_stubs(files: &[StubFile<'_>], base: &Api) -> (Model, Vec<StubError>) {
    let mut draft = Draft::default();
    // Lua first: what it says goes before what C says.
    for ending in ["lua", "h", "toml"] {
        for file in
            files.iter().filter(|file| file.path.rsplit_once('.').is_some_and(|(_, end)| end == ending))
        {
            match ending {
                "lua" => crate::lua::read(file.path, file.text, &mut draft),
                "h" => crate::c::read(file.path, file.text, &mut draft),
                _ => crate::tables::read(file.path, file.text, &mut draft),
            }
        }
    }
    assemble(draft, base)
}

impl Api {
    /// The same API with the stubs of a site on top, and what is wrong with them. What could be understood counts even
    /// where something is wrong.
    #[must_use]
    pub fn with_stubs(self, files: &[StubFile<'_>]) -> (Self, Vec<StubError>) {
        let (model, errors) = read_stubs(files, &self);
        (self.with(Database::new(model)), errors)
    }
}
