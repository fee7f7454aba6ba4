//! What a run may touch of the world. By default nothing.

use std::collections::BTreeMap;
use std::rc::Rc;

/// Files that scripts may read. The runtime itself opens none: the caller decides what stands behind a path.
pub trait Files {
    /// The content of the file that a script names; the error is the reason in the words of the operating system
    /// (`No such file or directory`).
    ///
    /// # Errors
    /// If there is no such file, or the run may not read it.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// No file at all.
impl Files for () {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("No such file or directory".to_owned())
    }
}

/// Files by their paths.
impl Files for BTreeMap<String, Vec<u8>> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.get(path).cloned().ok_or_else(|| "No such file or directory".to_owned())
    }
}

/// What a run may touch, and what it takes for granted.
#[derive(Clone)]
pub struct Grants {
    /// Files that `require`, `io.open`, `dofile` and their like see.
    pub files: Rc<dyn Files>,
    /// Where `require` looks: templates with `?` (`/opt/msys/etc/lua/?.lua`), in order.
    pub lua_path: Vec<String>,
    /// What `os.getenv` sees; `os.setenv` changes a copy.
    pub environment: BTreeMap<String, String>,
    /// The seed of `math.random`: the same seed, the same run.
    pub seed: u64,
    /// The time of `os.time`, in seconds since 1970; `None` is the clock of this machine.
    pub time: Option<f64>,
}

impl Default for Grants {
    fn default() -> Self {
        Self { files: Rc::new(()), lua_path: Vec::new(), environment: BTreeMap::new(), seed: 0, time: None }
    }
}
