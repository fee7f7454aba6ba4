//! New messages: from texts and attachments (`msg:build`), and around another message (`msg:forward`).

use bytes::Bytes;

use super::headers::{HeaderMode, Headers};
use super::transfer::TransferEncoding;
use super::tree::PartId;
use super::words::encode_words;
use super::{Message, charset};

/// An attachment of a new message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its content type; `None` for `application/octet-stream`. A message is always `message/rfc822`.
    pub mimetype: Option<String>,
    /// Its file name.
    pub name: Option<String>,
    /// Further header lines, divided by CRLF.
    pub headers: Option<Vec<u8>>,
    /// What is attached.
    pub content: Attached,
}

/// What is attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attached {
    /// A text, which is encoded as quoted-printable.
    Text(Vec<u8>),
    /// Content that is base64 already.
    Base64(Vec<u8>),
    /// A message.
    Message(Bytes),
}

impl Message {
    /// A message out of headers, alternative texts by their content type, and attachments. Header values go in as they
    /// are. `seed` makes the boundaries up.
    ///
    /// Texts without a charset in their type become quoted-printable, all others base64, as `msg:build` documents it.
    pub fn build(
        headers: &[(Vec<u8>, Vec<u8>)],
        mut texts: Vec<(String, Vec<u8>)>,
        attachments: Vec<Attachment>,
        seed: u64,
    ) -> Self {
        // The plainest comes first: readers take the last one that they can show.
        texts.sort_by_cached_key(|(mimetype, _)| {
            let name = mimetype.to_ascii_lowercase();
            let rank = match name.split(';').next().unwrap_or_default().trim() {
                "text/plain" => 0,
                "text/html" => 2,
                text if text.starts_with("text/") => 1,
                _ => 3,
            };
            (rank, name)
        });
        let mut message = Self::from_bytes(Bytes::from_static(b"\r\n"));
        for (name, value) in headers {
            message.headers_mut().set(name, [value.as_slice()], HeaderMode::Append);
        }
        if message.headers().first(b"MIME-Version").is_none() {
            message.headers_mut().set(b"MIME-Version", [&b"1.0"[..]], HeaderMode::Append);
        }
        let alternatives: Vec<PartId> =
            texts.into_iter().map(|(mimetype, text)| message.text_part(&mimetype, &text)).collect();
        if alternatives.len() > 1 || !attachments.is_empty() {
            for part in &alternatives {
                let fields = message.part_headers_mut(*part);
                fields.set(b"Content-Disposition", [&b"inline"[..]], HeaderMode::Append);
            }
        }
        let mut content = match alternatives.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => Some(message.container(b"multipart/alternative", several, seed)),
        };
        if !attachments.is_empty() {
            let mut parts: Vec<PartId> = content.into_iter().collect();
            parts.extend(attachments.into_iter().map(|attachment| message.attachment(attachment)));
            content = Some(message.container(b"multipart/mixed", &parts, seed.wrapping_add(1)));
        }
        if let Some(content) = content {
            message.set_top(content);
        }
        // Parts that were made on the way belong to no tree: reading anew leaves them behind.
        Self::from_bytes(message.to_bytes())
    }

    /// A message that brings a short text and has this one attached. `subject` is encoded already; without it, it is
    /// that of this message with `Fwd: ` before it. A text that `charset` cannot say goes out in UTF-8.
    pub fn forward(
        &self,
        sender: &str,
        recipients: &str,
        text: &str,
        subject: Option<&[u8]>,
        charset: Option<&str>,
        seed: u64,
    ) -> Self {
        let subject = subject.map_or_else(
            || {
                let own = self.headers().first(b"Subject").map(|field| field.value().into_owned());
                [&b"Fwd: "[..], &own.unwrap_or_default()].concat()
            },
            <[u8]>::to_vec,
        );
        let wanted = charset.unwrap_or(if text.is_ascii() { "us-ascii" } else { "utf-8" });
        let (charset, bytes) = match charset::encode(text, wanted) {
            Some(bytes) => (wanted, bytes.into_owned()),
            None => ("utf-8", text.as_bytes().to_vec()),
        };
        let headers = [
            (b"From".to_vec(), sender.as_bytes().to_vec()),
            (b"To".to_vec(), recipients.as_bytes().to_vec()),
            (b"Subject".to_vec(), encode_words(&subject).into_owned()),
        ];
        let original = Attachment {
            mimetype: None,
            name: None,
            headers: None,
            content: Attached::Message(self.to_bytes()),
        };
        Self::build(&headers, vec![(format!("text/plain; charset={charset}"), bytes)], vec![original], seed)
    }

    fn text_part(&mut self, mimetype: &str, text: &[u8]) -> PartId {
        let lower = mimetype.to_ascii_lowercase();
        let quoted = lower.starts_with("text/") && !lower.contains("charset");
        let encoding = if quoted { TransferEncoding::QuotedPrintable } else { TransferEncoding::Base64 };
        let body = encoding.encode(text).into_owned();
        self.make_part(mimetype.as_bytes(), body, encoding)
    }

    fn attachment(&mut self, attachment: Attachment) -> PartId {
        let Attachment { mimetype, name, headers, content } = attachment;
        let mimetype = mimetype.unwrap_or_else(|| "application/octet-stream".to_owned());
        let part = match content {
            Attached::Message(bytes) => self.make_part(
                b"message/rfc822; name=\"Attached Message\"",
                bytes,
                TransferEncoding::EightBit,
            ),
            Attached::Base64(body) => self.make_part(mimetype.as_bytes(), body, TransferEncoding::Base64),
            Attached::Text(text) => {
                let encoding = TransferEncoding::QuotedPrintable;
                let body = encoding.encode(&text).into_owned();
                self.make_part(mimetype.as_bytes(), body, encoding)
            }
        };
        let disposition = match name {
            Some(name) => {
                let name = name.rsplit(['/', '\\']).next().unwrap_or_default().replace('"', "'");
                [b"attachment; filename=\"", encode_words(name.as_bytes()).as_ref(), b"\""].concat()
            }
            None => b"attachment".to_vec(),
        };
        let fields = self.part_headers_mut(part);
        fields.set(b"Content-Disposition", [disposition.as_slice()], HeaderMode::Append);
        if let Some(lines) = headers {
            let lines = Bytes::from([lines.as_slice(), b"\r\n"].concat());
            let (more, _, _) = Headers::split(&lines);
            for field in more.iter().filter(|field| !field.name().is_empty()) {
                fields.set(field.name(), [field.folded_value()], HeaderMode::Append);
            }
        }
        part
    }

    /// A container with parts in it.
    pub(super) fn container(&mut self, mimetype: &[u8], parts: &[PartId], seed: u64) -> PartId {
        let boundary = self.make_boundary(parts, seed);
        let container = self.make_container(mimetype, &boundary);
        for &part in parts {
            // Parts that were just made lie in nothing and hold little.
            let added = self.add_last_child(container, part);
            debug_assert!(added.is_ok(), "{added:?}");
        }
        container
    }
}
