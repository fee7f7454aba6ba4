//! Changes to the tree of parts.

use std::fmt;

use bytes::Bytes;
use memchr::memmem;

use super::Message;
use super::field::Field;
use super::headers::{HeaderMode, Headers};
use super::transfer::TransferEncoding;
use super::tree::{Content, DEEPEST, Multipart, Part, PartId, TOP, Tree};

/// Why the tree cannot be changed like that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreeError {
    /// The part that should hold another one is no multipart.
    NoContainer,
    /// The part beside which another one should stand is in no multipart.
    NoPlace,
    /// A part cannot be in itself.
    Circle,
    /// The top of the message can neither be taken out nor put in.
    Top,
    /// Parts would lie more than [`DEEPEST`] deep.
    TooDeep,
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoContainer => "the part is no container",
            Self::NoPlace => "the part is in no container",
            Self::Circle => "a part cannot be put into itself",
            Self::Top => "the top part of a message stays where it is",
            Self::TooDeep => "parts lie too deep in each other",
        })
    }
}

impl std::error::Error for TreeError {}

impl Message {
    /// Puts other content into a part, with its transfer encoding, and reads the parts in it. Parts that were in it
    /// belong to no tree any more.
    pub fn set_part_body(&mut self, part: PartId, body: impl Into<Bytes>) {
        self.let_go(part);
        let kept = self.tree.part_mut(part);
        if kept.separator.is_empty() {
            kept.separator = Bytes::from_static(b"\r\n");
        }
        self.tree.read_again(part, body.into());
    }

    /// Puts other headers and content into a part.
    pub fn set_part_bytes(&mut self, part: PartId, bytes: impl Into<Bytes>) {
        self.let_go(part);
        let (headers, separator, body) = Headers::split(&bytes.into());
        let kept = self.tree.part_mut(part);
        (kept.headers, kept.separator) = (headers, separator);
        self.tree.read_again(part, body);
    }

    /// Puts another message in place of this one.
    pub fn set_bytes(&mut self, bytes: impl Into<Bytes>) {
        self.set_part_bytes(TOP, bytes);
    }

    /// Reads the content of a part again, for when its Content-Type changed.
    pub fn read_parts_again(&mut self, part: PartId) {
        let body = self.part_body(part);
        self.let_go(part);
        self.tree.read_again(part, body);
    }

    /// A part with content of its own, which belongs to no tree yet. `body` is in the encoding already.
    pub fn make_part(
        &mut self,
        mimetype: &[u8],
        body: impl Into<Bytes>,
        encoding: TransferEncoding,
    ) -> PartId {
        let mut headers = Headers::default();
        headers.set(b"Content-Type", [mimetype], HeaderMode::Append);
        headers.set(b"Content-Transfer-Encoding", [encoding.name().as_bytes()], HeaderMode::Append);
        let content = Content::Leaf(body.into());
        self.tree.add(Part { headers, separator: Bytes::from_static(b"\r\n"), content, parent: None })
    }

    /// A part that holds others, which belongs to no tree yet.
    pub fn make_container(&mut self, mimetype: &[u8], boundary: &[u8]) -> PartId {
        let mut headers = Headers::default();
        let value = [mimetype, b"; boundary=\"", boundary, b"\""].concat();
        headers.set(b"Content-Type", [value.as_slice()], HeaderMode::Append);
        let content = Content::Multipart(Multipart {
            boundary: boundary.to_vec(),
            closing: [b"\r\n--", boundary, b"--\r\n"].concat().into(),
            ..Multipart::default()
        });
        self.tree.add(Part { headers, separator: Bytes::from_static(b"\r\n"), content, parent: None })
    }

    /// Takes a copy of a message, or of a part of it, in as a part that belongs to no tree yet.
    pub fn adopt(&mut self, other: &Self, part: PartId) -> PartId {
        let adopted = Tree::read(other.part_bytes(part));
        let shift = self.tree.parts.len();
        let moved = |id: PartId| PartId(id.0 + shift);
        for mut part in adopted.parts {
            part.parent = part.parent.map(moved);
            match &mut part.content {
                Content::Leaf(_) => {}
                Content::Message(child) => *child = moved(*child),
                Content::Multipart(multipart) => {
                    multipart.children.iter_mut().for_each(|(_, child)| *child = moved(*child));
                }
            }
            self.tree.add(part);
        }
        PartId(shift)
    }

    /// Makes a part the top of the message: its headers of content take the place of the message's own, all other
    /// headers stay.
    pub fn set_top(&mut self, part: PartId) {
        if part == TOP {
            return;
        }
        let (headers, body) = (self.part_headers(part).clone(), self.part_body(part));
        let top = self.part_headers_mut(TOP);
        for name in [&b"Content-Type"[..], b"Content-Transfer-Encoding", b"Content-Disposition"] {
            let values: Vec<Vec<u8>> =
                headers.named(name).map(|field: &Field| field.folded_value().to_vec()).collect();
            if values.is_empty() {
                top.remove(name);
            } else {
                top.set(name, values.iter().map(Vec::as_slice), HeaderMode::Replace);
            }
        }
        self.set_part_body(TOP, body);
    }

    /// Puts a part into a container, above all that is in it.
    ///
    /// # Errors
    /// When the tree cannot be like that; nothing is changed then.
    pub fn add_first_child(&mut self, container: PartId, child: PartId) -> Result<(), TreeError> {
        self.insert(container, 0, child)
    }

    /// Puts a part into a container, below all that is in it.
    ///
    /// # Errors
    /// When the tree cannot be like that; nothing is changed then.
    pub fn add_last_child(&mut self, container: PartId, child: PartId) -> Result<(), TreeError> {
        self.insert(container, usize::MAX, child)
    }

    /// Puts a part right before another one.
    ///
    /// # Errors
    /// When the tree cannot be like that; nothing is changed then.
    pub fn insert_before(&mut self, part: PartId, before: PartId) -> Result<(), TreeError> {
        self.insert_beside(part, before, 0)
    }

    /// Puts a part right behind another one.
    ///
    /// # Errors
    /// When the tree cannot be like that; nothing is changed then.
    pub fn insert_after(&mut self, part: PartId, after: PartId) -> Result<(), TreeError> {
        self.insert_beside(part, after, 1)
    }

    /// Takes a part out of the tree, with all that is in it.
    ///
    /// # Errors
    /// When it is the top, or the message in a `message/rfc822`. A part that belongs to no tree stays so.
    pub fn unlink(&mut self, part: PartId) -> Result<(), TreeError> {
        if part == TOP {
            return Err(TreeError::Top);
        }
        let Some(parent) = self.parent(part) else { return Ok(()) };
        let Content::Multipart(multipart) = &mut self.tree.part_mut(parent).content else {
            return Err(TreeError::NoPlace);
        };
        multipart.children.retain(|(_, child)| *child != part);
        self.tree.part_mut(part).parent = None;
        Ok(())
    }

    /// A boundary that occurs nowhere in this message, nor in `others`. `seed` makes it up; the same one gives the same
    /// boundary.
    pub fn make_boundary(&self, others: &[PartId], seed: u64) -> Vec<u8> {
        let mut texts = vec![self.to_bytes()];
        texts.extend(others.iter().map(|&part| self.part_bytes(part)));
        let mut state = seed;
        loop {
            // SplitMix64: spreads any seed.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let boundary = format!("=_part_{:016x}", mixed ^ (mixed >> 31)).into_bytes();
            if texts.iter().all(|text| memmem::find(text, &boundary).is_none()) {
                return boundary;
            }
        }
    }

    fn insert_beside(&mut self, part: PartId, beside: PartId, shift: usize) -> Result<(), TreeError> {
        let parent = self.parent(beside).ok_or(TreeError::NoPlace)?;
        if part == beside {
            return Err(TreeError::Circle);
        }
        let mut siblings = self.children(parent);
        siblings.retain(|&sibling| sibling != part);
        let place = siblings.iter().position(|&sibling| sibling == beside).ok_or(TreeError::NoPlace)?;
        self.insert(parent, place + shift, part)
    }

    fn insert(&mut self, container: PartId, place: usize, child: PartId) -> Result<(), TreeError> {
        if child == TOP {
            return Err(TreeError::Top);
        }
        if !matches!(self.tree.part(container).content, Content::Multipart(_)) {
            return Err(TreeError::NoContainer);
        }
        let mut at = Some(container);
        while let Some(id) = at {
            if id == child {
                return Err(TreeError::Circle);
            }
            at = self.parent(id);
        }
        if self.tree.depth(container) + 1 + self.tree.height(child) > DEEPEST {
            return Err(TreeError::TooDeep);
        }
        self.unlink(child)?;
        if let Content::Multipart(multipart) = &mut self.tree.part_mut(container).content {
            let place = place.min(multipart.children.len());
            let boundary = &multipart.boundary;
            // The line end before the first delimiter would be an empty preamble.
            let new: Bytes = [b"\r\n--", boundary.as_slice(), b"\r\n"].concat().into();
            let first = multipart.preamble.is_empty() && place == 0;
            if first
                && let Some((delimiter, _)) = multipart.children.first_mut()
                && !delimiter.starts_with(b"\n")
                && !delimiter.starts_with(b"\r")
            {
                *delimiter = [b"\r\n", delimiter.as_ref()].concat().into();
            }
            let delimiter = if first { new.slice(2..) } else { new };
            multipart.children.insert(place, (delimiter, child));
            if multipart.closing.is_empty() {
                multipart.closing = [b"\r\n--", multipart.boundary.as_slice(), b"--\r\n"].concat().into();
            }
        }
        self.tree.part_mut(child).parent = Some(container);
        Ok(())
    }

    /// The parts in a part belong to no tree any more.
    fn let_go(&mut self, part: PartId) {
        for child in self.children(part) {
            self.tree.part_mut(child).parent = None;
        }
        self.tree.part_mut(part).content = Content::default();
    }
}
