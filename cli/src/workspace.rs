//! The seam between files and the analysis: reads what was found, and asks a project for its findings.

use std::path::Path;
use std::sync::Arc;

use momentum_lua_analyzer::project::{FileId, FileKind, Project, Settings};
use momentum_lua_analyzer::syntax;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::discovery::{Discovered, slashed};
use crate::finding::{Finding, Place};
use crate::problem::Problem;
use crate::source::Source;

/// From so many files on it is worth to wake the second thread.
const PARALLEL_FROM: usize = 4;

/// The largest file that is read: offsets are 32 bits wide, and no script comes near.
const LARGEST_FILE: u64 = 256 << 20;

/// A policy tree that was read.
pub(crate) struct Workspace {
    project: Project,
    sources: FxHashMap<FileId, Arc<Source>>,
    /// The files that were asked for, in the order of their paths.
    checked: Vec<FileId>,
}

impl Workspace {
    /// An empty tree.
    pub(crate) fn new(settings: Settings) -> Self {
        let project = Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings);
        Self { project, sources: FxHashMap::default(), checked: Vec::new() }
    }

    /// Reads files into the tree. Those that cannot be read are reported, the others are checked.
    pub(crate) fn read(&mut self, files: &[Discovered]) -> Vec<Problem> {
        let texts: Vec<_> = if files.len() < PARALLEL_FROM {
            files.iter().map(read).collect()
        } else {
            files.par_iter().map(read).collect()
        };
        let mut problems = Vec::new();
        for (file, source) in files.iter().zip(texts) {
            match source {
                Ok(source) => self.add(source, file.kind()),
                Err(problem) => problems.push(problem),
            }
        }
        problems
    }

    /// Adds a text under a name, as if it had been read.
    pub(crate) fn add(&mut self, source: Source, kind: FileKind) {
        let id = self.project.set_file(&source.path, kind, Arc::clone(&source.text));
        self.sources.insert(id, Arc::new(source));
        if !self.checked.contains(&id) {
            self.checked.push(id);
        }
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
            let related = related.collect();
            Finding { source: Arc::clone(source), diagnostic, related }
        });
        findings.collect()
    }
}

fn read(file: &Discovered) -> Result<Source, Problem> {
    let bytes = bytes(&file.path).map_err(|error| Problem::io("read", &file.path, &error))?;
    let (text, _) = syntax::decode(bytes);
    Ok(Source::new(slashed(&file.path), text.into()))
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.len() > LARGEST_FILE {
        return Err(std::io::Error::other("the file is larger than 256 MiB"));
    }
    std::fs::read(path)
}
