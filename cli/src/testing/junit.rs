//! JUnit's XML: a suite for each file, a case for each test.

use std::fmt::Write as _;

use momentum_lua_runtime::testing::{Outcome, TestReport, TestResult};

use super::text::{self, Palette};
use crate::report::escaped;

/// The report as XML.
pub(crate) fn render(report: &TestReport) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<testsuites name=\"momentum-lua test\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{}\">",
        report.tests.len(),
        report.failed,
        report.skipped,
        seconds(report.tests.iter().map(|test| test.elapsed_us).sum())
    );
    for tests in report.tests.chunk_by(|a, b| a.file == b.file) {
        suite(&mut out, tests);
    }
    out.push_str("</testsuites>\n");
    out
}

fn suite(out: &mut String, tests: &[TestResult]) {
    let Some(first) = tests.first() else { return };
    let count = |outcome| tests.iter().filter(|test| test.outcome == outcome).count();
    let file = escaped(&first.file);
    let _ = writeln!(
        out,
        "  <testsuite name=\"{file}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{}\">",
        tests.len(),
        count(Outcome::Failed),
        count(Outcome::Skipped),
        seconds(tests.iter().map(|test| test.elapsed_us).sum())
    );
    for test in tests {
        let _ = write!(
            out,
            "    <testcase name=\"{}\" classname=\"{file}\" file=\"{file}\" line=\"{}\" time=\"{}\"",
            escaped(&test.name),
            test.line,
            seconds(test.elapsed_us)
        );
        match test.outcome {
            Outcome::Passed => out.push_str("/>\n"),
            Outcome::Skipped => out.push_str(">\n      <skipped/>\n    </testcase>\n"),
            Outcome::Failed => {
                let _ = writeln!(
                    out,
                    ">\n      <failure message=\"{}\">{}</failure>\n    </testcase>",
                    escaped(&message(test)),
                    body(test)
                );
            }
        }
    }
    out.push_str("  </testsuite>\n");
}

/// The first thing that is wrong.
fn message(test: &TestResult) -> String {
    let missed = test.checks.iter().find(|check| !check.passed());
    let of_check = missed.map(|check| {
        let actual = check.misses.first().map(|miss| miss.actual.as_str()).unwrap_or_default();
        format!("{}: expected {}, actual {actual}", check.key, check.expected)
    });
    of_check.or_else(|| test.message.clone()).unwrap_or_default()
}

/// What a person would be shown; line ends stay in the text of an element.
fn body(test: &TestResult) -> String {
    let report = TestReport::of(vec![test.clone()], None);
    let shown = text::tests(&report, false, Palette::default());
    shown.trim_end().lines().map(escaped).collect::<Vec<_>>().join("\n")
}

fn seconds(microseconds: u64) -> String {
    format!("{}.{:06}", microseconds / 1_000_000, microseconds % 1_000_000)
}
