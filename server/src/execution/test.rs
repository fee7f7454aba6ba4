//! A session that is held against what it expects: `momentum-lua test` in a child process, and what stays of it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use momentum_lua_runtime::testing::{Check, Outcome, TestReport, TestResult, VERSION as REPORT_VERSION};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{MessageType, Url};

use super::child::{output, said};
use super::command::{Context, VERSION, ended, invalid, version};
use super::plan::GRACE;
use super::result::{ABSENT, hash};
use super::runs::Running;
use crate::progress::Shown;
use crate::world::{Tree, World};

/// What a test is asked for with.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TestArguments {
    /// The version of this form.
    #[serde(default = "version")]
    pub(crate) version: u32,
    /// The session file.
    pub(crate) uri: Url,
    /// The policy, instead of the one that the session names.
    #[serde(default)]
    policy: Option<Url>,
    /// When the test is stopped, instead of the settings' limit.
    #[serde(default)]
    timeout_ms: Option<u64>,
}

/// A test that is ready to begin.
#[derive(Debug)]
struct Plan {
    program: PathBuf,
    folder: PathBuf,
    session: PathBuf,
    policy: Option<PathBuf>,
    limit: Duration,
    unsaved: Vec<u8>,
    /// Everything that may have a part in it, by the hash of its text.
    inputs: FxHashMap<PathBuf, u64>,
}

impl Plan {
    /// Runs the test. When the returned future is dropped, the process is killed.
    async fn run(&self) -> std::result::Result<TestReport, String> {
        match tokio::time::timeout(self.limit, self.report()).await {
            Ok(report) => report,
            Err(_) => Err(format!("stopped: the test took longer than {} s", self.limit.as_secs_f64())),
        }
    }

    async fn report(&self) -> std::result::Result<TestReport, String> {
        let fixed = ["--color", "never", "test", "--format", "json", "--coverage", "off", "--unsaved"];
        let mut arguments: Vec<&OsStr> = fixed.map(OsStr::new).to_vec();
        if let Some(policy) = &self.policy {
            arguments.extend([OsStr::new("--policy"), policy.as_os_str()]);
        }
        arguments.extend([OsStr::new("--"), self.session.as_os_str()]);
        let output = output(&self.program, arguments.into_iter(), &self.folder, &self.unsaved).await?;
        let said = said(&output);
        if output.stdout.is_empty() {
            return Err(if said.is_empty() {
                format!("the test gave no report ({})", output.status)
            } else {
                said
            });
        }
        let report: TestReport = serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("the report of the test is not readable: {error}"))?;
        match report.version {
            _ if report.tests.is_empty() => Err(said),
            REPORT_VERSION => Ok(report),
            other => Err(format!(
                "the report of the test has version {other}, and this server reads {REPORT_VERSION}: start the server again"
            )),
        }
    }
}

/// Something that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// Its line in the session file, from 1.
    pub(crate) line: u32,
    /// The code of the finding.
    pub(crate) code: &'static str,
    /// What was expected, and what was there.
    pub(crate) message: String,
}

/// The code of an expectation that did not hold.
const EXPECTATION: &str = "test/expectation";
/// The code of a test that did not come to its end.
const ENDED: &str = "test/ended";

impl Failure {
    fn all(report: &TestReport) -> Vec<Self> {
        report.tests.iter().filter(|test| test.outcome == Outcome::Failed).flat_map(Self::of).collect()
    }

    fn of(test: &TestResult) -> Vec<Self> {
        let checks = test.checks.iter().filter(|check| !check.passed());
        let mut failures: Vec<Self> = checks
            .map(|check| Self {
                line: check.line.unwrap_or(test.line),
                code: EXPECTATION,
                message: words(check),
            })
            .collect();
        failures.extend(test.message.as_ref().map(|message| Self {
            line: test.message_line.unwrap_or(test.line),
            code: ENDED,
            message: message.clone(),
        }));
        failures
    }
}

fn words(check: &Check) -> String {
    let mut words = match check.key.as_str() {
        "" => format!("expected: {}", check.expected),
        key => format!("{key}: expected {}", check.expected),
    };
    for miss in &check.misses {
        let of = miss.of.as_ref().map(|of| format!(" ({of})")).unwrap_or_default();
        words.push_str(&format!("\nbut{of}: {}", miss.actual));
        miss.difference.iter().for_each(|line| words.push_str(&format!("\n{line}")));
    }
    words
}

#[derive(Debug)]
struct Tested {
    failures: Vec<Failure>,
    inputs: FxHashMap<PathBuf, u64>,
}

/// What did not hold in the last test of each session, until a text changes that had a part in it.
#[derive(Debug, Default)]
pub(crate) struct Tests {
    sessions: FxHashMap<PathBuf, Tested>,
}

impl Tests {
    /// What did not hold in a session file.
    pub(crate) fn failures(&self, path: &Path) -> Option<&[Failure]> {
        self.sessions.get(path).map(|tested| tested.failures.as_slice())
    }

    /// Says that a file has this text now, or none. `true` where something is forgotten for it.
    pub(crate) fn compare(&mut self, path: &Path, text: Option<&str>) -> bool {
        let before = self.sessions.len();
        self.sessions.retain(|_, tested| {
            let known = tested.inputs.get(path);
            known.is_none_or(|known| text.map_or(ABSENT, hash) == *known)
        });
        before != self.sessions.len()
    }

    /// Whether a file may have had a part in a test that is kept.
    pub(crate) fn depend_on(&self, path: &Path) -> bool {
        self.sessions.values().any(|tested| tested.inputs.contains_key(path))
    }
}

impl World {
    /// Forgets what the test of a document gave, or all tests.
    pub(crate) fn forget_tests(&mut self, url: Option<&Url>) {
        match url {
            Some(url) => drop(self.tests.sessions.remove(&self.path_of(url))),
            None => self.tests.sessions.clear(),
        }
    }

    fn plan_test(&self, arguments: &TestArguments) -> std::result::Result<Plan, String> {
        let session = self.path_of(&arguments.uri);
        let known = self.sessions.get(&session).ok_or_else(|| {
            format!("`{}` is no session file of the folders that are open", session.display())
        })?;
        // A text that was never saved has no name in the folders that the command looks into.
        if !session.is_file() {
            return Err(format!("`{}` is not saved yet: save it before its test", session.display()));
        }
        let policy = arguments.policy.as_ref().map(|url| self.path_of(url));
        let own = known.wall_clock_ms.map(Duration::from_millis);
        let own = own.map_or(Duration::ZERO, |own| own.saturating_add(GRACE));
        let set = arguments.timeout_ms.map(Duration::from_millis);
        let named = policy.as_ref().or(known.policy.as_ref());
        let belongs = |tree: &Tree| match named {
            Some(policy) => tree.workspace.file(policy).is_some(),
            None => session.starts_with(&tree.folder),
        };
        Ok(Plan {
            program: self.program.clone().ok_or("the program of the server is not known")?,
            folder: self.folder_of(&session),
            limit: set.unwrap_or_else(|| own.max(Duration::from_secs(self.settings.run.timeout_seconds))),
            unsaved: self.unsaved()?,
            inputs: self.inputs(belongs, std::iter::once(session.as_path())),
            policy,
            session,
        })
    }

    /// Keeps what a test gave. `true` where a text changed while it ran: then nothing is kept.
    fn keep_test(&mut self, session: PathBuf, tested: Tested) -> bool {
        self.synchronize();
        self.tests.sessions.remove(&session);
        let stale = tested.inputs.iter().any(|(path, known)| self.input_now(path) != *known);
        if !stale && !tested.failures.is_empty() {
            self.watch_inputs(tested.inputs.keys());
            self.tests.sessions.insert(session, tested);
        }
        self.results_changed();
        stale
    }
}

impl Context {
    /// Tests a session.
    pub(super) async fn test(
        &self,
        arguments: TestArguments,
        running: Running,
        own_token: bool,
    ) -> Result<Value> {
        let asked = arguments.clone();
        let planned = self.analysis.ask(move |world| {
            world.synchronize();
            world.plan_test(&asked).map_err(invalid)
        });
        let plan = tokio::select! {
            biased;
            why = running.stopped() => return Err(ended(why)),
            plan = planned => plan?,
        };
        let name = plan.session.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let progress = (own_token || self.profile.progress).then(|| {
            let title = format!("Testing {name}");
            Shown::begin_cancellable(&self.outgoing, running.token().clone(), &title, own_token)
        });
        let outcome = tokio::select! {
            biased;
            why = running.stopped() => return Err(ended(why)),
            outcome = plan.run() => outcome,
        };
        drop(progress);
        let failures = outcome.as_ref().map(Failure::all).unwrap_or_default();
        let (kind, words) = match &outcome {
            Err(problem) => (MessageType::ERROR, problem.clone()),
            Ok(_) if failures.is_empty() => (MessageType::INFO, format!("{name}: all that it expects holds")),
            Ok(_) => {
                let number = failures.len();
                let what = if number == 1 { "expectation does" } else { "expectations do" };
                (MessageType::WARNING, format!("{name}: {number} {what} not hold"))
            }
        };
        self.outgoing.show(kind, words);
        let (session, tested) = (plan.session, Tested { failures, inputs: plan.inputs });
        let stale = self.analysis.ask(move |world| Ok(world.keep_test(session, tested))).await?;
        Ok(json!({
            "version": VERSION,
            "uri": arguments.uri,
            "passed": outcome.as_ref().ok().map(|report| report.failed == 0),
            "report": outcome.as_ref().ok(),
            "problem": outcome.as_ref().err(),
            "stale": stale,
        }))
    }
}
