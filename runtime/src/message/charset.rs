//! Charsets of text: to UTF-8 and back.
//!
//! Names are those of the WHATWG encoding standard, which takes `iso-8859-1` and `us-ascii` for windows-1252: a superset
//! that differs in what are control characters there.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// The text in UTF-8. What is no character of the charset becomes U+FFFD. `None` for a charset that is not known.
pub fn decode<'b>(bytes: &'b [u8], charset: &str) -> Option<Cow<'b, str>> {
    let encoding = Encoding::for_label(charset.trim().as_bytes())?;
    Some(encoding.decode_without_bom_handling(bytes).0)
}

/// The text in a charset. `None` for a charset that is not known or cannot say all of the text.
pub fn encode<'t>(text: &'t str, charset: &str) -> Option<Cow<'t, [u8]>> {
    let charset = charset.trim();
    if charset.eq_ignore_ascii_case("us-ascii") {
        return text.is_ascii().then_some(Cow::Borrowed(text.as_bytes()));
    }
    let encoding = Encoding::for_label(charset.as_bytes())?;
    if encoding != UTF_8 && encoding.output_encoding() != encoding {
        // UTF-16: the standard does not encode it.
        let unit = |unit: u16| match encoding.name() {
            "UTF-16BE" => unit.to_be_bytes(),
            _ => unit.to_le_bytes(),
        };
        return encoding
            .name()
            .starts_with("UTF-16")
            .then(|| Cow::Owned(text.encode_utf16().flat_map(unit).collect()));
    }
    let (bytes, _, unmappable) = encoding.encode(text);
    (!unmappable).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_there_and_back() {
        for (charset, bytes) in [
            ("utf-8", "für €".as_bytes()),
            ("ISO-8859-15", b"f\xfcr \xa4"),
            ("windows-1252", b"f\xfcr \x80"),
            ("utf-16be", b"\0f\0\xfc\0r\0 \x20\xac"),
        ] {
            assert_eq!(decode(bytes, charset).unwrap(), "für €", "{charset}");
            assert_eq!(encode("für €", charset).unwrap(), bytes, "{charset}");
        }
        assert_eq!(decode(b"\x93\xfa\x96\x7b", "shift_jis").unwrap(), "日本");
        assert_eq!(encode("für", "us-ascii"), None);
        assert_eq!(encode("日本", "iso-8859-1"), None);
        assert_eq!(decode(b"x", "klingon"), None);
    }
}
