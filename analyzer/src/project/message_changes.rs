//! Which callouts change messages, by themselves or in functions of the project.

use super::{FileId, Project, Script};
use crate::syntax::tree::FunctionId;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// A file's functions that call something that changes a message; `None` is the file's own code.
pub(super) type Changing = FxHashSet<Option<FunctionId>>;

/// The callouts and hooks on whose way a message is changed, with the files that have them.
pub(super) type ChangingCallouts = FxHashSet<(FileId, SmolStr)>;

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
    pub(crate) fn changes_message_in(&self, callout: &SmolStr) -> bool {
        self.project.changing_callouts().contains(&(self.id, callout.clone()))
    }
}

impl Project {
    fn changing_callouts(&self) -> &ChangingCallouts {
        self.derived.changing_callouts.get_or_init(|| {
            let mut callouts = ChangingCallouts::default();
            for script in self.scripts() {
                for &function in script.changing_functions() {
                    let ways = script.reached_by(function).iter();
                    callouts
                        .extend(ways.filter_map(|way| Some((way.entered.0, SmolStr::new(way.callout()?)))));
                }
            }
            callouts
        })
    }

    /// Whether some table of the project has a callout or hook of that name.
    pub(crate) fn has_callout(&self, name: &str) -> bool {
        let names = self.derived.callout_names.get_or_init(|| {
            self.scripts()
                .flat_map(|script| script.analysis().callouts().map(|callout| callout.name.clone()))
                .collect()
        });
        names.contains(name)
    }
}
