//! The text of messages and parts: in UTF-8, with the transfer encoding undone.

use super::content_type::ContentType;
use super::headers::HeaderMode;
use super::transfer::TransferEncoding;
use super::tree::{Content, PartId, TOP};
use super::{Message, charset};

impl Message {
    /// The text of a part in UTF-8, whatever type it has (`msgpart:text`). `None` for one that holds other parts.
    pub fn part_text(&self, part: PartId) -> Option<String> {
        if !matches!(self.tree.part(part).content, Content::Leaf(_)) {
            return None;
        }
        let content_type = self.content_type(part);
        let bytes = self.decoded(part);
        let charset = content_type.charset.as_deref().unwrap_or("utf-8");
        Some(match charset::decode(&bytes, charset) {
            Some(text) => text.into_owned(),
            None => String::from_utf8_lossy(&bytes).into_owned(),
        })
    }

    /// The parts of a `text/…` type, or of one type, that are no attachments of their own kind: what `msg:text` and the
    /// text functions look at. Parts of messages that are attached do not count.
    pub fn text_parts(&self, mimetype: Option<&str>) -> Vec<PartId> {
        let mut found = Vec::new();
        let mut waiting = vec![TOP];
        while let Some(part) = waiting.pop() {
            match &self.tree.part(part).content {
                Content::Message(_) => {}
                Content::Multipart(multipart) => {
                    waiting.extend(multipart.children.iter().rev().map(|(_, child)| *child));
                }
                Content::Leaf(_) => {
                    let content_type = self.content_type(part);
                    let wanted = match mimetype {
                        None => content_type.is_text(),
                        Some(name) => content_type.mimetype.as_deref().unwrap_or("text/plain") == name,
                    };
                    if wanted {
                        found.push(part);
                    }
                }
            }
        }
        found
    }

    /// Replaces the content of a part by a text, with content headers to match (`msg:text`, `msgpart:text`): `mimetype`
    /// or `text/plain`, in `charset` or UTF-8 where the charset cannot say the text.
    pub fn set_part_text(&mut self, part: PartId, text: &str, mimetype: Option<&str>, charset: Option<&str>) {
        let wanted = charset.unwrap_or("utf-8");
        let (charset, bytes) = match charset::encode(text, wanted) {
            Some(bytes) => (wanted, bytes),
            None => ("utf-8", text.as_bytes().into()),
        };
        let encoding = TransferEncoding::for_text(&bytes);
        let mimetype = mimetype.unwrap_or("text/plain");
        let has_charset = mimetype.split(';').skip(1).any(|parameter| {
            parameter.trim_start().get(..8).is_some_and(|start| start.eq_ignore_ascii_case("charset="))
        });
        let content_type =
            if has_charset { mimetype.to_owned() } else { format!("{mimetype}; charset={charset}") };
        let headers = self.part_headers_mut(part);
        headers.set(b"Content-Type", [content_type.as_bytes()], HeaderMode::Replace);
        headers.set(b"Content-Transfer-Encoding", [encoding.name().as_bytes()], HeaderMode::Replace);
        if part == TOP && headers.first(b"MIME-Version").is_none() {
            headers.set(b"MIME-Version", [&b"1.0"[..]], HeaderMode::Append);
        }
        let body = encoding.encode(&bytes).into_owned();
        self.set_part_body(part, body);
    }

    /// Puts an edited text into a part, keeping its type, charset and transfer encoding where they can say it
    /// (`text_replace`).
    pub fn edit_part_text(&mut self, part: PartId, text: &str) {
        let content_type = self.content_type(part);
        let charset = content_type.charset.as_deref().unwrap_or("utf-8");
        let ContentType { mimetype, .. } = &content_type;
        let Some(bytes) = charset::encode(text, charset) else {
            let mimetype = mimetype.clone();
            self.set_part_text(part, text, mimetype.as_deref(), None);
            return;
        };
        let bytes = bytes.into_owned();
        let encoding = match content_type.transfer_encoding() {
            TransferEncoding::SevenBit => TransferEncoding::for_text(&bytes),
            kept => kept,
        };
        if encoding != content_type.transfer_encoding() {
            let name = encoding.name().as_bytes();
            self.part_headers_mut(part).set(b"Content-Transfer-Encoding", [name], HeaderMode::Replace);
        }
        let body = encoding.encode(&bytes).into_owned();
        self.set_part_body(part, body);
    }
}
