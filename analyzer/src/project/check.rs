//! Findings: runs the rules.

use super::{FileId, Project, Settings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::general;
use crate::rules::{self, Report, RuleEntry, suppression};
use crate::syntax;
use rayon::prelude::*;

/// Files with that many expressions, about a thousand lines, are checked by several rules at a time.
const LONG: usize = 5_000;

impl Project {
    /// All findings of a file, in the order of their places. Needs an [`Project::update`] after the last change.
    #[must_use]
    pub fn diagnostics(&self, id: FileId) -> Vec<Diagnostic> {
        let mut findings = self.script_findings(id);
        findings.extend(self.configuration_findings().iter().filter(|(file, _)| *file == id).cloned());
        self.finished(id, findings)
    }

    /// The findings of every file, in the order of the files; those of one file in the order of their places.
    #[must_use]
    pub fn all_diagnostics(&self) -> Vec<(FileId, Vec<Diagnostic>)> {
        let files: Vec<FileId> = self.files().collect();
        self.follow_all_calls();
        let mut everywhere = self.configuration_findings().to_vec();
        let own: Vec<_> = files.par_iter().map(|&id| (id, self.script_findings(id))).collect();
        own.into_iter()
            .map(|(id, mut findings)| {
                findings.extend(everywhere.extract_if(.., |(file, _)| *file == id));
                (id, self.finished(id, findings))
            })
            .collect()
    }

    fn script_findings(&self, id: FileId) -> Vec<(FileId, Diagnostic)> {
        let (Some(script), Some(file)) = (self.script(id), self.get(id)) else { return Vec::new() };
        let settings = self.settings_of(file);
        let by = |entry: &RuleEntry| {
            let mut findings = Vec::new();
            // What is used where is not known while something is missing.
            let is_blind = entry.family == "lua" && !file.parsed.errors.is_empty();
            if let Some(check) = entry.check.of_script()
                && let Some(severity) = severity(settings, entry.rule.code)
                && !is_blind
            {
                let mut report = Report::new(entry.rule, severity, id, &mut findings);
                syntax::with_stack_for(file.parsed.depth, || check(&script, &mut report));
            }
            findings
        };
        // In a short file, each rule takes less time than waking somebody to run it.
        if file.parsed.tree.expressions().len() < LONG {
            rules::ALL.iter().flat_map(by).collect()
        } else {
            rules::ALL.par_iter().map(by).collect::<Vec<_>>().into_iter().flatten().collect()
        }
    }

    /// The findings of a file without those that are said twice or suppressed, in the order of their places.
    fn finished(&self, id: FileId, findings: Vec<(FileId, Diagnostic)>) -> Vec<Diagnostic> {
        let mut findings: Vec<Diagnostic> = findings.into_iter().map(|(_, diagnostic)| diagnostic).collect();
        general::drop_repeated(&mut findings);
        if let Some(script) = self.script(id) {
            let severity = |code: &str| severity(script.settings(), code);
            let unused = severity("unused-suppression");
            suppression::apply(&script, &mut findings, |code| severity(code).is_some(), unused);
        }
        findings.sort_by(|a, b| (a.span, &a.code, &a.message).cmp(&(b.span, &b.code, &b.message)));
        findings.dedup();
        findings
    }

    /// What is found in the server configurations; worked out once, though each of their files is asked for.
    fn configuration_findings(&self) -> &[(FileId, Diagnostic)] {
        self.derived.configuration_findings.get_or_init(|| self.find_in_configurations())
    }

    fn find_in_configurations(&self) -> Vec<(FileId, Diagnostic)> {
        let mut findings = Vec::new();
        for server in self.server_configurations() {
            let Some(main) = server.main_file() else { continue };
            for entry in rules::ALL {
                if let Some(check) = entry.check.of_configuration()
                    && let Some(severity) = severity(&self.settings, entry.rule.code)
                {
                    check(&server, &mut Report::new(entry.rule, severity, main, &mut findings));
                }
            }
        }
        debug_assert!(findings.iter().all(|(file, _)| self.kind(*file).is_some()));
        findings
    }
}

/// The severity that the user chose for a rule; `None` turns it off, `Some(None)` leaves it to the rule.
fn severity(settings: &Settings, code: &str) -> Option<Option<Severity>> {
    let on_request = general::ON_REQUEST.contains(&code);
    let named = settings.select.iter().any(|word| word == code);
    let family = settings.select.iter().any(|word| word.ends_with('/') && code.starts_with(word.as_str()));
    if !settings.select.is_empty() && !named && !family {
        return None;
    }
    match settings.severities.get(code) {
        Some(None) => None,
        Some(severity) => Some(*severity),
        None => (named || !on_request).then_some(None),
    }
}
