//! Names in a session that neither the API nor a script knows: nothing would ever come of them.

use momentum_lua_analyzer::configuration::near::did_you_mean;
use momentum_lua_stub_reader::database::{Entry, Member};

use super::start::Run;
use crate::report::{CalloutRun, Event, What};

/// Tells of `[[api_answer]]`s for functions that do not exist.
pub(super) fn answers(run: &Run<'_>) -> Option<CalloutRun> {
    let api = run.frame.api();
    let complaint = |name: &str| match api.entry(name) {
        Some(Entry::Member(member @ (Member::Function(_) | Member::CFunction(_)))) => {
            let called = Entry::Member(member).name();
            (called != name).then(|| format!("write `{called}`, as reports and `momentum-lua api` name it"))
        }
        Some(_) => Some("this is no function".to_owned()),
        None => Some(format!("no function is called so{}", did_you_mean(name, api.near_entries(name)))),
    };
    let events: Vec<Event> = run
        .session
        .api_answer
        .iter()
        .filter_map(|answer| {
            let complaint = complaint(&answer.function)?;
            let text =
                format!("the answer of the session for `{}` is never given: {complaint}", answer.function);
            Some(Event { at: None, what: What::Note { text } })
        })
        .collect();
    (!events.is_empty()).then(|| CalloutRun {
        callout: "session".to_owned(),
        script: String::new(),
        at: None,
        returned: Vec::new(),
        calls: 0,
        events,
        elapsed_us: 0,
    })
}

/// Why nothing runs for a hook that the session calls; none where a script has it.
pub(super) fn hook(run: &Run<'_>, name: &str) -> Option<String> {
    if run.has(name) {
        return None;
    }
    let api = run.frame.api();
    if api.hook(name).is_some() {
        return Some("no script has this hook".to_owned());
    }
    let of_scripts = run.modules.iter().flat_map(|module| &module.registered.hooks).map(String::as_str);
    let near = did_you_mean(name, api.near_hooks(name).into_iter().chain(of_scripts));
    Some(format!("neither the server nor a script has a hook of this name{near}"))
}
