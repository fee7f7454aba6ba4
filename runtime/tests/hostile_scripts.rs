//! Scripts that want to run for ever, take all memory, or get out: each ends within its limits, says why, and leaves
//! the process as it was. Where a slow machine may run out of time before it runs out of memory, both are right. They
//! stand in `tests/hostile`, each behind a line `--## name: ends that are right`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "all of it is tests")]

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use momentum_lua_runtime::api::Frame;
use momentum_lua_runtime::machine::{Grants, Limit, Limits, Machine, Output, ScriptError, ScriptErrorKind};
use momentum_lua_runtime::session::{NoFiles, read_toml};

const TIME: Duration = Duration::from_millis(200);

/// What a single step may take beyond the time, on a machine that does other things, too.
const GRACE: Duration = Duration::from_secs(30);

/// What scripts are given: a database, and a file to write.
const SESSION: &str = "[datasources.d]\nsql = ''\n[files]\n\"/log\" = { text = '', writable = true }\n";

struct Script {
    name: String,
    ends: Vec<String>,
    text: String,
}

fn scripts() -> Vec<Script> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let mut scripts = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let topic = file.file_stem().unwrap().to_string_lossy().into_owned();
        for section in std::fs::read_to_string(&file).unwrap().split("--## ").skip(1) {
            let (head, text) = section.split_once('\n').unwrap();
            let (name, ends) = head.rsplit_once(": ").unwrap();
            scripts.push(Script {
                name: format!("{topic}: {name}"),
                ends: ends.split_whitespace().map(str::to_owned).collect(),
                text: text.to_owned(),
            });
        }
    }
    scripts
}

fn word(result: &Result<(), ScriptError>) -> &'static str {
    match result.as_ref().map_err(|error| error.kind) {
        Ok(()) => "well",
        Err(ScriptErrorKind::Limit(Limit::WallClock | Limit::Instructions)) => "time",
        Err(ScriptErrorKind::Limit(Limit::Memory)) => "memory",
        Err(ScriptErrorKind::Limit(Limit::Output)) => "output",
        Err(ScriptErrorKind::Limit(Limit::Recursion)) => "recursion",
        Err(ScriptErrorKind::Raised) => "raised",
        Err(ScriptErrorKind::Exit(_)) => "exit",
        Err(ScriptErrorKind::Crash) => "crash",
        Err(ScriptErrorKind::Deadlock) => "deadlock",
        Err(ScriptErrorKind::Syntax) => "syntax",
    }
}

fn run(text: &str) -> (Result<(), ScriptError>, Vec<Output>) {
    let limits =
        Limits { wall_clock: TIME, memory: 32 * 1024 * 1024, output: 64 * 1024, ..Limits::default() };
    let printed = Rc::new(RefCell::new(Vec::<Output>::new()));
    let machine = Machine::new(limits, Grants::default(), Rc::clone(&printed)).unwrap();
    let (session, errors) = read_toml(SESSION, &NoFiles);
    assert!(errors.is_empty(), "{errors:?}");
    let api = Arc::new(momentum_lua_stubs::api().clone());
    Frame::install(machine.lua(), api, Rc::new(session), Rc::default()).unwrap();
    let result =
        machine.load("hostile.lua", text.as_bytes()).and_then(|main| machine.call(&main, ())).map(drop);
    drop(machine);
    (result, printed.take())
}

#[test]
fn hostile_scripts_end() {
    let scripts = scripts();
    assert!(scripts.len() >= 60, "{}", scripts.len());
    let mut wrong = Vec::new();
    for script in &scripts {
        let begun = Instant::now();
        let (result, printed) = run(&script.text);
        let took = begun.elapsed();
        let ended = word(&result);
        let says_why = result.as_ref().err().is_none_or(|error| {
            !error.message.is_empty()
                && (error.line.is_some() || matches!(error.kind, ScriptErrorKind::Limit(Limit::Memory)))
        });
        let escaped = printed.iter().any(|output| output.bytes == b"escaped");
        let bytes: usize = printed.iter().map(|output| output.bytes.len()).sum();
        if !script.ends.iter().any(|end| end == ended)
            || took > TIME + GRACE
            || !says_why
            || escaped
            || bytes > 64 * 1024
        {
            wrong.push(format!("{}: {ended} after {took:?}, escaped: {escaped}: {result:?}", script.name));
        }
        let (healthy, printed) = run("print(('x'):rep(3), 6 & 3, polluted)");
        assert!(healthy.is_ok() && printed[0].bytes == b"xxx\t2\tnil", "after {}: {healthy:?}", script.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    eprintln!("{} scripts ended", scripts.len());
}
