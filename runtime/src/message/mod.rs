//! A mail as scripts read and change it.
//!
//! A [`Message`] keeps the bytes that it was made of. What nobody changes goes out byte for byte, however odd it is.
//! Content is as it stands in the message, without the dot stuffing and the end-of-data marker of SMTP
//! ([`transfer::with_dots`] and [`transfer::without_dots`] translate).

mod address;
mod build;
pub mod charset;
mod content_type;
mod dkim;
pub mod dsn;
mod edit;
mod field;
mod headers;
mod signing_key;
mod text;
pub mod transfer;
mod tree;
pub mod words;

#[cfg(test)]
mod tests;

pub use address::{Component, Mailbox, parse_addresses};
pub use build::{Attached, Attachment};
pub use content_type::ContentType;
pub use dkim::{Canonicalization, NAME as SIGNATURE_FIELD, Signer};
pub use edit::TreeError;
pub use field::Field;
pub use headers::{HeaderMode, Headers};
pub use signing_key::SigningKey;
pub use tree::{DEEPEST, PartId};

use bytes::Bytes;

use tree::{Content, TOP, Tree};

/// A mail: headers, the empty line, the body, and the parts in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    tree: Tree,
}

impl Message {
    /// Reads a mail, without dot stuffing and end-of-data marker. Any bytes make one.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        Self { tree: Tree::read(bytes.into()) }
    }

    /// The header fields.
    pub fn headers(&self) -> &Headers {
        self.part_headers(TOP)
    }

    /// The header fields, to change them. Parts are not read again when Content-Type changes:
    /// [`Message::read_parts_again`] does that.
    pub fn headers_mut(&mut self) -> &mut Headers {
        self.part_headers_mut(TOP)
    }

    /// The values of all headers of a name as `msg:header` gives them: on one line, decoded (RFC 2047) to UTF-8.
    pub fn header_values(&self, name: &[u8]) -> Vec<Vec<u8>> {
        self.part_header_values(TOP, name)
    }

    /// Sets headers as `msg:header` does: one for each value, non-ASCII text encoded (RFC 2047).
    pub fn set_header<'v>(
        &mut self,
        name: &[u8],
        values: impl IntoIterator<Item = &'v [u8]>,
        mode: HeaderMode,
    ) {
        self.set_part_header(TOP, name, values, mode);
    }

    /// The body, with its transfer encoding.
    pub fn body(&self) -> Bytes {
        self.part_body(TOP)
    }

    /// Puts another body in, with its transfer encoding.
    pub fn set_body(&mut self, body: impl Into<Bytes>) {
        self.set_part_body(TOP, body);
    }

    /// About how much memory it takes, parts outside of the tree included, and how many parts there are.
    pub fn weight(&self) -> (usize, usize) {
        self.tree.weight()
    }

    /// The bytes that go out.
    pub fn to_bytes(&self) -> Bytes {
        self.part_bytes(TOP)
    }

    /// The number of bytes that go out.
    pub fn size(&self) -> usize {
        self.to_bytes().len()
    }

    /// The part that the whole message is.
    pub const fn top(&self) -> PartId {
        TOP
    }

    /// The parts in a part: those of a multipart, the message in a `message/rfc822`.
    pub fn children(&self, part: PartId) -> Vec<PartId> {
        self.tree.children(part)
    }

    /// The part around a part.
    pub fn parent(&self, part: PartId) -> Option<PartId> {
        self.tree.part(part).parent
    }

    /// The part that follows in reading order: the first part in it, else the next one beside it or beside one around
    /// it (`part.thread`).
    pub fn next(&self, part: PartId) -> Option<PartId> {
        if let Some(first) = self.children(part).first() {
            return Some(*first);
        }
        let mut at = part;
        while let Some(parent) = self.parent(at) {
            let siblings = self.children(parent);
            let here = siblings.iter().position(|&sibling| sibling == at)?;
            if let Some(next) = siblings.get(here + 1) {
                return Some(*next);
            }
            at = parent;
        }
        None
    }

    /// All parts in reading order, the message itself first.
    pub fn parts(&self) -> impl Iterator<Item = PartId> {
        // Not by `next`, which looks for its place among the siblings anew each time.
        let mut waiting = vec![TOP];
        std::iter::from_fn(move || {
            let part = waiting.pop()?;
            waiting.extend(self.children(part).into_iter().rev());
            Some(part)
        })
    }

    /// The header fields of a part.
    pub fn part_headers(&self, part: PartId) -> &Headers {
        &self.tree.part(part).headers
    }

    /// The header fields of a part, to change them; see [`Message::headers_mut`].
    pub fn part_headers_mut(&mut self, part: PartId) -> &mut Headers {
        &mut self.tree.part_mut(part).headers
    }

    /// The values of all headers of a name in a part: on one line, decoded (RFC 2047) to UTF-8.
    pub fn part_header_values(&self, part: PartId, name: &[u8]) -> Vec<Vec<u8>> {
        let fields = self.part_headers(part).named(name);
        fields.map(|field| words::decode_words(&field.value()).into_owned()).collect()
    }

    /// Sets headers of a part: one for each value, non-ASCII text encoded (RFC 2047). After a change of Content-Type the
    /// content is read again.
    pub fn set_part_header<'v>(
        &mut self,
        part: PartId,
        name: &[u8],
        values: impl IntoIterator<Item = &'v [u8]>,
        mode: HeaderMode,
    ) {
        let values: Vec<_> = values.into_iter().map(words::encode_words).collect();
        self.part_headers_mut(part).set(name, values.iter().map(AsRef::as_ref), mode);
        if name.eq_ignore_ascii_case(b"Content-Type") {
            self.read_parts_again(part);
        }
    }

    /// What the headers of a part say about its content.
    pub fn content_type(&self, part: PartId) -> ContentType {
        ContentType::of(self.part_headers(part))
    }

    /// The content of a part, with its transfer encoding; that of a container is all that is in it.
    pub fn part_body(&self, part: PartId) -> Bytes {
        if let Content::Leaf(bytes) = &self.tree.part(part).content {
            return bytes.clone();
        }
        let mut out = Vec::new();
        self.tree.write_content(part, &mut out);
        out.into()
    }

    /// Headers and content of a part.
    pub fn part_bytes(&self, part: PartId) -> Bytes {
        let mut out = Vec::new();
        self.tree.write_part(part, &mut out);
        out.into()
    }

    /// Where a part begins among the bytes that go out; `None` for one that belongs to no tree.
    pub fn offset(&self, part: PartId) -> Option<usize> {
        self.tree.offset(part)
    }

    /// The content of a part with the transfer encoding undone.
    pub fn decoded(&self, part: PartId) -> Vec<u8> {
        let body = self.part_body(part);
        self.content_type(part).transfer_encoding().decode(&body).into_owned()
    }
}
