require("msys.core")
require("msys.extended.message")

local mod = {}

function mod:validate_data(msg, accept, vctx)
  if msg:header("X-Campaign")[1] and vctx:get(msys.core.VCTX_CONN, "customer") == "" then
    vctx:set_code(550, "5.7.1 Campaigns are for customers")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("limits", mod)
