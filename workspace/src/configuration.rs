//! `momentum-lua.toml`: which one counts for a path, and what it says.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use momentum_lua_analyzer::configuration::project::{FILE_NAME, Project, ProjectPaths, parse};
use momentum_lua_analyzer::rules;
use momentum_lua_analyzer::syntax;

use crate::paths::{WorkingDirectory, below};
use crate::problem::Problem;
use crate::source::Source;

/// The configuration of a policy tree.
#[derive(Debug)]
pub struct Configuration {
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    /// The folder that its paths are relative to; the working directory where there is no file.
    pub root: PathBuf,
    /// What it says; where it is wrong, the defaults.
    pub project: Project,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// The file that counts for `path`: in its folder, or the nearest above.
pub fn find(path: &Path, here: &WorkingDirectory) -> Option<PathBuf> {
    let start = here.absolute(path);
    start.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

impl Configuration {
    /// Reads `file`; the defaults if there is none.
    pub fn read(file: Option<PathBuf>, here: &WorkingDirectory) -> Self {
        let Some(file) = file else {
            return Self {
                file: None,
                root: here.path().to_owned(),
                project: Project::default(),
                problems: Vec::new(),
            };
        };
        let absolute = here.absolute(&file);
        let root = absolute.parent().unwrap_or(here.path()).to_owned();
        let (project, problems) = match std::fs::read(&absolute) {
            Ok(bytes) => parsed(&here.shown(&file), bytes),
            Err(error) => (Project::default(), vec![Problem::io("read", &file, &error)]),
        };
        Self { file: Some(file), root, project, problems }
    }

    /// Whether a file, by its absolute path, is not checked: it is excluded, or it is a stub.
    pub fn exclusion(&self) -> impl Fn(&Path) -> bool + '_ {
        let patterns = ProjectPaths::new(&self.project);
        let stubs: Vec<PathBuf> = self.project.stubs.iter().map(|folder| self.root.join(folder)).collect();
        move |path| {
            stubs.iter().any(|folder| path.starts_with(folder))
                || patterns.is_excluded(&below(&self.root, path))
        }
    }

    /// The problem with a main configuration file of Momentum that is not there.
    pub fn names_no_file(&self, main: &str) -> Problem {
        let file = self.file.as_deref().unwrap_or(Path::new(FILE_NAME)).display();
        Problem::new(format!("`configuration` in `{file}` names `{main}`, but there is no such file"))
    }
}

fn parsed(path: &str, bytes: Vec<u8>) -> (Project, Vec<Problem>) {
    let (text, _) = syntax::decode(bytes);
    let (project, errors) = parse(&text, &rules::known());
    let source = Arc::new(Source::new(path.to_owned(), text.into()));
    let problems =
        errors.iter().map(|error| Problem::new(&*error.message).at(&source, error.span())).collect();
    (project, problems)
}
