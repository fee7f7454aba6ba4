//! The closing line.

use momentum_lua_analyzer::diagnostic::{Safety, Severity};

use super::concise::paint;
use crate::baseline::Covered;
use crate::finding::Finding;
use crate::terminal::Style;

/// What was found, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// How many findings were mended.
    pub(crate) fixed: usize,
    /// What a baseline left out.
    pub(crate) covered: Covered,
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    safe: usize,
    unsafe_only: usize,
}

impl Summary {
    /// Counts findings in `files` checked files.
    pub(crate) fn count(&mut self, files: usize, findings: &[Finding]) {
        self.files += files;
        for finding in findings {
            match finding.diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
            match finding.fixable() {
                Some(Safety::Safe) => self.safe += 1,
                Some(Safety::Unsafe) => self.unsafe_only += 1,
                None => {}
            }
        }
    }

    /// The line, with its end.
    pub(crate) fn line(&self, style: Style) -> String {
        let mut counts = Vec::new();
        for (count, severity, name) in [
            (self.errors, Severity::Error, "error"),
            (self.warnings, Severity::Warning, "warning"),
            (self.infos, Severity::Info, "info"),
        ] {
            if count > 0 {
                let paint = paint(severity, style);
                // "info" stands for a finding of that severity and has no plural of its own.
                let plural = if count > 1 && severity != Severity::Info { "s" } else { "" };
                counts.push(format!("{paint}{count} {name}{plural}{paint:#}"));
            }
        }
        let found = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
        let files = if self.files == 1 { "file" } else { "files" };
        let mut parts = vec![found];
        if self.fixed > 0 {
            parts.push(format!("{} fixed", self.fixed));
        }
        match (self.safe, self.unsafe_only) {
            (0, 0) => {}
            (safe, 0) => parts.push(format!("{safe} fixable with `--fix`")),
            (0, more) => parts.push(format!("{more} fixable with `--unsafe-fixes`")),
            (safe, more) => {
                parts.push(format!("{safe} fixable with `--fix`, {more} more with `--unsafe-fixes`"));
            }
        }
        if self.covered.findings > 0 {
            parts.push(format!("{} left out by the baseline", self.covered.findings));
        }
        if self.covered.too_high > 0 {
            parts.push("the baseline allows more than there is, write it anew".to_owned());
        }
        format!("Checked {} {files}: {}\n", self.files, parts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_in_words() {
        let nothing = Summary { files: 1, ..Summary::default() };
        assert_eq!(nothing.line(Style::PLAIN), "Checked 1 file: nothing found\n");
        let some = Summary {
            files: 12,
            errors: 1,
            warnings: 2,
            infos: 3,
            safe: 4,
            unsafe_only: 5,
            ..Summary::default()
        };
        assert_eq!(
            some.line(Style::PLAIN),
            "Checked 12 files: 1 error, 2 warnings, 3 info; 4 fixable with `--fix`, 5 more with `--unsafe-fixes`\n"
        );
        let covered = Covered { findings: 7, too_high: 1 };
        let little = Summary { files: 2, fixed: 1, covered, ..Summary::default() };
        assert_eq!(
            little.line(Style::PLAIN),
            "Checked 2 files: nothing found; 1 fixed; 7 left out by the baseline; the baseline allows more than there is, \
             write it anew\n"
        );
    }
}
