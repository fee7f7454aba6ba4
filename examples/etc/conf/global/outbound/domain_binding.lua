--- The binding by the recipient's domain, for mail that no other script has claimed.

local core = require("msys.core")
require("msys.extended.message")

local addresses = require("site.addresses")

--- A domain here stands for its subdomains too.
local bindings = {
  ["bank.example"] = "bank-gateway",
  ["mailbox.example"] = "newsletter-1",
}

local function binding_for(domain)
  for ancestor in addresses.ancestors(domain) do
    if bindings[ancestor] then
      return bindings[ancestor]
    end
  end
  return nil
end

msys.registerModule("domain_binding", {
  validate_set_binding = function(self, msg)
    local name = binding_for(addresses.domain(msg:rcptto()))
    if name and not msg:binding(name) then
      print("domain_binding: there is no binding " .. name)
    end
    return core.VALIDATE_CONT
  end,
})
