//! Which settings apply to which file.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::rules::{OptionValue, RuleSeverity, RuleTable};
use super::{Override, Project};
use crate::configuration::search_path::{normalize, parent};
use crate::configuration::target::TargetVersion;

/// The patterns of a project, ready to be compared with paths.
#[derive(Clone, Debug)]
pub struct ProjectPaths<'p> {
    project: &'p Project,
    excluded: GlobSet,
    overrides: Vec<(GlobSet, &'p Override)>,
}

/// The settings of one file.
#[derive(Clone, Debug)]
pub struct FileSettings<'p> {
    /// The version of Momentum that it runs on.
    pub target: TargetVersion,
    /// From the one that counts most to the one that counts least.
    rules: Vec<&'p RuleTable>,
}

impl<'p> ProjectPaths<'p> {
    /// Patterns that are no patterns fit nothing; [`super::parse`] has reported them.
    pub fn new(project: &'p Project) -> Self {
        let overrides = project.overrides.iter().map(|entry| (glob_set(&entry.files), entry));
        Self { project, excluded: glob_set(&project.exclude), overrides: overrides.collect() }
    }

    /// Whether a file or folder, or a folder around it, is excluded. `path` is relative to the project's folder.
    pub fn is_excluded(&self, path: &str) -> bool {
        fits(&self.excluded, path)
    }

    /// The settings of a file. `path` is relative to the project's folder.
    pub fn settings(&self, path: &str) -> FileSettings<'p> {
        let fitting = self.overrides.iter().rev().filter(|(globs, _)| fits(globs, path));
        let fitting: Vec<&'p Override> = fitting.map(|&(_, entry)| entry).collect();
        let target = fitting.iter().find_map(|entry| entry.target).unwrap_or(self.project.target);
        let rules = fitting.iter().map(|entry| &entry.rules).chain([&self.project.rules]).collect();
        FileSettings { target, rules }
    }
}

impl<'p> FileSettings<'p> {
    /// The severity of a rule; `default` is its own.
    pub fn severity(&self, code: &str, default: RuleSeverity) -> RuleSeverity {
        self.configured_severity(code, default).unwrap_or(default)
    }

    /// The severity of a rule, if one is set; `default` is its own, with which `true` turns it on.
    pub fn configured_severity(&self, code: &str, default: RuleSeverity) -> Option<RuleSeverity> {
        self.rules.iter().find_map(|table| table.severity(code, default))
    }

    /// An option of a rule, if it is set.
    pub fn option(&self, code: &str, name: &str) -> Option<&'p OptionValue> {
        self.rules.iter().find_map(|table| table.codes.get(code)?.option(name))
    }
}

/// Compiles a pattern, as ignore files read it: without `/` it fits at any depth.
pub(super) fn glob(pattern: &str) -> Result<globset::Glob, globset::Error> {
    let trimmed = pattern.trim_start_matches("./").trim_end_matches('/');
    let anchored = match trimmed.strip_prefix('/') {
        Some(from_the_top) => from_the_top.to_owned(),
        None if trimmed.contains('/') => trimmed.to_owned(),
        None => format!("**/{trimmed}"),
    };
    GlobBuilder::new(&anchored).literal_separator(true).build()
}

fn glob_set(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in patterns.iter().filter_map(|pattern| glob(pattern).ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}

fn fits(globs: &GlobSet, path: &str) -> bool {
    if globs.is_empty() {
        return false;
    }
    let path = normalize(path);
    let mut rest = path.as_str();
    while !rest.is_empty() && rest != "/" {
        if globs.is_match(rest) {
            return true;
        }
        rest = parent(rest);
    }
    false
}
