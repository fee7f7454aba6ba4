//! Names that nothing comes of: those of a session that neither the API nor a script knows, hooks that nothing calls.

use momentum_lua_analyzer::configuration::near::did_you_mean;
use momentum_lua_stub_reader::database::{Entry, Member};

use super::start::Run;
use crate::api::modules::Registered;
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
    (!events.is_empty()).then(|| told(events))
}

/// Tells of `[constants]` that the server has by itself, and of those whose table it does not have.
pub(super) fn constants(run: &Run<'_>) -> Option<CalloutRun> {
    let api = run.frame.api();
    let complaint = |name: &str| match name.rsplit_once('.') {
        _ if api.entry(name).is_some() => Some("pages list it, and its value is that of the run".to_owned()),
        Some((table, _)) if api.class(table).is_some() => None,
        _ => Some("the server has no such table: write it as `msys.core.NAME`".to_owned()),
    };
    let events: Vec<Event> = run
        .session
        .constants
        .keys()
        .filter_map(|name| {
            let text = format!("the constant `{name}` of the session is never used: {}", complaint(name)?);
            Some(Event { at: None, what: What::Note { text } })
        })
        .collect();
    (!events.is_empty()).then(|| told(events))
}

/// Tells of hooks that a script registers and no page describes: nothing here calls them, unless the session does.
pub(super) fn never_called<'r>(
    run: &'r Run<'_>,
    registered: &'r Registered,
) -> impl Iterator<Item = Event> + use<'r> {
    let is_called = |hook: &str| run.session.hook.iter().any(|call| call.name == hook);
    let api = run.frame.api();
    let unknown = registered
        .hooks
        .iter()
        .filter(move |hook| api.hook(hook).is_some_and(|hook| hook.about.undocumented) && !is_called(hook));
    unknown.map(|hook| {
        let text =
            format!("{hook} is not run: no page says when the server calls it; drive it with [[hook]]");
        Event { at: registered.at.clone(), what: What::Note { text } }
    })
}

fn told(events: Vec<Event>) -> CalloutRun {
    CalloutRun {
        callout: "session".to_owned(),
        script: String::new(),
        at: None,
        returned: Vec::new(),
        calls: 0,
        events,
        elapsed_us: 0,
    }
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
