//! LuaCATS annotations in policy code: `---@param`, `---@return`, `---@type`, `---@class`, `---@field`, `---@cast`. Where
//! an author wrote one, it wins over inference.

use crate::syntax::{Comment, Span, offset_u32};
use momentum_lua_stub_reader::luacats::{Block, CommentLine, Tag};
use momentum_lua_stub_reader::model::{self, Text};
use std::sync::Arc;

/// The annotations of a file.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    /// Blocks of `---` lines that hold annotations, by the offset behind their last character.
    blocks: Vec<(u32, Arc<Block>)>,
    /// `---@cast`, by their offset.
    casts: Vec<(u32, Text, model::Type)>,
}

impl Annotations {
    /// Reads the comments of a file. What is wrong in an annotation is left out.
    #[must_use]
    pub fn new(source: &str, comments: &[Comment]) -> Self {
        let mut annotations = Self::default();
        let mut lines: Vec<Span> = Vec::new();
        for comment in comments {
            let text = comment.span.text(source);
            let is_annotation = !comment.long && text.starts_with("---") && !text.starts_with("----");
            if !is_annotation || !is_first_on_line(source, comment.span) {
                continue;
            }
            let follows = lines.last().is_some_and(|last| is_next_line(source, last.end, comment.span.start));
            if !follows {
                annotations.block(source, &std::mem::take(&mut lines));
            }
            lines.push(comment.span);
        }
        annotations.block(source, &lines);
        annotations
    }

    fn block(&mut self, source: &str, spans: &[Span]) {
        let Some(last) = spans.last() else { return };
        if !spans.iter().any(|span| span.text(source).contains('@')) {
            return;
        }
        let lines: Vec<CommentLine<'_>> = spans
            .iter()
            .map(|span| CommentLine {
                text: span.text(source).get(3..).unwrap_or(""),
                offset: span.start as usize + 3,
            })
            .collect();
        let block = Block::parse(&lines);
        for line in &block.tags {
            if let Tag::Cast { name, ty } = &line.tag {
                self.casts.push((offset_u32(line.range.start), name.value.clone(), ty.clone()));
            }
        }
        if block.tags.iter().any(|line| !matches!(line.tag, Tag::Cast { .. } | Tag::Diagnostic(_))) {
            self.blocks.push((last.end, Arc::new(block)));
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.casts.is_empty()
    }

    /// The block that stands directly above what begins at `offset`.
    #[must_use]
    pub fn above(&self, source: &str, offset: u32) -> Option<&Arc<Block>> {
        let index = self.blocks.partition_point(|(end, _)| *end <= offset).checked_sub(1)?;
        let (end, block) = self.blocks.get(index)?;
        is_next_line(source, *end, offset).then_some(block)
    }

    /// Blocks of the file, in order.
    pub fn blocks(&self) -> impl Iterator<Item = &Arc<Block>> {
        self.blocks.iter().map(|(_, block)| block)
    }

    /// The casts between two offsets: the variable and its new type.
    pub fn casts_in(&self, span: Span) -> impl Iterator<Item = (&Text, &model::Type)> {
        let first = self.casts.partition_point(|(offset, ..)| *offset < span.start);
        let rest = self.casts.get(first..).unwrap_or_default();
        rest.iter().take_while(move |(offset, ..)| *offset < span.end).map(|(_, name, ty)| (name, ty))
    }
}

fn is_first_on_line(source: &str, span: Span) -> bool {
    let before = source.get(..span.start as usize).unwrap_or("");
    before
        .bytes()
        .rev()
        .take_while(|byte| !matches!(byte, b'\n' | b'\r'))
        .all(|byte| byte.is_ascii_whitespace())
}

/// Whether only blanks and one line end stand between two offsets.
fn is_next_line(source: &str, from: u32, to: u32) -> bool {
    let between = Span::new(from, to.max(from)).text(source);
    let line_ends = between.replace("\r\n", "\n").matches(['\n', '\r']).count();
    between.trim().is_empty() && line_ends == 1
}
