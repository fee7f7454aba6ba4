//! Something for many expressions of a file.

use crate::syntax::tree::ExpressionId;

/// A map whose keys are the expressions of one file, as fast as an index.
#[derive(Clone, Debug)]
pub struct ExpressionMap<T> {
    values: Vec<Option<T>>,
}

impl<T> Default for ExpressionMap<T> {
    fn default() -> Self {
        Self { values: Vec::new() }
    }
}

impl<T> ExpressionMap<T> {
    /// What an expression has.
    #[must_use]
    pub fn get(&self, id: &ExpressionId) -> Option<&T> {
        self.values.get(id.index())?.as_ref()
    }

    pub(super) fn get_mut(&mut self, id: &ExpressionId) -> Option<&mut T> {
        self.values.get_mut(id.index())?.as_mut()
    }

    pub(super) fn insert(&mut self, id: ExpressionId, value: T) {
        if id.index() >= self.values.len() {
            self.values.resize_with(id.index() + 1, || None);
        }
        if let Some(slot) = self.values.get_mut(id.index()) {
            *slot = Some(value);
        }
    }

    /// Makes it ready for a file of `count` expressions, with nothing for any.
    pub(super) fn reset(&mut self, count: usize) {
        self.values.clear();
        self.values.resize_with(count, || None);
    }

    /// Every expression that has something, in the order of ids.
    pub fn iter(&self) -> impl Iterator<Item = (ExpressionId, &T)> {
        self.values.iter().enumerate().filter_map(|(index, value)| {
            Some((ExpressionId(crate::syntax::offset_u32(index)), value.as_ref()?))
        })
    }
}
