//! What files mean to each other: analyses in the order of their `require`s, again where callers teach a module more.

use super::globals::DefinedGlobals;
use super::{Derived, File, FileDerived, FileId, FileKind, Project};
use crate::configuration::includes::Entry;
use crate::configuration::search_path::SearchPath;
use crate::semantics::analysis::{Analysis, FunctionFacts, Global, Table};
use crate::semantics::infer::{Environment, Input, infer};
use crate::semantics::types::{FunctionRef, TableRef, Type, Value};
use crate::syntax;
use crate::syntax::tree::FunctionId;
use momentum_lua_stub_reader::model::Text;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::sync::{Arc, OnceLock};

/// How often a file is analysed at most in one update, because other files taught it something.
const MOST_VISITS: u32 = 3;

impl Project {
    /// Analyses what changed, and what depends on it.
    pub fn update(&mut self) {
        self.find_configurations();
        // Which options are managed stands in the configuration.
        self.adaptive = OnceLock::new();
        let mut pending: Vec<FileId> =
            self.files().filter(|&id| self.get(id).is_some_and(|file| file.changed)).collect();
        for file in self.files.iter_mut().flatten() {
            file.changed = false;
        }
        pending.retain(|&id| self.kind(id) == Some(FileKind::Lua));
        if pending.is_empty() {
            return;
        }
        // Where files came or went, calls lead elsewhere in all of them.
        let mut calls = self.derived.calls.take().filter(|_| !self.moved);
        self.derived = Derived {
            reachability_by_file: self.files.iter().map(|_| OnceLock::new()).collect(),
            ..Derived::default()
        };
        self.find_required(&pending);
        let mut visits: FxHashMap<FileId, u32> = FxHashMap::default();
        while !pending.is_empty() {
            for level in self.levels(&pending) {
                self.analyse(&level);
                for &id in &level {
                    *visits.entry(id).or_default() += 1;
                }
            }
            let interfaces_changed = self.take_changed_interfaces();
            pending = self.taught(&interfaces_changed);
            pending.extend(self.summarize());
            pending.sort();
            pending.dedup();
            pending.retain(|id| visits.get(id).copied().unwrap_or(0) < MOST_VISITS);
        }
        if let Some(graph) = &mut calls {
            graph.renew(self, visits.into_keys());
        }
        self.derived.calls = calls.map(OnceLock::from).unwrap_or_default();
    }

    /// A tree without settings: every `ecelerity.conf` that the caller added is a configuration.
    fn find_configurations(&mut self) {
        let known: FxHashSet<FileId> = self.servers.iter().flat_map(|server| server.files.clone()).collect();
        let changed = self
            .servers
            .iter()
            .any(|server| server.files.iter().any(|&id| self.get(id).is_some_and(|file| file.changed)));
        let mut roots: Vec<(String, SearchPath)> = Vec::new();
        if changed {
            for server in &self.servers {
                if let Some(path) = server.files.first().and_then(|&id| self.path(id)) {
                    roots.push((path.to_owned(), server.search.clone()));
                }
            }
        }
        for id in self.files() {
            let Some(path) = self.path(id) else { continue };
            let is_main = path.rsplit('/').next() == Some("ecelerity.conf");
            if is_main && !known.contains(&id) && self.kind(id) == Some(FileKind::ServerConfiguration) {
                roots.push((path.to_owned(), SearchPath::new(folder_above(path), Some(path))));
            }
        }
        for (path, search) in roots {
            self.load_configuration(&path, search, &|_| Entry::Missing);
        }
    }

    /// Files in groups: each group depends only on those before it. Circles end up together in the last group.
    fn levels(&self, files: &[FileId]) -> Vec<Vec<FileId>> {
        let mut left: FxHashSet<FileId> = files.iter().copied().collect();
        let mut levels = Vec::new();
        while !left.is_empty() {
            let mut ready: Vec<FileId> =
                left.iter().copied().filter(|&id| !self.requires_any(id, &left)).collect();
            if ready.is_empty() {
                ready = left.iter().copied().collect();
            }
            ready.sort();
            for id in &ready {
                left.remove(id);
            }
            levels.push(ready);
        }
        levels
    }

    /// Analyses files that do not depend on each other.
    fn analyse(&mut self, level: &[FileId]) {
        let project: &Project = self;
        let one = |&id: &FileId| project.get(id).map(|file| (id, project.analysis_of(id, file)));
        let results: Vec<(FileId, Analysis)> = if level.len() > 1 {
            level.par_iter().filter_map(one).collect()
        } else {
            level.iter().filter_map(one).collect()
        };
        for (id, analysis) in results {
            if let Some(Some(file)) = self.files.get_mut(id.index()) {
                let old = &file.analysis;
                self.calls_changed |= old.calls_abroad != analysis.calls_abroad;
                self.names_changed |= !is_same_summary(old, &analysis);
                if !is_same_parts(old, &analysis) {
                    let tables = old.tables.iter().chain(&analysis.tables);
                    let wholes = tables.filter_map(|table| table.part_of);
                    self.parts_changed.extend(wholes.map(|whole| whole.file));
                }
                file.changed = !is_same_interface(old, &analysis);
                file.analysis = Arc::new(analysis);
                file.derived = FileDerived::default();
            }
        }
    }

    fn analysis_of(&self, id: FileId, file: &File) -> Analysis {
        let environment = View { project: self, file: id };
        let input = Input {
            file: id,
            source: &file.text,
            tree: &file.parsed.tree,
            annotations: &file.annotations,
            api: &self.api,
            target: self.settings_of(file).target,
            environment: &environment,
        };
        syntax::with_stack_for(file.parsed.depth, || infer(&input))
    }

    fn take_changed_interfaces(&mut self) -> Vec<FileId> {
        let changed: Vec<FileId> =
            self.files().filter(|&id| self.get(id).is_some_and(|file| file.changed)).collect();
        for file in self.files.iter_mut().flatten() {
            file.changed = false;
        }
        changed
    }

    /// Files that must be analysed again since those changed what they give to others.
    fn taught(&mut self, changed: &[FileId]) -> Vec<FileId> {
        let mut pending: FxHashSet<FileId> = FxHashSet::default();
        if !changed.is_empty() {
            let changed: FxHashSet<FileId> = changed.iter().copied().collect();
            pending.extend(self.required.keys().copied().filter(|&id| self.requires_any(id, &changed)));
        }
        if !std::mem::take(&mut self.calls_changed) {
            return self.in_order(pending);
        }
        let mut arguments: FxHashMap<(FileId, FunctionId), Vec<Type>> = FxHashMap::default();
        for file in self.files.iter().flatten() {
            for (function, passed) in &file.analysis.calls_abroad {
                let known = arguments.entry((function.file, function.function)).or_default();
                for (index, ty) in passed.iter().enumerate() {
                    match known.get_mut(index) {
                        Some(known) => {
                            known.join(ty);
                        }
                        None => known.push(ty.clone()),
                    }
                }
            }
        }
        for (key, passed) in &arguments {
            if self.arguments.get(key) != Some(passed) {
                pending.insert(key.0);
            }
        }
        for key in self.arguments.keys() {
            if !arguments.contains_key(key) {
                pending.insert(key.0);
            }
        }
        self.arguments = arguments;
        self.in_order(pending)
    }

    fn in_order(&self, files: FxHashSet<FileId>) -> Vec<FileId> {
        let mut files: Vec<FileId> = files.into_iter().filter(|&id| self.get(id).is_some()).collect();
        files.sort();
        files
    }

    /// What the project's files assign together. Gives the files that use a global that another file has changed.
    fn summarize(&mut self) -> Vec<FileId> {
        if !std::mem::take(&mut self.names_changed) {
            return Vec::new();
        }
        let mut globals: FxHashMap<SmolStr, Vec<(FileId, Type)>> = FxHashMap::default();
        let mut extensions = FxHashSet::default();
        let mut classes: FxHashMap<Text, TableRef> = FxHashMap::default();
        let mut parts: FxHashMap<TableRef, Vec<TableRef>> = FxHashMap::default();
        for (index, file) in self.files.iter().enumerate() {
            let Some(file) = file else { continue };
            let id = FileId::new(index);
            for (name, global) in &file.analysis.globals {
                globals.entry(name.clone()).or_default().push((id, global.ty.clone()));
            }
            // `module(NAME)` makes a global of that name.
            if let Some((name, index)) = &file.analysis.module_environment
                && !name.contains('.')
            {
                let table = TableRef { file: id, index: *index };
                globals.entry(name.clone()).or_default().push((id, Value::Table(table).into()));
            }
            if let Some((name, index)) = &file.analysis.module_root {
                let table = TableRef { file: id, index: *index };
                globals.entry(name.clone()).or_default().push((id, Value::Table(table).into()));
            }
            for (name, table) in &file.analysis.classes {
                classes.entry(name.clone()).or_insert(*table);
            }
            for (index, table) in (0u32..).zip(&file.analysis.tables) {
                if let Some(whole) = table.part_of {
                    parts.entry(whole).or_default().push(TableRef { file: id, index });
                }
            }
            for (class, member, _) in &file.analysis.extensions {
                extensions.insert((SmolStr::new(class.as_str()), member.clone()));
            }
        }
        let before = std::mem::replace(&mut self.globals, globals);
        self.extensions = extensions;
        self.parts = parts;
        let classes_before = std::mem::replace(&mut self.classes, classes);
        self.defined = DefinedGlobals::of(self);
        // Whoever sees the table sees what others write to it.
        let wholes = std::mem::take(&mut self.parts_changed);
        let mut taught: Vec<FileId> = Vec::new();
        if classes_before != self.classes {
            let annotated = |id: &FileId| self.get(*id).is_some_and(|file| !file.annotations.is_empty());
            taught.extend(self.files().filter(annotated));
        }
        if !wholes.is_empty() {
            taught.extend(wholes.iter().copied().filter(|&id| self.get(id).is_some()));
            taught.extend(self.required.keys().copied().filter(|&id| self.requires_any(id, &wholes)));
        }
        let names = before.keys().chain(self.globals.keys());
        let changed: FxHashSet<&SmolStr> =
            names.filter(|name| before.get(*name) != self.globals.get(*name)).collect();
        if !changed.is_empty() {
            taught.extend(self.files().filter(|&id| self.uses_changed_global(id, &changed, &before)));
        }
        taught
    }

    fn uses_changed_global(
        &self,
        id: FileId,
        changed: &FxHashSet<&SmolStr>,
        before: &FxHashMap<SmolStr, Vec<(FileId, Type)>>,
    ) -> bool {
        let Some(file) = self.get(id) else { return false };
        let abroad = |known: Option<&'_ Vec<(FileId, Type)>>| -> Vec<(FileId, Type)> {
            known.map_or(&[][..], Vec::as_slice).iter().filter(|(other, _)| *other != id).cloned().collect()
        };
        let mut seen = FxHashSet::default();
        file.analysis.scopes.globals().iter().any(|global| {
            let name = &global.name;
            changed.contains(name)
                && seen.insert(name)
                && abroad(before.get(name)) != abroad(self.globals.get(name))
        })
    }

    /// Whether some file assigns that global.
    #[must_use]
    pub fn assigns_global(&self, name: &str) -> bool {
        self.globals.contains_key(name)
    }

    /// Whether some file adds that field to a class of the API.
    #[must_use]
    pub fn is_extended(&self, class: &str, member: &str) -> bool {
        self.extensions.contains(&(SmolStr::new(class), SmolStr::new(member)))
    }

    /// The table of a class that annotations of the project declare.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<TableRef> {
        self.classes.get(name).copied()
    }

    /// The class that annotations declare a table as; of several, the first of the alphabet.
    #[must_use]
    pub fn class_of(&self, table: TableRef) -> Option<&str> {
        let table = self.table(table).and_then(|known| known.part_of).unwrap_or(table);
        self.classes.iter().filter(|(_, known)| **known == table).map(|(name, _)| name.as_str()).min()
    }

    /// The names of the classes that annotations of the project declare, in the order of the alphabet.
    pub fn class_names(&self) -> impl Iterator<Item = &str> {
        let mut names: Vec<&str> = self.classes.keys().map(Text::as_str).collect();
        names.sort_unstable();
        names.into_iter()
    }

    /// A table of any file.
    #[must_use]
    pub fn table(&self, table: TableRef) -> Option<&Table> {
        self.get(table.file)?.analysis.tables.get(table.index as usize)
    }

    /// The facts of a function of any file.
    #[must_use]
    pub fn function_facts(&self, function: FunctionRef) -> Option<&FunctionFacts> {
        self.get(function.file)?.analysis.function(function.function)
    }
}

/// The folder that a policy tree starts at: the one around `etc`, or that of the configuration file.
fn folder_above(path: &str) -> &str {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match folder.strip_suffix("/etc") {
        Some(root) => root,
        None if folder == "etc" => "",
        None => folder,
    }
}

/// Whether two analyses of a file tell other files the same. Places do not count.
fn is_same_interface(old: &Analysis, new: &Analysis) -> bool {
    old.exports == new.exports
        && old.tables.len() == new.tables.len()
        && old.tables.iter().zip(&new.tables).all(|(old, new)| is_same_table(old, new))
        && old.functions == new.functions
        && old.globals.len() == new.globals.len()
        && old
            .globals
            .iter()
            .all(|(name, global)| new.globals.get(name).is_some_and(|other| other.ty == global.ty))
}

/// Whether two tables have the same content.
fn is_same_table(old: &Table, new: &Table) -> bool {
    old.open == new.open
        && old.elements == new.elements
        && old.fallback == new.fallback
        && old.fields.len() == new.fields.len()
        && old
            .fields
            .iter()
            .zip(&new.fields)
            .all(|((name, field), (other_name, other))| name == other_name && field.ty == other.ty)
}

/// Whether a global is assigned outside of functions.
fn is_outside(global: &Global) -> bool {
    global.writes.iter().any(|(_, function)| function.is_none())
}

/// Whether two analyses of a file assign the same globals and add the same fields to the API.
fn is_same_summary(old: &Analysis, new: &Analysis) -> bool {
    old.globals.len() == new.globals.len()
        && old.globals.iter().all(|(name, global)| {
            new.globals
                .get(name)
                .is_some_and(|other| other.ty == global.ty && is_outside(other) == is_outside(global))
        })
        && old.environment.defines_any == new.environment.defines_any
        && is_same_parts(old, new)
        && old.classes == new.classes
        && old.module_environment == new.module_environment
        && old.module_root == new.module_root
        && old.extensions.len() == new.extensions.len()
        && old.extensions.iter().zip(&new.extensions).all(|(old, new)| (&old.0, &old.1) == (&new.0, &new.1))
}

/// Whether two analyses of a file write the same to tables of other files.
fn is_same_parts(old: &Analysis, new: &Analysis) -> bool {
    let parts = |analysis: &'_ Analysis| -> Vec<(u32, Table)> {
        let tables = (0u32..).zip(&analysis.tables);
        tables
            .filter(|(_, table)| table.part_of.is_some())
            .map(|(index, table)| (index, table.clone()))
            .collect()
    };
    let (old, new) = (parts(old), parts(new));
    old.len() == new.len()
        && old.iter().zip(&new).all(|((old_index, old), (new_index, new))| {
            old_index == new_index && old.part_of == new.part_of && is_same_table(old, new)
        })
}

/// The project as one file sees it.
struct View<'a> {
    project: &'a Project,
    file: FileId,
}

impl Environment for View<'_> {
    fn require(&self, module: &str) -> Option<Type> {
        let required = self.project.required.get(&self.file)?;
        let file = required.iter().find(|(name, _)| name == module)?.1;
        let exports = &self.project.get(file)?.analysis.exports;
        // A file that was not analysed yet, or gives nothing back.
        Some(if exports.is_never() { Type::unknown() } else { exports.clone() })
    }

    fn global(&self, name: &str) -> Option<Type> {
        let assigned = self.project.globals.get(name)?;
        let mut ty = Type::never();
        for (_, known) in assigned.iter().filter(|(file, _)| *file != self.file) {
            ty.join(known);
        }
        (!ty.is_never()).then_some(ty)
    }

    fn table(&self, table: TableRef) -> Option<&Table> {
        self.project.table(table)
    }

    fn class(&self, name: &str) -> Option<TableRef> {
        self.project.classes.get(name).copied()
    }

    fn parts(&self, table: TableRef) -> &[TableRef] {
        self.project.parts.get(&table).map_or(&[], Vec::as_slice)
    }

    fn function(&self, function: FunctionRef) -> Option<&FunctionFacts> {
        self.project.function_facts(function)
    }

    fn arguments(&self, function: FunctionId) -> Option<&[Type]> {
        self.project.arguments.get(&(self.file, function)).map(Vec::as_slice)
    }

    fn is_extended(&self, class: &str, member: &str) -> bool {
        self.project.is_extended(class, member)
    }
}
