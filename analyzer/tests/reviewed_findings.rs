//! Every error and warning in the complete examples of Momentum's documentation was read, and is true.
//!
//! `reviewed/documentation_examples.txt` has one line a finding: file, line, code, and a word on why it is true. A finding
//! that is not there, or one that is there and no longer found, fails. `UPDATE_REVIEWED=1` writes the list anew and keeps
//! the words; a new finding gets `?`, which fails as well: somebody has to read it first. The examples are reading
//! material outside the repository; without it the test says so and passes.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input has to fail")]

use momentum_lua_analyzer::diagnostic::Severity;
use momentum_lua_analyzer::project::{FileKind, Project, Settings};
use momentum_lua_analyzer::syntax::decode;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// File, line and code of a finding.
type Key = (String, u32, String);

fn findings(folder: &Path) -> BTreeMap<Key, String> {
    let index = std::fs::read_to_string(folder.join("index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_str(&index).unwrap();
    let api = Arc::new(momentum_lua_stubs::api().clone());
    let mut found = BTreeMap::new();
    for block in index.as_array().unwrap().iter().filter(|block| block["complete_script"] == true) {
        let file = block["file"].as_str().unwrap();
        // An example is written for the series whose manual it stands in.
        let target = if file.starts_with("3__") { "3.6" } else { "5.4" };
        let settings = Settings {
            target: target.parse().unwrap(),
            severities: FxHashMap::default(),
            select: Vec::new(),
        };
        let mut project = Project::new(Arc::clone(&api), settings);
        let text = decode(std::fs::read(folder.join("normalized").join(file)).unwrap()).0;
        let id = project.set_file(file, FileKind::Lua, text);
        project.update();
        for finding in project.diagnostics(id) {
            if finding.severity >= Severity::Warning {
                let line = project.lines(id).unwrap().line(finding.span.start) + 1;
                found.insert((file.to_owned(), line, finding.code.to_string()), finding.message);
            }
        }
    }
    found
}

#[test]
fn documentation_examples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/docs-examples");
    if !folder.exists() {
        println!("skipped: the examples of the documentation are not beside the project");
        return;
    }
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reviewed/documentation_examples.txt");
    let reviewed: BTreeMap<Key, String> = std::fs::read_to_string(&list)
        .unwrap_or_default()
        .lines()
        .filter_map(|line| {
            let (place, word) = line.split_once(" # ")?;
            let mut parts = place.split_whitespace();
            let key = (parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()?.to_owned());
            Some((key, word.to_owned()))
        })
        .collect();
    let found = findings(&folder);
    if std::env::var_os("UPDATE_REVIEWED").is_some() {
        let mut text = String::new();
        for (key @ (file, line, code), message) in &found {
            let word = reviewed.get(key).map_or("?", String::as_str);
            if word == "?" {
                println!("{file}:{line} {code}: {message}");
            }
            text.push_str(&format!("{file} {line} {code} # {word}\n"));
        }
        std::fs::write(&list, text).unwrap();
        return;
    }
    let mut wrong = Vec::new();
    for ((file, line, code), message) in &found {
        match reviewed.get(&(file.clone(), *line, code.clone())).map(String::as_str) {
            None | Some("?") => wrong.push(format!("not reviewed: {file}:{line} {code}: {message}")),
            Some(_) => {}
        }
    }
    for (file, line, code) in reviewed.keys().filter(|key| !found.contains_key(*key)) {
        wrong.push(format!("no longer found: {file}:{line} {code}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
