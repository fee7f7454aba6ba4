// target=4.2
-- Written on a new node, running on old ones.

require("msys.core")
require("msys.validate.openarc")
require("msys.extended.message")
require("msys.extended.vctx")

local mod = {}

local function seal(msg)
  local arc = msys.validate.openarc
  return arc.verify(msg)
--           ^^^^^^ unavailable-api
end

function mod:validate_data_spool(msg, accept, vctx)
  if seal(msg) then
    local inst = msys.core.scheduler_for_domain("example.com")
--                         ^^^^^^^^^^^^^^^^^^^^ unavailable-api
    msys.runInInst(inst, function() print("elsewhere") end)
--       ^^^^^^^^^ unavailable-api
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("new_node", mod)
