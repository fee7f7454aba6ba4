//! Positions that people read.

use std::fmt;

/// A line and a column, both from 1; columns count characters. `\n`, `\r\n` and a lone `\r` end a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Location {
    /// The location of a byte of `text`. An offset behind the end counts as the end, one inside a character as that
    /// character's first byte.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = text.get(..offset).unwrap_or_default();
        let at_line_feed = before.ends_with('\r') && text.as_bytes().get(offset) == Some(&b'\n');
        let bytes = before.as_bytes();
        let ends = bytes.iter().enumerate().filter(|&(at, &byte)| {
            byte == b'\n' || (byte == b'\r' && bytes.get(at + 1).is_none_or(|&next| next != b'\n'))
        });
        let line = 1 + ends.count() - usize::from(at_line_feed);
        let line_text = if at_line_feed { before.trim_end_matches('\r') } else { before };
        let line_start = line_text.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let column = 1 + before.get(line_start..).unwrap_or_default().chars().count();
        Self { line, column }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::Location;

    #[test]
    fn every_kind_of_line_end_counts() {
        let text = "a\nb\r\nc\rdé𝄞f";
        let shown = |offset| Location::of(text, offset).to_string();
        assert_eq!(shown(0), "1:1");
        assert_eq!(shown(2), "2:1");
        assert_eq!(shown(4), "2:3", "between the two bytes of a line end");
        assert_eq!(shown(5), "3:1");
        assert_eq!(shown(7), "4:1");
        assert_eq!(shown(text.len() - 1), "4:4");
        assert_eq!(shown(text.len() - 2), "4:3", "inside a character");
        assert_eq!(shown(usize::MAX), "4:5");
    }
}
