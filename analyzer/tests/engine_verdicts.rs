//! The front end says of a text what the engine says: it loads, or it does not, and where at the latest.
//!
//! The texts are reading material outside the repository; without it these tests say so and pass.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "all of it is tests")]

use momentum_lua_analyzer::syntax::{LineIndex, decode, parse};
use std::path::{Path, PathBuf};

fn shared(path: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if !folder.exists() {
        println!("skipped: {path} is not beside the project");
        return None;
    }
    Some(folder)
}

fn read(path: &Path) -> String {
    decode(std::fs::read(path).unwrap()).0
}

/// Lines (from 1) of the errors.
fn error_lines(source: &str) -> Vec<(u64, String)> {
    let lines = LineIndex::new(source);
    let parsed = parse(source);
    parsed
        .errors
        .into_iter()
        .map(|error| (u64::from(lines.line(error.span.start)) + 1, error.message))
        .collect()
}

#[test]
fn documentation_examples() {
    let Some(folder) = shared("corpus/docs-examples") else { return };
    let index: serde_json::Value = serde_json::from_str(&read(&folder.join("index.json"))).unwrap();
    let mut wrong = Vec::new();
    let blocks = index.as_array().unwrap();
    for block in blocks {
        let file = block["file"].as_str().unwrap();
        let errors = error_lines(&read(&folder.join("normalized").join(file)));
        let loads = block["engine_loads"].as_bool().unwrap();
        if loads != errors.is_empty() {
            wrong.push(format!("{file}: the engine loads it: {loads}; found {errors:?}"));
        } else if let (Some(line), Some((first, message))) =
            (block["engine_error_line"].as_u64(), errors.first())
            && *first > line
        {
            wrong.push(format!("{file}: the engine stops at {line}, first error at {first}: {message}"));
        }
    }
    assert!(blocks.len() >= 300);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dialect_probes() {
    let Some(folder) = shared("oracle/dialect") else { return };
    let expected: serde_json::Value = serde_json::from_str(&read(&folder.join("expected.json"))).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for probe in expected.as_object().unwrap().values() {
        let source = probe["source"].as_str().unwrap();
        // What a probe shows about texts that do not load, it shows through `loadstring`.
        let loads = probe["rc"].as_i64() == Some(0);
        let errors = error_lines(source);
        count += 1;
        if loads != errors.is_empty() {
            wrong.push(format!("loads: {loads}; found {errors:?}\n{source}"));
        }
    }
    assert!(count >= 80);
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
}
