//! The child process that a run is.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use momentum_lua_runtime::report::{Report, VERSION};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// What a child is started with.
#[derive(Clone, Debug)]
pub(crate) struct Child {
    /// The program: this one.
    pub(crate) program: PathBuf,
    /// The folder that its paths are relative to.
    pub(crate) folder: PathBuf,
    /// What is run.
    pub(crate) policy: PathBuf,
    /// What comes in; made up where there is none.
    pub(crate) session: Option<PathBuf>,
    /// When it is killed.
    pub(crate) limit: Duration,
}

impl Child {
    /// Runs it, with texts that go before the disk's as JSON. When the returned future is dropped, the process is
    /// killed.
    ///
    /// # Errors
    /// It gives no report: the words that it says instead.
    pub(crate) async fn run(&self, unsaved: &[u8]) -> Result<Report, String> {
        let limit = self.limit;
        match tokio::time::timeout(limit, self.report(unsaved)).await {
            Ok(report) => report,
            Err(_) => Err(format!("stopped: the run took longer than {} s", limit.as_secs_f64())),
        }
    }

    async fn report(&self, unsaved: &[u8]) -> Result<Report, String> {
        let arguments = ["--color", "never", "run", "--format", "json", "--unsaved"].map(OsStr::new);
        let paths = std::iter::once(self.policy.as_os_str())
            .chain(self.session.as_ref().map(|path| path.as_os_str()));
        let output = output(&self.program, arguments.into_iter().chain(paths), &self.folder, unsaved).await?;
        let said = said(&output);
        let Some(line) = output.stdout.split(|&byte| byte == b'\n').find(|line| !line.is_empty()) else {
            return Err(if said.is_empty() {
                format!("the run gave no report ({})", output.status)
            } else {
                said
            });
        };
        let report: Report = serde_json::from_slice(line)
            .map_err(|error| format!("the run's report is not readable: {error}"))?;
        if report.version != VERSION {
            return Err(format!(
                "the run's report has version {}, and this server reads {VERSION}: start the server again",
                report.version
            ));
        }
        Ok(report)
    }
}

/// What a child process says that gets these texts on its standard input. When the returned future is dropped, the
/// process is killed.
///
/// # Errors
/// It cannot be started or waited for; in words.
pub(super) async fn output<'a>(
    program: &Path,
    arguments: impl Iterator<Item = &'a OsStr>,
    folder: &Path,
    unsaved: &[u8],
) -> Result<Output, String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(existing(folder));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let cannot =
        |what: &str, error: &std::io::Error| format!("cannot {what} `{}`: {error}", program.display());
    let mut child = command.spawn().map_err(|error| cannot("start", &error))?;
    if let Some(mut input) = child.stdin.take() {
        // A child that ends before it has read all says why.
        let _ = input.write_all(unsaved).await;
    }
    child.wait_with_output().await.map_err(|error| cannot("wait for", &error))
}

/// The words of a child for people.
pub(super) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

/// The folder, or where it is gone the nearest above it that is not.
fn existing(folder: &Path) -> &Path {
    folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."))
}
