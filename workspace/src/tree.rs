//! The seam between files and the analysis: reads what was found and what it refers to, and asks a project for its
//! findings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use momentum_lua_analyzer::configuration::includes::Entry;
use momentum_lua_analyzer::configuration::project::{CONFIGURATION_FILE_NAME, ProjectPaths};
use momentum_lua_analyzer::configuration::search_path::SearchPath;
use momentum_lua_analyzer::diagnostic::{Diagnostic, Safety};
use momentum_lua_analyzer::fix;
use momentum_lua_analyzer::project::{FileId, FileKind, Project};
use momentum_lua_analyzer::syntax;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::configuration::{self, Configuration};
use crate::discovery::{self, Discovered};
use crate::finding::{Finding, Place};
use crate::paths::{WorkingDirectory, below};
use crate::problem::Problem;
use crate::settings::{self, Choices};
use crate::source::Source;
use crate::stubs;
use crate::unsaved::Unsaved;

/// From so many files on it is worth to wake other threads.
pub const PARALLEL_FROM: usize = 4;

/// The largest file that is read: offsets are 32 bits wide, and no script comes near.
const LARGEST_FILE: u64 = 256 << 20;

/// Where the main configuration file may be, seen from a folder above a script.
const MAIN_CONFIGURATION: [&str; 4] =
    [CONFIGURATION_FILE_NAME, "etc/ecelerity.conf", "default/ecelerity.conf", "conf/default/ecelerity.conf"];

/// How often fixes are applied and the result is analysed again at most: fixes may undo each other.
const MOST_ROUNDS: usize = 16;

/// A file that fixes or formatting changed.
#[derive(Debug, Default)]
pub struct Change {
    /// The path that people see.
    pub shown: String,
    /// The file.
    pub file: PathBuf,
    /// Its text as it was read.
    pub before: String,
    /// Its new text.
    pub after: String,
    /// How many findings that mends; 0 where only the layout changes.
    pub count: usize,
}

/// A policy tree that was read.
pub struct Workspace {
    configuration: Configuration,
    here: WorkingDirectory,
    project: Project,
    choices: Choices,
    /// The files that were asked for, in the order of their paths; the others only explain them.
    checked: Vec<FileId>,
    /// The server configurations that were loaded, as the project names them.
    mains: Vec<String>,
    /// Candidates for scripts and modules that are nowhere on the disk: not asked for again with every change.
    absent: FxHashSet<Vec<String>>,
    /// Something came to the disk that may have been missing.
    disk_changed: bool,
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Workspace").field("root", &self.configuration.root).finish_non_exhaustive()
    }
}

/// Reads what `paths` name: a tree for each configuration that counts for some of them. What cannot be read is reported,
/// the rest is there.
pub fn open(paths: &[PathBuf], choices: &Choices, here: &WorkingDirectory) -> (Vec<Workspace>, Vec<Problem>) {
    let mut groups: BTreeMap<Option<PathBuf>, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        let file = choices.configuration.clone().or_else(|| configuration::find(path, here));
        groups.entry(file).or_default().push(path.clone());
    }
    let mut problems = Vec::new();
    let workspaces = groups.into_iter().map(|(file, paths)| {
        let (mut workspace, wrong) = Workspace::new(file, choices, here);
        problems.extend(wrong);
        let found = discovery::discover(&paths, here, &workspace.configuration.exclusion());
        problems.extend(found.problems);
        let (files, wrong) = read_all(&found.files);
        problems.extend(wrong);
        problems.extend(workspace.fill(files));
        workspace
    });
    (workspaces.collect(), problems)
}

/// Takes `bytes` as the file `name`, whatever stands on the disk there, and reads what it refers to.
pub fn open_text(
    name: &Path,
    bytes: Vec<u8>,
    choices: &Choices,
    here: &WorkingDirectory,
) -> (Workspace, Vec<Problem>) {
    let file = choices.configuration.clone().or_else(|| configuration::find(name, here));
    let (mut workspace, mut problems) = Workspace::new(file, choices, here);
    problems.extend(workspace.fill(vec![(Discovered::new(name, here), syntax::decode(bytes).0)]));
    (workspace, problems)
}

impl Workspace {
    fn new(file: Option<PathBuf>, choices: &Choices, here: &WorkingDirectory) -> (Self, Vec<Problem>) {
        let mut configuration = Configuration::read(file, here);
        let mut problems = std::mem::take(&mut configuration.problems);
        let (api, wrong) = stubs::api(&configuration, here);
        problems.extend(wrong);
        let project = Project::new(Arc::new(api), settings::of_project(&configuration.project, choices));
        let workspace = Self {
            configuration,
            here: here.clone(),
            project,
            choices: choices.clone(),
            checked: Vec::new(),
            mains: Vec::new(),
            absent: FxHashSet::default(),
            disk_changed: false,
        };
        (workspace, problems)
    }

    /// Takes the files that are checked, reads what they refer to, and analyses all of it.
    fn fill(&mut self, files: Vec<(Discovered, String)>) -> Vec<Problem> {
        let root = &self.configuration.root;
        let new =
            files.iter().map(|(file, text)| (below(root, &file.path), file.kind(), Arc::from(text.as_str())));
        self.checked = self.project.set_files(new.collect());
        let lua_path = &self.configuration.project.lua_path;
        self.project.set_search_path(SearchPath::new("", None).with_lua_path(lua_path));
        let problems = self.load_server_configurations(&files);
        self.finish_change();
        problems
    }

    /// Gives the configured files that are not there.
    fn load_server_configurations(&mut self, files: &[(Discovered, String)]) -> Vec<Problem> {
        let root = self.configuration.root.clone();
        let named = &self.configuration.project.configuration;
        let checked = files.iter().filter(|(file, _)| discovery::is_main_configuration(&file.path));
        let mut mains: Vec<String> = if named.is_empty() {
            checked.map(|(file, _)| below(&root, &file.path)).collect()
        } else {
            named.clone()
        };
        if mains.is_empty() {
            // A part of a tree: its configuration is above.
            mains.extend(files.first().and_then(|(file, _)| main_configuration_above(&file.path, &root)));
        }
        let mut problems = Vec::new();
        for main in &mains {
            if !root.join(main).is_file() && self.project.file(main).is_none() {
                problems.push(self.configuration.names_no_file(main));
                continue;
            }
            self.load_server_configuration(main);
        }
        self.mains = mains;
        // What a checked configuration includes is a part of it.
        let mut included = Vec::new();
        for server in self.project.server_configurations() {
            if server.main_file().is_some_and(|main| self.checked.contains(&main)) {
                included.extend(
                    server.configuration().files().filter_map(|(_, file)| self.project.file(&file.path)),
                );
            }
        }
        let project = &self.project;
        let excluded = self.configuration.exclusion();
        included.retain(|&id| {
            !self.checked.contains(&id) && project.path(id).is_some_and(|path| !excluded(&root.join(path)))
        });
        drop(excluded);
        self.checked.extend(included);
        self.checked
            .sort_by_cached_key(|&id| self.here.shown(&root.join(project.path(id).unwrap_or_default())));
        problems
    }

    fn load_server_configuration(&mut self, main: &str) {
        let root = &self.configuration.root;
        let search = SearchPath::new("", Some(main)).with_lua_path(&self.configuration.project.lua_path);
        self.project.load_configuration(main, search, &|path| entry(&root.join(path)));
    }

    /// Reads what a change refers to and analyses what it touches.
    fn finish_change(&mut self) {
        self.load_missing();
        if !self.configuration.project.overrides.is_empty() {
            self.override_settings();
        }
        self.project.update();
    }

    /// Gives a file another text than it has on the disk (an editor's), or takes a file in that was not there, and
    /// analyses what that touches. The file is checked from then on.
    pub fn set_text(&mut self, path: &Path, text: impl Into<Arc<str>>) -> FileId {
        let path = self.here.absolute(path);
        let name = below(&self.configuration.root, &path);
        let kind = discovery::kind(&path);
        let text = text.into();
        // An editor that opens or closes a file hands over what the disk has, mostly.
        if let Some(known) = self.file(&path)
            && self.checked.contains(&known)
            && self.project.kind(known) == Some(kind)
            && self.project.text(known) == Some(&*text)
        {
            return known;
        }
        let id = self.project.set_file(&name, kind, text);
        if !self.checked.contains(&id) {
            self.checked.push(id);
        }
        if kind == FileKind::ServerConfiguration {
            self.reload_server_configurations(&path, &name);
        }
        self.finish_change();
        id
    }

    /// Takes a file out that is no longer there, and analyses what that touches.
    pub fn remove(&mut self, path: &Path) {
        let Some(id) = self.file(path) else { return };
        self.checked.retain(|known| *known != id);
        let is_configuration = self.project.kind(id) == Some(FileKind::ServerConfiguration);
        self.project.remove_file(id);
        if is_configuration {
            let path = self.here.absolute(path);
            let name = below(&self.configuration.root, &path);
            self.mains.retain(|main| *main != name);
            self.reload_server_configurations(&path, &name);
        }
        self.finish_change();
    }

    /// Says that files on the disk came, went or changed: what was not found may be there now.
    pub fn forget_absent(&mut self) {
        self.absent.clear();
        self.disk_changed = true;
    }

    fn reload_server_configurations(&mut self, path: &Path, name: &str) {
        if discovery::is_main_configuration(path)
            && path.is_file()
            && self.configuration.project.configuration.is_empty()
            && !self.mains.iter().any(|main| main == name)
        {
            self.mains.push(name.to_owned());
        }
        for main in self.mains.clone() {
            self.load_server_configuration(&main);
        }
    }

    /// Reads scripts that the configuration loads and modules that scripts require, where they are not in the tree yet.
    fn load_missing(&mut self) {
        // A key stroke seldom asks for another file.
        while self.project.take_wants_changed() | std::mem::take(&mut self.disk_changed) {
            let mut missing = self.project.missing_scripts();
            missing.extend(self.project.missing_modules());
            missing.retain(|candidates| !self.absent.contains(candidates));
            if missing.is_empty() {
                return;
            }
            let mut found = Vec::new();
            for candidates in missing {
                let there =
                    candidates.iter().find_map(|path| match entry(&self.configuration.root.join(path)) {
                        Entry::File(text) => Some((path.clone(), FileKind::Lua, Arc::from(text))),
                        _ => None,
                    });
                match there {
                    Some(file) => found.push(file),
                    None => {
                        self.absent.insert(candidates);
                    }
                }
            }
            if found.is_empty() {
                return;
            }
            self.project.set_files(found);
        }
    }

    fn override_settings(&mut self) {
        // They go by the path alone, so they hold for as long as the file is there.
        let files: Vec<FileId> = self.project.files().filter(|&id| !self.project.has_settings(id)).collect();
        if files.is_empty() {
            return;
        }
        let patterns = ProjectPaths::new(&self.configuration.project);
        for id in files {
            if let Some(path) = self.project.path(id) {
                let settings = settings::of_file(&patterns.settings(path), &self.choices);
                self.project.set_file_settings(id, Arc::new(settings));
            }
        }
    }

    /// Applies fixes, those that are not safe too if `allowed` says so, and analyses again, until there is nothing left
    /// to apply. Nothing is written. Gives the files that changed, in the order of their paths.
    pub fn fix(&mut self, allowed: Safety) -> Vec<Change> {
        let mut changes: BTreeMap<FileId, Change> = BTreeMap::new();
        for _ in 0..MOST_ROUNDS {
            let mut edited = Vec::new();
            for (id, diagnostics) in self.diagnostics() {
                let (Some(path), Some(text), Some(kind)) =
                    (self.project.path(id), self.project.text(id), self.project.kind(id))
                else {
                    continue;
                };
                let Some(fixed) = fix::apply(text, kind, &diagnostics, allowed) else { continue };
                let change = changes.entry(id).or_insert_with(|| {
                    let file = self.configuration.root.join(path);
                    Change {
                        shown: self.here.shown(&file),
                        file,
                        before: text.to_owned(),
                        ..Change::default()
                    }
                });
                change.count += fixed.count;
                change.after.clone_from(&fixed.text);
                edited.push((path.to_owned(), kind, Arc::from(fixed.text)));
            }
            if edited.is_empty() {
                break;
            }
            self.project.set_files(edited);
            self.project.update();
        }
        let mut changes: Vec<Change> =
            changes.into_values().filter(|change| change.before != change.after).collect();
        changes.sort_by(|a, b| a.shown.cmp(&b.shown));
        changes
    }

    /// The tree as the analysis sees it.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The configuration that counts for it.
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// The files that are checked.
    pub fn checked(&self) -> &[FileId] {
        &self.checked
    }

    /// The file at a path, if it belongs to the tree.
    pub fn file(&self, path: &Path) -> Option<FileId> {
        self.project.file(&below(&self.configuration.root, &self.here.absolute(path)))
    }

    /// Where a file lies.
    pub fn path(&self, id: FileId) -> Option<PathBuf> {
        self.project.path(id).map(|path| self.configuration.root.join(path))
    }

    /// The text of the first file that is checked, fixes applied.
    pub fn first_text(&self) -> Option<&str> {
        self.project.text(*self.checked.first()?)
    }

    /// The paths that people see of the files that are checked.
    pub fn checked_paths(&self) -> impl Iterator<Item = String> {
        let paths = self.checked.iter().filter_map(|&id| self.project.path(id));
        paths.map(|path| self.here.shown(&self.configuration.root.join(path)))
    }

    /// All findings, in the order of the files and of the places in them.
    pub fn findings(&self) -> Vec<Finding> {
        let mut sources = FxHashMap::default();
        let mut findings = Vec::new();
        for (id, diagnostics) in self.diagnostics() {
            findings.extend(
                diagnostics.into_iter().filter_map(|diagnostic| self.finding(id, diagnostic, &mut sources)),
            );
        }
        findings
    }

    /// What is found in the files that are checked, in their order.
    fn diagnostics(&self) -> Vec<(FileId, Vec<Diagnostic>)> {
        if let &[one] = self.checked.as_slice() {
            return vec![(one, self.project.diagnostics(one))];
        }
        let mut by_file: FxHashMap<FileId, Vec<Diagnostic>> =
            self.project.all_diagnostics().into_iter().collect();
        self.checked.iter().map(|id| (*id, by_file.remove(id).unwrap_or_default())).collect()
    }

    fn finding(
        &self,
        id: FileId,
        diagnostic: Diagnostic,
        sources: &mut FxHashMap<FileId, Arc<Source>>,
    ) -> Option<Finding> {
        let source = self.source(id, sources)?;
        let related = diagnostic.related.iter().filter_map(|related| {
            let source = self.source(related.file.unwrap_or(id), sources)?;
            Some(Place { source, span: related.span, message: related.message.clone() })
        });
        let related = related.collect();
        let page = diagnostic.page.as_deref().map(|page| self.configuration.project.page_url(page));
        Some(Finding { source, related, page, diagnostic })
    }

    fn source(&self, id: FileId, sources: &mut FxHashMap<FileId, Arc<Source>>) -> Option<Arc<Source>> {
        if let Some(source) = sources.get(&id) {
            return Some(Arc::clone(source));
        }
        let path = self.configuration.root.join(self.project.path(id)?);
        let source = Arc::new(Source::new(self.here.shown(&path), self.project.text(id)?.into()));
        sources.insert(id, Arc::clone(&source));
        Some(source)
    }
}

/// The main configuration file of the tree that a script stands in, not looked for above `root`.
fn main_configuration_above(script: &Path, root: &Path) -> Option<String> {
    let folders = script.ancestors().skip(1).take_while(|folder| folder.starts_with(root));
    let candidates = folders.flat_map(|folder| MAIN_CONFIGURATION.map(|name| folder.join(name)));
    candidates.into_iter().find(|path| path.is_file()).map(|path| below(root, &path))
}

/// What stands at a path, for [`momentum_lua_analyzer::configuration::includes::Configuration::load`].
pub fn entry(path: &Path) -> Entry {
    if path.is_dir() {
        let names = std::fs::read_dir(path).into_iter().flatten().flatten();
        return Entry::Folder(names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect());
    }
    match bytes(path) {
        Ok(bytes) => Entry::File(syntax::decode(bytes).0),
        Err(_) => Entry::Missing,
    }
}

/// The same, where an editor's texts go before what is on the disk.
pub fn entry_with(path: &Path, unsaved: &Unsaved) -> Entry {
    match unsaved.text(path) {
        Some(text) => Entry::File(text.to_string()),
        None => entry(path),
    }
}

/// The texts of files; those that cannot be read are reported.
fn read_all(files: &[Discovered]) -> (Vec<(Discovered, String)>, Vec<Problem>) {
    let texts: Vec<_> = if files.len() < PARALLEL_FROM {
        files.iter().map(read).collect()
    } else {
        files.par_iter().map(read).collect()
    };
    let (mut read, mut problems) = (Vec::with_capacity(files.len()), Vec::new());
    for (file, text) in files.iter().zip(texts) {
        match text {
            Ok(text) => read.push((file.clone(), text)),
            Err(problem) => problems.push(problem),
        }
    }
    (read, problems)
}

/// The text of a file.
///
/// # Errors
/// It cannot be read.
pub fn read(file: &Discovered) -> Result<String, Problem> {
    let bytes = bytes(&file.path).map_err(|error| Problem::io("read", Path::new(&file.shown), &error))?;
    Ok(syntax::decode(bytes).0)
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.len() > LARGEST_FILE {
        return Err(std::io::Error::other("the file is larger than 256 MiB"));
    }
    std::fs::read(path)
}
