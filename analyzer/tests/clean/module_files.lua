-- Modules in the old way: `module` with `package.seeall`, functions without a table in front.

require("msys.core")
require("site.lists")
require("msys.extended.vctx")

local mod = {}

function mod:validate_rcptto(msg, str, accept, vctx)
  local domain = vctx:get(msys.core.VCTX_MESS, "rcptto_domain")
  if site.lists.contains("blocked", domain) then
    vctx:set_code(550, "5.1.2 We do not send to " .. domain)
    return msys.core.VALIDATE_DONE
  elseif site.lists.count == 0 then
    print("module_files: the lists are empty")
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("module_files", mod)
//- /policy/site/lists.lua
module("site.lists", package.seeall)

local lists = {}
count = 0

local function load_list(name)
  local list = {}
  for line in string.gmatch("example.com\nexample.net\n", "[^\n]+") do
    list[line] = true
    count = count + 1
  end
  lists[name] = list
  return list
end

function contains(name, entry)
  local list = lists[name] or load_list(name)
  return list[string.lower(entry)] == true
end

function names()
  local found = {}
  for name, _ in pairs(lists) do
    found[#found + 1] = name
  end
  table.sort(found)
  return found
end
