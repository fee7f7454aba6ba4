//! One line per finding: `file:line:column: severity[code] message`.

use std::fmt::Write;

use momentum_lua_analyzer::diagnostic::Severity;

use crate::finding::Finding;
use crate::terminal::Style;

/// Renders all findings.
pub(super) fn render(findings: &[Finding], style: Style) -> String {
    let mut text = String::new();
    for finding in findings {
        let start = finding.start();
        let severity = finding.diagnostic.severity;
        let paint = paint(severity, style);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}:{}:{}: {paint}{}[{}]{paint:#} {}",
            finding.source.path,
            start.line,
            start.column,
            severity.name(),
            finding.diagnostic.code,
            finding.diagnostic.message,
        );
    }
    text
}

/// The colour of a severity.
pub(super) fn paint(severity: Severity, style: Style) -> anstyle::Style {
    use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_INFO_STYLE, DEFAULT_WARNING_STYLE};
    match (style.colors, severity) {
        (false, _) => anstyle::Style::new(),
        (true, Severity::Error) => DEFAULT_ERROR_STYLE,
        (true, Severity::Warning) => DEFAULT_WARNING_STYLE,
        (true, Severity::Info) => DEFAULT_INFO_STYLE,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::findings;
    use super::*;

    #[test]
    fn a_line_each() {
        assert_eq!(
            render(&findings(), Style::PLAIN),
            "conf/limit.lua:3:14: error[example-rule] `validate_dta` is no callout: Momentum never calls it\n\
             etc/ecelerity.conf:2:3: warning[example-rule] a plain finding\n"
        );
    }
}
