-- Campaign headers: the id goes into the log context, the unsubscribe link into the message.

require("msys.core")

local mod = {}

function mod:validate_data_spool_each_rcp(msg, accept, vctx)
  local campaign = msg:header("X-Campaign")
  if campaign == "" then
    return msys.core.VALIDATE_CONT
  end

  msg:context_set(VCTX_MESS, "campaign", campaign)
  msg:header("List-Unsubscribe", "<https://news.example.com/u/" .. campaign .. ">", "overwrite")
  return msys.core.VALIDATE_CONT
end

function mod:validate_data(accept, msg, vctx)
  if msg:context_exists(msys.core.ECMESS_CTX_MESS, "no_tracking") then
    return msys.core.VALIDATE_CONT
  end
  local part = msg:mime()
  while part do
    part:text_replace("http://news.example.com", "https://news.example.com")
    part = part.thread
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("campaign", mod)
