//! The session that a policy is run against: a file of one of three kinds, or nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use momentum_lua_analyzer::syntax::{self, Span};
use momentum_lua_runtime::session::{self, Files, Session};

use crate::paths::WorkingDirectory;
use crate::problem::{Problem, reason};
use crate::source::Source;

/// The files that a session names, relative to its folder.
struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.0.join(path)).map_err(|error| reason(&error))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        let root = self.0.join(folder);
        let mut found = Vec::new();
        list(&root, &root, &mut found).map_err(|error| reason(&error))?;
        found.sort();
        Ok(found)
    }
}

fn list(root: &Path, folder: &Path, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(root, &path, found)?;
        } else {
            found.push(crate::paths::below(root, &path));
        }
    }
    Ok(())
}

/// Reads a session: a session file (`.toml`), an SMTP transcript, or a message. What is wrong is reported, and counts
/// as not written.
pub(crate) fn read(path: &Path, here: &WorkingDirectory) -> Result<(Session, Vec<Problem>), Problem> {
    let file = here.absolute(path);
    let bytes = std::fs::read(&file).map_err(|error| Problem::io("read", path, &error))?;
    let is_toml = path.extension().is_some_and(|extension| extension == "toml");
    if !is_toml && !session::looks_like_transcript(&bytes) {
        return Ok((session::from_eml(bytes), Vec::new()));
    }
    let (text, _) = syntax::decode(bytes.clone());
    let (session, errors) = if is_toml {
        let folder = file.parent().unwrap_or(here.path()).to_owned();
        session::read_toml(&text, &Folder(folder))
    } else {
        session::from_transcript(&bytes)
    };
    let source = Arc::new(Source::new(here.shown(path), text.into()));
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let problem = |error: &momentum_lua_analyzer::configuration::toml_text::TomlError| {
        Problem::new(&*error.message)
            .at(&source, Span::new(offset(error.range.start), offset(error.range.end)))
    };
    Ok((session, errors.iter().map(problem).collect()))
}
