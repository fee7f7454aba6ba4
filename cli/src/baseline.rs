//! Baselines: how many findings of each rule a file may have, so that a tree with a history can start at zero.
//!
//! Lines are not noted: they change with every edit above them. Where a file has more findings of a rule than the
//! baseline allows, all of them are reported, since nobody can tell which are the new ones.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use momentum_lua_analyzer::syntax::{self, Span};
use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::paths::{WorkingDirectory, below};
use crate::problem::Problem;
use crate::source::Source;

/// The version of the file's format.
const VERSION: u32 = 1;

/// Numbers of findings by file and rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Baseline {
    version: u32,
    /// Files, relative to the folder of the baseline.
    files: BTreeMap<String, BTreeMap<String, usize>>,
}

/// What a baseline did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Covered {
    /// Findings that it left out.
    pub(crate) findings: usize,
    /// Entries that allow more than there is.
    pub(crate) too_high: usize,
}

impl Baseline {
    /// What is found now. `file` is the path that the baseline will have.
    pub(crate) fn of(findings: &[Finding], file: &Path, here: &WorkingDirectory) -> Self {
        let mut files: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for finding in findings {
            let codes = files.entry(name(&finding.source.path, file, here)).or_default();
            *codes.entry(finding.diagnostic.code.to_string()).or_default() += 1;
        }
        Self { version: VERSION, files }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// It cannot be read, or is no baseline.
    pub(crate) fn read(file: &Path, here: &WorkingDirectory) -> Result<Self, Problem> {
        let bytes = std::fs::read(file).map_err(|error| Problem::io("read", file, &error))?;
        let (text, _) = syntax::decode(bytes);
        let baseline: Self = serde_json::from_str(&text).map_err(|error| wrong(&error, &text, file, here))?;
        if baseline.version != VERSION {
            let message =
                format!("`{}` has version {}, only {VERSION} is known", file.display(), baseline.version);
            return Err(Problem::new(message).help("write it anew with `--write-baseline`"));
        }
        Ok(baseline)
    }

    /// Writes it.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn write(&self, file: &Path) -> Result<(), Problem> {
        let text = crate::report::json_text(self);
        std::fs::write(file, text).map_err(|error| Problem::io("write", file, &error))
    }

    /// How much it allows, in words.
    pub(crate) fn describe(&self) -> String {
        let findings: usize = self.files.values().flat_map(BTreeMap::values).sum();
        let (files, plural) = (self.files.len(), |count| if count == 1 { "" } else { "s" });
        format!("{findings} finding{} in {files} file{}", plural(findings), plural(files))
    }

    fn count(&self, name: &str, code: &str) -> usize {
        self.files.get(name).and_then(|codes| codes.get(code)).copied().unwrap_or(0)
    }

    /// Takes out the findings that it allows. `checked` are the paths of all files that were looked at, `file` is where
    /// it was read from.
    pub(crate) fn cover(
        &self,
        findings: &mut Vec<Finding>,
        checked: &[String],
        file: &Path,
        here: &WorkingDirectory,
    ) -> Covered {
        let now = Self::of(findings, file, here);
        let before = findings.len();
        findings.retain(|finding| {
            let (name, code) = (name(&finding.source.path, file, here), &*finding.diagnostic.code);
            now.count(&name, code) > self.count(&name, code)
        });
        let names = checked.iter().map(|path| name(path, file, here));
        let too_high = names
            .filter_map(|name| self.files.get(&name).map(|codes| (name, codes)))
            .flat_map(|(name, codes)| codes.iter().map(move |(code, allowed)| (name.clone(), code, *allowed)))
            .filter(|(name, code, allowed)| now.count(name, code) < *allowed)
            .count();
        Covered { findings: before - findings.len(), too_high }
    }
}

/// A file's path in the baseline.
fn name(path: &str, file: &Path, here: &WorkingDirectory) -> String {
    let folder = here.absolute(file);
    let folder = folder.parent().unwrap_or(here.path());
    below(folder, &here.absolute(Path::new(path)))
}

fn wrong(error: &serde_json::Error, text: &str, file: &Path, here: &WorkingDirectory) -> Problem {
    let source = Arc::new(Source::new(here.shown(file), text.into()));
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    let line = u32::try_from(error.line().saturating_sub(1)).unwrap_or(0);
    let start = source.line_span(line).start;
    let column = u32::try_from(error.column().saturating_sub(1)).unwrap_or(0);
    let at = (start + column).min(source.line_span(line).end);
    Problem::new(format!("this is no baseline: {message}")).at(&source, Span::empty(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{finding, source};

    #[test]
    fn more_than_allowed_is_reported_whole() {
        let here = WorkingDirectory::current().unwrap();
        let file = Path::new("lint/baseline.json");
        let (a, b) = (source("lint/a.lua", "x y z"), source("b.lua", "x"));
        let two = || vec![finding(&a, "x", "1"), finding(&a, "y", "2"), finding(&b, "x", "1")];
        let baseline = Baseline::of(&two(), file, &here);
        assert!(baseline.files.contains_key("a.lua"), "{baseline:?}");
        let checked = ["lint/a.lua".to_owned(), "b.lua".to_owned()];
        let cover = |mut findings: Vec<Finding>| {
            let covered = baseline.cover(&mut findings, &checked, file, &here);
            (findings.len(), covered)
        };
        assert_eq!(cover(two()), (0, Covered { findings: 3, too_high: 0 }));
        let mut three = two();
        three.push(finding(&a, "z", "3"));
        assert_eq!(cover(three), (3, Covered { findings: 1, too_high: 0 }));
        assert_eq!(cover(vec![finding(&a, "x", "1")]), (0, Covered { findings: 1, too_high: 2 }));
    }
}
