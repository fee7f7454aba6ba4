-- Mail for the branches goes through their gateway, whatever the DNS says.

require("msys.core")
require("msys.extended.message")
require("msys.extended.message_routing")

local addresses = require("site.addresses")

local GATEWAY = "gateway.branches.example.com"
local BRANCHES = "branches.example.com"

local partner_routing = {}

local function route(msg)
  for domain in addresses.ancestors(addresses.domain(msg:rcptto())) do
    if domain == BRANCHES then
      msg:routing_domain(GATEWAY)
      return
    end
  end
end

partner_routing.validate_data_spool_each_rcpt = function(self, msg, accept, vctx)
  route(msg)
  return msys.core.VALIDATE_CONT
end

partner_routing.msg_gen_data_spool = function(self, msg)
  route(msg)
  return msys.core.VALIDATE_CONT
end

msys.registerModule("partner_routing", partner_routing)
