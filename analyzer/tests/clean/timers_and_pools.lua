-- A timer that outlives init, work in a thread pool, and a file that the pool reads.

require("msys.core")
require("msys.timer")
require("msys.extended.vctx")

local LIST = "/opt/msys/ecelerity/etc/blocked.txt"
local mod = {}
local blocked = { version = 0, names = {} }

local function read_list()
  local file, failure = io.open(LIST, "r")
  if not file then
    return nil, failure
  end
  local names = {}
  for line in file:lines() do
    local name = line:match("^%s*([^#%s]+)")
    if name then
      names[name:lower()] = true
    end
  end
  file:close()
  return names
end

local function refresh()
  local ok, names, failure = msys.runInPool("IO", read_list)
  if ok and names then
    msys.lock("blocked")
    blocked.names = names
    blocked.version = blocked.version + 1
    msys.unlock("blocked")
  else
    print("timers_and_pools:", failure or names)
  end
end

function mod:init()
  refresh_timer = msys.timer.every(600, refresh)
  return true
end

function mod:deinit()
  refresh_timer = nil
  return true
end

function mod:validate_ehlo(str, accept, vctx)
  local name = string.lower(vctx:get(msys.core.VCTX_CONN, "ehlo_domain"))
  if blocked.names[name] then
    vctx:disconnect(550, "5.7.1 " .. name .. " is blocked")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("timers_and_pools", mod)
