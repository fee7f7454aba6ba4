//! Non-ASCII text in headers: encoded words (RFC 2047).

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;

use super::charset;
use super::transfer::{decode_base64, decode_quoted_printable};

/// A header's value in UTF-8: encoded words are decoded, blanks between them go. What is not encoded stays as it is,
/// even where it is not UTF-8; so does a word in a charset that is not known.
pub fn decode_words(value: &[u8]) -> Cow<'_, [u8]> {
    if memmem::find(value, b"=?").is_none() {
        return Cow::Borrowed(value);
    }
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    // Words of one charset that follow each other are joined before they are decoded: some split characters.
    let mut joined: Option<(String, Vec<u8>)> = None;
    while !rest.is_empty() {
        if let Some((word, after)) = EncodedWord::read(rest) {
            match &mut joined {
                Some((charset, bytes)) if *charset == word.charset => bytes.extend_from_slice(&word.bytes),
                _ => {
                    flush(&mut joined, &mut out);
                    joined = Some((word.charset, word.bytes));
                }
            }
            let blanks = after.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let next = after.get(blanks..).unwrap_or_default();
            rest = if blanks > 0 && EncodedWord::read(next).is_some() { next } else { after };
            continue;
        }
        flush(&mut joined, &mut out);
        let next = rest.get(1..).and_then(|rest| memmem::find(rest, b"=?")).map_or(rest.len(), |at| at + 1);
        let (plain, after) = rest.split_at_checked(next).unwrap_or((rest, b""));
        out.extend_from_slice(plain);
        rest = after;
    }
    flush(&mut joined, &mut out);
    Cow::Owned(out)
}

fn flush(joined: &mut Option<(String, Vec<u8>)>, out: &mut Vec<u8>) {
    if let Some((charset, bytes)) = joined.take() {
        out.extend_from_slice(charset::decode(&bytes, &charset).unwrap_or_default().as_bytes());
    }
}

struct EncodedWord {
    charset: String,
    bytes: Vec<u8>,
}

impl EncodedWord {
    /// The word at the start of a text, and what follows it.
    fn read(text: &[u8]) -> Option<(Self, &[u8])> {
        let inner = text.strip_prefix(b"=?")?;
        let mut pieces = inner.splitn(3, |&byte| byte == b'?');
        let charset = pieces.next()?;
        let encoding = pieces.next()?;
        let rest = pieces.next()?;
        let end = memmem::find(rest, b"?=")?;
        let (encoded, after) = (rest.get(..end)?, rest.get(end + 2..)?);
        if encoded.contains(&b'\n') {
            return None;
        }
        // RFC 2231 allows a language behind the charset.
        let charset = charset.split(|&byte| byte == b'*').next()?;
        let charset = std::str::from_utf8(charset).ok()?.to_ascii_lowercase();
        charset::decode(b"", &charset)?;
        let bytes = match encoding {
            b"B" | b"b" => decode_base64(encoded),
            b"Q" | b"q" => {
                let blanks = encoded.iter().map(|&byte| if byte == b'_' { b' ' } else { byte });
                decode_quoted_printable(&blanks.collect::<Vec<u8>>()).0
            }
            _ => return None,
        };
        Some((Self { charset, bytes }, after))
    }
}

/// A header's value with all that is not ASCII as encoded words, 75 characters at most each and folded. What is no UTF-8
/// stays as it is.
pub fn encode_words(value: &[u8]) -> Cow<'_, [u8]> {
    if value.is_ascii() {
        return Cow::Borrowed(value);
    }
    let Ok(text) = std::str::from_utf8(value) else { return Cow::Borrowed(value) };
    // From the first to the last blank-divided word that needs it; what is around stays readable.
    let is_plain = |word: &str| word.is_ascii();
    let mut start = 0;
    for word in text.split_inclusive(' ') {
        if !is_plain(word) {
            break;
        }
        start += word.len();
    }
    let mut end = text.len();
    for word in text.rsplit(' ') {
        if !is_plain(word) || end < word.len() + 1 {
            break;
        }
        end -= word.len() + 1;
    }
    let (before, rest) = text.split_at_checked(start).unwrap_or(("", text));
    let (encoded, after) = rest.split_at_checked(end.saturating_sub(start)).unwrap_or((rest, ""));
    let mut out = before.as_bytes().to_vec();
    // 45 bytes are 60 characters of base64, and 72 with what is around them.
    let mut word = String::new();
    let mut first = true;
    let mut push = |word: &mut String, out: &mut Vec<u8>| {
        if word.is_empty() {
            return;
        }
        if !std::mem::take(&mut first) {
            out.extend_from_slice(b"\r\n ");
        }
        out.extend_from_slice(b"=?utf-8?B?");
        out.extend_from_slice(STANDARD.encode(word.as_bytes()).as_bytes());
        out.extend_from_slice(b"?=");
        word.clear();
    };
    for char in encoded.chars() {
        if word.len() + char.len_utf8() > 45 {
            push(&mut word, &mut out);
        }
        word.push(char);
    }
    push(&mut word, &mut out);
    out.extend_from_slice(after.as_bytes());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(value: &str) -> String {
        String::from_utf8(decode_words(value.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn words_are_decoded() {
        assert_eq!(decoded("=?utf-8?q?f=C3=BCr_dich_?= x"), "für dich  x");
        assert_eq!(decoded("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?="), "ab");
        assert_eq!(decoded("=?utf-8?B?w7w=?=\r\n =?utf-8?q?!?="), "ü!");
        assert_eq!(decoded("=?utf-8?B?w7?= =?utf-8*de?B?w?= x"), "\u{fffd} x");
        assert_eq!(decoded("=?utf-8?q?=C3?= =?utf-8?q?=BC?="), "ü", "a character in two words");
        assert_eq!(decoded("=?klingon?q?x?= =? =?a?b"), "=?klingon?q?x?= =? =?a?b");
    }

    #[test]
    fn what_needs_it_is_encoded() {
        assert_eq!(&*encode_words(b"plain"), b"plain");
        assert_eq!(&*encode_words("Hallo für dich".as_bytes()), b"Hallo =?utf-8?B?ZsO8cg==?= dich");
        assert_eq!(&*encode_words(b"\xff\xfe"), b"\xff\xfe");
    }

    proptest! {
        #[test]
        fn what_is_encoded_comes_back(text in "[a-zäöü日 ]{0,120}") {
            let text = text.trim();
            let encoded = encode_words(text.as_bytes()).into_owned();
            prop_assert!(encoded.is_ascii());
            prop_assert_eq!(decoded(std::str::from_utf8(&encoded).unwrap()), text);
        }

        #[test]
        fn any_value_decodes(text in "[=?a-fQB8u_\r\n -]{0,60}") {
            decode_words(text.as_bytes());
        }
    }
}
