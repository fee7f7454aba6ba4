//! `momentum-lua check`: reports what is wrong with a policy tree, and mends it.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use momentum_lua_analyzer::configuration::target::TargetVersion;
use momentum_lua_analyzer::diagnostic::{Safety, Severity};
use momentum_lua_analyzer::syntax::Encoding;
use smol_str::SmolStr;

use crate::baseline::Baseline;
use crate::finding::Finding;
use crate::outcome::Outcome;
use crate::paths::WorkingDirectory;
use crate::problem::{self, Print as _, Problem};
use crate::report::{self, Format, Summary};
use crate::save::save;
use crate::settings::Choices;
use crate::terminal::Style;
use crate::tree::{self, Change, Workspace};
use crate::watch::on_every_change;
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

    /// Apply safe fixes
    #[arg(long)]
    fix: bool,

    /// Apply all fixes, also those that may change what a script does otherwise
    #[arg(long)]
    unsafe_fixes: bool,

    /// Show what the fixes would change instead of applying them
    #[arg(long, conflicts_with_all = ["statistics", "output_file", "baseline", "write_baseline"])]
    diff: bool,

    /// Leave out what this file allows
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    baseline: Option<PathBuf>,

    /// Write a file that allows what is found now
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,

    /// Check again whenever a file changes, until interrupted
    #[arg(long, conflicts_with_all = ["stdin_filename", "diff", "write_baseline"])]
    watch: bool,

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
    if arguments.watch && !reads_stdin(arguments) {
        on_every_change(&arguments.paths, arguments.config.as_deref(), || once(arguments))
    } else {
        once(arguments)
    }
}

fn once(arguments: &Arguments) -> Outcome {
    let mut problems = Vec::new();
    let outcome = check(arguments, &mut problems).unwrap_or_else(|problem| {
        problems.push(problem);
        Outcome::Failed
    });
    problems.iter().for_each(Problem::print);
    match outcome {
        _ if !problems.is_empty() => Outcome::Failed,
        Outcome::Findings if arguments.exit_zero => Outcome::Clean,
        outcome => outcome,
    }
}

/// What goes wrong with single files is added to `problems`, and the others are checked.
fn check(arguments: &Arguments, problems: &mut Vec<Problem>) -> Result<Outcome, Problem> {
    let here = WorkingDirectory::current()?;
    let (mut workspaces, encoding) = open(arguments, &here, problems)?;
    let mut summary = Summary::default();
    let mut fixed_input = false;
    if arguments.fix || arguments.unsafe_fixes || arguments.diff {
        let changes = fix(&mut workspaces, arguments);
        if arguments.diff {
            print(&report::diff(&changes, terminal::style()))?;
            return Ok(if changes.is_empty() { Outcome::Clean } else { Outcome::Findings });
        }
        fixed_input = reads_stdin(arguments);
        for change in &changes {
            let done = if fixed_input { Ok(()) } else { save(change) };
            match done {
                Ok(()) => summary.fixed += change.count,
                Err(problem) => problems.push(problem),
            }
        }
        if fixed_input {
            let text = workspaces.first().and_then(Workspace::first_text).unwrap_or_default();
            terminal::write_script(text, encoding).map_err(|error| super::unwritten(&error))?;
        }
    }
    let mut findings: Vec<Finding> = workspaces.iter().flat_map(Workspace::findings).collect();
    if workspaces.len() > 1 {
        findings.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    }
    if let Some(file) = &arguments.write_baseline {
        let baseline = Baseline::of(&findings, file, &here);
        baseline.write(file)?;
        print(&format!("Wrote {} to `{}`\n", baseline.describe(), file.display()))?;
        return Ok(Outcome::Clean);
    }
    if let Some(file) = &arguments.baseline {
        let baseline = Baseline::read(file, &here)?;
        let checked: Vec<String> = workspaces.iter().flat_map(Workspace::checked_paths).collect();
        summary.covered = baseline.cover(&mut findings, &checked, file, &here);
    }
    let files = workspaces.iter().map(|workspace| workspace.checked().len()).sum();
    if files == 0 && problems.is_empty() {
        problem::warn("nothing to check: no `.lua` file and no `ecelerity.conf` is here");
    }
    summary.count(files, &findings);
    write(arguments, &findings, &summary, fixed_input)?;
    let least = arguments.fail_on.severity();
    let fails = findings.iter().any(|finding| finding.diagnostic.severity >= least);
    if !arguments.watch {
        // The process is about to end: taking a large tree apart piece by piece would only take time.
        std::mem::forget((workspaces, findings));
    }
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

fn reads_stdin(arguments: &Arguments) -> bool {
    arguments.stdin_filename.is_some() || arguments.paths.iter().any(|path| path == Path::new("-"))
}

/// Reads what is to be checked, and says how the standard input was encoded.
fn open(
    arguments: &Arguments,
    here: &WorkingDirectory,
    problems: &mut Vec<Problem>,
) -> Result<(Vec<Workspace>, Encoding), Problem> {
    let choices = choices(arguments, problems);
    let mut encoding = Encoding::Utf8;
    let (workspaces, wrong) = if reads_stdin(arguments) {
        let name = arguments.stdin_filename.as_deref().unwrap_or(Path::new("<stdin>"));
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(|error| Problem::io("read", name, &error))?;
        if std::str::from_utf8(&bytes).is_err() {
            encoding = Encoding::Latin1;
        }
        let (workspace, wrong) = tree::open_text(name, bytes, &choices, here);
        (vec![workspace], wrong)
    } else {
        tree::open(&arguments.paths, &choices, here)
    };
    problems.extend(wrong);
    Ok((workspaces, encoding))
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

fn fix(workspaces: &mut [Workspace], arguments: &Arguments) -> Vec<Change> {
    let allowed = if arguments.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    workspaces.iter_mut().flat_map(|workspace| workspace.fix(allowed)).collect()
}

/// Writes the report to where it belongs; where the standard output has the fixed script, that is the error stream.
fn write(
    arguments: &Arguments,
    findings: &[Finding],
    summary: &Summary,
    fixed_input: bool,
) -> Result<(), Problem> {
    let to_file = arguments.output_file.is_some();
    let style = if to_file { Style::PLAIN } else { terminal::style() };
    let mut text = if arguments.statistics {
        report::statistics(findings, arguments.format, style)
    } else {
        report::render(findings, arguments.format, style)
    };
    if let Some(path) = &arguments.output_file {
        std::fs::write(path, text).map_err(|error| Problem::io("write", path, &error))?;
        text = String::new();
    }
    if arguments.format.is_for_people() || to_file {
        text.push_str(&summary.line(terminal::style()));
    }
    if fixed_input {
        anstream::eprint!("{text}");
        return Ok(());
    }
    print(&text)
}

fn print(text: &str) -> Result<(), Problem> {
    terminal::print(text).map_err(|error| super::unwritten(&error))
}
