//! Workflow commands of GitHub Actions, which annotate the changed lines.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use momentum_lua_analyzer::diagnostic::Severity;

use crate::finding::Finding;

/// The working directory below the top of the repository, in a job of GitHub.
pub(super) fn folder() -> Option<PathBuf> {
    let top = PathBuf::from(std::env::var_os("GITHUB_WORKSPACE")?);
    Some(std::env::current_dir().ok()?.strip_prefix(top).ok()?.to_owned())
}

/// Renders a command per finding. `folder` is where the working directory lies in the repository: GitHub knows files by
/// their paths from its top.
pub(super) fn render(findings: &[Finding], folder: Option<&Path>) -> String {
    let mut text = String::new();
    for finding in findings {
        let diagnostic = &finding.diagnostic;
        let (start, end) = (finding.start(), finding.end());
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        // GitHub takes columns only for a range on one line.
        let columns = if start.line == end.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        let notes: String = diagnostic.notes.iter().map(|note| format!("\n{note}")).collect();
        let path = &finding.source.path;
        let from_top = match folder {
            Some(folder) => Cow::from(folder.join(path).to_string_lossy().replace('\\', "/")),
            None => Cow::from(path.as_str()),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "::{command} title={},file={},line={},endLine={}{columns}::{}:{}:{}: {}",
            property(&format!("momentum-lua ({})", diagnostic.code)),
            property(&from_top),
            start.line,
            end.line,
            data(path),
            start.line,
            start.column,
            data(&format!("{}{notes}", diagnostic.message)),
        );
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{finding, findings, source};
    use super::*;

    #[test]
    fn a_command_each() {
        insta::assert_snapshot!(render(&findings(), None));
    }

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let mut odd = finding(&source("a,b:c.lua", "x\ny"), "x\ny", "100 %\nsure");
        odd.diagnostic.severity = Severity::Info;
        assert_eq!(
            render(&[odd], None),
            "::notice title=momentum-lua (example-rule),file=a%2Cb%3Ac.lua,line=1,endLine=2\
             ::a,b:c.lua:1:1: 100 %25%0Asure\n"
        );
    }
}
