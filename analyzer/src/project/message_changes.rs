//! Which callouts change messages, by themselves or in functions of the project.

use super::{Project, Script};
use crate::semantics::analysis::Callout;
use crate::syntax::tree::FunctionId;
use rustc_hash::FxHashSet;

/// A file's functions that call something that changes a message; `None` is the file's own code.
pub(super) type Changing = FxHashSet<Option<FunctionId>>;

impl Script<'_> {
    fn changing_functions(&self) -> &Changing {
        self.file.derived.changing.get_or_init(|| {
            let calls = self.analysis().calls.iter();
            let changing = calls.filter(|site| {
                self.called(site).is_some_and(|function| function.mutates_with(site.arguments.len()))
            });
            changing.map(|site| site.function).collect()
        })
    }

    /// Whether a callout or hook of the file changes the message, by itself or in a function that it reaches.
    pub(crate) fn changes_message_in(&self, callout: &Callout<'_>) -> bool {
        self.project.calls().leads((self.id, Some(callout.function)), |(file, function)| {
            self.project.script(file).is_some_and(|script| script.changing_functions().contains(&function))
        })
    }
}

impl Project {
    /// Whether some table of the project has a callout or hook of that name.
    pub(crate) fn has_callout(&self, name: &str) -> bool {
        let names = self.derived.callout_names.get_or_init(|| {
            self.scripts()
                .flat_map(|script| {
                    script.analysis().callouts(script.id(), script.api()).map(|callout| callout.name.clone())
                })
                .collect()
        });
        names.contains(name)
    }
}
