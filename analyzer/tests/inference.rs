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
fn receivers_of_functions_of_other_files() {
    check_files(&[
        (
            "main.lua",
            r#"
local site = require("site")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  site:plain(msg)
  site.method(site, msg)
  site:method(msg)
  return msys.core.VALIDATE_CONT
end
"#,
        ),
        (
            "site.lua",
            r#"
local site = {}
site.plain = function(self, message)
  print(message)                            --> ec_message
end
function site:method(message)
  print(message)                            --> ec_message
end
return site
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

#[test]
fn values_flow_through_everything_that_holds_them() {
    check(
        r#"
local core = require("msys.core")
local mod = {}
local last
local function pair(msg, vctx) return msg, vctx, "third" end
local function keep(msg) last = msg end
local box = { inner = {} }
function mod:validate_data_spool(msg, accept, vctx)
  local m, v, third = pair(msg, vctx)
  print(v)                                --> validate_context
  print(third)                            --> "third"
  keep(m)
  print(last)                             --> ec_message
  local t = { message = m, list = { m } }
  print(t.message)                        --> ec_message
  print(t["message"])                     --> ec_message
  print(t.list[1])                        --> ec_message
  box.inner.message = m
  print(box.inner.message)                --> ec_message
  local get = m.header
  print(get(m, "Subject"))                --> string[]
  print(m:header("Subject")[1]:lower())   --> string
  print(v and m or nil)                   --> ec_message?
  print(m:header("X")[1] or "none")       --> string
  print(m:header("X")[1] and "yes" or "no") --> "yes"|"no"
  local swapped = m
  m, v = v, m
  print(m)                                --> validate_context
  print(swapped)                          --> ec_message
  return core.VALIDATE_CONT
end
"#,
    );
}

#[test]
fn functions_that_others_call_know_what_is_around_them() {
    check(
        r#"
require("msys.timer")
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  local ok, size = msys.runInPool("IO", function()
    print(msg)                            --> ec_message
    return #msg:header("To")
  end)
  print(ok)                               --> boolean
  local good, text = pcall(function() return msg:header("A")[1] end)
  if good and type(text) == "string" then
    print(text)                           --> string
  end
  late = msys.timer.after(5, function(...)
    print(vctx)                           --> validate_context
  end)
  local list = msg:header("To")
  table.sort(list, function(a, b)
    print(a)                              --> unknown
    return a < b
  end)
  return msys.core.VALIDATE_CONT
end
"#,
    );
}

#[test]
fn loops_give_what_is_iterated() {
    check(
        r#"
require("msys.db")
local json = require("json")
local weights = { spam = 3, bulk = 1 }
for name, weight in pairs(weights) do
  print(name)                             --> string
  print(weight)                           --> 3|1
end
for index, word in ipairs({ "a", "b" }) do
  print(index)                            --> number
  print(word)                             --> "a"|"b"
end
for row in msys.db.query("cache", "SELECT a FROM b") do
  print(row)                              --> msys.db.row
end
local function counter(limit)
  local at = 0
  return function()
    at = at + 1
    if at > limit then return nil end
    return at, "item"
  end
end
for number, name in counter(3) do
  print(number)                           --> number
  print(name)                             --> "item"?
end
for i = 10, 1, -1 do
  print(i)                                --> number
end
for word in string.gmatch("a b", "%a") do
  print(word)                             --> string
end
"#,
    );
}

#[test]
fn classes_with_metatables() {
    check(
        r#"
local Queue = {}
Queue.__index = Queue
function Queue.new(name)
  local self = setmetatable({}, Queue)
  self.name = name
  self.items = {}
  return self
end
function Queue:push(item)
  print(self.name)                        --> string
  self.items[#self.items + 1] = item
  return self
end
function Queue:first() return self.items[1] end
local queue = Queue.new(tostring(1))
print(queue.name)                         --> string
print(queue:push(5).name)                 --> string
print(queue:push(6):first())              --> 5|6
"#,
    );
}

#[test]
fn every_form_of_guard_narrows() {
    check(
        r#"
local mod = {}
local function must(value)
  if value == nil then error("nil") end
  return value
end
function mod:validate_data_spool(msg, accept, vctx)
  local a = msg:header("A")[1]
  if a then print(a)                      --> string
  end
  if a ~= nil then print(a)               --> string
  end
  if a != nil then print(a)               --> string
  end
  if nil ~= a then print(a)               --> string
  end
  if not (a == nil) then print(a)         --> string
  end
  if not a then
    print(a)                              --> nil
  else
    print(a)                              --> string
  end
  if a == nil or #a == 0 then
    print(a)                              --> nil|string
  else
    print(a)                              --> string
  end
  if a and vctx then print(a)             --> string
  end
  if type(a) == "string" then print(a)    --> string
  end
  if type(a) ~= "nil" then print(a)       --> string
  end
  print(a and a)                          --> nil|string
  local b = a or error("no a")            --> string
  local c = msg:header("C")[1]
  if not c then error("no c") end
  print(c)                                --> string
  local d = msg:header("D")[1]
  assert(d ~= nil, "no d")
  print(d)                                --> string
  local e = msg:header("E")[1]
  while not e do
    e = msg:header("F")[1]
  end
  print(e)                                --> string
  print(must(msg:header("G")[1]))         --> string
  local list = msg:header("H")
  if #list >= 1 then print(list[1])       --> string
  end
  if #list == 2 then print(list[2])       --> string
  end
  if 0 < #list then print(list[1])        --> string
  end
  if #list == 0 then return msys.core.VALIDATE_CONT end
  print(list[1])                          --> string
  list = msg:header("I")
  print(list[1])                          --> string?
  return msys.core.VALIDATE_CONT
end
"#,
    );
}

#[test]
fn narrowing_is_lost_where_a_value_may_change() {
    check(
        r#"
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  local current = msg:header("A")[1]
  local function renew() current = msg:header("B")[1] end
  if current then
    print(current)                        --> string
    renew()
    print(current)                        --> string?
  end
  local first = msg:header("C")[1]
  if first then
    for _, name in ipairs({ "D", "E" }) do
      print(first)                        --> string?
      first = msg:header(name)[1]
    end
  end
  local state = { id = msg:header("F")[1] }
  if state.id then
    print(state.id)                       --> string
    state.id = msg:header("G")[1]
    print(state.id)                       --> string?
  end
  local kept = msg:header("H")[1]
  if kept then
    renew()
    print(kept)                           --> string
  end
  local early = msg:header("I")[1]
  repeat
    if early then break end
    early = msg:header("J")[1]
  until early
  print(early)                            --> string
  return msys.core.VALIDATE_CONT
end
"#,
    );
}

#[test]
fn classes_that_another_file_declares() {
    check_files(&[
        (
            "main.lua",
            r#"
---@param tariff Tariff
local function price(tariff)
  print(tariff.rate)                      --> number
  return tariff.name
end
print(price(load_tariff()))               --> string?
"#,
        ),
        (
            "types.lua",
            r#"
---@class Tariff
---@field rate number
---@field name? string
"#,
        ),
    ]);
}

#[test]
fn asking_for_what_is_always_there_loses_nothing() {
    check(
        r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local id = msg and accept and msg:header("X-Id")[1]
  local a = msg                           --> ec_message
  if not accept then
    local b = accept                      --> unknown
    print("no session", b)
  end
  local c = accept                        --> accept_construct
  if not vctx then vctx = msg:header("X-Id") end
  local d = vctx                          --> string[]|validate_context
end
"#,
    );
}
