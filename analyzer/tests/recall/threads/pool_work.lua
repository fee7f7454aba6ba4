-- Work in pools, locks and timers.

require("msys.core")
require("msys.datasource")
require("msys.db")
require("msys.timer")
require("msys.extended.vctx")

local mod = {}
local hits = 0
local seen = {}
local lock = thread.mutex()

local function append(line)
  local log = io.open("/var/log/policy.log", "a")
--            ^^^^^^^ blocking-call
  if log then
    log:write(line .. "\n")
    log:close()
  end
end

local function store(sender)
  msys.lock("senders")
  local known = msys.db.fetch_row("policy", "SELECT n FROM senders WHERE name = ?", { sender })
--              ^^^^^^^^^^^^^^^^^ lock-across-yield
  msys.unlock("senders")
  return known
end

local function pause()
  msys.sleep(0.1)
end

local function guarded(name)
  lock:lock()
  if not seen[name] then
    pause()
--  ^^^^^ lock-across-yield
  end
  lock:unlock()
end

function mod:init()
  msys.timer.every(60, function() hits = 0 end)
--^^^^^^^^^^^^^^^^ timer-lost
  local first = msys.timer.after(5, function() print("five seconds") end)
--              ^^^^^^^^^^^^^^^^ timer-lost
  return true
end

function mod:validate_connect(accept, vctx)
  hits = hits + 1
--^^^^ shared-state
  append("connection " .. hits)
  local ok, answer = msys.runInPool("IO", function() return os.time() end, true)
--                   ^^^^^^^^^^^^^^ async-result
  if ok then
    print(answer)
  end
  return msys.core.VALIDATE_CONT
end

mod.validate_mailfrom = function(self, str, accept, vctx)
  local sender = tostring(str)
  seen[sender] = true
--^^^^^^^^^^^^ shared-state
  guarded(sender)
  if store(sender) then
    os.execute("/usr/local/bin/known " .. sender)
--  ^^^^^^^^^^ blocking-call
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("pool_work", mod)
