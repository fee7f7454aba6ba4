//! Runs the tests of a file.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Instant;

use mlua::{Function, Table};

use super::{Covered, Host, LuaFile};
use crate::api::Frame;
use crate::machine::{Chunk, Grants, Machine, ScriptError};
use crate::report::{Trace, TraceSink, What};
use crate::session;
use crate::testing::{Coverage, Outcome, TestKind, TestResult};

/// What is told while tests run.
pub enum Told {
    /// A test begins; this is its result where it has no end.
    Begin(TestResult),
    /// It has ended.
    Done(TestResult),
}

/// Collects the tests of a file and runs those that are wanted by their names. Gives what was executed.
pub fn run(
    file: &LuaFile,
    host: &Rc<dyn Host>,
    wanted: &dyn Fn(&str) -> bool,
    tell: &mut dyn FnMut(Told),
) -> Coverage {
    let covered: Covered = Rc::default();
    if let Err(error) = collected(file, host, &covered, wanted, tell) {
        // Nothing of the file can be tested.
        let mut result = result(file, &file.name, 1);
        result.line = error.line.filter(|_| error.file.as_deref() == Some(&file.name)).unwrap_or(1);
        fail(&mut result, file, &error);
        tell(Told::Begin(result.clone()));
        tell(Told::Done(result));
    }
    covered.take()
}

fn result(file: &LuaFile, name: &str, line: u32) -> TestResult {
    TestResult::unended(&file.name, line, name, TestKind::Lua)
}

fn fail(result: &mut TestResult, file: &LuaFile, error: &ScriptError) {
    let elsewhere = error.file.as_ref().filter(|name| **name != file.name);
    let place = match (elsewhere, error.line) {
        (Some(name), Some(line)) => format!("{name}:{line}: "),
        _ => String::new(),
    };
    result.message = Some(format!("{place}{}", error.message));
    result.message_line = error.line.filter(|_| elsewhere.is_none());
}

fn collected(
    file: &LuaFile,
    host: &Rc<dyn Host>,
    covered: &Covered,
    wanted: &dyn Fn(&str) -> bool,
    tell: &mut dyn FnMut(Told),
) -> Result<(), ScriptError> {
    let trace = Rc::new(RefCell::new(Trace::default()));
    let session = Rc::new(session::invented());
    let grants = Grants {
        files: Rc::clone(&file.files),
        lua_path: file.lua_path.clone(),
        environment: BTreeMap::new(),
        seed: 0,
        time: Some(session.clock.seconds()),
    };
    let machine = Machine::new(file.options.limits.clone(), grants, TraceSink(Rc::clone(&trace)))?;
    let lua = machine.lua();
    let installed =
        Frame::install(lua, file.options.api.clone(), session, Rc::clone(&trace)).and_then(|_| {
            let native = super::native(lua, Rc::clone(host), file.options.clone(), Rc::clone(covered))?;
            super::install(lua, native)
        });
    let (tests, run, end): (Table, Function, Function) = installed.map_err(|error| machine.error(&error))?;
    if file.options.coverage {
        machine.cover()?;
    }
    machine.begin();
    // The test itself is not what is tested: no probes.
    let main = machine.load_chunk(&Chunk::new(&file.name, &file.source)?)?;
    machine.call(&main, ())?;
    machine.call(&end, ())?;
    for test in tests.sequence_values::<Table>() {
        let test = test.map_err(|error| machine.error(&error))?;
        let name: String = test.raw_get("name").unwrap_or_default();
        let line: u32 = test.raw_get("line").unwrap_or(1);
        if !wanted(&name) {
            continue;
        }
        let mut result = result(file, &name, line);
        let has_body = test.raw_get::<Function>("call").is_ok();
        if !has_body {
            result.outcome = Outcome::Skipped;
            tell(Told::Done(result));
            continue;
        }
        trace.borrow_mut().take();
        tell(Told::Begin(result.clone()));
        machine.begin();
        let began = Instant::now();
        let ended = machine.call(&run, test);
        result.elapsed_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        match ended {
            Ok(_) => result.outcome = Outcome::Passed,
            Err(error) => {
                fail(&mut result, file, &error);
                result.notes = printed(&trace);
            }
        }
        tell(Told::Done(result));
    }
    covered.borrow_mut().add(Coverage::of_machine(&machine.covered()));
    Ok(())
}

/// What a test printed.
fn printed(trace: &RefCell<Trace>) -> Vec<String> {
    let events = trace.borrow_mut().take();
    let lines = events.into_iter().filter_map(|event| match event.what {
        What::Print { text } => {
            let at = event.at.map(|at| format!("{at}: ")).unwrap_or_default();
            Some(format!("{at}{text}"))
        }
        _ => None,
    });
    lines.collect()
}
