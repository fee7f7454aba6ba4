//! Paths: as they are typed, as they are shown, and as the project names them.

use std::io;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use crate::problem::Problem;

/// The folder that the program was started in, and what is shown relative to it.
#[derive(Clone, Debug)]
pub struct WorkingDirectory(PathBuf);

impl WorkingDirectory {
    /// Asks the system.
    ///
    /// # Errors
    /// The folder is gone, or may not be read.
    pub fn current() -> Result<Self, Problem> {
        let found = std::env::current_dir().map(|path| Self(normalize(&path)));
        found.map_err(|error| Problem::io("find", Path::new("."), &error))
    }

    /// The root of the file system: for a program that was started in a folder that is gone.
    #[must_use]
    pub fn root() -> Self {
        Self(PathBuf::from(std::path::MAIN_SEPARATOR_STR))
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A path from the root of the file system, without `.` and `..`.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        normalize(&self.0.join(path))
    }

    /// The path that people see: relative to the working directory where it lies below it.
    pub fn shown(&self, path: &Path) -> String {
        match self.absolute(path).strip_prefix(&self.0) {
            Ok(relative) if relative.as_os_str().is_empty() => ".".to_owned(),
            Ok(relative) => slashed(relative),
            Err(_) => slashed(path),
        }
    }
}

/// The path of an absolute `path` relative to `root`, or the path itself where it is elsewhere: how a project names it.
pub fn below(root: &Path, path: &Path) -> String {
    slashed(path.strip_prefix(root).unwrap_or(path))
}

/// The path with `/` between its parts.
pub fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    match MAIN_SEPARATOR {
        '/' => text.into_owned(),
        separator => text.replace(separator, "/"),
    }
}

/// The files in a folder and below, by their paths relative to it, in order.
///
/// # Errors
/// A folder cannot be read.
pub fn files_below(folder: &Path) -> io::Result<Vec<String>> {
    fn list(root: &Path, folder: &Path, found: &mut Vec<String>) -> io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                list(root, &path, found)?;
            } else {
                found.push(below(root, &path));
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    list(folder, folder, &mut found)?;
    found.sort();
    Ok(found)
}

/// The path without `.` and `..`. Links are not followed: what people typed stays recognizable.
fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_below_the_working_directory_are_relative() {
        let here = WorkingDirectory(PathBuf::from("/site/policy"));
        assert_eq!(here.shown(Path::new("./etc/../a.lua")), "a.lua");
        assert_eq!(here.shown(Path::new("/site/policy/b.lua")), "b.lua");
        assert_eq!(here.shown(Path::new("../other/c.lua")), "../other/c.lua");
        assert_eq!(here.shown(Path::new(".")), ".");
        assert_eq!(below(Path::new("/site"), &here.absolute(Path::new("d.lua"))), "policy/d.lua");
        assert_eq!(below(Path::new("/site"), Path::new("/etc/e.lua")), "/etc/e.lua");
    }
}
