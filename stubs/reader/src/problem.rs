//! What is wrong with a stub.

use std::fmt;
use std::ops::Range;

/// Something wrong in a piece of text, as a range of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes that are wrong.
    pub range: Range<usize>,
    /// What is wrong, and what was expected where that is known.
    pub message: String,
}

impl Problem {
    /// A problem of these bytes.
    pub fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into() }
    }
}

/// Something wrong in a stub file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StubError {
    /// The path as the reader was given it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for StubError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

impl std::error::Error for StubError {}

/// A file and where its lines begin.
pub(crate) struct Lines<'a> {
    path: &'a str,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(path: &'a str, text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path, text, starts }
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// A problem as an error of this file.
    pub(crate) fn error(&self, problem: Problem) -> StubError {
        let line = self.line(problem.range.start);
        let start = self.starts.get(line as usize - 1).copied().unwrap_or(0);
        let before = self.text.get(start..problem.range.start).map_or(0, |text| text.chars().count());
        StubError {
            file: self.path.to_owned(),
            line,
            column: u32::try_from(before + 1).unwrap_or(u32::MAX),
            message: problem.message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let lines = Lines::new("a.lua", "é\n--é x\n");
        let error = lines.error(Problem::new(8..9, "wrong"));
        assert_eq!(error.to_string(), "a.lua:2:5: wrong");
        assert_eq!(lines.error(Problem::new(999..999, "wrong")).line, 3);
    }
}
