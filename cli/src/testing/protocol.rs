//! What the command and its child processes say to each other: a JSON value a line.

use std::path::PathBuf;

use momentum_lua_runtime::session::Limits;
use momentum_lua_runtime::testing::{Coverage, TestKind, TestResult};
use momentum_lua_workspace::unsaved::Unsaved;
use serde::{Deserialize, Serialize};

/// A file with tests that are to be run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    /// The file, from the root of the file system.
    pub(crate) file: PathBuf,
    /// Its name for people.
    pub(crate) shown: String,
    /// What kind of tests it holds.
    pub(crate) kind: TestKind,
    /// The policy, where the command line names one.
    pub(crate) policy: Option<PathBuf>,
    /// The configuration, where the command line names one.
    pub(crate) config: Option<PathBuf>,
    /// Texts of which one must stand in the name of a test; empty for all tests.
    pub(crate) filter: Vec<String>,
    /// Limits that the command line sets.
    pub(crate) limits: Limits,
    /// Whether what is executed is counted.
    pub(crate) coverage: bool,
    /// Texts that go before those of the disk.
    pub(crate) unsaved: Unsaved,
    /// Scripts are those of another tree: the folder of this one, and of that one.
    pub(crate) moved: Option<(PathBuf, PathBuf)>,
}

impl Job {
    /// Whether a test is asked for: by its name or its file.
    pub(crate) fn wants(&self, name: &str) -> bool {
        let (name, file) = (name.to_lowercase(), self.shown.to_lowercase());
        let mut parts = self.filter.iter().map(|part| part.to_lowercase());
        self.filter.is_empty() || parts.any(|part| name.contains(&part) || file.contains(&part))
    }
}

/// What a child process says while it works on a job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Said {
    /// A test begins. It ends by itself within its limit.
    Begin {
        /// The result that it has when the process ends with it.
        unended: Box<TestResult>,
        /// Its limit, in milliseconds.
        limit_ms: u64,
    },
    /// The test has ended.
    Done(Box<TestResult>),
    /// Something cannot be used, as it is printed.
    Problem(String),
    /// The job has ended.
    End {
        /// What was executed.
        coverage: Coverage,
    },
}
