//! The results of many tests, as other programs read them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, Coverage};

/// The version of the JSON form. It changes when a reader of the earlier form would misread the new one.
pub const VERSION: u32 = 1;

/// The results of all tests of a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "A report of momentum-lua test")]
pub struct TestReport {
    /// The version of this form, 1.
    pub version: u32,
    /// The tests, in the order of their files and of their lines in these.
    pub tests: Vec<TestResult>,
    /// How many of them passed.
    pub passed: usize,
    /// How many failed: an expectation did not hold, or the test was ended.
    pub failed: usize,
    /// How many were passed over, since they say so themselves.
    pub skipped: usize,
    /// What was executed of each script, over all tests; absent where it was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// The comparison with the scripts of another revision; absent where it was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
}

/// How the tests end with the scripts of another revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Against {
    /// The revision, as it was asked for.
    pub revision: String,
    /// Its full name.
    pub commit: String,
    /// The tests that end otherwise.
    pub changed: Vec<Change>,
}

/// A test that ends otherwise with the scripts of another revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The file of the test.
    pub file: String,
    /// Its line there, from 1.
    pub line: u32,
    /// What it is called.
    pub name: String,
    /// How it ends with the other scripts; absent where it does not end at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Outcome>,
    /// How it ends now.
    pub now: Outcome,
    /// Lines of the verdict, `-` before those that only the other scripts give, `+` before those of now alone.
    pub difference: Vec<String>,
}

/// A test: a session that expects something, or a test in Lua.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TestResult {
    /// The file of the test, relative to the working directory where it lies below it.
    pub file: String,
    /// Its line there, from 1.
    pub line: u32,
    /// What it is called: the description of a session, the descriptions around a test in Lua and its own.
    pub name: String,
    /// What kind of test it is.
    pub kind: TestKind,
    /// The policy that it ran against: a configuration or a script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// What was compared. A test in Lua has none: it ends at the first assertion that does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Why it failed where no expectation says it: an assertion of a test in Lua, a limit, a process that had to be
    /// ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The line of `message`, where it is not that of the test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_line: Option<u32>,
    /// What helps to find out why, a line each: errors of scripts, calls that the session does not answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What became of the session, a line each: the replies, and the fate of each recipient.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdict: Vec<String>,
    /// How long it took, in microseconds.
    pub elapsed_us: u64,
}

/// The kinds of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TestKind {
    /// A session file.
    Session,
    /// A function of a test in Lua.
    Lua,
}

/// How a test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All that it expects holds.
    Passed,
    /// Something does not hold.
    Failed,
    /// It asks to be passed over.
    Skipped,
}

impl TestResult {
    /// A test that has no end yet: it failed, unless its end says otherwise.
    #[must_use]
    pub fn unended(file: &str, line: u32, name: &str, kind: TestKind) -> Self {
        Self {
            file: file.to_owned(),
            line,
            name: name.to_owned(),
            kind,
            policy: None,
            outcome: Outcome::Failed,
            checks: Vec::new(),
            message: None,
            message_line: None,
            notes: Vec::new(),
            verdict: Vec::new(),
            elapsed_us: 0,
        }
    }
}

impl TestReport {
    /// Counts tests.
    #[must_use]
    pub fn of(tests: Vec<TestResult>, coverage: Option<Coverage>) -> Self {
        let count = |outcome| tests.iter().filter(|test| test.outcome == outcome).count();
        let (passed, failed, skipped) =
            (count(Outcome::Passed), count(Outcome::Failed), count(Outcome::Skipped));
        Self { version: VERSION, tests, passed, failed, skipped, coverage, against: None }
    }
}

/// The JSON schema of [`TestReport`], as text.
#[must_use]
pub fn json_schema() -> String {
    crate::schema::text_of::<TestReport>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_fresh() {
        crate::schema::assert_fresh("test-report.schema.json", &json_schema());
    }
}
