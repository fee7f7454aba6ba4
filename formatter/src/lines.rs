//! Lines and their ends.

use std::ops::Range;

use momentum_lua_analyzer::syntax::{LineIndex, Span};

use crate::style::LineEnds;

impl LineEnds {
    /// What most lines of a text end with.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let windows = text.matches("\r\n").count();
        let all = text.matches('\n').count();
        if windows * 2 > all { Self::Windows } else { Self::Unix }
    }
}

/// Gives a text whose lines end in `\n` other line ends.
pub(crate) fn with_ends(text: String, ends: LineEnds) -> String {
    match ends {
        LineEnds::Unix => text,
        LineEnds::Windows => text.replace('\n', "\r\n"),
    }
}

/// From the start of the first to the end of the last line that a range touches.
pub(crate) fn whole(text: &str, range: Range<u32>) -> Span {
    let lines = LineIndex::new(text);
    let start = lines.line_span(lines.line(range.start), text).start;
    // A range that ends at the start of a line does not touch that line.
    let last = lines.line(range.end.saturating_sub(u32::from(range.end > range.start)));
    Span::new(start, lines.line_span(last, text).end.max(start))
}

/// `formatted`, whose lines end in `\n`, with the lines that are those of `source` at its start and end taken from
/// there byte for byte, and the others ending as most lines of `source` do.
pub(crate) fn splice(source: &str, formatted: &str) -> String {
    let (old, new) = (split(source), split(formatted));
    let same = |(a, b): &(&&str, &&str)| content(a) == content(b);
    let most = old.len().min(new.len());
    let before = old.iter().zip(&new).take_while(same).count();
    let behind = old.iter().rev().zip(new.iter().rev()).take_while(same).count().min(most - before);
    let mut text: String = old.iter().take(before).copied().collect();
    let changed: String = new.iter().skip(before).take(new.len() - before - behind).copied().collect();
    text.push_str(&with_ends(changed, LineEnds::of(source)));
    text.extend(old.iter().skip(old.len() - behind).copied());
    text
}

/// The lines with their ends.
fn split(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn content(line: &str) -> &str {
    line.trim_end_matches(['\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_take_whole_lines() {
        let text = "ab\r\ncd\r\nef";
        assert_eq!(whole(text, 1..1), Span::new(0, 2));
        assert_eq!(whole(text, 5..9), Span::new(4, 10));
        assert_eq!(whole(text, 4..8), Span::new(4, 6), "up to the start of the last line");
        assert_eq!(whole(text, 0..99), Span::new(0, 10));
    }

    #[test]
    fn lines_that_do_not_change_stay_byte_for_byte() {
        assert_eq!(splice("a\r\nb\nc\r\nd\n", "a\nb b\nc\nd\n"), "a\r\nb b\nc\r\nd\n");
        assert_eq!(splice("a\r\nb\r\n", "a\n\nb\n"), "a\r\n\r\nb\r\n");
        assert_eq!(splice("a\n\nb", "a\nb"), "a\nb");
        assert_eq!(splice("a\n", "a\n"), "a\n");
    }
}
