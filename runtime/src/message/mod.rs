//! A mail as scripts read and change it.
//!
//! A [`Message`] keeps the bytes that it was made of. What nobody changes goes out byte for byte, however odd it is.

mod address;
mod field;
mod headers;

pub use address::{Component, Mailbox, parse_addresses};
pub use field::Field;
pub use headers::{HeaderMode, Headers};

use bytes::Bytes;

/// A mail: headers, the empty line, the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    headers: Headers,
    /// The empty line between headers and body; empty where there is none.
    separator: Bytes,
    body: Bytes,
}

impl Message {
    /// Reads a mail, without dot stuffing and end-of-data marker. Any bytes make one.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        let (headers, separator, body) = Headers::split(&bytes.into());
        Self { headers, separator, body }
    }

    /// The header fields.
    pub const fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The header fields, to change them.
    pub const fn headers_mut(&mut self) -> &mut Headers {
        &mut self.headers
    }

    /// The body, with its transfer encoding.
    pub fn body(&self) -> Bytes {
        self.body.clone()
    }

    /// Puts another body in.
    pub fn set_body(&mut self, body: impl Into<Bytes>) {
        self.body = body.into();
        if self.separator.is_empty() {
            self.separator = Bytes::from_static(b"\r\n");
        }
    }

    /// The bytes that go out.
    pub fn to_bytes(&self) -> Bytes {
        let mut out = Vec::new();
        self.headers.write_to(&mut out);
        out.extend_from_slice(&self.separator);
        out.extend_from_slice(&self.body);
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_changed_stays_byte_for_byte() {
        for source in [
            &b""[..],
            b"\r\n",
            b"From: a\r\n\r\nhello\r\n",
            b"From: a\nhello: \xff\n\n\x00\xff\r\r\n",
            b" leading\r\nno field\r\n",
        ] {
            assert_eq!(&Message::from_bytes(source).to_bytes()[..], source);
        }
    }

    #[test]
    fn a_body_gets_its_empty_line() {
        let mut message = Message::from_bytes(&b"From: a\r\n"[..]);
        message.set_body(&b"hello\r\n"[..]);
        assert_eq!(&message.to_bytes()[..], b"From: a\r\n\r\nhello\r\n");
    }
}
