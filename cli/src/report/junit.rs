//! JUnit's XML: a suite per file, a case per finding. What is only worth knowing does not fail.

use std::fmt::Write;

use momentum_lua_analyzer::diagnostic::Severity;

use crate::finding::Finding;

/// Renders all findings. Without any there is one case that passed: readers take an empty report for a mistake.
pub(super) fn render(findings: &[Finding]) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let total = findings.len().max(1);
    let name = "momentum-lua";
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "<testsuites name=\"{name}\" tests=\"{total}\" failures=\"{}\" errors=\"0\">",
        failures(findings)
    );
    if findings.is_empty() {
        let _ = writeln!(text, "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"0\">");
        let _ = writeln!(text, "    <testcase name=\"nothing found\" classname=\"{name}\"/>\n  </testsuite>");
    }
    for findings in findings.chunk_by(|a, b| a.source.path == b.source.path) {
        suite(&mut text, findings);
    }
    text.push_str("</testsuites>\n");
    text
}

fn suite(text: &mut String, findings: &[Finding]) {
    let Some(first) = findings.first() else { return };
    let path = escaped(&first.source.path);
    let (tests, failures) = (findings.len(), failures(findings));
    let _ = writeln!(
        text,
        "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">"
    );
    for finding in findings {
        let diagnostic = &finding.diagnostic;
        let start = finding.start();
        let (line, column) = (start.line, start.column);
        let code = escaped(&diagnostic.code);
        let message = escaped(&diagnostic.message);
        let severity = diagnostic.severity.name();
        let _ = writeln!(
            text,
            "    <testcase name=\"{code}:{line}:{column}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">"
        );
        let body = format!("{path}:{line}:{column}: {severity}[{code}] {message}");
        let _ = if fails(finding) {
            writeln!(text, "      <failure message=\"{message}\" type=\"{severity}\">{body}</failure>")
        } else {
            writeln!(text, "      <system-out>{body}</system-out>")
        };
        text.push_str("    </testcase>\n");
    }
    text.push_str("  </testsuite>\n");
}

fn fails(finding: &Finding) -> bool {
    finding.diagnostic.severity > Severity::Info
}

fn failures(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| fails(finding)).count()
}

/// Text for an attribute or an element. XML 1.0 has no way to write most control characters.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(character))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{finding, findings, source};
    use super::*;

    #[test]
    fn a_case_each() {
        insta::assert_snapshot!(render(&findings()));
    }

    #[test]
    fn nothing_is_a_case_that_passed() {
        insta::assert_snapshot!(render(&[]));
    }

    #[test]
    fn markup_is_escaped_and_infos_pass() {
        let mut odd = finding(&source("a&b.lua", "x"), "x", "a < \"b\"\u{1}\n");
        odd.diagnostic.severity = Severity::Info;
        let report = render(&[odd]);
        assert!(report.contains("failures=\"0\""), "{report}");
        assert!(
            report.contains("a&amp;b.lua:1:1: info[example-rule] a &lt; &quot;b&quot;\u{fffd}&#10;"),
            "{report}"
        );
    }
}
