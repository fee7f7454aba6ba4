//! The seam between files and the analysis: reads what was found, and asks a project for its findings.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use momentum_lua_analyzer::configuration::project::{LuaLint, ProjectPaths, RuleSeverity};
use momentum_lua_analyzer::configuration::target::TargetVersion;
use momentum_lua_analyzer::diagnostic::Severity;
use momentum_lua_analyzer::project::{FileId, Project, Settings};
use momentum_lua_analyzer::syntax;
use momentum_lua_stubs::reader::model::Version;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::configuration::{self, Configuration};
use crate::discovery::{self, Discovered};
use crate::finding::{Finding, Place};
use crate::paths::{WorkingDirectory, below};
use crate::problem::Problem;
use crate::source::Source;

/// From so many files on it is worth to wake the second thread.
const PARALLEL_FROM: usize = 4;

/// The largest file that is read: offsets are 32 bits wide, and no script comes near.
const LARGEST_FILE: u64 = 256 << 20;

/// What the command line says about the analysis.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    /// The configuration file, instead of the one that is found.
    pub(crate) configuration: Option<PathBuf>,
    /// The version of Momentum, instead of the configured one.
    pub(crate) target: Option<TargetVersion>,
    /// The codes of the only rules that run; all where it is empty.
    pub(crate) select: Vec<SmolStr>,
    /// The codes of rules that do not run.
    pub(crate) ignore: Vec<SmolStr>,
}

/// A policy tree that was read.
pub(crate) struct Workspace {
    configuration: Configuration,
    project: Project,
    sources: FxHashMap<FileId, Arc<Source>>,
    /// The files that were asked for, in the order of their paths.
    checked: Vec<FileId>,
}

/// Reads what `paths` name: a tree for each configuration that counts for some of them. What cannot be read is reported,
/// the rest is there.
pub(crate) fn open(
    paths: &[PathBuf],
    choices: &Choices,
    here: &WorkingDirectory,
) -> (Vec<Workspace>, Vec<Problem>) {
    let mut groups: BTreeMap<Option<PathBuf>, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        let file = choices.configuration.clone().or_else(|| configuration::find(path, here));
        groups.entry(file).or_default().push(path.clone());
    }
    let mut problems = Vec::new();
    let workspaces = groups.into_iter().map(|(file, paths)| {
        let (mut workspace, wrong) = Workspace::new(file, choices, here);
        problems.extend(wrong);
        problems.extend(workspace.read(&paths, here));
        workspace
    });
    (workspaces.collect(), problems)
}

/// Reads the standard input as the file `name`.
///
/// # Errors
/// The standard input cannot be read.
pub(crate) fn open_stdin(
    name: &Path,
    choices: &Choices,
    here: &WorkingDirectory,
) -> Result<(Workspace, Vec<Problem>), Problem> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|error| Problem::io("read", name, &error))?;
    let file = choices.configuration.clone().or_else(|| configuration::find(name, here));
    let (mut workspace, problems) = Workspace::new(file, choices, here);
    let file = Discovered::new(name, here);
    let (text, _) = syntax::decode(bytes);
    workspace.add(&file, Source::new(file.shown.clone(), text.into()));
    Ok((workspace, problems))
}

impl Workspace {
    fn new(file: Option<PathBuf>, choices: &Choices, here: &WorkingDirectory) -> (Self, Vec<Problem>) {
        let mut configuration = Configuration::read(file, here);
        let problems = std::mem::take(&mut configuration.problems);
        let api = Arc::new(momentum_lua_stubs::api().clone());
        let project = Project::new(api, settings(&configuration, choices));
        (Self { configuration, project, sources: FxHashMap::default(), checked: Vec::new() }, problems)
    }

    fn read(&mut self, paths: &[PathBuf], here: &WorkingDirectory) -> Vec<Problem> {
        let patterns = ProjectPaths::new(&self.configuration.project);
        let root = &self.configuration.root;
        let discovery = discovery::discover(paths, here, &|path| patterns.is_excluded(&below(root, path)));
        let mut problems = discovery.problems;
        let files = discovery.files;
        let sources: Vec<_> = if files.len() < PARALLEL_FROM {
            files.iter().map(read).collect()
        } else {
            files.par_iter().map(read).collect()
        };
        for (file, source) in files.iter().zip(sources) {
            match source {
                Ok(source) => self.add(file, source),
                Err(problem) => problems.push(problem),
            }
        }
        problems
    }

    fn add(&mut self, file: &Discovered, source: Source) {
        let name = below(&self.configuration.root, &file.path);
        let id = self.project.set_file(&name, file.kind(), Arc::clone(&source.text));
        self.sources.insert(id, Arc::new(source));
        self.checked.push(id);
    }

    /// The number of files that are checked.
    pub(crate) fn len(&self) -> usize {
        self.checked.len()
    }

    /// All findings, in the order of the files and of the places in them.
    pub(crate) fn findings(&mut self) -> Vec<Finding> {
        self.project.update();
        if self.checked.len() < PARALLEL_FROM {
            self.checked.iter().flat_map(|&id| self.findings_of(id)).collect()
        } else {
            self.checked.par_iter().flat_map_iter(|&id| self.findings_of(id)).collect()
        }
    }

    fn findings_of(&self, id: FileId) -> Vec<Finding> {
        let Some(source) = self.sources.get(&id) else { return Vec::new() };
        let findings = self.project.diagnostics(id).into_iter().map(|diagnostic| {
            let related = diagnostic.related.iter().filter_map(|related| {
                let source = match related.file {
                    Some(file) => self.sources.get(&file)?,
                    None => source,
                };
                Some(Place {
                    source: Arc::clone(source),
                    span: related.span,
                    message: related.message.clone(),
                })
            });
            Finding {
                source: Arc::clone(source),
                related: related.collect(),
                page: diagnostic.page.as_deref().map(|page| self.configuration.project.page_url(page)),
                diagnostic,
            }
        });
        findings.collect()
    }
}

fn settings(configuration: &Configuration, choices: &Choices) -> Settings {
    let mut severities: FxHashMap<SmolStr, Option<Severity>> = FxHashMap::default();
    let table = &configuration.project.rules;
    for (code, setting) in &table.codes {
        if let Some(severity) = setting.severity() {
            severities.insert(SmolStr::new(code), self::severity(severity));
        }
    }
    for (lint, setting) in &table.lua {
        let code = SmolStr::from(format!("lua/{lint}"));
        match *setting {
            LuaLint::Enabled(true) => {}
            LuaLint::Enabled(false) => drop(severities.insert(code, None)),
            LuaLint::Severity(severity) => drop(severities.insert(code, self::severity(severity))),
        }
    }
    severities.extend(choices.ignore.iter().map(|code| (code.clone(), None)));
    let target = choices.target.unwrap_or(configuration.project.target);
    Settings { target: version(target), severities, select: choices.select.clone() }
}

fn severity(severity: RuleSeverity) -> Option<Severity> {
    match severity {
        RuleSeverity::Off => None,
        RuleSeverity::Info => Some(Severity::Info),
        RuleSeverity::Warning => Some(Severity::Warning),
        RuleSeverity::Error => Some(Severity::Error),
    }
}

/// The version as the API knows it; its entries do not tell builds of one release apart.
fn version(target: TargetVersion) -> Version {
    target.to_string().parse().unwrap_or(Version { major: target.major(), minor: target.minor(), patch: 0 })
}

fn read(file: &Discovered) -> Result<Source, Problem> {
    let bytes = bytes(&file.path).map_err(|error| Problem::io("read", Path::new(&file.shown), &error))?;
    let (text, _) = syntax::decode(bytes);
    Ok(Source::new(file.shown.clone(), text.into()))
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.len() > LARGEST_FILE {
        return Err(std::io::Error::other("the file is larger than 256 MiB"));
    }
    std::fs::read(path)
}
