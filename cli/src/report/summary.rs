//! The closing line.

use momentum_lua_analyzer::diagnostic::{Safety, Severity};

use super::concise::paint;
use crate::finding::Finding;
use crate::terminal::Style;

/// What was found, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    safe: usize,
    unsafe_only: usize,
}

impl Summary {
    /// Counts findings in `files` checked files.
    pub(crate) fn of(files: usize, findings: &[Finding]) -> Self {
        let mut summary = Self { files, ..Self::default() };
        for finding in findings {
            match finding.diagnostic.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Info => summary.infos += 1,
            }
            match finding.fixable() {
                Some(Safety::Safe) => summary.safe += 1,
                Some(Safety::Unsafe) => summary.unsafe_only += 1,
                None => {}
            }
        }
        summary
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
        let fixable = match (self.safe, self.unsafe_only) {
            (0, 0) => String::new(),
            (safe, 0) => format!("; {safe} fixable with `--fix`"),
            (0, more) => format!("; {more} fixable with `--unsafe-fixes`"),
            (safe, more) => format!("; {safe} fixable with `--fix`, {more} more with `--unsafe-fixes`"),
        };
        format!("Checked {} {files}: {found}{fixable}\n", self.files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_in_words() {
        let nothing = Summary { files: 1, ..Summary::default() };
        assert_eq!(nothing.line(Style::PLAIN), "Checked 1 file: nothing found\n");
        let some = Summary { files: 12, errors: 1, warnings: 2, infos: 3, safe: 4, unsafe_only: 5 };
        assert_eq!(
            some.line(Style::PLAIN),
            "Checked 12 files: 1 error, 2 warnings, 3 info; 4 fixable with `--fix`, 5 more with `--unsafe-fixes`\n"
        );
    }
}
