//! The result for people: what failed, and a closing line.

use std::fmt::Write as _;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use momentum_lua_runtime::testing::{Check, Miss, Outcome, TestReport, TestResult};

/// Colours, or none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Palette {
    pub(crate) good: Style,
    pub(crate) bad: Style,
    pub(crate) quiet: Style,
}

impl Palette {
    pub(crate) fn of(colors: bool) -> Self {
        if !colors {
            return Self::default();
        }
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        Self { good: color(AnsiColor::Green), bad: color(AnsiColor::Red), quiet: Style::new().dimmed() }
    }
}

/// The tests that failed; with `all`, the others by their names as well.
pub(crate) fn tests(report: &TestReport, all: bool, palette: Palette) -> String {
    let mut out = String::new();
    for test in &report.tests {
        let (word, style) = match test.outcome {
            Outcome::Passed => ("pass", palette.good),
            Outcome::Failed => ("FAIL", palette.bad),
            Outcome::Skipped => ("skip", palette.quiet),
        };
        if !all && test.outcome != Outcome::Failed {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{style}{word}{style:#} {}:{}  {}", test.file, test.line, test.name);
        if test.outcome == Outcome::Failed {
            failure(&mut out, test, palette);
            out.push('\n');
        }
    }
    out
}

fn failure(out: &mut String, test: &TestResult, palette: Palette) {
    for check in test.checks.iter().filter(|check| !check.passed()) {
        self::check(out, &test.file, check, palette);
    }
    if let Some(message) = &test.message {
        if let Some(line) = test.message_line {
            let _ = writeln!(out, "  {}:{line}:", test.file);
        }
        for line in message.lines() {
            let _ = writeln!(out, "    {line}");
        }
    }
    let quiet = palette.quiet;
    for note in &test.notes {
        let _ = writeln!(out, "  {quiet}{note}{quiet:#}");
    }
}

fn check(out: &mut String, file: &str, check: &Check, palette: Palette) {
    let Palette { good, bad, .. } = palette;
    let key = if check.key.is_empty() { "errors" } else { &check.key };
    let line = check.line.map(|line| format!(":{line}")).unwrap_or_default();
    let _ = writeln!(out, "  {file}{line}: {key}");
    let _ = writeln!(out, "    expected  {good}{}{good:#}", check.expected);
    for miss in &check.misses {
        let of = miss.of.as_ref().map(|of| format!("{of}: ")).unwrap_or_default();
        let mut lines = miss.actual.lines();
        let _ = writeln!(out, "    actual    {of}{bad}{}{bad:#}", lines.next().unwrap_or_default());
        for line in lines {
            let _ = writeln!(out, "              {bad}{line}{bad:#}");
        }
        difference(out, miss, palette);
    }
}

fn difference(out: &mut String, miss: &Miss, palette: Palette) {
    for line in &miss.difference {
        let style = match line.chars().next() {
            Some('-') => palette.good,
            Some('+') => palette.bad,
            _ => palette.quiet,
        };
        let _ = writeln!(out, "      {style}{line}{style:#}");
    }
}

/// The closing line.
pub(crate) fn summary(report: &TestReport, elapsed: Duration, palette: Palette) -> String {
    let Palette { good, bad, quiet } = palette;
    let mut parts = Vec::new();
    if report.failed > 0 {
        parts.push(format!("{bad}{} failed{bad:#}", report.failed));
    }
    parts.push(format!("{good}{} passed{good:#}", report.passed));
    if report.skipped > 0 {
        parts.push(format!("{} skipped", report.skipped));
    }
    format!("{} {quiet}in {:.2} s{quiet:#}\n", parts.join(", "), elapsed.as_secs_f64())
}
