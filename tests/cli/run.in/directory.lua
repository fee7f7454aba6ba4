-- Takes mail for people we know, and says which stream it is.
require("msys.core")
require("msys.extended.message")

local mod = {}
local known = { anna = true, ben = true, recipient = true }

function mod:validate_rcptto(msg, str, accept, vctx)
  local localpart = vctx:get(msys.core.VCTX_MESS, "rcptto_localpart")
  if not known[localpart] then
    vctx:set_code(550, "5.1.1 no such user here")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

function mod:validate_data_spool_each_rcpt(msg, accept, vctx)
  if msg:mailfrom() == "news@shop.example" then
    vctx:set(msys.core.VCTX_MESS, "stream", "bulk")
    print("newsletter for", msg:rcptto())
  end
  return msys.core.VALIDATE_CONT
end

function mod:validate_set_binding(msg)
  if msg:context_get(msys.core.ECMESS_CTX_MESS, "stream") ~= "bulk" then
    msg.priority = 1
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("directory", mod)
