use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use super::*;

/// What a script prints, and how it ended.
fn run(source: &str) -> (String, Result<(), ScriptError>) {
    run_with(Limits::default(), source)
}

fn run_with(limits: Limits, source: &str) -> (String, Result<(), ScriptError>) {
    let printed = Rc::new(RefCell::new(Vec::new()));
    let machine = Machine::new(limits, Grants::default(), Rc::clone(&printed)).unwrap();
    let result = machine.load("test.lua", source.as_bytes()).and_then(|main| machine.call(&main, ()));
    let lines: Vec<String> = printed
        .borrow()
        .iter()
        .map(|output: &Output| String::from_utf8_lossy(&output.bytes).into_owned())
        .collect();
    (lines.join("\n"), result.map(drop))
}

#[test]
fn a_script_prints_with_file_and_line() {
    let printed = Rc::new(RefCell::new(Vec::new()));
    let machine = Machine::new(Limits::default(), Grants::default(), Rc::clone(&printed)).unwrap();
    let main = machine
        .load("policy.lua", b"local function f()\n  print(6 & 3, 0660, nil)\nend\nf()\nreturn 7")
        .unwrap();
    assert_eq!(machine.call(&main, ()).unwrap().iter().next().and_then(|value| value.as_i64()), Some(7));
    let printed = printed.borrow();
    assert_eq!(printed[0].bytes, b"2\t432\tnil");
    assert_eq!(printed[0].place, Some(Place { file: "policy.lua".into(), line: 2 }));
}

#[test]
fn an_error_has_its_place_and_the_calls_that_led_there() {
    let error = run("local function f(t)\n  return t.x + 1\nend\nlocal y = f({})").1.unwrap_err();
    assert_eq!(error.kind, ScriptErrorKind::Raised);
    assert_eq!(error.to_string(), "test.lua:2: attempt to perform arithmetic on field 'x' (a nil value)");
    assert_eq!(error.line, Some(2));
    assert!(error.traceback.iter().any(|frame| frame.starts_with("test.lua:4: in main chunk")), "{error:?}");
    let error = run("x = = 2").1.unwrap_err();
    assert_eq!((error.kind, error.line), (ScriptErrorKind::Syntax, Some(1)));
}

#[test]
fn an_error_of_rust_is_a_string_to_scripts() {
    let machine = Machine::new(Limits::default(), Grants::default(), ()).unwrap();
    let fails = machine.lua().create_function(|lua, ()| Err::<(), _>(raise(lua, "no such binding"))).unwrap();
    machine.lua().globals().set("fails", fails).unwrap();
    let main =
        machine.load("a.lua", b"local ok, e = pcall(function()\n  fails()\nend)\nreturn type(e), e").unwrap();
    let values: Vec<String> =
        machine.call(&main, ()).unwrap().iter().map(|v| v.to_string().unwrap()).collect();
    assert_eq!(values, ["string", "a.lua:2: no such binding"]);
    let main = machine.load("a.lua", b"\nfails()").unwrap();
    let error = machine.call(&main, ()).unwrap_err();
    assert_eq!((error.to_string().as_str(), error.line), ("a.lua:2: no such binding", Some(2)));
}

#[test]
fn a_crash_is_not_caught() {
    for attempt in [
        "pcall(crashes)",
        "xpcall(crashes, print)",
        "coroutine.resume(coroutine.create(function() crashes() end))",
        "pcall(coroutine.wrap(function() pcall(crashes) end))",
    ] {
        let machine = Machine::new(Limits::default(), Grants::default(), ()).unwrap();
        let crashes = machine.lua().create_function(|lua, ()| Err::<(), _>(crash(lua, "nil given"))).unwrap();
        machine.lua().globals().set("crashes", crashes).unwrap();
        let main = machine.load("a.lua", format!("\n{attempt}\nprint('went on')").as_bytes()).unwrap();
        let error = machine.call(&main, ()).unwrap_err();
        assert_eq!(error.kind, ScriptErrorKind::Crash, "{attempt}");
        assert_eq!(error.message, "nil given");
        assert_eq!(error.line, Some(2), "{attempt}: {error:?}");
    }
}

#[test]
fn a_loop_without_end_ends() {
    let limits = Limits { wall_clock: Duration::from_millis(50), ..Limits::default() };
    for attempt in [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "while true do xpcall(function() while true do end end, function() while true do end end) end",
        "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
        "local function f(n) for i = 1, 9 do if n > 0 then coroutine.wrap(f)(n - 1) end end end f(100)",
    ] {
        let error = run_with(limits.clone(), attempt).1.unwrap_err();
        assert_eq!(error.kind, ScriptErrorKind::Limit(Limit::WallClock), "{attempt}: {error:?}");
        assert_eq!(error.line, Some(1), "{attempt}");
    }
}

#[test]
fn memory_and_output_end() {
    let limits = Limits { memory: 4 * 1024 * 1024, output: 100, ..Limits::default() };
    let error = run_with(limits.clone(), "local s = 'x' while true do pcall(function() s = s .. s end) end")
        .1
        .unwrap_err();
    assert_eq!(error.kind, ScriptErrorKind::Limit(Limit::Memory), "{error:?}");
    let (printed, result) = run_with(limits, "while true do pcall(print, 'xxxxxxxxx') end");
    assert_eq!(result.unwrap_err().kind, ScriptErrorKind::Limit(Limit::Output));
    assert_eq!(printed.lines().count(), 10);
}

#[test]
fn what_is_no_longer_used_does_not_count() {
    let limits = Limits { memory: 16 * 1024 * 1024, ..Limits::default() };
    let script = "local kept = string.rep('x', 4 * 1024 * 1024)
        for i = 1, 5 do local s = string.rep('x', 7 * 1024 * 1024) print(#s) end";
    let (printed, result) = run_with(limits, script);
    assert!(result.is_ok(), "{result:?}");
    assert_eq!(printed.lines().count(), 5);
}

#[test]
fn a_protected_call_gives_back_more_values_than_a_call_of_c_has_slots_for() {
    let script = "local function many() return unpack({}, 1, 1000) end
        print(select('#', pcall(many)), select('#', pcall(unpack, {}, 1, 100)), select('#', xpcall(many, print)))
        print(select('#', coroutine.resume(coroutine.create(many))), pcall(pcall, many) == true)";
    let (printed, result) = run(script);
    assert!(result.is_ok(), "{result:?}");
    assert_eq!(printed, "1001\t101\t1001\n1001\ttrue");
}

/// Whether a line of a traceback tells of a function as one of C; Lua may write the table in front of the name.
fn is_of_c(line: &str, function: &str) -> bool {
    let name = line.strip_prefix("[C]: in function '").and_then(|rest| rest.strip_suffix('\''));
    name.is_some_and(|name| name == function || name.ends_with(&format!(".{function}")))
}

#[test]
fn messages_and_tracebacks_name_functions_of_the_library_as_the_engine_names_its_own() {
    for (call, message) in [
        ("tostring()", "bad argument #1 to 'tostring' (value expected)"),
        ("rawset(1)", "bad argument #1 to 'rawset' (table expected, got number)"),
        ("table.maxn()", "bad argument #1 to 'maxn' (table expected, got no value)"),
        ("collectgarbage('nope')", "bad argument #1 to 'collectgarbage' (invalid option 'nope')"),
        ("coroutine.resume(1)", "bad argument #1 to 'resume' (coroutine expected)"),
        ("coroutine.wrap(1)", "bad argument #1 to 'wrap' (Lua function expected)"),
        ("table.insert(1, 2)", "bad argument #1 to 'insert' (table expected, got number)"),
        ("os.execute('ls')", "os.execute is not granted: a run changes nothing outside itself"),
        ("debug.setfenv()", "debug.setfenv is not granted: it could lift the limits of the run"),
    ] {
        let error = run(&format!("local x\n{call}")).1.unwrap_err();
        assert_eq!(error.message, message, "{call}");
        let function = call.split_once('(').map_or("", |(name, _)| name.rsplit('.').next().unwrap_or(name));
        assert!(is_of_c(&error.traceback[0], function), "{error:?}");
        assert_eq!(error.traceback[1], "test.lua:2: in main chunk", "{error:?}");
    }
    let error = run("table.sort({ 3, 1, 2 }, function(a, b)\n  return a.x < b.x\nend)").1.unwrap_err();
    assert!(is_of_c(&error.traceback[1], "sort"), "{error:?}");
    assert_eq!(error.traceback[2], "test.lua:1: in main chunk", "{error:?}");
}

#[test]
fn a_machine_that_is_dropped_leaves_nothing_behind() {
    let printed = Rc::new(RefCell::new(Vec::<Output>::new()));
    let held = Rc::new(());
    let machine = Machine::new(Limits::default(), Grants::default(), Rc::clone(&printed)).unwrap();
    let kept = Rc::clone(&held);
    let function = machine.lua().create_function(move |_, ()| Ok(Rc::strong_count(&kept) as u32)).unwrap();
    machine.lua().globals().set("count", &function).unwrap();
    // A circle, a coroutine that waits, and a value that Rust has yet.
    let script = b"local t = { f = count } t.t = t\nlocal c = coroutine.create(function() coroutine.yield(t) end)\ncoroutine.resume(c)\nreturn c";
    let main = machine.load("a.lua", script).unwrap();
    let coroutine = machine.call(&main, ()).unwrap();
    drop(machine);
    assert_eq!((Rc::strong_count(&held), Rc::strong_count(&printed)), (1, 1));
    drop((main, coroutine, function));
}
