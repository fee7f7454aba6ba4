-- Callouts that a loop makes, inherited callouts, and a table that answers calls.

local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local counts = setmetatable({}, {
  __index = function() return 0 end,
  __call = function(self, name)
    rawset(self, name, self[name] + 1)
    return self[name]
  end,
})

local base = {}

function base:init()
  print("generated_callouts: ready")
  return true
end

local observer = setmetatable({}, { __index = base })

for _, phase in ipairs({ "ehlo", "mailfrom" }) do
  observer["validate_" .. phase] = function(self, str, accept, vctx)
    vctx:set(core.VCTX_CONN, "last_phase", phase)
    return core.VALIDATE_CONT
  end
end

observer.validate_connect = function(_, _, vctx)
  vctx:set(core.VCTX_CONN, "number", tostring(counts("connections")))
  return core.VALIDATE_CONT
end

local function traced(callout)
  return function(self, ...)
    local ok, result = pcall(callout, self, ...)
    if ok then
      return result
    end
    print("generated_callouts: " .. tostring(result))
    return core.VALIDATE_CONT
  end
end

observer.validate_data = traced(function(self, msg, accept, vctx)
  msg:header("X-Number", vctx:get(core.VCTX_CONN, "number"), "replace")
  return core.VALIDATE_CONT
end)

msys.registerModule("generated_callouts", observer)
