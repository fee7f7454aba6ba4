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

use momentum_lua_analyzer::syntax::{self, Parsed, PlainText, Span};

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
    let script = Script { source, parsed: syntax::parse(source), plain };
    let lines = range.map(|range| lines::whole(source, range));
    let file = script.parsed.tree.root().span;
    if let Some(span) = cost::too_costly(&script.parsed, source, lines.unwrap_or(file)) {
        return Err(FormatError::new(
            span,
            "calls are nested too deeply here to be laid out in reasonable time; put `-- stylua: ignore` before the \
             statement",
        ));
    }
    script.format(style, lines).map_err(|Unfaithful(place)| {
        let span = place.unwrap_or_else(|| script.culprit(style, lines.unwrap_or(file)));
        FormatError::new(
            span,
            "formatting would change what the script means here, which is a mistake of the formatter; put `-- stylua: \
             ignore` before the statement",
        )
    })
}

/// The result would mean something else, or cannot be read: where in the source, if that is known.
struct Unfaithful(Option<Span>);

struct Script<'a> {
    source: &'a str,
    parsed: Parsed,
    plain: PlainText,
}

impl Script<'_> {
    /// Formats all of it, or some lines.
    fn format(&self, style: &Style, lines: Option<Span>) -> Result<String, Unfaithful> {
        let within = lines.map(|lines| self.plain.offset(lines.start)..self.plain.offset(lines.end));
        let laid_out = layout::lay_out(self.plain.text(), self.parsed.depth, style, within);
        let formatted = laid_out.and_then(|text| self.plain.restore(&text)).ok_or(Unfaithful(None))?;
        let formatted = match lines {
            Some(_) => lines::splice(self.source, &formatted),
            None => {
                lines::with_ends(formatted, style.line_ends().unwrap_or_else(|| LineEnds::of(self.source)))
            }
        };
        if formatted != self.source {
            let after = syntax::parse(&formatted);
            meaning::compare(&self.parsed, self.source, &after, &formatted, style.sorts_requires())
                .map_err(Unfaithful)?;
        }
        Ok(formatted)
    }

    /// The first statement of the file that cannot be formatted, when only the result as a whole is known to be wrong.
    fn culprit(&self, style: &Style, lines: Span) -> Span {
        let tree = &self.parsed.tree;
        let spans = tree.root().statements.iter().map(|&id| tree.statement(id).span);
        let spans: Vec<Span> =
            spans.filter(|span| span.start <= lines.end && lines.start <= span.end).collect();
        let start = spans.first().map_or(0, |span| span.start);
        let first =
            spans.partition_point(|span| self.format(style, Some(Span::new(start, span.end))).is_ok());
        spans.get(first).or(spans.last()).copied().unwrap_or(lines)
    }
}
