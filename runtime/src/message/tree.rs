//! The MIME tree: parts in parts, with all bytes between them.

use bytes::Bytes;
use memchr::memchr;

use super::content_type::ContentType;
use super::headers::Headers;

/// Parts lie this deep in each other at most. What a message holds deeper is the content of the part around it; what a
/// script would put deeper is refused.
pub const DEEPEST: usize = 60;

/// A message holds this many parts at most; what follows is left in the part around it.
const MOST_PARTS: usize = 2_000;

/// A part of a [`Message`](super::Message). It stays valid while the tree changes, also for a part that was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId(pub(super) usize);

/// A part, with the bytes that it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) headers: Headers,
    /// The empty line between headers and content; empty where there is none.
    pub(super) separator: Bytes,
    pub(super) content: Content,
    pub(super) parent: Option<PartId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Content of its own, with its transfer encoding.
    Leaf(Bytes),
    /// Other parts.
    Multipart(Multipart),
    /// A message.
    Message(PartId),
}

impl Default for Content {
    fn default() -> Self {
        Self::Leaf(Bytes::new())
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Multipart {
    pub(super) boundary: Vec<u8>,
    /// What stands before the first delimiter.
    pub(super) preamble: Bytes,
    /// The parts, each with the delimiter line above it (the line end before it included).
    pub(super) children: Vec<(Bytes, PartId)>,
    /// The delimiter that ends it, and all behind; empty where nothing ends it.
    pub(super) closing: Bytes,
}

/// The parts of a message. The first is the message itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tree {
    pub(super) parts: Vec<Part>,
}

/// The part that the whole message is.
pub(super) const TOP: PartId = PartId(0);

impl Tree {
    /// Reads a message.
    pub(super) fn read(bytes: Bytes) -> Self {
        let mut tree = Self::default();
        tree.read_part(bytes, None, 0, false);
        tree
    }

    /// Reads a part, adds it and those in it. `in_digest`: one that says nothing about its content is a message.
    fn read_part(&mut self, bytes: Bytes, parent: Option<PartId>, depth: usize, in_digest: bool) -> PartId {
        let (headers, separator, body) = Headers::split(&bytes);
        let id = self.add(Part { headers, separator, content: Content::Leaf(body.clone()), parent });
        if let Some(content) = self.read_content(id, body, depth, in_digest) {
            self.part_mut(id).content = content;
        }
        id
    }

    /// Reads what is in a part again, after its headers or its bytes changed.
    pub(super) fn read_again(&mut self, id: PartId, body: Bytes) {
        let depth = self.depth(id);
        let content = self.read_content(id, body.clone(), depth, false).unwrap_or(Content::Leaf(body));
        self.part_mut(id).content = content;
    }

    fn read_content(&mut self, id: PartId, body: Bytes, depth: usize, in_digest: bool) -> Option<Content> {
        if depth >= DEEPEST || self.parts.len() >= MOST_PARTS {
            return None;
        }
        let headers = &self.part(id).headers;
        if headers.first(b"Content-Type").is_none() && !in_digest {
            return None;
        }
        let content_type = ContentType::of(headers);
        if content_type.is_message() || (in_digest && content_type.mimetype.is_none()) {
            // Encoded, it is no message that could be read in place.
            if content_type.transfer_encoding().is_encoded() {
                return None;
            }
            return Some(Content::Message(self.read_part(body, Some(id), depth + 1, false)));
        }
        if !content_type.is_multipart() {
            return None;
        }
        let boundary = content_type.boundary?.into_bytes();
        let delimiters = Delimiters::find(&body, &boundary);
        let first = delimiters.lines.first()?;
        let digest = content_type.mimetype.as_deref() == Some("multipart/digest");
        let preamble = body.slice(..first.start);
        let mut children = Vec::new();
        let mut closing_start = delimiters.closing.unwrap_or(body.len());
        for (number, line) in delimiters.lines.iter().enumerate() {
            let end = delimiters.lines.get(number + 1).map_or(closing_start, |next| next.start);
            if self.parts.len() >= MOST_PARTS {
                // All that is left goes out as it came.
                closing_start = line.start;
                break;
            }
            let part = body.slice(line.end.min(end)..end);
            let child = self.read_part(part, Some(id), depth + 1, digest);
            children.push((body.slice(line.start..line.end.min(end)), child));
        }
        let closing = body.slice(closing_start..);
        Some(Content::Multipart(Multipart { boundary, preamble, children, closing }))
    }

    pub(super) fn add(&mut self, part: Part) -> PartId {
        self.parts.push(part);
        PartId(self.parts.len() - 1)
    }

    /// The part. An id of another message gives the top.
    pub(super) fn part(&self, id: PartId) -> &Part {
        static NONE: Part = Part {
            headers: Headers::none(),
            separator: Bytes::new(),
            content: Content::Leaf(Bytes::new()),
            parent: None,
        };
        self.parts.get(id.0).or_else(|| self.parts.first()).unwrap_or(&NONE)
    }

    pub(super) fn part_mut(&mut self, id: PartId) -> &mut Part {
        let at = if id.0 < self.parts.len() { id.0 } else { 0 };
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        &mut self.parts[at]
    }

    /// The parts in a part, in their order.
    pub(super) fn children(&self, id: PartId) -> Vec<PartId> {
        match &self.part(id).content {
            Content::Leaf(_) => Vec::new(),
            Content::Multipart(multipart) => multipart.children.iter().map(|(_, child)| *child).collect(),
            Content::Message(child) => vec![*child],
        }
    }

    /// How many parts are around a part.
    pub(super) fn depth(&self, id: PartId) -> usize {
        let mut depth = 0;
        let mut at = id;
        while let Some(parent) = self.part(at).parent {
            depth += 1;
            at = parent;
            if depth > 2 * DEEPEST {
                break;
            }
        }
        depth
    }

    /// How many levels of parts are in a part, itself included.
    pub(super) fn height(&self, id: PartId) -> usize {
        1 + self.children(id).into_iter().map(|child| self.height(child)).max().unwrap_or(0)
    }

    /// About how many bytes all parts take, and how many there are.
    pub(super) fn weight(&self) -> (usize, usize) {
        /// What a part takes beside its bytes.
        const PART: usize = 300;
        let of = |part: &Part| match &part.content {
            Content::Leaf(bytes) => bytes.len(),
            Content::Multipart(multipart) => multipart.preamble.len() + multipart.closing.len(),
            Content::Message(_) => 0,
        };
        let weight = self.parts.iter().map(|part| PART + part.headers.size() + of(part)).sum();
        (weight, self.parts.len())
    }

    /// Where a part begins in the message.
    pub(super) fn offset(&self, id: PartId) -> Option<usize> {
        if id == TOP {
            return Some(0);
        }
        let parent = self.part(id).parent?;
        let mut before = Vec::new();
        let around = self.part(parent);
        around.headers.write_to(&mut before);
        before.extend_from_slice(&around.separator);
        if let Content::Multipart(multipart) = &around.content {
            before.extend_from_slice(&multipart.preamble);
            for (delimiter, child) in &multipart.children {
                before.extend_from_slice(delimiter);
                if *child == id {
                    break;
                }
                self.write_part(*child, &mut before);
            }
        }
        Some(self.offset(parent)? + before.len())
    }

    pub(super) fn write_part(&self, id: PartId, out: &mut Vec<u8>) {
        let part = self.part(id);
        part.headers.write_to(out);
        out.extend_from_slice(&part.separator);
        self.write_content(id, out);
    }

    pub(super) fn write_content(&self, id: PartId, out: &mut Vec<u8>) {
        match &self.part(id).content {
            Content::Leaf(bytes) => out.extend_from_slice(bytes),
            Content::Message(child) => self.write_part(*child, out),
            Content::Multipart(multipart) => {
                out.extend_from_slice(&multipart.preamble);
                for (delimiter, child) in &multipart.children {
                    out.extend_from_slice(delimiter);
                    self.write_part(*child, out);
                }
                out.extend_from_slice(&multipart.closing);
            }
        }
    }
}

/// Where the delimiters of a multipart stand in its content. A delimiter begins with the line end before it.
struct Delimiters {
    lines: Vec<std::ops::Range<usize>>,
    /// Where the delimiter that ends it begins.
    closing: Option<usize>,
}

impl Delimiters {
    fn find(body: &[u8], boundary: &[u8]) -> Self {
        let mut found = Self { lines: Vec::new(), closing: None };
        let mut at = 0;
        while at < body.len() {
            let rest = body.get(at..).unwrap_or_default();
            let end = memchr(b'\n', rest).map_or(body.len(), |end| at + end + 1);
            let line = body.get(at..end).unwrap_or_default();
            let behind = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary));
            if let Some(behind) = behind {
                let (closes, behind) = match behind.strip_prefix(b"--") {
                    Some(behind) => (true, behind),
                    None => (false, behind),
                };
                if behind.iter().all(u8::is_ascii_whitespace) {
                    let start =
                        Self::line_end_before(body, at, found.lines.last().map_or(0, |line| line.end));
                    if closes {
                        found.closing = Some(start);
                        break;
                    }
                    found.lines.push(start..end);
                }
            }
            at = end;
        }
        if found.lines.is_empty() {
            found.closing = None;
        }
        found
    }

    /// Where the line end before `at` begins, unless it belongs to the delimiter before (`from`).
    fn line_end_before(body: &[u8], at: usize, from: usize) -> usize {
        let before = body.get(from..at).unwrap_or_default();
        let length = if before.ends_with(b"\r\n") { 2 } else { usize::from(before.ends_with(b"\n")) };
        at - length
    }
}
