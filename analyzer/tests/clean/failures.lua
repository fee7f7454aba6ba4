-- Errors are caught and told: xpcall with a handler, results with a reason, cleaning up at the end.

local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")
require("json")

local failures = {}

local function handler(reason)
  return debug.traceback(tostring(reason), 2)
end

local function parse(text)
  if type(text) ~= "string" or #text == 0 then
    return nil, "no text"
  end
  local ok, value = pcall(json.decode, text)
  if not ok then
    return nil, value
  end
  return value
end

local function settings_of(msg)
  local values = msg:header("X-Settings")
  if next(values) == nil then
    return {}
  end
  local settings, reason = parse(values[1])
  if not settings then
    print("failures: " .. tostring(reason))
    return {}
  end
  return settings
end

local function work(msg, vctx)
  local settings = settings_of(msg)
  for _, name in ipairs({ "campaign", "tenant" }) do
    local value = settings[name]
    if value ~= nil then
      vctx:set(core.VCTX_MESS, name, tostring(value))
    end
  end
  return true
end

function failures:validate_data_spool(msg, accept, vctx)
  local ok, result = xpcall(function() return work(msg, vctx) end, handler)
  if not ok then
    print(result)
    vctx:set_code(451, "4.3.0 Local problem, try again later")
    return core.VALIDATE_DONE
  end
  return core.VALIDATE_CONT
end

msys.registerModule("failures", failures)
