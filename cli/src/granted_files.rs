//! Files below the folders that a run was granted.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use momentum_lua_runtime::machine::Files;

/// The largest file that is read; a run's memory is limited below that.
const MOST: u64 = 64 * 1024 * 1024;

/// Folders, and all that lies below them.
pub(crate) struct GrantedFiles {
    folders: Vec<PathBuf>,
}

impl GrantedFiles {
    /// Grants these folders; one that does not exist grants nothing.
    pub(crate) fn new(folders: impl Iterator<Item = PathBuf>) -> Self {
        let folders = folders.filter_map(|folder| {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
            folder.canonicalize().ok()
        });
        Self { folders: folders.collect() }
    }
}

impl Files for GrantedFiles {
    /// A link that leads out of a granted folder is outside.
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        const MISSING: &str = "No such file or directory";
        let path = Path::new(path).canonicalize().map_err(|_| MISSING.to_owned())?;
        if !self.folders.iter().any(|folder| path.starts_with(folder)) {
            return Err("not granted (--allow-read DIR grants a folder)".to_owned());
        }
        let described = |error: std::io::Error| error.to_string();
        let about = path.metadata().map_err(described)?;
        if !about.is_file() {
            return Err("not a regular file".to_owned());
        }
        if about.len() > MOST {
            return Err("File too large".to_owned());
        }
        let mut bytes = Vec::new();
        std::fs::File::open(&path)
            .and_then(|file| file.take(MOST).read_to_end(&mut bytes))
            .map_err(described)?;
        Ok(bytes)
    }
}
