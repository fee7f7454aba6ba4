-- DNS: the name of the peer and back again, exchangers, lists of networks. Nil is expected everywhere.

require("msys.core")
require("msys.extended.vctx")

local mod = {}

local function reversed(address)
  local a, b, c, d = address:match("^(%d+)%.(%d+)%.(%d+)%.(%d+)$")
  if not a then
    return nil
  end
  return d .. "." .. c .. "." .. b .. "." .. a
end

local function is_listed(address, zone)
  local name = reversed(address)
  if not name then return false end
  local records = msys.dnsLookup(name .. "." .. zone, "A")
  return records ~= nil and #records > 0
end

local function has_exchanger(domain)
  local records, failure = msys.dnsLookup(domain, "mx")
  if not records then
    if failure then
      print("lookups: " .. domain .. ": " .. tostring(failure))
    end
    return nil
  end
  for _, record in ipairs(records) do
    if record ~= "." then
      return true
    end
  end
  return false
end

function mod:validate_connect(accept, vctx)
  local peer = vctx:get(msys.core.VCTX_CONN, "remote_ip")
  if peer ~= "" and is_listed(peer, "zen.dnsbl.example") then
    vctx:set_code(554, "5.7.1 Listed")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

function mod:validate_mailfrom(str, accept, vctx)
  local domain = vctx:get(msys.core.VCTX_MESS, "mailfrom_domain")
  if domain ~= "" and has_exchanger(domain) == false then
    vctx:set_code(553, "5.1.8 Your domain takes no mail")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("lookups", mod)
