//! From the paths on the command line to the files that are checked.

use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;
use momentum_lua_analyzer::project::FileKind;

use crate::problem::Problem;

/// The name of the server's main configuration file.
const SERVER_CONFIGURATION: &str = "ecelerity.conf";

/// A file that is to be checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Discovered {
    /// The path, without `.` and doubled separators.
    pub(crate) path: PathBuf,
    /// Whether it is a script; else it is the server's configuration.
    pub(crate) script: bool,
}

impl Discovered {
    fn new(path: &Path) -> Self {
        Self { path: tidy(path), script: !is_server_configuration(path) }
    }

    /// What it is read as.
    pub(crate) fn kind(&self) -> FileKind {
        if self.script { FileKind::Lua } else { FileKind::ServerConfiguration }
    }
}

/// What was found below some paths.
#[derive(Debug, Default)]
pub(crate) struct Discovery {
    /// The files, in the order of their paths, each once.
    pub(crate) files: Vec<Discovered>,
    /// What could not be read.
    pub(crate) problems: Vec<Problem>,
}

/// Finds scripts and configuration files. A file that is named is always taken; below a folder, `.lua` files and
/// `ecelerity.conf` are, unless they are hidden, ignored by version control, or `excluded` says so.
pub(crate) fn discover(paths: &[PathBuf], excluded: &dyn Fn(&Path) -> bool) -> Discovery {
    let mut discovery = Discovery::default();
    for path in paths {
        if path.is_dir() {
            discovery.folder(path, excluded);
        } else {
            match std::fs::metadata(path) {
                Ok(_) => discovery.files.push(Discovered::new(path)),
                Err(error) => discovery.problems.push(Problem::io("read", path, &error)),
            }
        }
    }
    discovery.files.sort();
    discovery.files.dedup_by(|a, b| a.path == b.path);
    discovery
}

impl Discovery {
    fn folder(&mut self, folder: &Path, excluded: &dyn Fn(&Path) -> bool) {
        // A link to a folder that is named is followed; links below it are not, they may lead in circles.
        for entry in WalkBuilder::new(folder).follow_links(false).build() {
            match entry {
                Ok(entry) => {
                    let path = entry.path();
                    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                    if !is_folder && is_policy(path) && !excluded(path) && path.is_file() {
                        self.files.push(Discovered::new(path));
                    }
                }
                Err(error) => self.problems.push(Problem::new(format!("cannot search: {error}"))),
            }
        }
    }
}

/// Whether a file below a folder is looked at.
fn is_policy(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("lua"))
        || path.file_name().is_some_and(|name| name == SERVER_CONFIGURATION)
}

/// Whether a file that was found or named is read as the server's configuration.
fn is_server_configuration(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "conf")
}

/// The path without `.` components, so that a file that is found twice is recognized.
pub(crate) fn tidy(path: &Path) -> PathBuf {
    path.components().filter(|component| !matches!(component, Component::CurDir)).collect()
}

/// The path with `/`, as it is shown and as the project names it.
pub(crate) fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}
