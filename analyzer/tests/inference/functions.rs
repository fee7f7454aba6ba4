//! Functions: their parameters, what they give back and what they change.

use crate::{check, check_files};

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
fn callouts_find_the_functions_of_their_table_in_self() {
    check(
        r#"
local mod = { limit = 5 }
function mod:validate_data(msg, accept, vctx)
  print(self.limit)                         --> unknown
  print(self:weigh(msg, vctx))              --> 1|2
  self.weight = 5
  print(self.weight)                        --> 5
  print(self:nothing())                     --> unknown
  return msys.core.VALIDATE_CONT
end
mod.validate_ehlo = function(this, str, accept, vctx)
  print(this.named())                       --> "a"
  return msys.core.VALIDATE_CONT
end
function mod.named() return "a" end
function mod:weigh(message, context)
  print(message)                            --> ec_message
  return self:is_heavy(context) and 1 or 2
end
function mod:is_heavy(context)
  print(context)                            --> validate_context
  return true == context:exists(1, "a")
end
msys.registerModule("mod", mod)
"#,
    );
    check(
        r#"
local base = {}
function base:score(msg) error("which one?") end
function base:validate_data(msg, accept, vctx)
  print(self:score(msg))                    --> unknown
  return msys.core.VALIDATE_CONT
end
local mod = setmetatable({}, { __index = base })
function mod:score(msg) return 5 end
msys.registerModule("mod", mod)
"#,
    );
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
