//! Reports as files that a client can show: in a folder that only this user can read, and that ends with the server.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

/// One for the process: it is taken away where the process ends, which is in several places.
static FOLDER: Mutex<Option<TempDir>> = Mutex::new(None);

/// Writes a report under a name, over the one that stands there.
///
/// # Errors
/// The folder or the file cannot be made.
pub(crate) fn write(name: &str, text: &str) -> std::io::Result<PathBuf> {
    let mut folder = FOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = match &mut *folder {
        Some(folder) => folder,
        none => none.insert(tempfile::Builder::new().prefix("momentum-lua-").tempdir()?),
    };
    let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let name: String = name.chars().map(plain).collect();
    let path = folder.path().join(format!("{name}.report.txt"));
    std::fs::write(&path, text)?;
    Ok(path)
}

/// Takes the folder away.
pub(crate) fn remove_all() {
    drop(FOLDER.lock().unwrap_or_else(PoisonError::into_inner).take());
}
