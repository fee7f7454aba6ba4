//! What the analysis knows of values: `--> type` behind a line is the type of the expression that the line ends with
//! (the value of a `local`, an assignment or a `return`, or the last argument of a call).

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input has to fail")]

use momentum_lua_analyzer::project::{FileKind, Project, Settings};
use momentum_lua_analyzer::syntax::tree::{ExpressionKind, StatementKind};
use rustc_hash::FxHashMap;
use std::sync::Arc;

fn check(source: &str) {
    check_files(&[("main.lua", source)]);
}

fn check_files(files: &[(&str, &str)]) {
    let settings =
        Settings { target: "5.4".parse().unwrap(), severities: FxHashMap::default(), select: Vec::new() };
    let mut project = Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings);
    let ids: Vec<_> = files.iter().map(|(path, text)| project.set_file(path, FileKind::Lua, *text)).collect();
    project.update();
    let mut wrong = Vec::new();
    let mut count = 0;
    for id in ids {
        let script = project.script(id).unwrap();
        let tree = script.tree();
        for (number, line) in script.text().lines().enumerate() {
            let Some((_, wanted)) = line.split_once("--> ") else { continue };
            count += 1;
            let on_line = |span: momentum_lua_analyzer::syntax::Span| {
                script.lines().line(span.end.saturating_sub(1)) as usize == number
            };
            let values = tree.statements().filter(|(_, statement)| on_line(statement.span)).filter_map(
                |(_, statement)| match &statement.kind {
                    StatementKind::Local { values, .. }
                    | StatementKind::Assign { values, .. }
                    | StatementKind::Return(values) => values.last().copied(),
                    StatementKind::Call(call) => match &tree.expression(*call).kind {
                        ExpressionKind::Call(call) => call.arguments.last().copied(),
                        _ => None,
                    },
                    _ => None,
                },
            );
            let found: Vec<String> = values.map(|value| script.type_of(value).to_string()).collect();
            if found.last().map(String::as_str) != Some(wanted.trim()) {
                wrong.push(format!("{}:{}: {}\n  found {found:?}", script.path(), number + 1, line.trim()));
            }
        }
    }
    assert!(count > 0, "nothing is asked");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_that_several_files_write_to() {
    check_files(&[
        (
            "main.lua",
            r#"
local core = require("msys.core")
local site = require("site")
require("more")
function site:validate_data(msg, accept, vctx)
  print(msg)                                --> ec_message
  return core.VALIDATE_CONT
end
site.names[#site.names + 1] = "mx"
print(site.limit)                           --> number
print(site.greet("you"))                    --> string
print(site.names[1])                        --> "mx"
print(site.missing)                         --> nil
local made = site.make()
made.owner = 7
print(made.owner)                           --> 7
print(made.kind)                            --> "made"
"#,
        ),
        (
            "more.lua",
            r#"
local site = require("site")
site.limit = tonumber("10") or 1
function site.greet(name)
  print(name)                               --> string
  return "hello " .. name
end
"#,
        ),
        (
            "site.lua",
            r#"
local site = { names = {} }
function site.make() return { kind = "made" } end
for _, name in ipairs(site.names) do
  print(name)                               --> "mx"
end
return site
"#,
        ),
    ]);
}

#[test]
fn objects_of_a_class_that_other_files_make() {
    check_files(&[
        (
            "main.lua",
            r#"
local Limit = require("limit")
local limit = setmetatable({ most = 5 }, Limit)
print(limit:text())                         --> unknown
"#,
        ),
        (
            "limit.lua",
            r#"
local Limit = {}
Limit.__index = Limit
function Limit:text()
  print(self.most)                          --> unknown
  return "at most " .. self.most
end
return Limit
"#,
        ),
    ]);
}

#[test]
fn parameters_in_the_wrong_place_are_taken_for_nothing() {
    check(
        r#"
local mod = {}
function mod:validate_connect(vctx, accept)
  print(vctx)                               --> unknown
end
function mod.validate_ehlo(str, accept, vctx)
  print(vctx)                               --> unknown
end
function mod:validate_mailfrom(sender, ac, context)
  print(ac)                                 --> accept_construct
  print(sender)                             --> ec_string
end
"#,
    );
}

#[test]
fn callouts_type_their_parameters() {
    check(
        r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local m = msg                           --> ec_message
  local v = vctx                          --> validate_context
  local subject = msg:header("Subject")   --> string[]
  local first = msg:header("Subject")[1]  --> string?
  if subject[1] then
    local s = subject[1]                  --> string
  end
  if #subject > 0 then
    local s = subject[1]                  --> string
  end
  return msys.core.VALIDATE_CONT          --> msys.core.VALIDATE_CONT
end
mod.validate_rcptto = function(self, msg, str, accept, vctx)
  local s = str                           --> ec_string
end
local other = { validate_ehlo = function(self, str, accept, vctx) print(str) end } --> table
msys.registerModule("mod", mod)           --> table
"#,
    );
}

#[test]
fn helpers_learn_from_their_callers() {
    check(
        r#"
local core = require("msys.core")
local function first(msg, name)
  local values = msg:header(name)         --> string[]
  return values[1]
end
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  local value = first(msg, "X-Campaign")  --> string?
  local kind = value or "none"            --> string
  return core.VALIDATE_CONT
end
"#,
    );
}

#[test]
fn conditions_narrow() {
    check(
        r#"
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  local id = msg:header("X-Id")[1]
  if not id then return msys.core.VALIDATE_CONT end
  local a = id                            --> string
  local other = msg:header("X-Other")[1]
  if other != nil and #other > 3 then
    local b = other                       --> string
  end
  local c = other                         --> string?
  local d = tostring(other)               --> string
  local n = tonumber(id)                  --> number?
  assert(n)
  local m = n                             --> number
  local x = unknown_thing()
  if type(x) == "string" then
    local y = x                           --> string
  end
end
"#,
    );
}

#[test]
fn modules_reach_across_files() {
    check_files(&[
        (
            "limits.lua",
            r#"
local M = { most = 10 }
function M.allow(msg, n)
  local m = msg                           --> ec_message
  return n < M.most
end
return M
"#,
        ),
        (
            "main.lua",
            r#"
local limits = require("limits")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local most = limits.most                --> 10
  local ok = limits.allow(msg, 3)         --> boolean
end
"#,
        ),
    ]);
}

#[test]
fn absent_keys_are_nil_only_where_that_is_known() {
    check(
        r#"
local function console(cc)
  local c = cc                            --> command_construct
  local name = cc.argv[1]                 --> string
end
msys.registerControl("x", console)        --> function
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  local all = msg:header("Received")
  for i = 1, #all do
    local one = all[i]                    --> string
  end
  for i, one in ipairs(all) do
    local same = one                      --> string
  end
  local list = { "a", "b" }
  local a = list[1]                       --> "a"|"b"
end
"#,
    );
}

#[test]
fn upvalues_have_what_they_are_ever_given() {
    check(
        r#"
local db
local mod = {}
function mod:init()
  db = msys.counter.open("/x")
  return true
end
function mod:validate_connect(accept, vctx)
  local d = db                            --> msys.counter.handle
end
"#,
    );
}

#[test]
fn recursion_and_circles_end() {
    check(
        r#"
local function down(n)
  if n == 0 then return "done" end
  return down(n - 1)
end
local x = down(3)                         --> "done"
local even, odd
function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
local y = even(4)                         --> boolean
local t = {}
t.self = t
local z = t.self.self                     --> table
"#,
    );
}

#[test]
fn functions_that_raise_do_not_come_back() {
    check(
        r#"
local function fail(what) error("no " .. what) end
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local id = msg:header("X-Id")[1]
  if not id then
    fail("id")
  end
  local a = id                            --> string
  local b = setmetatable({}, { __index = mod })
  local c = b.validate_data               --> function
  local ok, n = pcall(function() return 5 end)
  local t = type(n)                       --> string
  return msys.core.VALIDATE_CONT          --> msys.core.VALIDATE_CONT
end
"#,
    );
}

#[test]
fn environments_of_modules_hold_globals() {
    check(
        r#"
module("policy.tariff", package.seeall)
most = 5
function rate(msg) return most end
local a = most                            --> 5
local b = _M.rate                         --> function
function validate_data(self, msg, accept, vctx)
  local m = msg                           --> ec_message
end
"#,
    );
}

#[test]
fn a_call_forgets_only_what_it_can_change() {
    check(
        r#"
local shared = {}
local function log(what) shared.last = what end
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local ids = msg:header("X-Id")
  if ids[1] then
    log("there")
    local a = ids[1]                      --> string
    log(ids)
    local b = ids[1]                      --> string?
  end
end
"#,
    );
}

#[test]
fn what_authors_wrote_wins() {
    check(
        r#"
---@class Limits
---@field most integer
---@field name? string
local Limits = {}

---@param limits Limits
---@param extra? string
---@return string reply
---@return integer? code
local function refuse(limits, extra)
  local most = limits.most                --> number
  local name = limits.name                --> string?
  local e = extra                         --> string?
  return unknown(limits)
end
local reply, code = refuse({})            --> string
local again = code                        --> number?

---@type ec_message
local msg = something()
local id = msg:header("X")                --> string[]

local function f(v)
  ---@cast v ec_message
  local h = v:header("Y")[1]              --> string?
end
"#,
    );
}
