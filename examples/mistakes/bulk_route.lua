-- Bulk mail leaves by its own address.

require("msys.core")
require("msys.extended.message")
require("msys.timer")

local mod = {}

function mod:init()
  local refresh = msys.timer.every(0600, function()
    print("bulk_route: still here")
  end)
end

function mod:validate_set_binding(msg)
  local precedence = msg:header("Precedence")[1]
  if precedence == "bulk" then
    if not msg:bindng("bulk") then
      msg:discard("no binding for bulk mail")
      return msys.core.VALIDATE_AGAIN
    end
    return msys.core.VALIDATE_DONE
  elseif precedence == "urgent" then
    msg.priority = 5
  end
  last_precedence = precedence
  return msys.core.VALIDATE_CONT
end

msys.registerModule("bulk_route", mod)
