//! `momentum-lua fmt`: lays scripts out anew.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use momentum_lua_analyzer::project::FileKind;
use momentum_lua_analyzer::syntax::{self, Span};
use momentum_lua_formatter::{Style, StyleError, format};
use rayon::prelude::*;

use crate::configuration::{self, Configuration};
use crate::discovery::{self, Discovered};
use crate::outcome::Outcome;
use crate::paths::WorkingDirectory;
use crate::problem::{self, Print as _, Problem};
use crate::save::save;
use crate::source::Source;
use crate::tree::{self, Change, PARALLEL_FROM};
use crate::{report, terminal};

/// Format Lua policy, as stylua.toml or .editorconfig say
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Files and folders; `-` formats a script from standard input
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Name the files that would change, and change nothing
    #[arg(long)]
    check: bool,

    /// Show what would change, and change nothing
    #[arg(long, conflicts_with = "check")]
    diff: bool,

    /// The name of the script that is read from standard input
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut problems = Vec::new();
    let reads_stdin =
        arguments.stdin_filename.is_some() || arguments.paths.iter().any(|path| path == Path::new("-"));
    let done = WorkingDirectory::current().and_then(|here| {
        if reads_stdin { stdin(arguments, &here) } else { files(arguments, &here, &mut problems) }
    });
    let outcome = done.unwrap_or_else(|problem| {
        problems.push(problem);
        Outcome::Failed
    });
    problems.iter().for_each(Problem::print);
    if problems.is_empty() { outcome } else { Outcome::Failed }
}

/// Formats the standard input to the standard output.
fn stdin(arguments: &Arguments, here: &WorkingDirectory) -> Result<Outcome, Problem> {
    let name = arguments.stdin_filename.as_deref().unwrap_or(Path::new("<stdin>"));
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|error| Problem::io("read", name, &error))?;
    let (text, encoding) = syntax::decode(bytes);
    let file = Discovered::new(name, here);
    let change = formatted(&file, text.clone(), here)?;
    let changes = change.is_some();
    if arguments.check || arguments.diff {
        show(arguments, change.as_slice(), 1)?;
        return Ok(if changes { Outcome::Findings } else { Outcome::Clean });
    }
    let result = change.map_or(text, |change| change.after);
    terminal::write_script(&result, encoding).map_err(|error| super::unwritten(&error))?;
    Ok(Outcome::Clean)
}

/// Formats files. What goes wrong with some is added to `problems`, and the others are formatted.
fn files(
    arguments: &Arguments,
    here: &WorkingDirectory,
    problems: &mut Vec<Problem>,
) -> Result<Outcome, Problem> {
    let found = discover(&arguments.paths, here, problems);
    if found.is_empty() && problems.is_empty() {
        problem::warn("nothing to format: no `.lua` file is here");
    }
    let one = |file: &Discovered| formatted(file, tree::read(file)?, here);
    let results: Vec<_> = if found.len() < PARALLEL_FROM {
        found.iter().map(one).collect()
    } else {
        found.par_iter().map(one).collect()
    };
    let mut changes = Vec::new();
    for result in results {
        match result {
            Ok(change) => changes.extend(change),
            // A mistake in a `stylua.toml` stops many files.
            Err(problem) if problems.iter().any(|known| is_same(known, &problem)) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if found.is_empty() {
        return Ok(Outcome::Clean);
    }
    if arguments.check || arguments.diff {
        show(arguments, &changes, found.len())?;
        return Ok(if changes.is_empty() { Outcome::Clean } else { Outcome::Findings });
    }
    let mut written = 0;
    for change in &changes {
        match save(change) {
            Ok(()) => written += 1,
            Err(problem) => problems.push(problem),
        }
    }
    print(&format!("Formatted {written} of {}\n", files_count(found.len())))?;
    Ok(Outcome::Clean)
}

/// The scripts that `paths` name, without what the configuration and `.styluaignore` leave out.
fn discover(paths: &[PathBuf], here: &WorkingDirectory, problems: &mut Vec<Problem>) -> Vec<Discovered> {
    let mut groups: BTreeMap<Option<PathBuf>, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        groups.entry(configuration::find(path, here)).or_default().push(path.clone());
    }
    let mut files = Vec::new();
    for (file, paths) in groups {
        let configuration = Configuration::read(file, here);
        let found = discovery::discover_with(&paths, here, &configuration.exclusion(), Some(".styluaignore"));
        problems.extend(found.problems);
        files.extend(found.files);
        problems.extend(configuration.problems);
    }
    files.retain(|file| {
        let is_script = file.kind() == FileKind::Lua;
        let named = || paths.iter().any(|path| here.absolute(path) == file.path);
        if !is_script && named() {
            problems.push(Problem::new(format!("`{}` is no Lua: only scripts are formatted", file.shown)));
        }
        is_script
    });
    files
}

/// What formatting changes in a script; `None` if nothing.
fn formatted(file: &Discovered, text: String, here: &WorkingDirectory) -> Result<Option<Change>, Problem> {
    let style = Style::for_script(&file.path, &Style::default()).map_err(|error| misstyled(&error, here))?;
    match format(&text, &style, None) {
        Ok(after) if after == text => Ok(None),
        Ok(after) => Ok(Some(Change {
            shown: file.shown.clone(),
            file: file.path.clone(),
            before: text,
            after,
            count: 0,
        })),
        Err(error) => {
            let source = Arc::new(Source::new(file.shown.clone(), text.into()));
            Err(Problem::new(error.message).at(&source, error.span))
        }
    }
}

/// A mistake in `stylua.toml` or `.editorconfig`.
fn misstyled(error: &StyleError, here: &WorkingDirectory) -> Problem {
    let Some(file) = &error.file else { return Problem::new(&*error.message) };
    let text = std::fs::read(file).map(|bytes| syntax::decode(bytes).0);
    let (Some(range), Ok(text)) = (&error.range, text) else {
        return Problem::new(format!("`{}`: {}", here.shown(file), error.message));
    };
    let source = Arc::new(Source::new(here.shown(file), text.into()));
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Problem::new(&*error.message).at(&source, Span::new(offset(range.start), offset(range.end)))
}

/// Says what would change.
fn show(arguments: &Arguments, changes: &[Change], files: usize) -> Result<(), Problem> {
    if arguments.diff {
        return print(&report::diff(changes, terminal::style()));
    }
    let mut text: String = changes.iter().map(|change| format!("{}\n", change.shown)).collect();
    text.push_str(&match changes.len() {
        0 => format!("Nothing to format in {}\n", files_count(files)),
        count => format!("Would format {count} of {}\n", files_count(files)),
    });
    print(&text)
}

fn is_same(a: &Problem, b: &Problem) -> bool {
    let place = |problem: &Problem| problem.place.as_ref().map(|(source, span)| (source.path.clone(), *span));
    a.message == b.message && place(a) == place(b)
}

fn files_count(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

fn print(text: &str) -> Result<(), Problem> {
    terminal::print(text).map_err(|error| super::unwritten(&error))
}
