-- Headers and context for all mail; some of it moved here from other scripts, without their requires.

require("msys.core")
require("msys.extended.vctx")

local stamping = {}

local function stamp(msg, name, value)
  msg:header(name, value, "replace")
--    ^^^^^^ missing-require:msys.extended.message
end

local function network_of(vctx)
  return msys.cidr.query("networks") or "unknown"
--                 ^^^^^ missing-require:msys.cidr
end

function stamping:validate_data_spool(msg, accept, vctx)
  stamp(msg, "X-Network", network_of(vctx))
  if msg:num_recipents() == 0 then
--       ^^^^^^^^^^^^^ unknown-api
    return msys.core.VALIDATE_DONNE
--                   ^^^^^^^^^^^^^^ unknown-api
  end
  return msys.core.VALIDATE_CONT
end

local function on_rcptto(_, msg, str, accept, vctx)
  local session = vctx
  if session:gett(msys.core.VCTX_CONN, "listener") ~= "" then
--           ^^^^ unknown-api
    msg:rcptto()
  end
  return msys.core.VALIDATE_CONT
end

stamping.validate_rcptto = on_rcptto
msys.registerModule("stamping", stamping)
//- /policy/lists.lua
local lists = { "example.com", "example.net" }
local mod = {}

local function count(list)
  return table.getn(list)
--             ^^^^ deprecated-api
end

function mod:validate_connect(accept, vctx)
  local getn = table.getn
--                   ^^^^ deprecated-api
  print(count(lists), getn(lists))
  table.foreach(lists, function(index, name) print(index, name) end)
--      ^^^^^^^ deprecated-api
  return msys.core.VALIDATE_CONT
end

msys.registerModule("lists", mod)
--<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-core
//- /policy/counters.lua
local register = msys.registerModule

register("counters", {
--<^^^^^^^^^^^^^^^^^^^^^^... missing-core
  validate_data = function(self, msg, accept, vctx)
    local counter = msys.counter
    if vctx:get(1, "x") == "" then
      counter.inc("/site/messages")
--            ^^^ missing-require:msys.counter
    end
    return 1
  end,
})
//- /policy/old.lua
local old = {}

old["validate_ehlo"] = function(self, str, accept, vctx)
  return msys.core.VALIDATE_CONT
end

msys.registerModule("old", old)
--<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-core
