//! The tests below some paths.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use momentum_lua_analyzer::configuration::toml_text;
use momentum_lua_analyzer::syntax;
use momentum_lua_runtime::testing::TestKind;
use toml::de::{DeTable, DeValue};

use crate::configuration::{self, Configuration};
use crate::paths::WorkingDirectory;
use crate::problem::Problem;

/// A file that may hold tests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TestFile {
    /// Its name for people, which the order goes by.
    pub(crate) shown: String,
    /// From the root of the file system.
    pub(crate) path: PathBuf,
    /// What it holds.
    pub(crate) is_lua: bool,
}

impl TestFile {
    pub(crate) fn kind(&self) -> TestKind {
        if self.is_lua { TestKind::Lua } else { TestKind::Session }
    }
}

/// Finds session files and tests in Lua, in the order of their names. A file that is named is always taken. Below a folder
/// these are: TOML files that look like a session, and Lua files whose name ends in `_test.lua` or `_spec.lua`; not what
/// is hidden, ignored by version control, or excluded by the configuration.
pub(crate) fn find(
    paths: &[PathBuf],
    config: Option<&Path>,
    here: &WorkingDirectory,
) -> (Vec<TestFile>, Vec<Problem>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let absolute = here.absolute(path);
        let test = |path: &Path| TestFile {
            shown: here.shown(path),
            path: here.absolute(path),
            is_lua: has_extension(path, "lua"),
        };
        if !absolute.is_dir() {
            match std::fs::metadata(&absolute) {
                Ok(_) if has_extension(path, "lua") || has_extension(path, "toml") => found.push(test(path)),
                Ok(_) => problems.push(
                    Problem::new(format!("`{}` holds no test", here.shown(path)))
                        .help("a session (.toml) or a test in Lua (_test.lua) is expected"),
                ),
                Err(error) => problems.push(Problem::io("read", path, &error)),
            }
            continue;
        }
        let file = config.map(Path::to_owned).or_else(|| configuration::find(path, here));
        let configuration = Configuration::read(file, here);
        let excluded = configuration.exclusion();
        // Links to folders are not followed: they may lead in circles.
        for entry in WalkBuilder::new(path).build() {
            match entry {
                Err(error) => problems.push(Problem::new(format!("cannot search: {error}"))),
                Ok(entry) if entry.file_type().is_none_or(|kind| kind.is_dir()) => {}
                Ok(entry) => {
                    let file = entry.path();
                    if (is_lua_test(file) || (has_extension(file, "toml") && is_session_file(file)))
                        && !excluded(&here.absolute(file))
                    {
                        found.push(test(file));
                    }
                }
            }
        }
    }
    found.sort();
    found.dedup_by(|a, b| a.path == b.path);
    (found, problems)
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

/// Whether a file holds tests in Lua, by its name.
fn is_lua_test(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with("_test.lua") || name.ends_with("_spec.lua")
}

fn is_session_file(path: &Path) -> bool {
    let Ok(bytes) = std::fs::read(path) else { return false };
    let (text, _) = syntax::decode(bytes);
    toml_text::read(&text, |table, _| is_session(table)).0
}

/// Whether a TOML file is a session by what it holds: a key that makes one, and more keys that a session has than others.
fn is_session(table: &DeTable<'_>) -> bool {
    let known = momentum_lua_runtime::session::keys();
    let makes_one = |name: &str, value: &DeValue<'_>| match name {
        "message" | "command" | "hook" | "http_request" => matches!(value, DeValue::Array(_)),
        "connection" | "expect" => matches!(value, DeValue::Table(_)),
        "injection" => true,
        _ => false,
    };
    let is_known = |name: &str| known.contains(&name);
    let count = table.iter().filter(|(name, _)| is_known(name.get_ref())).count();
    table.iter().any(|(name, value)| makes_one(name.get_ref(), value.get_ref()))
        && count * 2 > table.iter().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_known_by_their_keys() {
        let is = |text: &str| toml_text::read(text, |table, _| is_session(table)).0;
        assert!(is("[expect]\nbinding = 'a'"));
        assert!(is("description = 'x'\n[connection]\nclient = '192.0.2.1'\n[[message]]\nrecipiens = 3"));
        assert!(is("policy = 'a.lua'\n[[message]]\n[exepct]\n"), "one wrong key does not hide a session");
        assert!(!is("clock = 2025-03-07T09:00:00Z\n[files]"), "what sessions have in common is none");
        assert!(!is("[package]\nname = 'x'\n[dependencies]\n"));
        assert!(!is("target = '5.0'\n[rules]\nmessage = 'off'"));
        assert!(!is("title = 'x'\nauthor = 'y'\nmessage = 'z'"));
    }

    #[test]
    fn tests_are_found_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("b.toml", "[expect]\n"),
            ("sub/a_test.lua", ""),
            ("sub/helper.lua", ""),
            ("momentum-lua.toml", "exclude = ['old']"),
            ("old/c.toml", "[expect]\n"),
            ("a_spec.lua", ""),
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let here = WorkingDirectory::current().unwrap();
        let (found, problems) = find(&[folder.path().to_owned()], None, &here);
        let names: Vec<String> =
            found.iter().map(|one| crate::paths::below(folder.path(), &one.path)).collect();
        assert!(problems.is_empty());
        assert_eq!(names, ["a_spec.lua", "b.toml", "sub/a_test.lua"]);
        let (found, _) = find(&[folder.path().join("old/c.toml")], None, &here);
        assert_eq!(found.len(), 1, "a file that is named is taken");
    }
}
