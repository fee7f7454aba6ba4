//! Stubs of a site: the folders that the configuration names, on top of the embedded API.

use std::path::Path;

use ignore::WalkBuilder;
use momentum_lua_analyzer::syntax;
use momentum_lua_stubs::reader::Api;
use momentum_lua_stubs::reader::StubFile;

use crate::configuration::Configuration;
use crate::paths::WorkingDirectory;
use crate::problem::Problem;

/// Extensions of files that hold stubs.
const EXTENSIONS: [&str; 3] = ["lua", "h", "toml"];

/// The API that a configuration describes, and what is wrong with its stubs. What could be read counts.
pub fn api(configuration: &Configuration, here: &WorkingDirectory) -> (Api, Vec<Problem>) {
    let embedded = momentum_lua_stubs::api().clone();
    if configuration.project.stubs.is_empty() {
        return (embedded, Vec::new());
    }
    let mut problems = Vec::new();
    let mut files: Vec<(String, String)> = Vec::new();
    for folder in &configuration.project.stubs {
        read(&configuration.root.join(folder), here, &mut files, &mut problems);
    }
    files.sort();
    let files: Vec<StubFile<'_>> = files.iter().map(|(path, text)| StubFile { path, text }).collect();
    let (api, errors) = embedded.with_stubs(&files);
    problems.extend(errors.iter().map(|error| Problem::new(error.to_string())));
    (api, problems)
}

fn read(
    folder: &Path,
    here: &WorkingDirectory,
    files: &mut Vec<(String, String)>,
    problems: &mut Vec<Problem>,
) {
    // What is named is read, whatever version control ignores.
    for entry in WalkBuilder::new(folder).standard_filters(false).build() {
        let path = match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => continue,
            Ok(entry) => entry.into_path(),
            Err(error) => {
                problems.push(Problem::new(format!("cannot read stubs: {error}")));
                continue;
            }
        };
        if !path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known)) {
            continue;
        }
        match std::fs::read(&path) {
            Ok(bytes) => files.push((here.shown(&path), syntax::decode(bytes).0)),
            Err(error) => problems.push(Problem::io("read", &path, &error)),
        }
    }
}
