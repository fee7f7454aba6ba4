//! One header field with its bytes.

use std::borrow::Cow;

use bytes::{Bytes, BytesMut};
use memchr::memchr;

/// A header field: its name, its value, and the bytes that it is made of, line ends and folding included.
///
/// A line among the headers that is no field keeps its bytes too; its name is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    raw: Bytes,
    /// Where the colon is; `None` for a line that is no field.
    colon: Option<usize>,
}

impl Field {
    /// A field from its bytes, the line end at the end included.
    pub fn from_raw(raw: Bytes) -> Self {
        let colon = memchr(b':', &raw).filter(|&colon| {
            let name = raw.get(..colon).unwrap_or_default().trim_ascii_end();
            !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic())
        });
        Self { raw, colon }
    }

    /// A field of this name and value. A line end in the value that does not fold it is made one that does, so that a
    /// value cannot become a second field.
    pub fn new(name: &[u8], value: &[u8]) -> Self {
        let mut raw = BytesMut::with_capacity(name.len() + value.len() + 4);
        raw.extend_from_slice(name);
        raw.extend_from_slice(b": ");
        let mut lines = lines_of(value.trim_ascii_end());
        if let Some(first) = lines.next() {
            raw.extend_from_slice(first);
        }
        for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
            raw.extend_from_slice(b"\r\n");
            if !line.starts_with(b" ") && !line.starts_with(b"\t") {
                raw.extend_from_slice(b" ");
            }
            raw.extend_from_slice(line);
        }
        raw.extend_from_slice(b"\r\n");
        Self { raw: raw.freeze(), colon: Some(name.len()) }
    }

    /// All of its bytes.
    pub const fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// The name as it is written; empty for a line that is no field.
    pub fn name(&self) -> &[u8] {
        self.colon.and_then(|colon| self.raw.get(..colon)).unwrap_or_default().trim_ascii_end()
    }

    /// Whether this is the field's name; case does not count.
    pub fn is_named(&self, name: &[u8]) -> bool {
        !name.is_empty() && self.name().eq_ignore_ascii_case(name)
    }

    /// What follows the colon, with its folding, without blanks and line ends around it.
    pub fn folded_value(&self) -> &[u8] {
        let start = self.colon.map_or(0, |colon| colon + 1);
        self.raw.get(start..).unwrap_or_default().trim_ascii()
    }

    /// The value on one line: a line end that folds it is taken out, the blanks behind it stay.
    pub fn value(&self) -> Cow<'_, [u8]> {
        let folded = self.folded_value();
        if memchr::memchr2(b'\r', b'\n', folded).is_none() {
            return Cow::Borrowed(folded);
        }
        Cow::Owned(folded.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect())
    }
}

/// The lines of a text without their ends; LF, CRLF and a lone CR end a line.
fn lines_of(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|&byte| byte == b'\n').flat_map(|line| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        line.split(|&byte| byte == b'\r')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_found() {
        let field = Field::from_raw(Bytes::from_static(b"Subject : one\r\n\ttwo \r\n"));
        assert_eq!(field.name(), b"Subject");
        assert!(field.is_named(b"SUBJECT"));
        assert_eq!(field.folded_value(), b"one\r\n\ttwo");
        assert_eq!(&*field.value(), b"one\ttwo");
        let none = Field::from_raw(Bytes::from_static(b"From someone: today\r\n"));
        assert_eq!(none.name(), b"");
        assert!(!none.is_named(b""));
    }

    #[test]
    fn a_value_cannot_become_a_second_field() {
        let field = Field::new(b"X-Note", b"one\r\nBcc: everyone@example.com\n\nx\ry");
        assert_eq!(&field.raw()[..], b"X-Note: one\r\n Bcc: everyone@example.com\r\n x\r\n y\r\n");
        assert_eq!(&Field::new(b"X-Note", b"").raw()[..], b"X-Note: \r\n");
    }
}
