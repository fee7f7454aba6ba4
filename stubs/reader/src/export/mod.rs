//! The API in other tools' formats.

mod json;
mod lua51;
mod luacats;
mod selene;

pub use json::json;
pub use luacats::luacats;
pub use selene::selene;

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// Its path below the folder that the user names, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}
