//! What can be wrong with the syntax of a configuration file.

use std::fmt;
use std::ops::Range;

/// Something that is not as the syntax wants it. `Display` gives the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub kind: SyntaxErrorKind,
    /// The bytes that are wrong. Never empty unless the file ended too early.
    pub range: Range<usize>,
}

/// The kinds of syntax errors. `found` is what stands there, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// Something else should stand here.
    Expected {
        /// What should stand here.
        expected: String,
        /// What stands here.
        found: String,
    },
    /// A bracket or brace without its counterpart before it.
    UnopenedBracket {
        /// The closing character.
        close: char,
    },
    /// A scope, list or dictionary that does not end.
    Unclosed {
        /// What is open: `scope \`Domain "x"\``, `list`.
        what: String,
        /// The character that is missing.
        expected: char,
        /// What stands where it should have ended.
        found: String,
    },
    /// A string without its closing quote.
    UnclosedString,
    /// A `/*` without its `*/`.
    UnclosedComment,
    /// “…” or ‘…’ where plain quotes belong.
    TypographicQuotes,
    /// `+=` or `-=`.
    UndocumentedOperator {
        /// As written.
        operator: &'static str,
    },
    /// Scopes or collections deeper than any configuration goes.
    TooDeep {
        /// The number of levels that are read.
        limit: usize,
    },
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            SyntaxErrorKind::Expected { expected, found } => write!(f, "expected {expected}, found {found}"),
            SyntaxErrorKind::UnopenedBracket { close } => {
                write!(f, "this `{close}` closes nothing")
            }
            SyntaxErrorKind::Unclosed { what, expected, found } => {
                write!(f, "{what} is not closed: expected `{expected}`, found {found}")
            }
            SyntaxErrorKind::UnclosedString => f.write_str("this string has no closing quote"),
            SyntaxErrorKind::UnclosedComment => f.write_str("this comment is not closed: expected `*/`"),
            SyntaxErrorKind::TypographicQuotes => {
                f.write_str("typographic quotation marks do not quote: expected `\"`")
            }
            SyntaxErrorKind::UndocumentedOperator { operator } => {
                write!(f, "expected `=`, found `{operator}`, which Momentum does not document")
            }
            SyntaxErrorKind::TooDeep { limit } => {
                write!(f, "nested more than {limit} levels deep")
            }
        }
    }
}

impl std::error::Error for SyntaxError {}
