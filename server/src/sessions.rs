//! The session files of the trees: what they are for, and which callouts they come to.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use momentum_lua_analyzer::configuration::toml_text::TomlError;
use momentum_lua_runtime::session::{Files, NoFiles, Reached, looks_like_session, read_toml};
use momentum_lua_stubs::reader::Api;
use momentum_lua_workspace::paths::{WorkingDirectory, files_below};
use momentum_lua_workspace::problem::reason;
use rustc_hash::FxHashMap;

use crate::world::World;

/// What a session file says of itself.
#[derive(Clone, Debug)]
pub(crate) struct SessionFile {
    /// The name that people see: the file's without its ending.
    pub(crate) name: String,
    /// The policy that it is for, as an absolute path.
    pub(crate) policy: Option<PathBuf>,
    /// The files that it includes, as absolute paths.
    pub(crate) includes: Vec<PathBuf>,
    /// The callouts and hooks that it comes to.
    pub(crate) reached: Reached,
    /// It says what should become of it.
    pub(crate) expects: bool,
    /// How long it lets a run take, in milliseconds.
    pub(crate) wall_clock_ms: Option<u64>,
}

impl SessionFile {
    /// Reads what a session says of itself; `None` where the text is no session.
    pub(crate) fn of(path: &Path, text: &str, api: &Api, here: &WorkingDirectory) -> Option<Self> {
        if !looks_like_session(text) {
            return None;
        }
        // The bytes of messages tell nothing here; `reached` wants only to know how many there are.
        let (session, _) = read_toml(text, &NoFiles);
        let folder = path.parent().unwrap_or(path);
        let absolute = |name: &String| here.absolute(&folder.join(name));
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        Some(Self {
            name: name.strip_suffix(".session").unwrap_or(&name).to_owned(),
            policy: session.policy.as_ref().map(absolute),
            includes: session.include.iter().map(absolute).collect(),
            reached: session.reached(api),
            expects: momentum_lua_runtime::testing::expects(&session),
            wall_clock_ms: session.limits.wall_clock_ms,
        })
    }
}

/// The session files that are known, by their absolute paths.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    files: FxHashMap<PathBuf, SessionFile>,
}

impl Sessions {
    /// A session by its path.
    pub(crate) fn get(&self, path: &Path) -> Option<&SessionFile> {
        self.files.get(path)
    }

    /// Whether a file is a session, or one that a session includes.
    pub(crate) fn knows(&self, path: &Path) -> bool {
        self.files.contains_key(path)
            || self.files.values().any(|file| file.includes.iter().any(|one| one == path))
    }

    /// All of them, in the order of their paths.
    pub(crate) fn all(&self) -> Vec<(&Path, &SessionFile)> {
        let mut all: Vec<_> = self.files.iter().map(|(path, file)| (path.as_path(), file)).collect();
        all.sort_by_key(|(path, _)| *path);
        all
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.files.clear();
    }

    /// Takes in what a file says now; `None` where it is gone or no session.
    pub(crate) fn set(&mut self, path: PathBuf, file: Option<SessionFile>) {
        match file {
            Some(file) => self.files.insert(path, file),
            None => self.files.remove(&path),
        };
    }
}

/// The files that a session names, as the client has them.
struct Named<'a> {
    world: &'a World,
    folder: PathBuf,
    /// Those that were asked for, also in vain.
    asked: RefCell<BTreeSet<PathBuf>>,
}

impl<'a> Named<'a> {
    /// Those that the session at `path` names.
    fn of(world: &'a World, path: &Path) -> Self {
        let folder = path.parent().unwrap_or(path).to_owned();
        Self { world, folder, asked: RefCell::default() }
    }
}

impl Files for Named<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let path = self.world.here().absolute(&self.folder.join(path));
        self.asked.borrow_mut().insert(path.clone());
        match self.world.text_at(&path) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => std::fs::read(&path).map_err(|error| reason(&error)),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        files_below(&self.folder.join(folder)).map_err(|error| reason(&error))
    }
}

impl World {
    /// Looks at what a file says that may be a session.
    pub(crate) fn read_session(&mut self, path: PathBuf) {
        let text = self.text_or_disk(&path);
        self.text_changed(&path, text.as_deref());
        let api = self.api();
        let file = text.and_then(|text| SessionFile::of(&path, &text, api, self.here()));
        self.sessions.set(path, file);
    }

    /// What is wrong with a session file, with its text.
    pub(crate) fn session_errors(&self, path: &Path) -> Option<(Arc<str>, Vec<TomlError>)> {
        let text = self.text_or_disk(path)?;
        let (_, errors) = read_toml(&text, &Named::of(self, path));
        Some((text, errors))
    }

    /// Every file that a session names: what it includes, messages, contents of files and databases. Files of a folder
    /// that it names count as they are now.
    pub(crate) fn files_of_session(&self, path: &Path) -> BTreeSet<PathBuf> {
        let named = Named::of(self, path);
        if let Some(text) = self.text_or_disk(path) {
            drop(read_toml(&text, &named));
        }
        named.asked.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_says_what_it_is_for() {
        let here = WorkingDirectory::root();
        let text = "policy = '../etc/ecelerity.conf'\ninclude = ['world.toml']\n";
        let path = Path::new("/site/sessions/partner.session.toml");
        let file = SessionFile::of(path, text, momentum_lua_stubs::api(), &here).unwrap();
        assert_eq!(file.name, "partner");
        assert_eq!(file.policy.as_deref(), Some(Path::new("/site/etc/ecelerity.conf")));
        let mut sessions = Sessions::default();
        sessions.set(path.to_owned(), Some(file));
        assert!(sessions.knows(path) && sessions.knows(Path::new("/site/sessions/world.toml")));
        assert!(SessionFile::of(path, "[package]\n", momentum_lua_stubs::api(), &here).is_none());
    }
}
