//! `momentum-lua test`: runs sessions that expect something, and tests in Lua.

use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};
use momentum_lua_runtime::testing::{Coverage, TestReport, TestResult};
use momentum_lua_workspace::unsaved::Unsaved;

use crate::limits::LimitOptions;
use crate::outcome::Outcome;
use crate::paths::WorkingDirectory;
use crate::problem::{Print as _, Problem};
use crate::report::json_text;
use crate::terminal;
use crate::testing::against::{self, Revision};
use crate::testing::pool::{self, Finished, Workers};
use crate::testing::protocol::Job;
use crate::testing::text::Palette;
use crate::testing::{coverage, find, junit, text};
use crate::watch::on_every_change;

/// Run the tests of a policy: sessions that expect something, and tests in Lua
#[derive(Debug, Args)]
#[command(
    after_help = "A test runs against the policy that it names, else against the nearest ecelerity.conf. Exit \
                        status: 0 all tests passed, 1 a test failed, 2 something could not be used, or there was no test."
)]
pub(crate) struct Arguments {
    /// Files and folders with tests: session files (.toml) with an `expect`, Lua files (_test.lua, _spec.lua)
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The policy that all tests run against: a script, or an ecelerity.conf with all of its scripts
    #[arg(long, value_name = "POLICY")]
    policy: Option<PathBuf>,

    /// Run tests whose name or file contains this, in any case (repeatable)
    #[arg(long, value_name = "NAME")]
    filter: Vec<String>,

    /// What to show of what was executed: `summary`, `table`, `off`, `lcov=FILE`, `json=FILE`
    #[arg(long, value_name = "WHAT", value_delimiter = ',', default_value = "summary")]
    coverage: Vec<CoverageOption>,

    /// Run the tests with the scripts of this git revision as well, and tell which end otherwise
    #[arg(long, value_name = "REVISION")]
    against: Option<String>,

    /// Test again whenever a file changes, until interrupted
    #[arg(long)]
    watch: bool,

    /// How the result is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// Name the tests that passed as well
    #[arg(short, long)]
    verbose: bool,

    /// How many tests run at a time [default: as many as there are processors]
    #[arg(long, value_name = "COUNT")]
    jobs: Option<usize>,

    /// The configuration, instead of the nearest momentum-lua.toml at or above each path and policy
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(flatten)]
    limits: LimitOptions,

    /// Read texts of files that are not saved from the standard input; they go before what is on the
    /// disk. For editors: {"version": 1, "files": {"/absolute/path": "text"}}
    #[arg(long, conflicts_with_all = ["watch", "against"])]
    unsaved: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON object
    Json,
    /// JUnit's XML
    Junit,
}

/// What is done with what was executed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum CoverageOption {
    Summary,
    Table,
    Off,
    Lcov(PathBuf),
    Json(PathBuf),
}

impl std::str::FromStr for CoverageOption {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            None if text == "summary" => Ok(Self::Summary),
            None if text == "table" => Ok(Self::Table),
            None if text == "off" => Ok(Self::Off),
            Some(("lcov", file)) if !file.is_empty() => Ok(Self::Lcov(file.into())),
            Some(("json", file)) if !file.is_empty() => Ok(Self::Json(file.into())),
            _ => Err("`summary`, `table`, `off`, `lcov=FILE` or `json=FILE` is expected".to_owned()),
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    if !arguments.watch {
        return once(arguments);
    }
    let mut watched = arguments.paths.clone();
    watched.extend(arguments.policy.clone());
    on_every_change(&watched, arguments.config.as_deref(), || once(arguments))
}

fn once(arguments: &Arguments) -> Outcome {
    test(arguments).unwrap_or_else(|problem| {
        problem.print();
        Outcome::Failed
    })
}

fn test(arguments: &Arguments) -> Result<Outcome, Problem> {
    let began = Instant::now();
    let here = WorkingDirectory::current()?;
    let (files, problems) = find::find(&arguments.paths, arguments.config.as_deref(), &here);
    problems.iter().for_each(Problem::print);
    let mut unusable = !problems.is_empty();
    let counts = !arguments.coverage.contains(&CoverageOption::Off);
    let absolute = |path: &PathBuf| here.absolute(path);
    let unsaved = if arguments.unsaved { super::run::unsaved()? } else { Unsaved::default() };
    let mut jobs: Vec<Job> = files
        .iter()
        .map(|file| Job {
            file: file.path.clone(),
            shown: file.shown.clone(),
            kind: file.kind(),
            policy: arguments.policy.as_ref().map(absolute),
            config: arguments.config.as_ref().map(absolute),
            filter: arguments.filter.clone(),
            limits: arguments.limits.given(),
            coverage: counts,
            unsaved: unsaved.clone(),
            moved: None,
        })
        .collect();
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut workers = Workers { count: arguments.jobs.unwrap_or(processors).max(1), folder: None };
    let finished = pool::run(&jobs, &workers);
    for problem in finished.iter().flat_map(|finished| &finished.problems) {
        unusable = true;
        anstream::eprint!("{problem}");
    }
    let (tests, covered) = gathered(finished);
    let mut report = TestReport::of(tests, counts.then_some(covered));
    if let Some(name) = &arguments.against {
        let revision = Revision::check_out(name, &here)?;
        for job in &mut jobs {
            job.coverage = false;
            job.moved = Some(revision.moved());
        }
        workers.folder = Some(revision.working_directory());
        // What cannot be used there is told as a test that did not run there.
        let (before, _) = gathered(pool::run(&jobs, &workers));
        report.against = Some(revision.compare(&before, &report));
    }
    if report.tests.is_empty() && !unusable {
        unusable = true;
        nothing(arguments).print();
    }
    write(arguments, &report, began)?;
    Ok(match report.failed {
        _ if unusable => Outcome::Failed,
        0 => Outcome::Clean,
        _ => Outcome::Findings,
    })
}

fn gathered(finished: Vec<Finished>) -> (Vec<TestResult>, Coverage) {
    let mut tests = Vec::new();
    let mut coverage = Coverage::default();
    for one in finished {
        tests.extend(one.tests);
        coverage.add(one.coverage);
    }
    (tests, coverage)
}

fn nothing(arguments: &Arguments) -> Problem {
    if !arguments.filter.is_empty() {
        return Problem::new(format!("no test has `{}` in its name", arguments.filter.join("` or `")));
    }
    Problem::new("there is no test here")
        .help("a test is a session file with an `expect`, or a Lua file whose name ends in `_test.lua`: see docs/testing.md")
}

fn write(arguments: &Arguments, report: &TestReport, began: Instant) -> Result<(), Problem> {
    let palette = Palette::of(terminal::style().colors);
    let mut out = match arguments.format {
        Format::Json => json_text(report),
        Format::Junit => junit::render(report),
        Format::Text => {
            let mut out = text::tests(report, arguments.verbose, palette);
            if !report.tests.is_empty() {
                out.push_str(&text::summary(report, began.elapsed(), palette));
            }
            out
        }
    };
    let for_people = arguments.format == Format::Text;
    for option in &arguments.coverage {
        let Some(covered) = &report.coverage else { continue };
        let (file, content) = match option {
            CoverageOption::Summary if for_people && !covered.scripts.is_empty() => {
                out.push_str(&coverage::summary(covered));
                continue;
            }
            CoverageOption::Table if for_people => {
                out.push_str(&coverage::table(covered, palette));
                continue;
            }
            CoverageOption::Lcov(file) => (file, covered.lcov()),
            CoverageOption::Json(file) => (file, json_text(covered)),
            _ => continue,
        };
        std::fs::write(file, content).map_err(|error| Problem::io("write", file, &error))?;
    }
    if let Some(compared) = report.against.as_ref().filter(|_| for_people) {
        out.push_str(&against::text(compared, report.tests.len(), palette));
    }
    terminal::print(&out).map_err(|error| super::unwritten(&error))
}
