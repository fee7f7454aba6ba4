require("msys.core")
local mod = {}

function mod:validate_rcptto(msg, str, accept, vctx)
  if tostring(str):find("zoe") then
    vctx:set_code(550, "5.1.1 no such user here")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

function mod:core_log_permanent_failure_v1()
  return 0
end

msys.registerModule("recipients", mod)
