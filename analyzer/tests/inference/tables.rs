//! Tables, objects and classes, in one file or several.

use crate::{check, check_files};

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
