-- A scanner that must not break the session: whoever wrote it wrapped every call.

local core = require("msys.core")
local brightmail = require("msys.brightmail")
require("msys.cloudmark")
require("msys.commtouch")

local function safely(what, ...)
  local ok, result = pcall(what, ...)
--                         ^^^^ pcall-yield: `msys.commtouch.diagnose`
  if not ok then
    print("scan failed: " .. tostring(result))
    return nil
  end
  return result
end

local function ask_commtouch(msg, accept, vctx)
  return msys.commtouch.diagnose(msg, accept, vctx)
end

local scans = {}

function scans:validate_data(msg, accept, vctx)
  local ok = xpcall(function()
    msys.cloudmark.score(msg, accept, vctx)
--  ^^^^^^^^^^^^^^^^^^^^ pcall-yield: below `xpcall`
  end, function(failure) return "cloudmark: " .. tostring(failure) end)
  if not ok then
    print("cloudmark did not answer")
  end
  safely(ask_commtouch, msg, accept, vctx)
  return core.VALIDATE_CONT
end

scans.validate_data_spool = function(self, msg, accept, vctx)
  local scan = brightmail.scan
  local _, failure = pcall(scan, msg, accept, vctx)
--                         ^^^^ pcall-yield: `msys.brightmail.scan`
  if failure then print(failure) end
  return core.VALIDATE_CONT
end

msys.registerModule("scans", scans)
