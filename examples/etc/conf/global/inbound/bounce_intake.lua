-- What comes back: bounces and complaints that return to the newsletters' return paths. Both end here; the addresses
-- go to the suppression list.

require("msys.core")
require("msys.bounce")
require("msys.datasource")
require("msys.db")
require("msys.extended.message")
require("msys.extended.vctx")

local addresses = require("site.addresses")

local BOUNCE_DOMAIN = "bounces.example.com"

-- Bounce classes after which it is no use to try again.
local FINAL = {
  [10] = true, -- invalid recipient
  [30] = true, -- generic bounce, no recipient
  [90] = true, -- unsubscribe
}

local function suppress(address, reason)
  local done, failure = msys.db.execute(
    "suppression",
    "INSERT OR IGNORE INTO suppressed (address, reason, since) VALUES (:address, :reason, :since)",
    { address = string.lower(address), reason = reason, since = msys.core.get_now_ts() },
    { raise_error = false }
  )
  if not done then
    print("bounce_intake: " .. address .. " not suppressed: " .. tostring(failure))
  end
  return done
end

-- The recipient that a feedback report (RFC 5965) is about, or nil when this is none.
local function complainant(msg)
  local part = msg:mime()
  while part do
    if part:content_type().mimetype == "message/feedback-report" then
      local report = part:text()
      if report then
        return string.match(report, "Original%-Rcpt%-To:%s*<?([^%s<>]+@[^%s<>]+)")
      end
    end
    part = part.thread
  end
  return nil
end

local mod = {}

function mod:validate_data(msg, accept, vctx)
  local customer, recipient
  for _, address in ipairs(vctx:recipient_list()) do
    local localpart, domain = addresses.split(address)
    if domain == BOUNCE_DOMAIN then
      customer, recipient = addresses.read_return_path(localpart)
    end
  end
  if not customer or not recipient then
    return msys.core.VALIDATE_CONT
  end

  local reason
  local complained = complainant(msg)
  if complained then
    recipient = complained
    reason = "complaint"
  elseif not msg:mailfrom() then
    local class, name = msys.bounce.classify(msg)
    print("bounce_intake: " .. recipient .. " of " .. customer .. ": " .. name)
    if not FINAL[class] then
      msg:discard("550 5.7.0 temporary bounce of " .. customer)
      return msys.core.VALIDATE_DONE
    end
    reason = "bounce"
  else
    vctx:set_code(550, "5.7.1 This address takes bounces only")
    return msys.core.VALIDATE_DONE
  end

  if not suppress(recipient, reason) then
    vctx:set_code(451, "4.3.0 Not counted, try again later")
    return msys.core.VALIDATE_DONE
  end
  msg:discard("550 5.7.0 " .. reason .. " of " .. customer .. " counted")
  return msys.core.VALIDATE_DONE
end

msys.registerModule("bounce_intake", mod)
