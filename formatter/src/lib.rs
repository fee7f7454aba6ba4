//! Formats scripts in Momentum's Lua dialect, for the command line and the language server.
//!
//! ```text
//! source ──PlainText──▶ Lua 5.1 ──stylua, until nothing changes──▶ Lua 5.1 ──restore──▶ result ──compared──▶ source
//! ```
//!
//! stylua lays out, by its own settings (`stylua.toml`, `.editorconfig`). It never sees the dialect's operators, and
//! its result is only handed out after it was read again and found to mean what the source means.

mod cost;
mod layout;
mod lines;
mod meaning;
mod style;

use std::fmt;
use std::ops::Range;

use momentum_lua_analyzer::syntax::{self, PlainText, Span};

pub use style::{LineEnds, Style, StyleError};

/// Why a script was not formatted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError {
    /// What it is about, in the source.
    pub span: Span,
    /// What is wrong, without a full stop.
    pub message: String,
}

impl FormatError {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FormatError {}

/// Formats `source`; with a `range` (byte offsets), only the statements in the lines that it touches, and everything
/// else stays byte for byte.
///
/// The result means what the source means: it was compared statement by statement, and comments are all there. To
/// format the result again changes nothing. Text between `-- stylua: ignore start` and `-- stylua: ignore end`, and a
/// statement behind `-- stylua: ignore`, stay as they are.
///
/// # Errors
/// The engine does not load the source; it nests too deeply; or stylua's result would mean something else or lack a
/// comment.
pub fn format(source: &str, style: &Style, range: Option<Range<u32>>) -> Result<String, FormatError> {
    let plain = PlainText::new(source).map_err(|errors| match errors.into_iter().next() {
        Some(error) => FormatError::new(error.span, error.message),
        None => FormatError::new(Span::empty(0), "the script cannot be read"),
    })?;
    let before = syntax::parse(source);
    let lines = range.map(|range| lines::whole(source, range));
    if let Some(span) = cost::too_costly(&before, source, lines.unwrap_or(before.tree.root().span)) {
        return Err(FormatError::new(
            span,
            "calls are nested too deeply here to be laid out in reasonable time; put `-- stylua: ignore` before the \
             statement",
        ));
    }
    let within = lines.map(|lines| plain.offset(lines.start)..plain.offset(lines.end));
    let laid_out = layout::lay_out(plain.text(), before.depth, style, within)?;
    let formatted = plain.restore(&laid_out).ok_or_else(|| unfaithful(Span::empty(0)))?;
    let formatted = match lines {
        Some(_) => lines::splice(source, &formatted),
        None => lines::with_ends(formatted, style.line_ends().unwrap_or_else(|| LineEnds::of(source))),
    };
    if formatted != source {
        let after = syntax::parse(&formatted);
        meaning::compare(&before, source, &after, &formatted, style.sorts_requires()).map_err(unfaithful)?;
    }
    Ok(formatted)
}

fn unfaithful(span: Span) -> FormatError {
    FormatError::new(
        span,
        "formatting would change what the script means here, which is a mistake of the formatter; put `-- stylua: \
         ignore` before the statement",
    )
}
