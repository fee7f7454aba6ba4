//! Values of number and string literals, by the rules of the engine.
//!
//! Observed on the engine: a leading `0` followed by anything but `.` makes a number octal or hexadecimal and
//! saturates at 2^63-1; `\xAA` takes exactly two hexadecimal digits; `\u` takes up to eight and needs 4, 6 or 8.

use std::ops::Range;

/// The value of a number literal, or `None` if the engine calls it malformed.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    if let Some(rest) = text.strip_prefix('0').filter(|rest| !rest.starts_with('.')) {
        let (digits, radix) = match rest.strip_prefix(['x', 'X']) {
            Some(digits) if !digits.is_empty() => (digits, 16),
            Some(_) => return None,
            None => (rest, 8),
        };
        let mut value: i64 = 0;
        for digit in digits.chars() {
            let digit = i64::from(digit.to_digit(radix)?);
            value =
                value.checked_mul(i64::from(radix)).and_then(|v| v.checked_add(digit)).unwrap_or(i64::MAX);
        }
        #[expect(clippy::cast_precision_loss, reason = "numbers are doubles in the engine, too")]
        return Some(value as f64);
    }
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'))
        .then_some(())?;
    text.parse().ok()
}

/// Whether the engine reads this number literal otherwise than stock Lua 5.1 does: a leading zero makes it octal.
#[must_use]
pub fn is_octal(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A mistake in a string literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscapeError {
    /// Byte range within the literal's text.
    pub range: Range<usize>,
    /// What is wrong, as a sentence without its full stop.
    pub message: &'static str,
}

/// One step through the text between the quotes of a short string.
struct Escapes<'a> {
    body: &'a [u8],
    at: usize,
}

/// A piece of a short string: where it stands in the literal's body and which bytes it gives.
struct Piece {
    range: Range<usize>,
    bytes: Result<Bytes, &'static str>,
}

enum Bytes {
    One(u8),
    Utf8([u8; 6], usize),
    Verbatim,
}

impl Iterator for Escapes<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let start = self.at;
        let first = *self.body.get(start)?;
        if first != b'\\' {
            let rest = self.body.get(start..).unwrap_or_default();
            self.at = start + rest.iter().position(|&byte| byte == b'\\').unwrap_or(rest.len());
            return Some(Piece { range: start..self.at, bytes: Ok(Bytes::Verbatim) });
        }
        let digits_after = |offset: usize, most: usize, is_digit: fn(&u8) -> bool| -> &str {
            let rest = self.body.get(start + offset..).unwrap_or_default();
            let count = rest.iter().take(most).take_while(|byte| is_digit(byte)).count();
            std::str::from_utf8(rest.get(..count).unwrap_or_default()).unwrap_or_default()
        };
        let (length, bytes) = match self.body.get(start + 1).copied() {
            Some(b'a') => (2, Ok(Bytes::One(7))),
            Some(b'b') => (2, Ok(Bytes::One(8))),
            Some(b'f') => (2, Ok(Bytes::One(12))),
            Some(b'n') => (2, Ok(Bytes::One(b'\n'))),
            Some(b'r') => (2, Ok(Bytes::One(b'\r'))),
            Some(b't') => (2, Ok(Bytes::One(b'\t'))),
            Some(b'v') => (2, Ok(Bytes::One(11))),
            Some(b'x') => {
                let digits = digits_after(2, 2, u8::is_ascii_hexdigit);
                let byte = if digits.len() == 2 { u8::from_str_radix(digits, 16).ok() } else { None };
                (2 + digits.len(), byte.map(Bytes::One).ok_or("`\\x` needs exactly two hexadecimal digits"))
            }
            Some(b'u') => {
                let digits = digits_after(2, 8, u8::is_ascii_hexdigit);
                let code = if matches!(digits.len(), 4 | 6 | 8) {
                    u32::from_str_radix(digits, 16).ok()
                } else {
                    None
                };
                let bytes = code.map(utf8).map(|(bytes, length)| Bytes::Utf8(bytes, length));
                (2 + digits.len(), bytes.ok_or("`\\u` needs exactly 4, 6 or 8 hexadecimal digits"))
            }
            Some(b'0'..=b'9') => {
                let digits = digits_after(1, 3, u8::is_ascii_digit);
                (
                    1 + digits.len(),
                    digits.parse().map(Bytes::One).map_err(|_| "a decimal escape is at most `\\255`"),
                )
            }
            Some(b'\r') if self.body.get(start + 2) == Some(&b'\n') => (3, Ok(Bytes::One(b'\n'))),
            Some(b'\n') if self.body.get(start + 2) == Some(&b'\r') => (3, Ok(Bytes::One(b'\n'))),
            Some(b'\r') => (2, Ok(Bytes::One(b'\n'))),
            Some(byte) if byte.is_ascii() => (2, Ok(Bytes::One(byte))),
            // The backslash before a character of several bytes vanishes; the character follows verbatim.
            Some(_) => (1, Ok(Bytes::Utf8([0; 6], 0))),
            None => (1, Err("a backslash at the end of the string")),
        };
        self.at = start + length;
        Some(Piece { range: start..self.at, bytes })
    }
}

/// The engine's UTF-8, which goes up to six bytes.
fn utf8(code: u32) -> ([u8; 6], usize) {
    let mut bytes = [0; 6];
    let length = match code {
        0..=0x7f => 1,
        0x80..=0x7ff => 2,
        0x800..=0xffff => 3,
        0x1_0000..=0x1f_ffff => 4,
        0x20_0000..=0x3ff_ffff => 5,
        0x400_0000..=0x7fff_ffff => 6,
        _ => 1,
    };
    #[expect(clippy::cast_possible_truncation, reason = "each value is masked to its low bits")]
    if length == 1 {
        bytes[0] = code as u8;
    } else {
        let mut rest = code;
        for byte in bytes.iter_mut().take(length).skip(1).rev() {
            *byte = 0x80 | (rest & 0x3f) as u8;
            rest >>= 6;
        }
        let marker = [0, 0, 0xc0, 0xe0, 0xf0, 0xf8, 0xfc].get(length).copied().unwrap_or(0);
        bytes[0] = marker | rest as u8;
    }
    (bytes, length)
}

/// The bytes between the delimiters of a literal, with the offset at which they start, and whether they are long
/// brackets. The closing delimiter may be missing.
fn body(literal: &str) -> (usize, &str, bool) {
    if literal.starts_with('[') {
        let level = literal.bytes().skip(1).take_while(|&byte| byte == b'=').count();
        let start = level + 2;
        let text = literal.get(start..).unwrap_or("");
        let closer = format!("]{}]", "=".repeat(level));
        return (start, text.strip_suffix(&closer).unwrap_or(text), true);
    }
    let text = literal.get(1..).unwrap_or("");
    let quote = literal.bytes().next().unwrap_or(b'"');
    if let Some(plain) = text.strip_suffix(char::from(quote))
        && !plain.contains([char::from(quote), '\\'])
    {
        return (1, plain, false);
    }
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        if byte == quote {
            return (1, text.get(..at).unwrap_or(""), false);
        }
        if byte == b'\\' {
            bytes.next();
        }
    }
    (1, text, false)
}

/// The bytes that a string literal (with its delimiters) stands for. Wrong escapes give what stands there.
#[must_use]
pub fn string(literal: &str) -> Vec<u8> {
    let (_, text, long) = body(literal);
    if long {
        return long_string(text);
    }
    let mut value = Vec::with_capacity(text.len());
    for piece in (Escapes { body: text.as_bytes(), at: 0 }) {
        match piece.bytes {
            Ok(Bytes::One(byte)) => value.push(byte),
            Ok(Bytes::Utf8(bytes, length)) => value.extend(bytes.iter().take(length)),
            Ok(Bytes::Verbatim) | Err(_) => {
                value.extend_from_slice(text.as_bytes().get(piece.range).unwrap_or_default());
            }
        }
    }
    value
}

fn without_first_line_end(text: &str) -> &str {
    text.strip_prefix("\r\n")
        .or_else(|| text.strip_prefix("\n\r"))
        .or_else(|| text.strip_prefix(['\n', '\r']))
        .unwrap_or(text)
}

/// A line end directly behind the opening bracket is dropped; all others are `\n`.
fn long_string(text: &str) -> Vec<u8> {
    let text = without_first_line_end(text);
    let mut value = Vec::with_capacity(text.len());
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'\r' || byte == b'\n' {
            bytes.next_if(|&next| (next == b'\r' || next == b'\n') && next != byte);
            value.push(b'\n');
        } else {
            value.push(byte);
        }
    }
    value
}

/// Where in the literal's text (with its delimiters) the byte `index` of its value stands, for messages that point
/// into a string through its escapes. An index at or behind the end gives the closing delimiter.
#[must_use]
pub fn position_in_string(literal: &str, index: usize) -> usize {
    let (start, text, long) = body(literal);
    if long {
        return start + position_in_long_string(text, index);
    }
    let mut produced = 0;
    for piece in (Escapes { body: text.as_bytes(), at: 0 }) {
        let count = match piece.bytes {
            Ok(Bytes::One(_)) => 1,
            Ok(Bytes::Utf8(_, length)) => length,
            Ok(Bytes::Verbatim) | Err(_) => piece.range.len(),
        };
        if index < produced + count {
            let inside = if count == piece.range.len() { index - produced } else { 0 };
            return start + piece.range.start + inside;
        }
        produced += count;
    }
    start + text.len()
}

fn position_in_long_string(text: &str, index: usize) -> usize {
    let mut at = text.len() - without_first_line_end(text).len();
    let bytes = text.as_bytes();
    for _ in 0..index {
        let Some(&byte) = bytes.get(at) else { return text.len() };
        at += 1;
        let is_line_end = |byte: &u8| *byte == b'\r' || *byte == b'\n';
        if is_line_end(&byte) && bytes.get(at).is_some_and(|next| is_line_end(next) && *next != byte) {
            at += 1;
        }
    }
    at.min(text.len())
}

/// Where in the literal's text (with its delimiters) these bytes of its value stand; an escape that gives one of them is
/// taken as a whole.
#[must_use]
pub fn range_in_string(literal: &str, bytes: Range<usize>) -> Range<usize> {
    let start = position_in_string(literal, bytes.start);
    if bytes.is_empty() {
        return start..start;
    }
    // Bytes of one escape share its place.
    let mut next = bytes.end;
    let end = loop {
        let end = position_in_string(literal, next);
        let before = position_in_string(literal, next.saturating_sub(1));
        if end > before || next > bytes.end + 6 {
            break end;
        }
        next += 1;
    };
    start..end.max(start)
}

/// What the engine would reject in a short string literal.
pub(super) fn string_errors(literal: &str) -> impl Iterator<Item = EscapeError> + '_ {
    let (start, text, long) = body(literal);
    let text = if long { "" } else { text };
    Escapes { body: text.as_bytes(), at: 0 }.filter_map(move |piece| {
        let message = piece.bytes.err()?;
        Some(EscapeError { range: start + piece.range.start..start + piece.range.end, message })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_engine() {
        assert_eq!(number("0660"), Some(432.0));
        assert_eq!(number("0"), Some(0.0));
        assert_eq!(number("0x1F"), Some(31.0));
        assert_eq!(number("0xffffffffffffffffff"), Some(i64::MAX as f64));
        assert_eq!(number("0.5"), Some(0.5));
        assert_eq!(number(".5"), Some(0.5));
        assert_eq!(number("5."), Some(5.0));
        assert_eq!(number("1e3"), Some(1000.0));
        for malformed in ["089", "00.5", "0e1", "010.5", "0x", "1e", "3..2", "1a", "1_000"] {
            assert_eq!(number(malformed), None, "{malformed}");
        }
    }

    #[test]
    fn strings_follow_the_engine() {
        assert_eq!(string(r#""a\x41\065\n""#), b"aAA\n");
        assert_eq!(string(r#""\u00a3""#), "£".as_bytes());
        assert_eq!(string(r#""\u01F600""#), "😀".as_bytes());
        assert_eq!(string(r#""\u00a3ab""#), "\u{a3ab}".as_bytes());
        assert_eq!(string("[[\r\na\r\nb]]"), b"a\nb");
        assert_eq!(string("[==[x]]]==]"), b"x]]");
        assert_eq!(string(r"'\d\é'"), "dé".as_bytes());
        assert_eq!(string("\"\\\r\nx\""), b"\nx");
        // What is not closed has no delimiter to take off.
        for unclosed in ["\"ab", "'ab", "[[ab", "[=[ab"] {
            assert_eq!(string(unclosed), b"ab", "{unclosed}");
        }
        assert_eq!(string(r"'a\'"), b"a'");
        assert_eq!(string(r#"'a"'"#), b"a\"");
        assert_eq!(string("\"'"), b"'");
        let messages: Vec<_> = string_errors(r#""\xZ \u00a3a \256 \q""#).map(|error| error.range).collect();
        assert_eq!(messages, [1..3, 5..12, 13..17]);
    }

    #[test]
    fn positions_go_through_escapes() {
        let literal = r#""a\x41\\d(""#;
        assert_eq!(string(literal), br"aA\d(");
        assert_eq!(position_in_string(literal, 0), 1);
        assert_eq!(position_in_string(literal, 2), 6);
        assert_eq!(position_in_string(literal, 4), 9);
        assert_eq!(position_in_string(literal, 9), 10);
        assert_eq!(position_in_string("[[\nab]]", 1), 4);
        assert_eq!(position_in_string("[[\n\nab]]", 1), 4);
        assert_eq!(position_in_string("[[\r\na\r\nb]]", 2), 7);
        assert_eq!(position_in_string("[==[ab]==]", 9), 6);
    }

    #[test]
    fn ranges_take_escapes_as_a_whole() {
        let marked = |literal: &'static str, bytes| &literal[range_in_string(literal, bytes)];
        assert_eq!(marked(r#""a\\d(""#, 1..3), r"\\d");
        assert_eq!(marked(r#""a\092d(""#, 1..2), r"\092");
        assert_eq!(marked(r#""\u00e9x""#, 0..1), r"\u00e9");
        assert_eq!(marked(r#""\u00e9x""#, 0..2), r"\u00e9");
        assert_eq!(marked(r#""ab""#, 1..2), "b");
        assert_eq!(marked(r#""ab""#, 2..2), "");
        assert_eq!(marked("[[\r\na\r\nb]]", 0..2), "a\r\n");
    }
}
