-- One way out of each callout; helpers decide and give the verdict back, some with a second value.

require("msys.core")
require("msys.cidr")
require("msys.extended.vctx")

local V = msys.core
local policy = {}

local function verdict(vctx, code, text)
  if code then
    vctx:set_code(code, text or "5.0.0 No")
    return V.VALIDATE_DONE
  end
  return V.VALIDATE_CONT
end

local function classify(vctx)
  local tier = msys.cidr.query("partners")
  if tier then
    return "partner", tier
  end
  if vctx:get(V.VCTX_CONN, "can_relay") == "true" then
    return "relay"
  end
  return "world"
end

function policy.init(self)
  msys.cidr.define("partners", { type = "datasource", cachename = "policy",
    query = "SELECT network, tier FROM partners", cidr_column = "network", value_column = "tier" })
  return true
end

policy.validate_mailfrom = function(self, str, accept, vctx)
  local sender = tostring(str)
  local result
  local class, tier = classify(vctx)
  if class == "world" and sender:find("@localhost$") then
    result = verdict(vctx, 550, "5.1.8 There is no such domain out there")
  elseif class == "partner" then
    vctx:set(V.VCTX_MESS, "tier", tostring(tier))
    result = verdict(vctx)
  else
    result = verdict(vctx, nil)
  end
  return result
end

local callouts = { "validate_mailfrom", "init" }
assert(#callouts == 2)
msys.registerModule("returns_of_helpers", policy)
