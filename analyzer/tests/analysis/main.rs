//! The analysis answers whatever a script holds: mutated scripts, and what the fuzz target `analysis` once found.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of it is tests"
)]

mod answer;

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

fn scripts() -> Vec<String> {
    let mut waiting: Vec<PathBuf> = ["tests/scripts", "tests/clean", "tests/recall"]
        .map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .into();
    let mut texts = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "lua") {
                texts.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    assert!(texts.len() > 20, "only {} scripts", texts.len());
    texts.sort();
    texts
}

/// A change of a script: a line goes, comes twice, or changes places with another one, or a word goes.
#[derive(Clone, Debug)]
enum Change {
    Delete(prop::sample::Index),
    Double(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    Word(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        index().prop_map(Change::Delete),
        index().prop_map(Change::Double),
        (index(), index()).prop_map(|(a, b)| Change::Swap(a, b)),
        index().prop_map(Change::Word),
    ]
}

fn changed(script: &str, changes: &[Change]) -> String {
    let mut lines: Vec<String> = script.lines().map(str::to_owned).collect();
    for change in changes {
        if lines.is_empty() {
            break;
        }
        match change {
            Change::Delete(at) => drop(lines.remove(at.index(lines.len()))),
            Change::Double(at) => {
                let at = at.index(lines.len());
                lines.insert(at, lines[at].clone());
            }
            Change::Swap(a, b) => {
                let length = lines.len();
                lines.swap(a.index(length), b.index(length));
            }
            Change::Word(at) => {
                let line = at.index(lines.len());
                let words: Vec<&str> = lines[line].split(' ').collect();
                let gone = at.index(words.len());
                let kept = words.iter().enumerate().filter(|(word, _)| *word != gone).map(|(_, word)| *word);
                lines[line] = kept.collect::<Vec<_>>().join(" ");
            }
        }
    }
    lines.join("\n")
}

#[test]
fn mutated_scripts_get_an_answer_that_holds_together() {
    let scripts = scripts();
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let any_script = (prop::sample::select(scripts), prop::collection::vec(change(), 1..6));
    TestRunner::new(config)
        .run(&any_script, |(script, changes)| {
            answer::check(&changed(&script, &changes));
            Ok(())
        })
        .unwrap();
}
