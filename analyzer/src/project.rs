//! A policy tree: its files, what each of them means, and what they mean to each other.
//!
//! The project never reads a file: callers hand texts in under paths (`/`-separated, relative to the tree's root or
//! absolute, as they like; only equality and folders matter) and take findings out.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{self, Check, Report};
use crate::syntax::{self, LineIndex, Parsed};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::model::Version;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::Arc;

/// Names a file of a [`Project`]. Stays the same while the file is in the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// What a file is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A Lua script.
    Lua,
    /// `ecelerity.conf` or a file that it includes.
    ServerConfiguration,
}

/// What the user chose.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The Momentum version that the policy is for.
    pub target: Version,
    /// Severities that differ from the rules' own; `None` turns a rule off. A key may be a code or `lua/NAME`.
    pub severities: FxHashMap<SmolStr, Option<Severity>>,
    /// When not empty, only rules with these codes (or families of codes that end in `/`) run.
    pub select: Vec<SmolStr>,
}

/// A file and what is known of it alone.
struct File {
    path: SmolStr,
    kind: FileKind,
    text: Arc<str>,
    lines: LineIndex,
    parsed: Arc<Parsed>,
}

/// A policy tree.
pub struct Project {
    api: Arc<Api>,
    settings: Settings,
    files: Vec<Option<File>>,
    by_path: FxHashMap<SmolStr, FileId>,
}

impl Project {
    /// An empty project.
    #[must_use]
    pub fn new(api: Arc<Api>, settings: Settings) -> Self {
        Self { api, settings, files: Vec::new(), by_path: FxHashMap::default() }
    }

    /// Adds a file or gives a known one a new text.
    pub fn set_file(&mut self, path: &str, kind: FileKind, text: impl Into<Arc<str>>) -> FileId {
        let text = text.into();
        let file = File {
            path: SmolStr::new(path),
            kind,
            lines: LineIndex::new(&text),
            parsed: Arc::new(syntax::parse(&text)),
            text,
        };
        let next = FileId(syntax::offset_u32(self.files.len()));
        let id = *self.by_path.entry(file.path.clone()).or_insert(next);
        if id == next {
            self.files.push(Some(file));
        } else if let Some(slot) = self.files.get_mut(id.0 as usize) {
            *slot = Some(file);
        }
        id
    }

    /// The file at a path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// All findings of a file, in the order of their places.
    #[must_use]
    pub fn diagnostics(&self, file: FileId) -> Vec<Diagnostic> {
        let Some(script) = self.script(file) else { return Vec::new() };
        let mut findings = Vec::new();
        for entry in rules::ALL {
            let severity = match self.settings.severities.get(entry.rule.code) {
                Some(None) => continue,
                Some(severity) => *severity,
                None => None,
            };
            if let Check::Script(check) = entry.check {
                check(&script, &mut Report::new(entry.rule, severity, file, &mut findings));
            }
        }
        let mut findings: Vec<Diagnostic> = findings.into_iter().map(|(_, diagnostic)| diagnostic).collect();
        findings.sort_by(|a, b| (a.span, &a.code).cmp(&(b.span, &b.code)));
        findings
    }

    /// A Lua file with all that is known of it.
    #[must_use]
    pub fn script(&self, file: FileId) -> Option<Script<'_>> {
        let content = self.files.get(file.0 as usize)?.as_ref()?;
        (content.kind == FileKind::Lua).then_some(Script { project: self, id: file, file: content })
    }
}

/// A Lua file of a project, as rules and language features see it.
#[derive(Clone, Copy)]
pub struct Script<'a> {
    project: &'a Project,
    id: FileId,
    file: &'a File,
}

impl<'a> Script<'a> {
    /// The file's name in the project.
    #[must_use]
    pub fn id(&self) -> FileId {
        self.id
    }

    /// Its path, as it was handed in.
    #[must_use]
    pub fn path(&self) -> &'a str {
        &self.file.path
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        &self.file.text
    }

    /// Lines and columns of its text.
    #[must_use]
    pub fn lines(&self) -> &'a LineIndex {
        &self.file.lines
    }

    /// Its syntax.
    #[must_use]
    pub fn parsed(&self) -> &'a Parsed {
        &self.file.parsed
    }

    /// The Momentum API.
    #[must_use]
    pub fn api(&self) -> &'a Api {
        &self.project.api
    }

    /// The Momentum version that the policy is for.
    #[must_use]
    pub fn target(&self) -> Version {
        self.project.settings.target
    }

    /// The project.
    #[must_use]
    pub fn project(&self) -> &'a Project {
        self.project
    }
}

/// The server's configuration of a project, as rules see it.
pub struct ServerConfiguration<'a> {
    project: &'a Project,
}

impl<'a> ServerConfiguration<'a> {
    /// The project.
    #[must_use]
    pub fn project(&self) -> &'a Project {
        self.project
    }
}
