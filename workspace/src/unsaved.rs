//! Texts that an editor has and the disk has not yet: they go before what is on the disk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// The version of the JSON form.
const VERSION: u32 = 1;

/// Texts by the absolute paths of their files. The JSON form is `{"version": 1, "files": {"/path": "text"}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsaved {
    version: u32,
    files: FxHashMap<PathBuf, Arc<str>>,
}

impl Default for Unsaved {
    fn default() -> Self {
        Self { version: VERSION, files: FxHashMap::default() }
    }
}

impl Unsaved {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// It is no such JSON, or of a version that is not known; in words.
    pub fn of_json(json: &[u8]) -> Result<Self, String> {
        let texts: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if texts.version != VERSION {
            return Err(format!("version {} is not known, only {VERSION} is", texts.version));
        }
        if let Some(path) = texts.files.keys().find(|path| !path.is_absolute()) {
            return Err(format!("`{}` is not an absolute path", path.display()));
        }
        Ok(texts)
    }

    /// Puts a text in, in the place of what is on the disk at that absolute path.
    pub fn insert(&mut self, path: PathBuf, text: Arc<str>) {
        self.files.insert(path, text);
    }

    /// The text of a file that is not saved, by its absolute path.
    #[must_use]
    pub fn text(&self, path: &Path) -> Option<&Arc<str>> {
        self.files.get(path)
    }

    /// Their paths, with the texts.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &Arc<str>)> {
        self.files.iter().map(|(path, text)| (path.as_path(), text))
    }

    /// The bytes of a file, by its absolute path.
    ///
    /// # Errors
    /// It is not among the texts, and cannot be read from the disk.
    pub fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.text(path) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => std::fs::read(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_through_json() {
        let mut texts = Unsaved::default();
        texts.insert(PathBuf::from("/policy/a.lua"), "return 1".into());
        let json = serde_json::to_vec(&texts).unwrap();
        assert_eq!(Unsaved::of_json(&json), Ok(texts.clone()));
        assert_eq!(texts.read(Path::new("/policy/a.lua")).unwrap(), b"return 1");
        assert!(texts.read(Path::new("/policy/does-not-exist.lua")).is_err());
    }

    #[test]
    fn what_it_cannot_mean_is_refused() {
        let refused = |json: &str| Unsaved::of_json(json.as_bytes()).unwrap_err();
        assert!(refused("{").contains("EOF"));
        assert!(refused(r#"{"version": 2, "files": {}}"#).contains("version 2"));
        assert!(refused(r#"{"version": 1, "files": {"a.lua": ""}}"#).contains("absolute"));
    }
}
