//! What reaches what: `--> way; way` behind the line that opens a function lists the ways in which it comes to run, each
//! as `entry > call > call`, with `[pool]` behind what runs in a thread pool and `[perhaps]` behind what is not certain.
//! `--> never` says that nothing is known to call it.

#![allow(clippy::panic, clippy::unwrap_used, reason = "all of it is tests")]

use momentum_lua_analyzer::project::{FileKind, Project, Script, Settings};
use momentum_lua_analyzer::semantics::reach::{Entry, Reach};
use rustc_hash::FxHashMap;
use std::sync::Arc;

fn project(files: &[(&str, &str)]) -> Project {
    let settings =
        Settings { target: "5.4".parse().unwrap(), severities: FxHashMap::default(), select: Vec::new() };
    let mut project = Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings);
    for (path, text) in files {
        project.set_file(path, FileKind::Lua, *text);
    }
    project.update();
    project
}

fn describe(reach: &Reach) -> String {
    let mut text = match &reach.entry {
        Entry::Load => "load".to_owned(),
        Entry::Callout(name) => name.to_string(),
        Entry::Callback(member) => format!("{}.{}", member.owner, member.member),
    };
    for step in reach.path() {
        text += " > ";
        text += step.name.as_deref().unwrap_or("function");
    }
    if reach.in_pool {
        text += " [pool]";
    }
    if !reach.certain {
        text += " [perhaps]";
    }
    text
}

fn wrong_lines(script: &Script<'_>, count: &mut usize) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, line) in script.text().lines().enumerate() {
        let Some((_, wanted)) = line.split_once("--> ") else { continue };
        *count += 1;
        let on_line = |start: u32| script.lines().line(start) as usize == number;
        let function = script.tree().functions().find(|(_, function)| on_line(function.keyword.start));
        let (id, _) = function.unwrap_or_else(|| panic!("no function opens on `{line}`"));
        let mut found: Vec<String> = script.reached_by(Some(id)).iter().map(describe).collect();
        if found.is_empty() {
            found.push("never".to_owned());
        }
        let mut wanted: Vec<&str> = wanted.split(';').map(str::trim).collect();
        found.sort();
        wanted.sort_unstable();
        if found != wanted {
            wrong.push(format!("{}:{}: {}\n  found {found:?}", script.path(), number + 1, line.trim()));
        }
    }
    wrong
}

#[track_caller]
fn check(files: &[(&str, &str)]) {
    let project = project(files);
    let mut count = 0;
    let wrong: Vec<String> = project.scripts().flat_map(|script| wrong_lines(&script, &mut count)).collect();
    assert!(count > 0, "nothing is asked");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    same_by_file_and_at_once(&project);
}

/// What is worked out file by file is what all files show at once, in the same order. A check of all files takes the
/// second way.
#[track_caller]
fn same_by_file_and_at_once(project: &Project) {
    let by_file = ways(project);
    assert!(!project.all_diagnostics().is_empty());
    assert_eq!(by_file, ways(project));
}

/// The ways to every function and file.
fn ways(project: &Project) -> Vec<Vec<String>> {
    let functions = project.scripts().flat_map(|script| {
        let functions: Vec<_> = script.tree().functions().map(|(id, _)| Some(id)).collect();
        let places = functions.into_iter().chain([None]);
        places.map(move |id| script.reached_by(id).iter().map(describe).collect())
    });
    functions.collect()
}

/// Takes each line out of each file and puts it back; what was known before must not be remembered.
#[test]
fn after_every_change_the_ways_are_those_of_a_project_made_afresh() {
    let mut files = [
        (
            "main.lua",
            r#"
local shared = require("shared")
local each = require("each")
local mod = {}
local function note(text) print(text) end
local function query() end
function mod:validate_data(msg, accept, vctx)
  each.value({ 1 }, note)
  each.later(query)
  each.value({ 2 }, shared.stamp)
  pcall(shared.stamp, msg)
end
msys.registerModule("main", mod)
"#
            .to_owned(),
        ),
        (
            "each.lua",
            r#"
local each = {}
local function call(f, value) f(value) end
function each.value(list, f)
  for _, value in ipairs(list) do call(f, value) end
end
function each.later(f) msys.runInPool("IO", f) end
return each
"#
            .to_owned(),
        ),
        (
            "shared.lua",
            r#"
local shared = {}
function shared.stamp(msg) shared.log(msg) end
function shared.log(msg) end
shared.callouts = { validate_connect = function() shared.stamp(nil) end }
return shared
"#
            .to_owned(),
        ),
        (
            "other.lua",
            r#"
local shared = require("shared")
msys.registerModule("other", shared.callouts)
require("each").value({}, shared.log)
"#
            .to_owned(),
        ),
    ];
    let made_of = |files: &[(&str, String)]| {
        project(&files.iter().map(|(path, text)| (*path, text.as_str())).collect::<Vec<_>>())
    };
    let mut kept = made_of(&files);
    let whole = ways(&kept);
    let mut different = 0;
    for index in 0..files.len() {
        let (path, text) = files[index].clone();
        for line in 0..text.lines().count() {
            let shorter: Vec<&str> = text
                .lines()
                .enumerate()
                .filter(|(number, _)| *number != line)
                .map(|(_, line)| line)
                .collect();
            files[index].1 = shorter.join("\n");
            kept.set_file(path, FileKind::Lua, files[index].1.as_str());
            kept.update();
            let now = ways(&kept);
            assert_eq!(now, ways(&made_of(&files)), "{path} without line {}", line + 1);
            different += usize::from(now != whole);
            files[index].1.clone_from(&text);
            kept.set_file(path, FileKind::Lua, text.as_str());
            kept.update();
            assert_eq!(ways(&kept), whole, "{path} with line {} again", line + 1);
        }
    }
    assert!(different > 20, "only {different} changes matter");
}

#[test]
fn every_example_is_reached_the_same_way_by_file_and_at_once() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples");
    let mut files = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(root)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "lua") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(files.len() > 10);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    same_by_file_and_at_once(&project(&files));
}

#[test]
fn local_functions_are_reached_by_their_callers() {
    check(&[(
        "main.lua",
        r#"
local mod = {}
local function stamp(msg)                             --> validate_data > check > stamp; validate_data_spool > stamp
  msg:header("X-Seen", "yes")
end
local function check(msg) stamp(msg) end              --> validate_data > check
local function idle() end                             --> never
local function at_load() end                          --> load > at_load
function mod:validate_data(msg, accept, vctx)         --> validate_data
  check(msg)
end
mod.validate_data_spool = function(self, msg)         --> validate_data_spool
  stamp(msg)
end
at_load()
msys.registerModule("mod", mod)
"#,
    )]);
}

#[test]
fn calls_lead_through_files() {
    check(&[
        (
            "main.lua",
            r#"
local shared = require("shared")
require("legacy")
local mod = {}
function mod:validate_rcptto(msg, str, accept, vctx)
  shared.refuse(vctx)
  legacy.note(msg)
  count_one()
end
function mod:validate_data(msg, accept, vctx)
  local refuse = shared.refuse
  refuse(vctx)
end
msys.registerModule("mod", mod)
"#,
        ),
        (
            "shared.lua",
            r#"
local M = {}
local function reply(vctx, code)    --> validate_rcptto > shared.refuse > reply; validate_data > refuse > reply
  vctx:set_code(code, "no")
end
function M.refuse(vctx)             --> validate_rcptto > shared.refuse; validate_data > refuse
  reply(vctx, 550)
end
M.unused = function() end           --> never
return M
"#,
        ),
        (
            "legacy.lua",
            r#"
module("legacy", package.seeall)
function note(msg) print(msg) end   --> validate_rcptto > legacy.note
"#,
        ),
        ("count.lua", "function count_one() end   --> validate_rcptto > count_one\n"),
    ]);
}

#[test]
fn callouts_of_a_table_may_stand_in_another_file() {
    check(&[
        (
            "main.lua",
            r#"
local shared = require("shared")
msys.registerModule("main", { validate_connect = shared.on_connect })
"#,
        ),
        ("shared.lua", "return { on_connect = function(self, accept, vctx) end }   --> validate_connect\n"),
    ]);
}

#[test]
fn methods_are_calls() {
    check(&[(
        "main.lua",
        r#"
local Counter = {}
Counter.__index = Counter
function Counter.new() return setmetatable({}, Counter) end   --> validate_ehlo > Counter.new
function Counter:add() self:store() end                       --> validate_ehlo > c:add
function Counter:store() end                                  --> validate_ehlo > c:add > self:store
local mod = {}
function mod:validate_ehlo(str, accept, vctx)
  local c = Counter.new()
  c:add()
end
msys.registerModule("mod", mod)
"#,
    )]);
}

#[test]
fn functions_that_are_given_away_are_reached_by_the_giver() {
    check(&[(
        "main.lua",
        r#"
local mod = {}
local function guarded(f) return pcall(f) end         --> validate_data > guarded; validate_connect > guarded
local function twice(f) f() f() end                   --> validate_data > twice; validate_connect > twice
local function on_data() end                          --> validate_data > on_data
local function forget(f) end                          --> validate_data > forget
function mod:validate_data(msg, accept, vctx)
  guarded(function() end)                             --> validate_data > function
  twice(on_data)
  forget(function() end)                              --> never
  pcall(function() end)                               --> validate_data > function
  local text = string.gsub("a", "a", function() end)  --> validate_data > function
end
function mod:validate_connect(accept, vctx)
  guarded(function() end)                             --> validate_connect > function
  twice(function() end)                               --> validate_connect > function
end
msys.registerModule("mod", mod)
"#,
    )]);
}

#[test]
fn pools_are_marked() {
    check(&[(
        "main.lua",
        r#"
require("msys.threadpool")
local mod = {}
local function query() end                            --> validate_data > function > query [pool]
local function both() end                             --> validate_data > function > both [pool]; validate_data > both
local function in_io(f)                               --> validate_data > in_io
  return msys.runInPool("IO", f)
end
local function in_cpu(f)                              --> validate_data > in_cpu
  return msys.runInPool("CPU", function() return f() end)   --> validate_data > in_cpu > function [pool]
end
function mod:validate_data(msg, accept, vctx)
  msys.runInPool("IO", function() query() both() end) --> validate_data > function [pool]
  both()
  in_io(function() end)                               --> validate_data > function [pool]
  in_cpu(function() end)                              --> validate_data > function [pool]
end
msys.registerModule("mod", mod)
"#,
    )]);
}

#[test]
fn what_is_handed_to_the_server_runs_later() {
    check(&[(
        "main.lua",
        r#"
require("msys.timer")
local mod = {}
local function refresh() end                          --> msys.timer.every > refresh
function mod:init()                                   --> init
  mod.timer = msys.timer.every(60, function() refresh() end)   --> msys.timer.every
  return true
end
msys.registerModule("mod", mod)
"#,
    )]);
}

#[test]
fn init_of_a_table_that_is_not_registered_is_an_ordinary_function() {
    check(&[(
        "main.lua",
        r#"
local cache = {}
function cache.init() end                             --> validate_data > cache.init
local mod = {}
function mod:validate_data(msg, accept, vctx) cache.init() end
msys.registerModule("mod", mod)
"#,
    )]);
}

#[test]
fn recursion_ends() {
    check(&[
        (
            "main.lua",
            r#"
local other = require("other")
local mod = {}
local function down(n)                                --> validate_data > down
  if n > 0 then return down(n - 1) end
  return other.up(n)
end
function mod:validate_data(msg, accept, vctx) down(3) end
function mod.again(n) return down(n) end
other.again = mod.again
msys.registerModule("mod", mod)
"#,
        ),
        (
            "other.lua",
            "local M = {}\nfunction M.up(n) return M.up(n) end  --> validate_data > down > other.up\nreturn M\n",
        ),
    ]);
}

#[test]
fn one_of_several_is_not_certain() {
    check(&[(
        "main.lua",
        r#"
local mod = {}
local function strict() end                           --> validate_connect > check [perhaps]; validate_data > strict
local function lax() end                              --> validate_connect > check [perhaps]
function mod:validate_connect(accept, vctx)
  local check = lax
  if accept.remote_addr == "" then check = strict end
  check()
end
function mod:validate_data(msg, accept, vctx)
  strict()
end
msys.registerModule("mod", mod)
"#,
    )]);
}

#[test]
fn iterators_are_called() {
    check(&[(
        "main.lua",
        r#"
local mod = {}
local function next_part() end                        --> validate_data > next_part
function mod:validate_data(msg, accept, vctx)
  for part in next_part do print(part) end
end
msys.registerModule("mod", mod)
"#,
    )]);
}

#[test]
fn a_change_is_seen_after_the_update() {
    let main =
        "local shared = require('shared')\nlocal mod = {}\nfunction mod:validate_data() shared.f() end\n";
    let mut project = project(&[("main.lua", main), ("shared.lua", "return { f = function() end }\n")]);
    let id = project.file("shared.lua").unwrap();
    let ways = |project: &Project| -> Vec<String> {
        let script = project.script(id).unwrap();
        let (function, _) = script.tree().functions().next().unwrap();
        script.reached_by(Some(function)).iter().map(describe).collect()
    };
    assert_eq!(ways(&project), ["validate_data > shared.f"]);
    project.set_file("main.lua", FileKind::Lua, main.replace("validate_data", "validate_connect"));
    project.update();
    assert_eq!(ways(&project), ["validate_connect > shared.f"]);
    let main = project.file("main.lua").unwrap();
    project.remove_file(main);
    project.update();
    assert!(ways(&project).is_empty());
}
