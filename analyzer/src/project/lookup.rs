//! Which file a name means: modules that scripts require, and scripts that configurations load.

use super::{FileId, Project, Server};
use crate::configuration::search_path::parent;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// Of more modules it is not remembered where they are: names that are being typed add up.
const MOST_MODULES: usize = 10_000;

impl Project {
    /// Whether [`Project::missing_scripts`] and [`Project::missing_modules`] may name something that they did not when
    /// this was asked last: most edits change neither.
    pub fn take_wants_changed(&mut self) -> bool {
        std::mem::take(&mut self.wants_changed)
    }

    /// The paths where scripts of the configuration may stand that the project does not have, best first for each.
    #[must_use]
    pub fn missing_scripts(&self) -> Vec<Vec<String>> {
        let scripts = self
            .servers
            .iter()
            .flat_map(|server| server.policy.scripts().map(|script| script.candidates(&server.search)));
        scripts.filter(|candidates| !candidates.iter().any(|path| self.file(path).is_some())).collect()
    }

    /// The paths where modules may stand that scripts require and the project does not have, best first for each.
    #[must_use]
    pub fn missing_modules(&self) -> Vec<Vec<String>> {
        let mut missing = FxHashSet::default();
        for file in self.files.iter().flatten() {
            for module in &file.requires {
                if self.api.module(module).is_none() {
                    let candidates = self.module_candidates(module, &file.path);
                    if !candidates.iter().any(|path| self.file(path).is_some()) {
                        missing.insert(candidates);
                    }
                }
            }
        }
        let mut missing: Vec<_> = missing.into_iter().collect();
        missing.sort();
        missing
    }

    fn module_candidates(&self, module: &str, from: &str) -> Vec<String> {
        let mut candidates = self.search.script_candidates(module, Some(from));
        for server in &self.servers {
            for candidate in server.search.script_candidates(module, Some(from)) {
                if !candidates.contains(&candidate) {
                    candidates.push(candidate);
                }
            }
        }
        candidates
    }

    /// The file of a module that `from` requires.
    #[must_use]
    pub fn module_file(&self, module: &str, from: FileId) -> Option<FileId> {
        let from = self.path(from)?;
        // What was found while files come and go may be wrong now.
        let known = self.modules.get(parent(from)).filter(|_| !self.moved);
        if let Some(&known) = known.and_then(|modules| modules.get(module)) {
            return known;
        }
        self.module_candidates(module, from).iter().find_map(|path| self.file(path))
    }

    /// Finds the files that the changed files require; those of all files if some came or went.
    pub(super) fn find_required(&mut self, changed: &[FileId]) {
        let all: Vec<FileId> = if self.moved { self.files().collect() } else { changed.to_vec() };
        if self.moved {
            self.required.clear();
            self.find_scripts();
        }
        let known: usize = self.modules.values().map(FxHashMap::len).sum();
        if self.moved || known > MOST_MODULES {
            self.modules.clear();
        }
        self.moved = false;
        for id in all {
            let Some(file) = self.get(id) else { continue };
            let folder = SmolStr::new(parent(&file.path));
            let modules: Vec<(SmolStr, Option<FileId>)> =
                file.requires.iter().map(|module| (module.clone(), self.module_file(module, id))).collect();
            let found: Vec<(SmolStr, FileId)> = modules
                .iter()
                .filter_map(|(module, found)| {
                    Some((module.clone(), found.filter(|&required| required != id)?))
                })
                .collect();
            self.modules.entry(folder).or_default().extend(modules);
            if found.is_empty() {
                self.required.remove(&id);
            } else {
                self.required.insert(id, found);
            }
        }
    }

    /// Finds the files of the scripts that configurations load.
    fn find_scripts(&mut self) {
        let found = |server: &Server| {
            let named = server.policy.scripts().filter_map(|script| script.source.as_ref());
            let files = named.map(|source| {
                let candidates = server.search.script_candidates(&source.text, None);
                (source.text.clone(), candidates.iter().find_map(|path| self.file(path)))
            });
            files.collect()
        };
        let scripts: Vec<FxHashMap<String, Option<FileId>>> = self.servers.iter().map(found).collect();
        for (server, scripts) in self.servers.iter_mut().zip(scripts) {
            server.scripts = scripts;
        }
    }

    /// The project's file that `module` is where `file` requires it.
    #[must_use]
    pub fn required_file(&self, file: FileId, module: &str) -> Option<FileId> {
        let required = self.required.get(&file)?;
        required.iter().find(|(name, _)| name == module).map(|(_, required)| *required)
    }

    /// The files that require a file.
    pub fn requirers(&self, file: FileId) -> impl Iterator<Item = FileId> + '_ {
        let requires_it =
            move |required: &[(SmolStr, FileId)]| required.iter().any(|(_, other)| *other == file);
        self.required.iter().filter(move |(_, required)| requires_it(required)).map(|(id, _)| *id)
    }

    /// Whether a file requires one of those.
    pub(super) fn requires_any(&self, id: FileId, of: &FxHashSet<FileId>) -> bool {
        self.required.get(&id).is_some_and(|required| required.iter().any(|(_, file)| of.contains(file)))
    }
}

#[cfg(test)]
mod tests {
    use crate::project::{FileKind, Project, Settings};
    use rustc_hash::FxHashMap;
    use std::sync::Arc;

    #[test]
    fn what_was_found_is_forgotten_when_files_come_and_go() {
        let severities = FxHashMap::default();
        let settings = Settings { target: "5.0".parse().unwrap(), severities, select: Vec::new() };
        let mut project = Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings);
        let configuration = "scriptlet \"scriptlet\" { script \"x\" { source = \"site.x\" } }\n";
        project.set_file("etc/ecelerity.conf", FileKind::ServerConfiguration, configuration);
        let asking = project.set_file("etc/conf/global/site/a.lua", FileKind::Lua, "require(\"site.x\")\n");
        let found = |project: &mut Project| {
            project.update();
            let server = project.server_configurations().next().unwrap();
            let script = server.policy().scripts().next().unwrap();
            (project.module_file("site.x", asking), server.script_file(script).map(|script| script.id()))
        };
        assert_eq!(found(&mut project), (None, None));
        assert!(project.take_wants_changed() && !project.take_wants_changed());
        let wanted = project.set_file("etc/conf/global/site/x.lua", FileKind::Lua, "return {}\n");
        assert_eq!(project.module_file("site.x", asking), Some(wanted), "before the update");
        assert_eq!(found(&mut project), (Some(wanted), Some(wanted)));
        assert!(project.take_wants_changed());
        project.set_file("etc/conf/global/site/x.lua", FileKind::Lua, "return { 1 }\n");
        assert_eq!(found(&mut project), (Some(wanted), Some(wanted)));
        assert!(!project.take_wants_changed());
        project.remove_file(wanted);
        assert_eq!(found(&mut project), (None, None));
        assert!(project.take_wants_changed());
    }

    #[test]
    fn findings_in_a_configuration_without_scripts_follow_its_text() {
        let severities = FxHashMap::default();
        let settings = Settings { target: "5.0".parse().unwrap(), severities, select: Vec::new() };
        let mut project = Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings);
        let mut found = |text: &str| {
            let id = project.set_file("etc/ecelerity.conf", FileKind::ServerConfiguration, text);
            project.update();
            project.diagnostics(id).len()
        };
        let missing = "scriptlet \"scriptlet\" { script \"x\" { source = \"site.x\" } }\n";
        assert_eq!([found(""), found(missing), found("")], [0, 1, 0]);
    }
}
