//! Transfer encodings (RFC 2045), and the dots of SMTP (RFC 5321, 4.5.2).

use std::borrow::Cow;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use memchr::memmem;

/// How the content of a part is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TransferEncoding {
    /// Lines of ASCII, as they are.
    #[default]
    SevenBit,
    /// Lines, as they are.
    EightBit,
    /// Bytes, as they are.
    Binary,
    /// Quoted-printable.
    QuotedPrintable,
    /// Base64.
    Base64,
}

impl TransferEncoding {
    /// The encoding of this name, as Content-Transfer-Encoding has it; one that is not known counts as binary.
    pub fn named(name: &[u8]) -> Self {
        let known = [Self::SevenBit, Self::EightBit, Self::QuotedPrintable, Self::Base64];
        let name = name.trim_ascii();
        if name.is_empty() {
            return Self::SevenBit;
        }
        let found = known.into_iter().find(|encoding| name.eq_ignore_ascii_case(encoding.name().as_bytes()));
        found.unwrap_or(Self::Binary)
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SevenBit => "7bit",
            Self::EightBit => "8bit",
            Self::Binary => "binary",
            Self::QuotedPrintable => "quoted-printable",
            Self::Base64 => "base64",
        }
    }

    /// Whether the content is something else than its bytes.
    pub const fn is_encoded(self) -> bool {
        matches!(self, Self::QuotedPrintable | Self::Base64)
    }

    /// Undoes the encoding. What is no part of the encoding is passed over (base64) or kept (quoted-printable), as mail
    /// readers do.
    pub fn decode(self, encoded: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::SevenBit | Self::EightBit | Self::Binary => Cow::Borrowed(encoded),
            Self::QuotedPrintable => Cow::Owned(decode_quoted_printable(encoded).0),
            Self::Base64 => Cow::Owned(decode_base64(encoded)),
        }
    }

    /// Encodes: base64 in lines of 76 characters, quoted-printable keeping the line ends of the text.
    pub fn encode(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::SevenBit | Self::EightBit | Self::Binary => Cow::Borrowed(bytes),
            Self::QuotedPrintable => Cow::Owned(encode_quoted_printable(bytes)),
            Self::Base64 => Cow::Owned(encode_base64(bytes)),
        }
    }

    /// The encoding that a text needs to pass any server: none for short lines of ASCII, quoted-printable for mostly
    /// ASCII, base64 for the rest.
    pub fn for_text(bytes: &[u8]) -> Self {
        let odd =
            bytes.iter().filter(|&&byte| byte >= 0x80 || (byte < 0x20 && !b"\t\r\n".contains(&byte))).count();
        let long = bytes.split(|&byte| byte == b'\n').any(|line| line.len() > 990);
        match odd {
            0 if !long => Self::SevenBit,
            _ if odd * 3 <= bytes.len() => Self::QuotedPrintable,
            _ => Self::Base64,
        }
    }
}

/// Undoes quoted-printable. Also says whether it was right throughout; what is wrong is kept as it stands.
pub fn decode_quoted_printable(encoded: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(encoded.len());
    let mut right = true;
    let mut rest = encoded;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'\n' {
            // Blanks at the end of a line were added on the way.
            let carriage_return = out.last() == Some(&b'\r');
            out.truncate(out.len() - usize::from(carriage_return));
            while matches!(out.last(), Some(b' ' | b'\t')) {
                out.pop();
            }
            out.extend_from_slice(if carriage_return { b"\r\n" } else { b"\n" });
            continue;
        }
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        if let Some((&[high, low], after)) = rest.split_first_chunk::<2>()
            && let (Some(high), Some(low)) = (hex(high), hex(low))
        {
            // Guarded from the trimming above: an encoded blank at the end of a line stays.
            out.push(high << 4 | low);
            rest = after;
            if matches!(out.last(), Some(b' ' | b'\t')) && matches!(after.first(), Some(b'\r' | b'\n')) {
                let end = after.iter().position(|&byte| byte == b'\n').map_or(after.len(), |end| end + 1);
                let (line_end, next) = after.split_at_checked(end).unwrap_or((after, b""));
                out.extend_from_slice(line_end);
                rest = next;
            }
            continue;
        }
        let blanks = rest.iter().take_while(|&&byte| byte == b' ' || byte == b'\t').count();
        let line_end = rest.get(blanks..).unwrap_or_default();
        if let Some(next) = line_end.strip_prefix(b"\r\n").or_else(|| line_end.strip_prefix(b"\n")) {
            rest = next;
        } else if line_end.is_empty() {
            rest = b"";
        } else {
            right = false;
            out.push(b'=');
        }
    }
    (out, right)
}

const fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Encodes as quoted-printable, lines of 76 characters at most. CRLF and LF end lines, any other control character is
/// encoded.
pub fn encode_quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    let mut column = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1);
        if byte == b'\n' || (byte == b'\r' && next == Some(&b'\n')) {
            out.push(byte);
            column = 0;
            continue;
        }
        let ends_line = matches!(next, None | Some(b'\n')) || bytes.get(at + 1..at + 3) == Some(b"\r\n");
        let plain = match byte {
            b' ' | b'\t' => !ends_line,
            _ => byte.is_ascii_graphic() && byte != b'=',
        };
        let width = if plain { 1 } else { 3 };
        // The last character of a line may use the column that a soft line break would.
        if column + width > if ends_line { 76 } else { 75 } {
            out.extend_from_slice(b"=\r\n");
            column = 0;
        }
        if plain {
            out.push(byte);
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            let digit = |value: u8| DIGITS.get(usize::from(value & 15)).copied().unwrap_or_default();
            out.extend_from_slice(&[b'=', digit(byte >> 4), digit(byte)]);
        }
        column += width;
    }
    out
}

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Undoes base64. Characters outside of the alphabet do not count; a lone character at the end is dropped.
pub fn decode_base64(encoded: &[u8]) -> Vec<u8> {
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut out = Vec::with_capacity(encoded.len() / 4 * 3);
    // Padding in the middle ends a run of its own: some programs join encoded texts.
    for run in encoded.split(|&byte| byte == b'=') {
        let mut digits: Vec<u8> = run.iter().copied().filter(is_digit).collect();
        if digits.len() % 4 == 1 {
            digits.pop();
        }
        out.extend(LENIENT.decode(digits).unwrap_or_default());
    }
    out
}

/// Encodes as base64 in lines of 76 characters, each with CRLF.
pub fn encode_base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 57 * 78 + 80);
    for line in bytes.chunks(57) {
        out.extend_from_slice(STANDARD.encode(line).as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    out
}

/// What was said behind DATA as the message that it means: the end-of-data marker is taken away, doubled dots at the
/// start of lines become single ones.
pub fn without_dots(content: &[u8]) -> Vec<u8> {
    let content = match content.strip_suffix(b"\r\n.\r\n") {
        // The line end before the dot belongs to the last line.
        Some(_) => content.get(..content.len() - 3).unwrap_or_default(),
        None if content == b".\r\n" => b"",
        None => content,
    };
    let mut out = Vec::with_capacity(content.len());
    for (number, line) in content.split(|&byte| byte == b'\n').enumerate() {
        if number > 0 {
            out.push(b'\n');
        }
        out.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
    }
    out
}

/// A message as it is said behind DATA, without the end-of-data marker: dots at the start of lines are doubled.
pub fn with_dots(content: &[u8]) -> Cow<'_, [u8]> {
    if !content.starts_with(b".") && memmem::find(content, b"\n.").is_none() {
        return Cow::Borrowed(content);
    }
    let mut out = Vec::with_capacity(content.len() + 16);
    for (number, line) in content.split(|&byte| byte == b'\n').enumerate() {
        if number > 0 {
            out.push(b'\n');
        }
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quoted_printable_is_read_as_it_comes() {
        let decoded = |text: &str| String::from_utf8(decode_quoted_printable(text.as_bytes()).0).unwrap();
        assert_eq!(decoded("f=C3=BCr=\r\n dich  \r\nx=20\r\ny"), "für dich\r\nx \r\ny");
        assert_eq!(decoded("1=2 =zz =\n="), "1=2 =zz ");
        assert!(decode_quoted_printable(b"a=3Db").1);
        assert!(!decode_quoted_printable(b"a=b").1);
    }

    #[test]
    fn base64_is_read_as_it_comes() {
        assert_eq!(decode_base64(b"aGVs\r\nbG8="), b"hello");
        assert_eq!(decode_base64(b"aGVsbG8"), b"hello");
        assert_eq!(decode_base64(b"aGk=aGk="), b"hihi");
        assert_eq!(decode_base64(b"a*G*k=!"), b"hi");
        assert_eq!(decode_base64(b"aGkx!Q"), b"hi1");
    }

    #[test]
    fn dots_are_doubled_and_undone() {
        assert_eq!(&*with_dots(b".a\r\n..b\r\nc."), b"..a\r\n...b\r\nc.");
        assert_eq!(without_dots(b"..a\r\n.b\r\nc\r\n.\r\n"), b".a\r\nb\r\nc\r\n");
        assert_eq!(without_dots(b".\r\n"), b"");
    }

    proptest! {
        #[test]
        fn what_is_encoded_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            for encoding in [TransferEncoding::QuotedPrintable, TransferEncoding::Base64] {
                let encoded = encoding.encode(&bytes).into_owned();
                prop_assert!(encoded.split(|&byte| byte == b'\n').all(|line| line.len() <= 77));
                prop_assert_eq!(encoding.decode(&encoded).into_owned(), bytes.clone());
            }
        }

        #[test]
        fn any_bytes_decode(text in "[=A-Fa-f0-9 \t\r\n+/z]{0,60}") {
            decode_quoted_printable(text.as_bytes());
            decode_base64(text.as_bytes());
            let stuffed = with_dots(text.as_bytes()).into_owned();
            prop_assert_eq!(without_dots(&[&stuffed, &b"\r\n.\r\n"[..]].concat()), [text.as_bytes(), b"\r\n"].concat());
        }
    }
}
