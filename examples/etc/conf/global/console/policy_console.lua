-- The console command "policy", and the hourly summary of what was delivered.

require("msys.core")
require("msys.cidr")
require("msys.counter")
require("msys.threadpool")
require("msys.timer")

local KINDS = { "delivered", "deferred", "failed" }
local RELOADABLE = { partners = true, blocked = true }

local function counts()
  local words = {}
  for _, kind in ipairs(KINDS) do
    words[#words + 1] = kind .. " " .. msys.counter.read("/site/delivery/" .. kind)
  end
  return table.concat(words, ", ")
end

local function show()
  print(counts())
  local pool = msys.threadpool.stat("policy_log")
  if pool then
    print("policy_log: " .. pool.job_num_queued .. " lines wait")
  end
end

local function reload(name)
  if not RELOADABLE[name] then
    print("there is no table " .. name)
    return
  end
  local done, failure = msys.runInPool("IO", function()
    msys.cidr.reload(name)
  end)
  if done then
    print(name .. " is loaded again")
  else
    print(name .. ": " .. tostring(failure))
  end
end

local function policy(cc)
  local verb = "show"
  if cc.argc > 1 then
    verb = cc.argv[1]
  end
  if verb == "show" then
    show()
  elseif verb == "reload" and cc.argc > 2 then
    reload(cc.argv[2])
  else
    print("usage: policy [show | reload TABLE]")
  end
end

local mod = {}

function mod:rsrc_setup()
  msys.registerControl("policy", policy)
  return true
end

function mod:init()
  -- A global, so that it is not collected.
  policy_summary_timer = msys.timer.every(3600, function()
    print("policy: " .. counts())
    for _, kind in ipairs(KINDS) do
      msys.counter.reset("/site/delivery/" .. kind)
    end
  end, "policy summary")
  return true
end

function mod:deinit()
  if policy_summary_timer then
    policy_summary_timer:stop()
  end
  return true
end

msys.registerModule("policy_console", mod)
