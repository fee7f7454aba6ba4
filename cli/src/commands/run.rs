//! `momentum-lua run`: what Momentum would do with a message.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{ArgAction, Args, ValueEnum};
use momentum_lua_runtime::engine::{self, Options};
use momentum_lua_runtime::report::{Detail, Report, What};
use momentum_lua_runtime::session::{self, Session};
use momentum_lua_workspace::unsaved::Unsaved;

use crate::configuration::{self, Configuration};
use crate::limits::{self, LimitOptions};
use crate::outcome::Outcome;
use crate::paths::WorkingDirectory;
use crate::problem::{Print as _, Problem, reason};
use crate::terminal;

/// Run a policy against messages and sessions: what would Momentum do with them?
#[derive(Debug, Args)]
#[command(
    after_help = "Without a session, a legal one is made up. Exit status: 0 the policy ran, 1 it raised an error or \
                        would crash the server, 2 something could not be read."
)]
pub(crate) struct Arguments {
    /// The policy: a script (.lua), or an ecelerity.conf with all of its scripts
    #[arg(value_name = "POLICY")]
    policy: PathBuf,

    /// What comes in: messages (.eml), session files (.toml), SMTP transcripts
    #[arg(value_name = "SESSION")]
    sessions: Vec<PathBuf>,

    /// Tell what each callout did; twice: every call, every line and the values of conditions as well
    #[arg(short, long, action = ArgAction::Count)]
    verbose: u8,

    /// How the report is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// The configuration, instead of the nearest momentum-lua.toml at or above the policy
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(flatten)]
    limits: LimitOptions,

    /// Read texts of files that are not saved from the standard input; they go before what is on the disk. For editors:
    /// {"version": 1, "files": {"/absolute/path": "text"}}
    #[arg(long)]
    unsaved: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// A JSON object a session, each on a line
    Json,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    match try_run(arguments) {
        Ok(outcome) => outcome,
        Err(problem) => {
            problem.print();
            Outcome::Failed
        }
    }
}

fn try_run(arguments: &Arguments) -> Result<Outcome, Problem> {
    let here = WorkingDirectory::current()?;
    let file = arguments.config.clone().or_else(|| configuration::find(&arguments.policy, &here));
    let configuration = Configuration::read(file, &here);
    let (api, wrong) = crate::stubs::api(&configuration, &here);
    let unsaved = if arguments.unsaved { unsaved()? } else { Unsaved::default() };
    let policy = crate::policy::read(&arguments.policy, &configuration, &here, &unsaved)?;
    let options = Options {
        api: Arc::new(api),
        limits: limits::of_configuration(&configuration),
        every_call: arguments.verbose > 1,
        lines: arguments.verbose > 1,
        coverage: false,
        conditions: arguments.verbose > 1,
    };
    let mut outcome = Outcome::Clean;
    for problem in configuration.problems.iter().chain(&wrong) {
        problem.print();
        outcome = Outcome::Failed;
    }
    let sessions: Vec<Option<&Path>> = match arguments.sessions.as_slice() {
        [] => vec![None],
        paths => paths.iter().map(|path| Some(path.as_path())).collect(),
    };
    let many = sessions.len() > 1;
    for path in sessions {
        let (mut session, problems) = read(path, &here, &unsaved)?;
        if !problems.is_empty() {
            problems.iter().for_each(Problem::print);
            outcome = Outcome::Failed;
            continue;
        }
        session.limits = arguments.limits.of_session(&session.limits);
        let watchdog = crate::watchdog::start(options.limits.clone().with(&session.limits).wall_clock);
        let mut report = engine::run(&policy, &session, &options);
        drop(watchdog);
        report.command = Some(command(&arguments.policy, path));
        outcome = outcome.max(if is_trouble(&report) { Outcome::Findings } else { Outcome::Clean });
        outcome = outcome.max(show(&report, path.filter(|_| many), arguments, &here));
    }
    Ok(outcome)
}

/// The texts on the standard input that go before those of the disk.
pub(super) fn unsaved() -> Result<Unsaved, Problem> {
    let mut json = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut json);
    read.map_err(|error| Problem::new(format!("cannot read the standard input: {}", reason(&error))))?;
    Unsaved::of_json(&json).map_err(|wrong| Problem::new(format!("the texts on the standard input: {wrong}")))
}

fn read(
    path: Option<&Path>,
    here: &WorkingDirectory,
    unsaved: &Unsaved,
) -> Result<(Session, Vec<Problem>), Problem> {
    match path {
        Some(path) => crate::session::read(path, here, unsaved),
        None => Ok((session::invented(), Vec::new())),
    }
}

/// Whether a script failed: an error that nothing caught, a crash, a limit.
fn is_trouble(report: &Report) -> bool {
    let steps = report.steps.iter().flat_map(|step| &step.callouts);
    report.stopped.is_some()
        || report
            .load
            .iter()
            .chain(steps)
            .flat_map(|run| &run.events)
            .any(|event| matches!(event.what, What::Error { .. } | What::Crash { .. }))
}

/// The command that gives the same report.
fn command(policy: &Path, session: Option<&Path>) -> String {
    let paths = std::iter::once(policy).chain(session);
    let quoted = paths.map(|path| {
        let text = crate::paths::slashed(path);
        let plain = |c: char| c.is_alphanumeric() || "/._-+=:@,".contains(c);
        if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
    });
    std::iter::once("momentum-lua run".to_owned()).chain(quoted).collect::<Vec<_>>().join(" ")
}

fn show(report: &Report, name: Option<&Path>, arguments: &Arguments, here: &WorkingDirectory) -> Outcome {
    let text = match arguments.format {
        Format::Json => match serde_json::to_string(report) {
            Ok(json) => format!("{json}\n"),
            Err(error) => {
                Problem::new(format!("cannot write the report: {error}")).print();
                return Outcome::Failed;
            }
        },
        Format::Text => {
            let detail = match arguments.verbose {
                0 => Detail::Short,
                1 => Detail::Callouts,
                _ => Detail::Everything,
            };
            let heading = name.map(|name| format!("== {} ==\n", here.shown(name))).unwrap_or_default();
            let between = if name.is_some() { "\n" } else { "" };
            format!("{heading}{}{between}", report.text(detail, terminal::style().colors))
        }
    };
    super::print(&text)
}
