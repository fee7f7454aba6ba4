local mod = {}

function mod:validate_data_spool(msg, accept, vctx)
  msg:context_set(VCTX_MESS, "campaign", "spring")
  last_campaign = "spring"
  return VALIDATE_CONT
end

msys.registerModule("campaign", mod)
