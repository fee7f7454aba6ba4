//! Which globals the project's files define together: one table serves the whole server process.

use super::{FileId, Project};
use crate::semantics::analysis::Require;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// Globals of the project beyond the names that files assign.
#[derive(Debug, Default)]
pub(super) struct DefinedGlobals {
    /// Names that some file assigns outside of its functions.
    at_top_level: FxHashSet<SmolStr>,
    /// Tables that `module("a.b")` makes: `a`.
    modules: FxHashSet<SmolStr>,
    /// Some file may define any name.
    any: bool,
}

impl DefinedGlobals {
    pub(super) fn of(project: &Project) -> Self {
        let mut defined = Self::default();
        let mut unnamed = false;
        let root = |module: &str| SmolStr::new(module.split(['.', '/']).next().unwrap_or(module));
        for file in project.files.iter().flatten() {
            let analysis = &file.analysis;
            defined.any |= analysis.environment.defines_any;
            let outside = analysis
                .globals
                .iter()
                .filter(|(_, global)| global.writes.iter().any(|(_, function)| function.is_none()));
            defined.at_top_level.extend(outside.map(|(name, _)| name.clone()));
            match &analysis.module_environment {
                Some((name, _)) if name.is_empty() => unnamed = true,
                Some((name, _)) => {
                    defined.modules.insert(root(name));
                }
                None => {}
            }
        }
        if unnamed {
            // `module(...)` takes the name by which the file is required.
            let required = project.files.iter().flatten().flat_map(|file| &file.requires);
            defined.modules.extend(required.map(|module| root(module)));
        }
        defined
    }
}

impl Project {
    /// Whether some file assigns that global outside of its functions.
    #[must_use]
    pub fn assigns_global_at_top_level(&self, name: &str) -> bool {
        self.defined.at_top_level.contains(name)
    }

    /// Whether a global of that name may exist, as far as the project's files say: some file assigns it, `module` makes
    /// it, or some file writes globals under names that are not known.
    #[must_use]
    pub fn may_define_global(&self, name: &str) -> bool {
        self.defined.any || self.assigns_global(name) || self.defined.modules.contains(name)
    }

    /// The globals that the project's files assign.
    pub fn global_names(&self) -> impl Iterator<Item = &str> {
        self.globals.keys().map(SmolStr::as_str)
    }

    /// The modules that a file requires, directly or through files of the project, and that are neither in the project nor
    /// in the API: nobody knows what they define.
    #[must_use]
    pub fn unknown_modules_of(&self, file: FileId) -> Vec<&Require> {
        let mut unknown = Vec::new();
        let mut seen = FxHashSet::default();
        let mut waiting = vec![file];
        while let Some(id) = waiting.pop() {
            let Some(file) = self.get(id).filter(|_| seen.insert(id)) else { continue };
            for require in &file.analysis.requires {
                // Looking a module up takes time: that was done for those that the file requires by name.
                let found = if file.requires.contains(&require.module) {
                    self.required_file(id, &require.module)
                } else {
                    self.module_file(&require.module, id)
                };
                match found {
                    Some(required) => waiting.push(required),
                    None if self.api.module(&require.module).is_none() => unknown.push(require),
                    None => {}
                }
            }
        }
        unknown
    }
}
