//! `momentum-lua check`: reports what is wrong with a policy tree.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use momentum_lua_analyzer::configuration::target::TargetVersion;
use momentum_lua_analyzer::diagnostic::Severity;
use smol_str::SmolStr;

use super::Outcome;
use crate::finding::Finding;
use crate::problem::Problem;
use crate::report::{self, Format, Summary};
use crate::terminal::Style;
use crate::workspace::{self, Choices, Workspace};
use crate::{selection, terminal};

/// Check Lua policy and the configuration that loads it
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Files and folders; `-` reads a script from standard input
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The configuration, instead of the nearest momentum-lua.toml at or above each path
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// The version of Momentum that the policy is for, such as 4.4
    #[arg(long, value_name = "VERSION")]
    target: Option<TargetVersion>,

    /// Check these rules only: codes, families, `lua` or `lua/NAME`
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,

    /// Leave these rules out
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,

    /// The name of the script that is read from standard input
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// Write findings to a file
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,

    /// Count findings by rule instead of listing them
    #[arg(long)]
    statistics: bool,

    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    fail_on: FailOn,

    /// Exit with 0 even if there are findings
    #[arg(long)]
    exit_zero: bool,
}

/// The least severity that counts as a failure.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// Errors only
    Error,
    /// Errors and warnings
    Warning,
    /// Any finding
    Info,
}

impl FailOn {
    fn severity(self) -> Severity {
        match self {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Info => Severity::Info,
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut problems = Vec::new();
    let choices = choices(arguments, &mut problems);
    let workspaces = match open(arguments, &choices) {
        Ok((workspaces, wrong)) => {
            problems.extend(wrong);
            workspaces
        }
        Err(problem) => {
            problems.push(problem);
            Vec::new()
        }
    };
    let mut findings: Vec<Finding> = workspaces.iter().flat_map(Workspace::findings).collect();
    if workspaces.len() > 1 {
        findings.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    }
    let summary = Summary::of(workspaces.iter().map(Workspace::len).sum(), &findings);
    problems.iter().for_each(Problem::print);
    if let Err(problem) = write(arguments, &findings, &summary) {
        problem.print();
        return Outcome::Failed;
    }
    let least = arguments.fail_on.severity();
    if !problems.is_empty() {
        Outcome::Failed
    } else if !arguments.exit_zero && findings.iter().any(|finding| finding.diagnostic.severity >= least) {
        Outcome::Findings
    } else {
        Outcome::Clean
    }
}

fn open(arguments: &Arguments, choices: &Choices) -> Result<(Vec<Workspace>, Vec<Problem>), Problem> {
    let here = super::working_directory()?;
    let stdin = arguments.paths.iter().any(|path| path == Path::new("-"));
    if stdin || arguments.stdin_filename.is_some() {
        let name = arguments.stdin_filename.as_deref().unwrap_or(Path::new("<stdin>"));
        let (workspace, problems) = workspace::open_stdin(name, choices, &here)?;
        return Ok((vec![workspace], problems));
    }
    Ok(workspace::open(&arguments.paths, choices, &here))
}

fn choices(arguments: &Arguments, problems: &mut Vec<Problem>) -> Choices {
    let mut codes = |names: &[String]| {
        let mut codes = Vec::new();
        for name in names {
            match selection::codes(name) {
                Ok(found) => codes.extend(found),
                Err(problem) => {
                    problems.push(problem);
                    // Selects nothing: one typing error must not turn every rule on.
                    codes.push(SmolStr::new(name));
                }
            }
        }
        codes
    };
    Choices {
        configuration: arguments.config.clone(),
        target: arguments.target,
        select: codes(&arguments.select),
        ignore: codes(&arguments.ignore),
    }
}

fn write(arguments: &Arguments, findings: &[Finding], summary: &Summary) -> Result<(), Problem> {
    let to_file = arguments.output_file.is_some();
    let style = if to_file { Style::PLAIN } else { terminal::style() };
    let mut text = if arguments.statistics {
        report::statistics(findings, arguments.format, style)
    } else {
        report::render(findings, arguments.format, style)
    };
    let closing = arguments.format.is_for_people() || to_file;
    if let Some(path) = &arguments.output_file {
        std::fs::write(path, text).map_err(|error| Problem::io("write", path, &error))?;
        text = String::new();
    }
    if closing {
        text.push_str(&summary.line(terminal::style()));
    }
    terminal::print(&text).map_err(|error| Problem::io("write to", Path::new("standard output"), &error))
}
