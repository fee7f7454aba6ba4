local msys = require("msys")
local mod = {}

function mod:validate_connect(str, accept, vctx)
  if str == "10.0.0.1"
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("limits", mod)
