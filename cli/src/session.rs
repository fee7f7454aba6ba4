//! The session that a policy is run against: a file of one of three kinds, or nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use momentum_lua_analyzer::configuration::toml_text::TomlError;
use momentum_lua_analyzer::syntax;
use momentum_lua_runtime::session::{self, Files, Session};
use momentum_lua_workspace::unsaved::Unsaved;

use crate::paths::WorkingDirectory;
use crate::problem::{Problem, reason};
use crate::source::Source;

/// The files that a session names, relative to its folder.
struct Folder<'a> {
    folder: PathBuf,
    here: &'a WorkingDirectory,
    unsaved: &'a Unsaved,
}

impl Files for Folder<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let file = self.here.absolute(&self.folder.join(path));
        self.unsaved.read(&file).map_err(|error| reason(&error))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        crate::paths::files_below(&self.folder.join(folder)).map_err(|error| reason(&error))
    }
}

/// Reads the text of a session file that stands in a folder, and what is wrong with it.
pub(crate) fn read_text(
    text: &str,
    folder: &Path,
    here: &WorkingDirectory,
    unsaved: &Unsaved,
) -> (Session, Vec<TomlError>) {
    session::read_toml(text, &Folder { folder: folder.to_owned(), here, unsaved })
}

/// Reads a session: a session file (`.toml`), an SMTP transcript, or a message. What is wrong is reported, and counts
/// as not written. Texts that are not saved go before what is on the disk.
pub(crate) fn read(
    path: &Path,
    here: &WorkingDirectory,
    unsaved: &Unsaved,
) -> Result<(Session, Vec<Problem>), Problem> {
    let file = here.absolute(path);
    let bytes = unsaved.read(&file).map_err(|error| Problem::io("read", path, &error))?;
    let is_toml = path.extension().is_some_and(|extension| extension == "toml");
    if !is_toml && !session::looks_like_transcript(&bytes) {
        return Ok((session::from_eml(bytes), Vec::new()));
    }
    let (text, _) = syntax::decode(bytes.clone());
    let (session, mut errors) = if is_toml {
        read_text(&text, file.parent().unwrap_or(here.path()), here, unsaved)
    } else {
        session::from_transcript(&bytes)
    };
    if is_toml && let Err(error) = std::str::from_utf8(&bytes) {
        // The text has a character for each byte then.
        let mut characters = text.char_indices().skip(error.valid_up_to());
        let (start, wrong) = characters.next().unwrap_or_default();
        let message = "the file is not UTF-8, as session files are: a message with other bytes stands in a `file` or in `base64`";
        errors.insert(0, TomlError::at(&text, message, start..start + wrong.len_utf8()));
    }
    let source = Arc::new(Source::new(here.shown(path), text.into()));
    let problem = |error: &TomlError| Problem::new(&*error.message).at(&source, error.span());
    Ok((session, errors.iter().map(problem).collect()))
}
