require("msys.core")
local mod = {}
function mod:validate_connect(accept, vctx)
  local limit
  if accept.remote_addr > limit then
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end
msys.registerModule("failing", mod)
