-- A scanner that is asked in a pool; statistics by a timer of its own.

local core = require("msys.core")
local timer = require("msys.timer")
require("msys.extended.vctx")

local scanner = {}
local statistics = { scanned = 0, infected = 0 }

local function scan(path)
  local pipe = io.popen("clamdscan " .. path)
--             ^^^^^^^^ blocking-call
  if not pipe then
    return nil
  end
  local answer = pipe:read("*a")
  pipe:close()
  return answer
end

local function in_pool(path)
  return msys.runInPool("scan", scan, true)
end

local function count(verdict)
  if verdict then
    statistics.infected = statistics.infected + 1
--  ^^^^^^^^^^^^^^^^^^^ shared-state
  end
end

local function start()
  local every = timer.every
  return every(300, function() print(statistics.scanned, statistics.infected) end)
end

function scanner:init()
  start()
--^^^^^ timer-lost
  return true
end

function scanner:validate_ehlo(str, accept, vctx)
  local verdict = in_pool("/tmp/x")
--                ^^^^^^^ async-result
  count(verdict)
  print(scan("/tmp/y"))
  local done = msys.runInPool("IO", function() end, function() end)
--             ^^^^^^^^^^^^^^ async-result
  if done then
    msys.lock("scan")
    msys.runInPool("IO", function() return 1 end)
--  ^^^^^^^^^^^^^^ lock-across-yield
    msys.unlock("scan")
  end
  return core.VALIDATE_CONT
end

msys.registerModule("scanner", scanner)
