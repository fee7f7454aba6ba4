local mod = {}

function mod:validate_data_spool(msg, accept, vctx)
  msg:context_set(msys.core.VCTX_MESS, "campaign", "spring")
  local last_campaign = "spring"
  return msys.core.VALIDATE_CONT
end

msys.registerModule("campaign", mod)
