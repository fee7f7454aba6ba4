//! DKIM signatures (RFC 6376): canonicalization, and the field that a signer puts above the others.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};

use super::Message;
use super::field::Field;
use super::headers::Headers;
use super::signing_key::SigningKey;

/// The field's name.
pub const NAME: &str = "DKIM-Signature";

/// How headers or a body are brought into the form that is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Canonicalization {
    /// As they are.
    Simple,
    /// Case of names, folding and runs of blanks do not count.
    #[default]
    Relaxed,
}

impl Canonicalization {
    /// That of a name, `simple` or `relaxed`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "simple" => Some(Self::Simple),
            "relaxed" => Some(Self::Relaxed),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Relaxed => "relaxed",
        }
    }

    /// A field, with the line end behind it.
    fn field(self, field: &Field) -> Vec<u8> {
        if self == Self::Simple {
            return field.raw().to_vec();
        }
        let mut out = field.name().to_ascii_lowercase();
        out.push(b':');
        let value = field.folded_value();
        let words = value.split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        for (number, word) in words.filter(|word| !word.is_empty()).enumerate() {
            if number > 0 {
                out.push(b' ');
            }
            out.extend_from_slice(word);
        }
        out.extend_from_slice(b"\r\n");
        out
    }

    /// A body.
    fn body(self, body: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(body.len() + 2);
        let body = body.strip_suffix(b"\n").map_or(body, |body| body.strip_suffix(b"\r").unwrap_or(body));
        // Empty lines count once a line follows that is not.
        let mut empty = 0;
        for line in body.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let line = if self == Self::Relaxed { relaxed_line(line) } else { line.to_vec() };
            if line.is_empty() {
                empty += 1;
                continue;
            }
            for _ in 0..std::mem::take(&mut empty) {
                out.extend_from_slice(b"\r\n");
            }
            out.extend_from_slice(&line);
            out.extend_from_slice(b"\r\n");
        }
        if out.is_empty() && self == Self::Simple {
            out.extend_from_slice(b"\r\n");
        }
        out
    }
}

/// A line of a body without blanks at its end, and with one for each run of them.
fn relaxed_line(line: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(line.len());
    let mut after_blank = false;
    for byte in line {
        let is_blank = matches!(byte, b' ' | b'\t');
        if is_blank {
            after_blank = true;
            continue;
        }
        if std::mem::take(&mut after_blank) {
            out.push(b' ');
        }
        out.push(*byte);
    }
    out
}

/// What to sign with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The domain that signs (`d=`).
    pub domain: String,
    /// The selector of the key (`s=`).
    pub selector: String,
    /// The identity (`i=`), where it is said.
    pub identity: Option<String>,
    /// How headers are canonicalized.
    pub header: Canonicalization,
    /// How the body is.
    pub body: Canonicalization,
    /// Bytes of the body that are signed, all where it is not said.
    pub body_length: Option<usize>,
    /// The headers that are signed, as far as the message has them; From always is.
    pub headers: Vec<String>,
    /// When it is signed, in seconds since 1970.
    pub time: i64,
}

impl Signer {
    /// The value of the field for a message.
    ///
    /// # Errors
    /// When the key makes no signature.
    pub fn sign(&self, message: &Message, key: &SigningKey) -> Result<String, String> {
        let mut body = self.body.body(&message.body());
        let length = self.body_length.map(|most| most.min(body.len()));
        body.truncate(length.unwrap_or(usize::MAX));
        let fields = self.signed(message.headers());
        let names: Vec<String> =
            fields.iter().map(|field| String::from_utf8_lossy(field.name()).into_owned()).collect();
        let optional = |tag: &str, value: Option<String>| {
            value.map(|value| format!("\r\n\t{tag}={value};")).unwrap_or_default()
        };
        let value = format!(
            "v=1; a={}; c={}/{};\r\n\td={}; s={}; t={};{}{}\r\n\th={};\r\n\tbh={};\r\n\tb=",
            key.algorithm(),
            self.header.name(),
            self.body.name(),
            self.domain,
            self.selector,
            self.time,
            optional("i", self.identity.clone()),
            optional("l", length.map(|length| length.to_string())),
            names.join(":\r\n\t "),
            STANDARD.encode(digest(&SHA256, &body)),
        );
        let mut signed: Vec<u8> = fields.iter().flat_map(|field| self.header.field(field)).collect();
        // The field itself comes last, without its signature and without the line end behind it.
        let own = self.header.field(&Field::new(NAME.as_bytes(), value.as_bytes()));
        signed.extend_from_slice(own.strip_suffix(b"\r\n").unwrap_or(&own));
        Ok(value + &folded(&STANDARD.encode(key.sign(&signed)?)))
    }

    /// The fields that are signed: of those with one name all, the last first.
    fn signed<'h>(&'h self, headers: &'h Headers) -> Vec<&'h Field> {
        let has_from = self.headers.iter().any(|name| name.eq_ignore_ascii_case("from"));
        let from = (!has_from).then_some("From");
        let mut left: BTreeMap<String, Vec<&Field>> = BTreeMap::new();
        let mut fields = Vec::new();
        for name in from.into_iter().chain(self.headers.iter().map(String::as_str)) {
            let known = left.entry(name.to_ascii_lowercase());
            let of_name = known.or_insert_with(|| headers.named(name.as_bytes()).collect());
            fields.extend(std::mem::take(of_name).into_iter().rev());
        }
        fields
    }
}

/// A signature over several lines.
fn folded(signature: &str) -> String {
    const WIDTH: usize = 72;
    let lines = signature.as_bytes().chunks(WIDTH).map(String::from_utf8_lossy);
    lines.collect::<Vec<_>>().join("\r\n\t ")
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    /// The example of RFC 6376, section 3.4.5.
    const EXAMPLE: &[u8] = b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";

    #[test]
    fn canonicalization_is_that_of_the_example() {
        let message = Message::from_bytes(Bytes::from_static(EXAMPLE));
        let shown = |kind: Canonicalization| {
            let fields = message.headers().iter().flat_map(|field| kind.field(field)).collect();
            let body = kind.body(&message.body());
            (String::from_utf8(fields).unwrap(), String::from_utf8(body).unwrap())
        };
        assert_eq!(
            shown(Canonicalization::Relaxed),
            ("a:X\r\nb:Y Z\r\n".to_owned(), " C\r\nD E\r\n".to_owned())
        );
        assert_eq!(
            shown(Canonicalization::Simple),
            ("A: X\r\nB : Y\t\r\n\tZ  \r\n".to_owned(), " C \r\nD \t E\r\n".to_owned())
        );
    }

    #[test]
    fn bodies_without_lines_and_without_a_last_line_end() {
        let of = |kind: Canonicalization, body: &[u8]| String::from_utf8(kind.body(body)).unwrap();
        for empty in [&b""[..], b"\r\n", b"\r\n\r\n"] {
            assert_eq!(of(Canonicalization::Simple, empty), "\r\n");
            assert_eq!(of(Canonicalization::Relaxed, empty), "");
        }
        assert_eq!(of(Canonicalization::Relaxed, b" \t\r\n"), "");
        assert_eq!(of(Canonicalization::Simple, b"a\r\n\r\nb"), "a\r\n\r\nb\r\n");
        assert_eq!(of(Canonicalization::Simple, b" \r\n"), " \r\n");
        // Hashes of an empty body, as RFC 6376 gives them.
        let hash = |kind| STANDARD.encode(digest(&SHA256, &Canonicalization::body(kind, b"")));
        assert_eq!(hash(Canonicalization::Simple), "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
        assert_eq!(hash(Canonicalization::Relaxed), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn fields_of_one_name_are_signed_from_the_last_on_and_once() {
        let headers = "Received: 1\r\nFrom: a\r\nReceived: 2\r\n\r\n";
        let message = Message::from_bytes(Bytes::from_static(headers.as_bytes()));
        let signer = Signer { headers: vec!["received".into(), "To".into(), "RECEIVED".into()], ..signer() };
        let fields: Vec<_> =
            signer.signed(message.headers()).into_iter().map(|field| field.raw().clone()).collect();
        assert_eq!(fields, ["From: a\r\n", "Received: 2\r\n", "Received: 1\r\n"]);
    }

    fn signer() -> Signer {
        Signer {
            domain: "sender.example".to_owned(),
            selector: "s1".to_owned(),
            identity: None,
            header: Canonicalization::Relaxed,
            body: Canonicalization::Relaxed,
            body_length: None,
            headers: ["From", "To", "Subject"].map(str::to_owned).to_vec(),
            time: 1_768_435_200,
        }
    }
}
