//! `momentum-lua run`: what Momentum would do with a message.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::{ArgAction, Args, ValueEnum};
use momentum_lua_runtime::engine::{self, Options};
use momentum_lua_runtime::machine::Limits;
use momentum_lua_runtime::report::{Detail, Report, What};
use momentum_lua_runtime::session::{self, Session};

use super::Outcome;
use crate::configuration::{self, Configuration};
use crate::paths::WorkingDirectory;
use crate::problem::{Print as _, Problem};
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

    /// Tell what each callout did; twice: every call and every line as well
    #[arg(short, long, action = ArgAction::Count)]
    verbose: u8,

    /// How the report is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// The configuration, instead of the nearest momentum-lua.toml at or above the policy
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// End a run after this many milliseconds
    #[arg(long, value_name = "MS")]
    time_limit: Option<u64>,

    /// End a run that wants more memory than this many MiB
    #[arg(long, value_name = "MIB")]
    memory_limit: Option<u64>,

    /// End a run after this many instructions
    #[arg(long, value_name = "COUNT")]
    instruction_limit: Option<u64>,
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
    let here = super::working_directory()?;
    let file = arguments.config.clone().or_else(|| configuration::find(&arguments.policy, &here));
    let configuration = Configuration::read(file, &here);
    let (api, wrong) = crate::stubs::api(&configuration, &here);
    let policy = crate::policy::read(&arguments.policy, &configuration, &here)?;
    let options = Options {
        api: Arc::new(api),
        limits: limits(arguments, &configuration),
        every_call: arguments.verbose > 1,
        lines: arguments.verbose > 1,
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
        let (session, problems) = read(path, &here)?;
        if !problems.is_empty() {
            problems.iter().for_each(Problem::print);
            outcome = Outcome::Failed;
            continue;
        }
        let of_session = session.limits.wall_clock_ms.map(Duration::from_millis);
        let watchdog = crate::watchdog::start(of_session.unwrap_or(options.limits.wall_clock));
        let mut report = engine::run(&policy, &session, &options);
        drop(watchdog);
        report.command = Some(command(&arguments.policy, path));
        outcome = outcome.max(if is_trouble(&report) { Outcome::Findings } else { Outcome::Clean });
        outcome = outcome.max(show(&report, path.filter(|_| many), arguments, &here));
    }
    Ok(outcome)
}

fn read(path: Option<&Path>, here: &WorkingDirectory) -> Result<(Session, Vec<Problem>), Problem> {
    match path {
        Some(path) => crate::session::read(path, here),
        None => Ok((session::invented(), Vec::new())),
    }
}

fn limits(arguments: &Arguments, configuration: &Configuration) -> Limits {
    let defaults = Limits::default();
    let of = configuration.file.as_ref().map(|_| &configuration.project.run);
    let bytes = |mib: u64| usize::try_from(mib.saturating_mul(1024 * 1024)).unwrap_or(usize::MAX);
    let kib = |kib: u64| usize::try_from(kib.saturating_mul(1024)).unwrap_or(usize::MAX);
    Limits {
        instructions: arguments
            .instruction_limit
            .or(of.map(|of| of.instructions))
            .unwrap_or(defaults.instructions),
        memory: arguments.memory_limit.or(of.map(|of| of.memory_mib)).map_or(defaults.memory, bytes),
        wall_clock: arguments
            .time_limit
            .or(of.map(|of| of.wall_clock_ms))
            .map_or(defaults.wall_clock, Duration::from_millis),
        output: of.map(|of| of.output_kib).map_or(defaults.output, kib),
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
