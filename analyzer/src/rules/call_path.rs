//! The way from a callout to a function, in words.

use crate::semantics::reach::{CallStep, Entry, Manner, Reach};

/// What the server enters: `validate_data`, `a function of msys.timer.every`.
pub(crate) fn entry(reach: &Reach) -> String {
    match &reach.entry {
        Entry::Load => "the file's own code".to_owned(),
        Entry::Callout(name) => format!("`{name}`"),
        Entry::Callback(member) if member.owner.is_empty() => {
            format!("the function given to `{}`", member.member)
        }
        Entry::Callback(member) => format!("the function given to `{}.{}`", member.owner, member.member),
    }
}

/// ` through `check` and `stamp``: the functions between; empty where there are none with a name.
pub(crate) fn through(reach: &Reach) -> String {
    let names: Vec<String> = reach
        .path()
        .into_iter()
        .filter_map(|step| step.name.as_ref())
        .map(|name| format!("`{name}`"))
        .collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!(" through {one}"),
        [all @ .., last] => format!(" through {} and {last}", all.join(", ")),
    }
}

/// Each call on the way with what happens there.
pub(crate) fn sentences(reach: &Reach) -> Vec<(&CallStep, String)> {
    let mut caller = entry(reach);
    let mut sentences = Vec::new();
    for step in reach.path() {
        let callee = step.name.as_ref().map_or("a function".to_owned(), |name| format!("`{name}`"));
        let sentence = match step.manner {
            Manner::Called => format!("{caller} calls {callee} here"),
            Manner::Given => format!("{caller} has {callee} called here"),
            Manner::Pooled => format!("{caller} runs {callee} in a thread pool here"),
        };
        sentences.push((step, sentence));
        caller = step.name.as_ref().map_or("that function".to_owned(), |name| format!("`{name}`"));
    }
    sentences
}
