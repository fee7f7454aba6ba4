//! Findings counted by rule.

use std::collections::BTreeMap;
use std::fmt::Write;

use momentum_lua_analyzer::diagnostic::{Safety, Severity};
use serde::Serialize;

use super::Format;
use super::concise::paint;
use crate::finding::Finding;
use crate::terminal::Style;

#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    severity: Severity,
    count: usize,
    /// How many of them have a fix.
    fixable: usize,
}

/// Renders a row per rule, the most frequent first: a table, or JSON where the format is not for people.
pub(crate) fn statistics(findings: &[Finding], format: Format, style: Style) -> String {
    let mut by_code: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for finding in findings {
        let severity = finding.diagnostic.severity;
        let row = by_code.entry(&finding.diagnostic.code).or_insert(Row {
            code: &finding.diagnostic.code,
            severity,
            count: 0,
            fixable: 0,
        });
        row.severity = row.severity.max(severity);
        row.count += 1;
        row.fixable += usize::from(finding.fixable() == Some(Safety::Safe));
    }
    let mut rows: Vec<Row<'_>> = by_code.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    if format.is_for_people() { table(&rows, style) } else { super::json_text(&rows) }
}

fn table(rows: &[Row<'_>], style: Style) -> String {
    let width = rows.iter().map(|row| row.count.to_string().len()).max().unwrap_or(0);
    let codes = rows.iter().map(|row| row.code.len()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let paint = paint(row.severity, style);
        let fixable = match row.fixable {
            0 => String::new(),
            count => format!("  {count} fixable"),
        };
        let line = format!(
            "{:>width$}  {paint}{:<7}{paint:#}  {:<codes$}{fixable}",
            row.count,
            row.severity.name(),
            row.code
        );
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}
