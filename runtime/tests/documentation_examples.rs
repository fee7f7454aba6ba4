//! The complete examples of Momentum's documentation that register a module run, and each outcome was looked at.
//!
//! Each runs against the session that `init session` writes for it, with all its settings taken in; hooks that no session
//! reaches are called by name. `reviewed/documentation_examples.txt` has one line an example: file, outcome, and a word on
//! it. An outcome that is another one now fails, and so does, whatever the list says, a function that the documentation
//! has, the script requires and the runtime lacks. `UPDATE_REVIEWED=1` writes the list anew and keeps the words; a new
//! outcome gets `?`, which fails as well. The examples are reading material outside the repository; without it the test
//! says so and passes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "all of it is tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use momentum_lua_analyzer::project::{FileKind, Project, Settings};
use momentum_lua_runtime::engine::{Options, Policy, run};
use momentum_lua_runtime::machine::Limits;
use momentum_lua_runtime::report::{Report, StopReason, What};
use momentum_lua_runtime::session::{HookCall, NoFiles, Session, read_toml, skeleton};
use momentum_lua_stub_reader::Api;
use rustc_hash::FxHashMap;

/// The session that `init session` writes, with its settings taken in but for those that change what arrives.
fn session(api: &Arc<Api>, file: &str, text: &str) -> Session {
    let settings = Settings {
        target: if file.starts_with("3__") { "3.6" } else { "5.4" }.parse().unwrap(),
        severities: FxHashMap::default(),
        select: Vec::new(),
    };
    let mut project = Project::new(Arc::clone(api), settings);
    let id = project.set_file(file, FileKind::Lua, text.to_owned());
    project.update();
    let written = skeleton(&project, id, file);
    let mut kept = String::new();
    let mut skipped = false;
    for line in written.lines() {
        let setting = line.strip_prefix('#').filter(|rest| !rest.is_empty() && !rest.starts_with([' ', ':']));
        let line = setting.unwrap_or(line);
        if line.starts_with('[') {
            skipped = ["[[hook]]", "[expect]"].contains(&line);
        }
        let changes_what_arrives = setting.is_some()
            && ["listener", "tls", "auth", "injection"].iter().any(|key| line.starts_with(key));
        if !skipped && !changes_what_arrives {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    let (session, errors) = read_toml(&kept, &NoFiles);
    assert_eq!(errors, [], "{file}\n{kept}");
    session
}

/// What became of an example: `ran`, or the first thing that went wrong, with its line.
fn outcome(report: &Report) -> (String, Option<String>) {
    if let Some(stop) = &report.stopped {
        let line = stop.at.as_ref().map_or(0, |at| at.line);
        let word = match stop.reason {
            StopReason::NotLoaded => format!("not loaded {line}"),
            StopReason::Crash => format!("crash {line}"),
            // Where it is then is chance.
            StopReason::Limit => "limit".to_owned(),
            StopReason::Exit => format!("exit {line}"),
            StopReason::Deadlock => format!("deadlock {line}"),
        };
        return (word, Some(stop.message.clone()));
    }
    let runs = report.load.iter().chain(report.steps.iter().flat_map(|step| &step.callouts));
    for event in runs.flat_map(|run| &run.events) {
        if let What::Error { message, .. } = &event.what {
            let line = event.at.as_ref().map_or(0, |at| at.line);
            return (format!("error {line}"), Some(message.clone()));
        }
    }
    ("ran".to_owned(), None)
}

/// A function of the API that an error says is nil, although the script requires all that brings it.
fn missing<'m>(api: &Api, text: &str, message: &'m str) -> Option<&'m str> {
    let name = message.split_once("attempt to call ")?.1.split('\'').nth(1)?;
    let required = |module: &str| {
        api.module(module).is_some_and(|module| module.preloaded)
            || text.contains(&format!("\"{module}\"")) && text.contains("require")
            || text.contains(&format!("'{module}'")) && text.contains("require")
    };
    let known = api.functions().into_iter().any(|function| {
        function.member == name
            && !function.requires.is_empty()
            && function.requires.iter().all(|module| required(module))
    });
    known.then_some(name)
}

#[test]
fn documentation_examples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/docs-examples");
    if !folder.exists() {
        println!("skipped: the examples of the documentation are not beside the project");
        return;
    }
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reviewed/documentation_examples.txt");
    let read = std::fs::read_to_string(&list).unwrap_or_default();
    let reviewed: BTreeMap<&str, (&str, &str)> = read
        .lines()
        .filter_map(|line| {
            let (place, word) = line.split_once(" # ")?;
            let (file, outcome) = place.split_once(' ')?;
            Some((file, (outcome, word)))
        })
        .collect();
    let index = std::fs::read_to_string(folder.join("index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_str(&index).unwrap();
    let api = Arc::new(momentum_lua_stubs::api().clone());
    let limits = Limits { instructions: 5_000_000, ..Limits::default() };
    let options = Options { api: Arc::clone(&api), limits, ..Options::default() };
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    let mut text = String::new();
    let complete =
        |block: &&serde_json::Value| block["complete_script"] == true && block["registers_module"] == true;
    for block in index.as_array().unwrap().iter().filter(complete) {
        let file = block["file"].as_str().unwrap();
        let bytes = std::fs::read(folder.join("normalized").join(file)).unwrap();
        let script = String::from_utf8_lossy(&bytes).into_owned();
        let policy = Policy::of_script(file, &bytes);
        let mut session = session(&api, file, &script);
        // What no session reaches is called by name.
        let first = run(&policy, &session, &options);
        let all = || first.load.iter().chain(first.steps.iter().flat_map(|step| &step.callouts));
        let ran: BTreeSet<&str> = all().map(|run| run.callout.as_str()).collect();
        let hooks = first.scripts.iter().flat_map(|script| &script.hooks);
        for name in hooks.filter(|name| !ran.contains(name.as_str())) {
            session.hook.push(HookCall { name: name.clone(), arguments: Vec::new(), returns: None });
        }
        let report = if session.hook.is_empty() { first } else { run(&policy, &session, &options) };
        let (outcome, message) = outcome(&report);
        let shown = message.as_deref().unwrap_or_default();
        if let Some(name) = missing(&api, &script, shown) {
            wrong.push(format!("{file}: `{name}` is missing: {shown}"));
        }
        let steps = report.steps.iter().flat_map(|step| &step.callouts);
        let ran = report.load.iter().chain(steps).map(|run| run.callout.as_str()).collect::<BTreeSet<_>>();
        let hooks = report.scripts.iter().flat_map(|script| &script.hooks);
        let unreached: Vec<&String> = hooks.filter(|name| !ran.contains(name.as_str())).collect();
        if report.stopped.is_none() && !unreached.is_empty() {
            wrong.push(format!("{file}: {unreached:?} did not run"));
        }
        seen.insert(file.to_owned());
        let word = match reviewed.get(file) {
            Some((known, word)) if *known == outcome => *word,
            _ => "?",
        };
        if word == "?" {
            wrong.push(format!("not reviewed: {file}: {outcome}: {shown}"));
        }
        text.push_str(&format!("{file} {outcome} # {word}\n"));
    }
    for file in reviewed.keys().filter(|file| !seen.contains(**file)) {
        wrong.push(format!("no such example: {file}"));
    }
    if std::env::var_os("UPDATE_REVIEWED").is_some() {
        std::fs::write(&list, text).unwrap();
        println!("{}", wrong.join("\n"));
        return;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
