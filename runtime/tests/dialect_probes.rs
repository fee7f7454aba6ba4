//! The probes of the dialect, against what the engine printed for them.
//!
//! They are no part of this repository: without the folder the test says so and passes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "all of it is tests")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use momentum_lua_runtime::machine::{Grants, Limits, Machine, Output, OutputKind};

/// Probes whose output differs, with the reason; docs/fidelity.md says the same to readers.
const DIFFERENT: [(&str, &str); 8] = [
    ("003_bang_eq_ws.lua", "a garbled message of the engine's parser"),
    ("047_esc_u_bad.lua", "the address of a function"),
    ("049_esc_misc.lua", "the address of a function"),
    ("060_no_goto.lua", "messages of the engine's parser, one of them garbled"),
    ("064_empty_stmt.lua", "messages of the engine's parser, two of them garbled"),
    ("066_compat_libs.lua", "the address of a function"),
    ("082_gc_count.lua", "the message names the function where the engine has a question mark"),
    ("085_err_msgs.lua", "messages of the engine's parser, most of them garbled"),
];

fn print_of(folder: &Path, name: &str) -> String {
    let printed = Rc::new(RefCell::new(Vec::<Output>::new()));
    let machine = Machine::new(Limits::default(), Grants::default(), Rc::clone(&printed)).unwrap();
    let result = machine
        .load(name, &std::fs::read(folder.join(name)).unwrap())
        .and_then(|main| machine.call(&main, ()));
    let mut text = Vec::new();
    for output in printed.borrow().iter() {
        text.extend_from_slice(&output.bytes);
        if output.kind == OutputKind::Line {
            text.push(b'\n');
        }
    }
    let text = String::from_utf8_lossy(&text).into_owned();
    match result {
        Ok(_) => text,
        Err(error) => format!("{text}error: {error}\n"),
    }
}

#[test]
fn probes_print_what_the_engine_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/oracle/dialect");
    let Ok(expected) = std::fs::read_to_string(folder.join("expected.json")) else {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    };
    let expected: BTreeMap<String, serde_json::Value> = serde_json::from_str(&expected).unwrap();
    assert_eq!(expected.len(), 85);
    let mut different = Vec::new();
    for (name, expected) in &expected {
        let printed = print_of(&folder, name);
        if printed != expected["stdout"].as_str().unwrap() {
            eprintln!("--- {name}\n{}--- printed\n{printed}", expected["stdout"].as_str().unwrap());
            different.push(name.as_str());
        }
    }
    let listed: Vec<&str> = DIFFERENT.iter().map(|(name, _)| *name).collect();
    assert_eq!(different, listed);
}
