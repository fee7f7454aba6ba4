//! GitLab's code quality reports.

use momentum_lua_analyzer::diagnostic::Severity;
use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use crate::finding::Finding;

/// Renders all findings.
pub(super) fn render(findings: &[Finding]) -> String {
    let issues = findings.iter().zip(fingerprints(findings)).map(|(finding, fingerprint)| {
        let (start, end) = (finding.start(), finding.end());
        json!({
            "description": finding.diagnostic.message,
            "check_name": finding.diagnostic.code,
            "fingerprint": fingerprint,
            "severity": match finding.diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            "location": {
                "path": finding.source.path,
                "positions": {
                    "begin": { "line": start.line, "column": start.column },
                    "end": { "line": end.line, "column": end.column },
                },
            },
        })
    });
    super::json_text(&issues.collect::<Vec<Value>>())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::findings;
    use super::*;

    #[test]
    fn an_issue_each() {
        insta::assert_snapshot!(render(&findings()));
    }
}
