-- Inbound checks of a relay: sender, recipient, time of day.

require("msys.core")
require("msys.extended.vctx")

local inbound = {}
local night = { from = 22, till_hour = 010 }
--                                     ^^^ octal-literal

local function hour()
  return os.date("*t").hour
end

local function is_night()
  local now = hour()
  return now >= night.from or now < night.till_hour
end

local function remember(vctx, sender)
  last_sender = sender
--^^^^^^^^^^^ global-write
  vctx:set(msys.core.VCTX_MESS, "sender", last_sender)
end

function inbound:validate_mailfrom(str, accept, vctx)
  remember(vctx, tostring(str))
  if is_night() and vctx:get(VCTX_CONN, "listener") == "public" then
--                           ^^^^^^^^^ undefined-global:it stands in `msys.core`
--                           ^^^^^^^^^ nil-argument
    vctx:set_code(450, "4.7.1 Not at night")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

function inbound:validate_rcptto(msg, str, accept, vctx)
  function check_domain(domain)
--         ^^^^^^^^^^^^ global-write
    return domain == "example.com"
  end
  local domain = vctx:get(msys.core.VCTX_MESS, "rcptto_domain")
  if check_domain(domain) and not ~nil then
--                                ^^^^ crash-risk
    return msys.core.VALIDATE_CONT
  end
  for _, name in ipairs({ "example.net", "example.org" }) do
    if name == domian then
--             ^^^^^^ undefined-global:domain
      return msys.core.VALIDATE_CONT
    end
  end
  vctx:set_code(550, "5.7.1 We do not relay")
  return msys.core.VALIDATE_DONE
end

msys.registerModule("inbound", inbound)
