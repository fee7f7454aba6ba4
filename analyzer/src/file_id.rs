//! The name of a file in a project.

use crate::syntax::offset_u32;

/// Names a file of a [`Project`](crate::project::Project). Stays the same while the file is in the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

impl FileId {
    /// The file at a place in the order of a project's files.
    pub(crate) fn new(index: usize) -> Self {
        Self(offset_u32(index))
    }

    /// Its place in that order.
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}
