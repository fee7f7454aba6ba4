//! Source texts: decoding of files, and lines and columns in them.

use super::Span;

/// How the bytes of a file became text, so that an edited text can be written back unchanged elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The file is valid UTF-8.
    Utf8,
    /// The file is not valid UTF-8: each byte is one character (ISO 8859-1), so that nothing is lost.
    Latin1,
}

/// Reads the bytes of a file. Never fails: what is not UTF-8 as a whole is read as ISO 8859-1, byte for character,
/// so that a Latin-1 comment in an old policy file does not stop the analysis.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> (String, Encoding) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, Encoding::Utf8),
        Err(error) => (error.as_bytes().iter().map(|&byte| char::from(byte)).collect(), Encoding::Latin1),
    }
}

/// The bytes to write for `text`; the reverse of [`decode`]. `None` if the text holds characters that the encoding
/// has not.
#[must_use]
pub fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Latin1 => text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect(),
    }
}

/// The unit in which columns are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ColumnUnit {
    /// Bytes of UTF-8.
    Utf8,
    /// UTF-16 code units, the default of the Language Server Protocol.
    #[default]
    Utf16,
    /// Characters (Unicode scalar values), which people count.
    Utf32,
}

/// A place in a text: line and column, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Line, from 0.
    pub line: u32,
    /// Column from 0, in the unit that was asked for.
    pub column: u32,
}

/// The line starts of a text. `\n`, `\r\n` and a lone `\r` end a line, as in the Language Server Protocol and in Lua.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    length: u32,
    ascii: bool,
}

impl LineIndex {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
        starts.push(0);
        let mut ascii = true;
        for (offset, &byte) in bytes.iter().enumerate() {
            let ends_line =
                byte == b'\n' || (byte == b'\r' && bytes.get(offset + 1).is_none_or(|&next| next != b'\n'));
            if ends_line {
                starts.push(offset_u32(offset + 1));
            }
            ascii &= byte.is_ascii();
        }
        Self { starts, length: offset_u32(bytes.len()), ascii }
    }

    /// Number of lines; a text that ends in a line end has an empty last line.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        offset_u32(self.starts.len())
    }

    /// The line, from 0, in which `offset` lies.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        offset_u32(self.starts.partition_point(|&start| start <= offset).saturating_sub(1))
    }

    /// The range of a line (from 0) without its line end; empty at the end of the text if there is no such line.
    #[must_use]
    pub fn line_span(&self, line: u32, text: &str) -> Span {
        let Some(&start) = self.starts.get(line as usize) else { return Span::empty(self.length) };
        let end = self.starts.get(line as usize + 1).copied().unwrap_or(self.length);
        let content = Span::new(start, end).text(text).trim_end_matches(['\r', '\n']);
        Span::new(start, start + offset_u32(content.len()))
    }

    /// Per line the width of the white space that it begins with; a tab reaches to the next multiple of 8.
    pub(super) fn indents(&self, text: &str) -> Vec<u32> {
        let ends = self.starts.iter().skip(1).copied().chain([self.length]);
        let lines = self.starts.iter().zip(ends).map(|(&start, end)| Span::new(start, end).text(text));
        lines
            .map(|line| {
                line.bytes()
                    .map_while(|byte| match byte {
                        b' ' => Some(false),
                        b'\t' => Some(true),
                        _ => None,
                    })
                    .fold(0, |width, is_tab| if is_tab { (width / 8 + 1) * 8 } else { width + 1 })
            })
            .collect()
    }

    /// Line and column of a byte offset. An offset behind the end counts as the end; one inside a character counts
    /// as the character's start.
    #[must_use]
    pub fn position(&self, offset: u32, text: &str, unit: ColumnUnit) -> Position {
        let mut offset = offset.min(self.length);
        while !text.is_char_boundary(offset as usize) {
            offset -= 1;
        }
        let line = self.line(offset);
        let start = self.starts.get(line as usize).copied().unwrap_or(0);
        let before = Span::new(start, offset).text(text);
        let column = if self.ascii { offset - start } else { width(before, unit) };
        Position { line, column }
    }

    /// Byte offset of a line and column. A column behind the end of its line counts as that end, a line behind the
    /// last one as the end of the text, and a column inside a character as the character's start.
    #[must_use]
    pub fn offset(&self, position: Position, text: &str, unit: ColumnUnit) -> u32 {
        if position.line >= self.line_count() {
            return self.length;
        }
        let span = self.line_span(position.line, text);
        if self.ascii {
            return span.start + position.column.min(span.len());
        }
        let mut column = 0;
        for (at, character) in span.text(text).char_indices() {
            column += width_of(character, unit);
            if column > position.column {
                return span.start + offset_u32(at);
            }
        }
        span.end
    }
}

fn width(text: &str, unit: ColumnUnit) -> u32 {
    match unit {
        ColumnUnit::Utf8 => offset_u32(text.len()),
        _ => text.chars().map(|character| width_of(character, unit)).sum(),
    }
}

fn width_of(character: char, unit: ColumnUnit) -> u32 {
    match unit {
        ColumnUnit::Utf8 => offset_u32(character.len_utf8()),
        ColumnUnit::Utf16 => offset_u32(character.len_utf16()),
        ColumnUnit::Utf32 => 1,
    }
}

/// Offsets are 32 bits wide; texts of more than 4 GiB are refused before they come here.
pub(crate) fn offset_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_in_each_unit() {
        let text = "a𝄞é\r\nx\ry\n";
        let index = LineIndex::new(text);
        assert_eq!(index.line_count(), 4);
        let at = |needle: &str| offset_u32(text.find(needle).unwrap());
        for (unit, column) in [(ColumnUnit::Utf8, 5), (ColumnUnit::Utf16, 3), (ColumnUnit::Utf32, 2)] {
            let position = index.position(at("é"), text, unit);
            assert_eq!(position, Position { line: 0, column });
            assert_eq!(index.offset(position, text, unit), at("é"));
        }
        assert_eq!(index.position(at("y"), text, ColumnUnit::Utf16), Position { line: 2, column: 0 });
        assert_eq!(index.line_span(0, text).text(text), "a𝄞é");
    }

    #[test]
    fn offsets_outside_are_clamped() {
        let text = "ab𝄞\ncd";
        let index = LineIndex::new(text);
        // Inside the surrogate pair: the character's start.
        assert_eq!(index.offset(Position { line: 0, column: 3 }, text, ColumnUnit::Utf16), 2);
        assert_eq!(index.offset(Position { line: 0, column: 99 }, text, ColumnUnit::Utf16), 6);
        assert_eq!(index.offset(Position { line: 9, column: 0 }, text, ColumnUnit::Utf16), 9);
        assert_eq!(index.position(4, text, ColumnUnit::Utf8), Position { line: 0, column: 2 });
        assert_eq!(index.position(999, text, ColumnUnit::Utf8), Position { line: 1, column: 2 });
    }

    #[test]
    fn a_file_that_is_not_utf8_survives_a_round_trip() {
        let bytes = b"-- caf\xe9\r\nlocal x = 1".to_vec();
        let (text, encoding) = decode(bytes.clone());
        assert_eq!(encoding, Encoding::Latin1);
        assert!(text.starts_with("-- café"));
        assert_eq!(encode(&text, encoding), Some(bytes));
        assert_eq!(encode("日", Encoding::Latin1), None);
    }
}
