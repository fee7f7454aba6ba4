-- Hooks of the C side: routing, final validation, bounces and retries.

require("msys.core")
require("msys.extended.message")

local mod = {}
local GATEWAYS = { gold = "gold.gateway.example.com", silver = "silver.gateway.example.com" }

function mod:core_config_get_message_routing_domain(cs, msg, buff)
  local gateway = GATEWAYS[msg:context_get(msys.core.ECMESS_CTX_MESS, "tier")]
  if gateway then
    buff:set(gateway)
    return #buff
  end
  return 0
end

function mod:core_final_validation2(msg, accept, vctx)
  if msg:context_get(msys.core.ECMESS_CTX_MESS, "drop") == "yes" then
    msg:discard("250 2.0.0 Not wanted")
    return msys.core.EC_HOOK_DONE
  end
  return msys.core.EC_HOOK_CONT
end

function mod:core_log_permanent_failure_v1(msg, dr, now, note, note_len)
  local address = msg:rcptto()
  print("failed", address, tostring(note))
end

function mod:core_log_delivery_v1(msg, dr, now, note)
  print("delivered", msg:rcptto(), dr.domain)
end

msys.registerModule("hooks", mod)
