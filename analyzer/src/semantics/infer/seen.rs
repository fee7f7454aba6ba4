//! What one round asks for. What becomes more afterwards was not known where it was needed.

use crate::semantics::scope::BindingId;
use crate::syntax::tree::FunctionId;
use rustc_hash::FxHashSet;

/// What one round has asked for so far, of the things that grow most often.
#[derive(Default)]
pub(super) struct Seen {
    /// Functions whose bodies were begun, with what callers passed until then.
    parameters: FxHashSet<FunctionId>,
    /// Functions whose results were used.
    results: FxHashSet<FunctionId>,
    /// By the variable, whether all that it is ever given was asked for.
    variables: Vec<bool>,
}

impl Seen {
    /// Begins a round over a file with that many variables.
    pub(super) fn clear(&mut self, variables: usize) {
        self.parameters.clear();
        self.results.clear();
        self.variables.clear();
        self.variables.resize(variables, false);
    }

    pub(super) fn parameters_of(&mut self, function: FunctionId) {
        self.parameters.insert(function);
    }

    pub(super) fn has_parameters_of(&self, function: FunctionId) -> bool {
        self.parameters.contains(&function)
    }

    pub(super) fn results_of(&mut self, function: FunctionId) {
        self.results.insert(function);
    }

    pub(super) fn has_results_of(&self, function: FunctionId) -> bool {
        self.results.contains(&function)
    }

    pub(super) fn variable(&mut self, binding: BindingId) {
        if let Some(seen) = self.variables.get_mut(binding.index()) {
            *seen = true;
        }
    }

    pub(super) fn has_variable(&self, binding: BindingId) -> bool {
        self.variables.get(binding.index()).copied().unwrap_or(true)
    }
}
