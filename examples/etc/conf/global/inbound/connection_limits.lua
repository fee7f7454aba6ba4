-- Who may connect to the public listener, how often, and how fast they are served.

require("msys.core")
require("msys.audit")
require("msys.cidr")
require("msys.extended.ac")
require("msys.extended.vctx")
require("msys.pcre")

local SESSIONS_PER_CLIENT = 20
local SESSIONS_PER_NETWORK = 80
local CONNECTIONS_PER_MINUTE = 120
local REJECTIONS_IN_HALF_AN_HOUR = 50

local BARE_ADDRESS = [[(?i)^(?:EHLO|HELO)\s+\d{1,3}(?:\.\d{1,3}){3}\s*$]]

local mod = {}

function mod:init()
  msys.cidr.define("partners", {
    type = "datasource",
    cachename = "policy",
    query = "SELECT network, tier FROM partner_networks",
    cidr_column = "network",
    value_column = "tier",
    refresh = 600,
  })
  msys.cidr.define("blocked", {
    type = "rbldnsd",
    source = "/opt/msys/ecelerity/etc/conf/global/lists/blocked.rbldnsd",
    value = "txt",
    interpolate = true,
    refresh = 300,
  })
  return true
end

function mod:validate_connect(accept, vctx)
  if vctx:get(msys.core.VCTX_CONN, "listener") != "public" then
    return msys.core.VALIDATE_CONT
  end

  local tier = msys.cidr.query("partners")
  if tier then
    vctx:set(msys.core.VCTX_CONN, "partner", tier)
    return msys.core.VALIDATE_CONT
  end

  local listed = msys.cidr.query("blocked")
  if listed then
    vctx:disconnect(554, "5.7.1 " .. tostring(listed))
    return msys.core.VALIDATE_DONE
  end

  if accept:inbound_session_count("/32") > SESSIONS_PER_CLIENT
    or accept:inbound_session_count("/24") > SESSIONS_PER_NETWORK
    or msys.audit.connections("60,5") > CONNECTIONS_PER_MINUTE then
    vctx:disconnect(421, "4.7.0 Too many connections from your network, come back later")
    return msys.core.VALIDATE_DONE
  end

  -- Clients that we keep turning away wait, and send one command at a time.
  local rejections = msys.audit.rejections("300,6", { startv = 0, endv = 5 })
  if rejections > REJECTIONS_IN_HALF_AN_HOUR then
    accept:esmtp_capability_remove("PIPELINING")
    vctx:tarpit(15)
  end
  return msys.core.VALIDATE_CONT
end

function mod:validate_ehlo(str, accept, vctx)
  if vctx:get(msys.core.VCTX_CONN, "listener") != "public" then
    return msys.core.VALIDATE_CONT
  end

  -- Nobody out there has our name.
  local name = string.lower(vctx:get(msys.core.VCTX_CONN, "ehlo_domain"))
  if name == "mx.example.net" or name == "localhost" then
    vctx:disconnect(550, "5.7.1 You are not " .. name)
    return msys.core.VALIDATE_DONE
  end

  if msys.pcre.match(tostring(str), BARE_ADDRESS) then
    vctx:set_code(501, "5.5.4 An address stands in brackets here")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("connection_limits", mod)
