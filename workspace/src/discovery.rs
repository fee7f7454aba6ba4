//! From the paths on the command line to the files that are checked.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use momentum_lua_analyzer::configuration::project::{CONFIGURATION_FILE_NAME, FILE_NAME};
use momentum_lua_analyzer::project::FileKind;

use crate::paths::WorkingDirectory;
use crate::problem::Problem;

/// A file that is to be checked. Ordered by the path that people see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Discovered {
    /// The path that people see.
    pub shown: String,
    /// The path from the root of the file system.
    pub path: PathBuf,
}

impl Discovered {
    /// A file by any path.
    pub fn new(path: &Path, here: &WorkingDirectory) -> Self {
        Self { shown: here.shown(path), path: here.absolute(path) }
    }

    /// What it is read as.
    pub fn kind(&self) -> FileKind {
        kind(&self.path)
    }
}

/// What a file is read as, by its name: what ends in `.conf` is the server's configuration.
pub fn kind(path: &Path) -> FileKind {
    if path.extension().is_some_and(|extension| extension == "conf") {
        FileKind::ServerConfiguration
    } else {
        FileKind::Lua
    }
}

/// What was found below some paths.
#[derive(Debug, Default)]
pub struct Discovery {
    /// The files, in the order of their paths, each once.
    pub files: Vec<Discovered>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Finds scripts and configuration files. A file that is named is always taken; below a folder, `.lua` files and
/// `ecelerity.conf` are, unless they are hidden, ignored by version control, or `excluded` (which gets an absolute
/// path) says so.
pub fn discover(paths: &[PathBuf], here: &WorkingDirectory, excluded: &dyn Fn(&Path) -> bool) -> Discovery {
    discover_with(paths, here, excluded, None)
}

/// The same, but files of the name `ignore_file` leave files out as `.gitignore` does.
pub fn discover_with(
    paths: &[PathBuf],
    here: &WorkingDirectory,
    excluded: &dyn Fn(&Path) -> bool,
    ignore_file: Option<&str>,
) -> Discovery {
    let mut discovery = Discovery::default();
    for path in paths {
        if path.is_dir() {
            discovery.folder(path, here, excluded, ignore_file);
        } else {
            match std::fs::metadata(path) {
                Ok(_) => discovery.files.push(Discovered::new(path, here)),
                Err(error) => discovery.problems.push(Problem::io("read", path, &error)),
            }
        }
    }
    discovery.files.sort();
    discovery.files.dedup_by(|a, b| a.path == b.path);
    discovery
}

impl Discovery {
    fn folder(
        &mut self,
        folder: &Path,
        here: &WorkingDirectory,
        excluded: &dyn Fn(&Path) -> bool,
        ignore_file: Option<&str>,
    ) {
        let mut walk = WalkBuilder::new(folder);
        ignore_file.into_iter().for_each(|name| {
            walk.add_custom_ignore_filename(name);
        });
        // Links to folders are not followed: they may lead in circles.
        for entry in walk.build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.problems.push(Problem::new(format!("cannot search: {error}")));
                    continue;
                }
            };
            let is_folder = entry.file_type().is_none_or(|kind| kind.is_dir());
            if is_folder || !is_policy(entry.path()) {
                continue;
            }
            let file = Discovered::new(entry.path(), here);
            if !excluded(&file.path) && entry.path().is_file() {
                self.files.push(file);
            }
        }
    }
}

/// The TOML files below a folder that may be sessions, by their absolute paths: all but the project's configuration,
/// unless they are hidden, ignored by version control, or `excluded`. What of them is a session, their content says.
pub fn toml_files(folder: &Path, here: &WorkingDirectory, excluded: &dyn Fn(&Path) -> bool) -> Vec<PathBuf> {
    let entries = WalkBuilder::new(folder).build().flatten();
    let files = entries.filter(|entry| entry.file_type().is_some_and(|kind| !kind.is_dir()));
    let paths = files.map(|entry| here.absolute(entry.path()));
    let mut found: Vec<PathBuf> = paths.filter(|path| may_be_session(path) && !excluded(path)).collect();
    found.sort();
    found
}

/// Whether a file may be a session, by its name.
pub fn may_be_session(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
        && path.file_name().is_some_and(|name| name != FILE_NAME)
}

/// Whether a file below a folder is looked at.
pub fn is_policy(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("lua"))
        || is_main_configuration(path)
}

/// Whether a file is a main configuration file, by its name.
pub fn is_main_configuration(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == CONFIGURATION_FILE_NAME)
}
