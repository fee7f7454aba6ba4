require("msys.core")
require("msys.extended.vctx")
local names = require("inbound.names")
local mod = {}
function mod:validate_connect(accept, vctx)
  vctx:tarpit(2)
  return msys.core.VALIDATE_CONT
end
function mod:validate_mailfrom(str, accept, vctx)
  if names.blocked[vctx:get(msys.core.VCTX_MESS, "mailfrom_domain")] then
    vctx:set_code(554, "5.7.1 not from there")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end
msys.registerModule("greeting", mod)
