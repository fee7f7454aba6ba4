//! Reads LuaCATS annotations: type expressions, tags, and whole comment blocks.
//!
//! It knows no files: a block is given as lines with the byte at which each begins, and every error says which bytes
//! are wrong. Stub files and annotations in policy code are read by the same code.

mod block;
mod cursor;
mod expression;
mod tag;
mod tag_reader;

pub use block::{Block, CommentLine};
pub use expression::parse_type;
pub use tag::{AliasMember, ClassTag, FieldKey, FieldTag, ParamTag, ReturnTag, Spanned, Tag, TagLine};
