-- Mail that customers hand in over HTTP. No SMTP session, so no validate_data: it all happens in msg_gen_data_spool,
-- and the binding that is chosen there is set when its turn comes.

require("msys.core")
require("msys.extended.message")
require("json")

local addresses = require("site.addresses")
local tariffs = require("site.tariffs")

local MESS = msys.core.ECMESS_CTX_MESS

local mod = {}

-- The tags that a customer has put on a campaign, a JSON array in a header, as one context variable.
local function keep_tags(msg)
  local text = msg:header("X-Campaign-Tags")[1]
  if not text then
    return
  end
  local tags, _, complaint = json.decode(text)
  if not tags then
    print("transmissions: " .. tostring(msg.id) .. ": tags: " .. tostring(complaint))
    return
  end
  local names = {}
  for _, tag in tags do
    names[#names + 1] = tostring(tag)
  end
  msg:context_set(MESS, "tags", table.concat(names, ","))
  msg:header("X-Campaign-Tags", "")
end

function mod:msg_gen_data_spool(mess)
  local customer = mess:header("X-Customer")[1]
  if not customer then
    mess:discard("550 5.7.1 transmission without a customer")
    return msys.core.VALIDATE_DONE
  end
  customer = string.lower(customer)

  keep_tags(mess)
  mess:header("X-Customer", "")
  mess:context_set(MESS, "customer", customer)
  mess:context_set(MESS, "customer_binding", tariffs.binding_for(customer))

  -- Bounces find their way back to the customer and the recipient.
  local localpart, domain = addresses.split(mess:rcptto())
  mess:mailfrom("b-" .. customer .. "-" .. localpart .. "=" .. domain .. "@bounces.example.com")
  return msys.core.VALIDATE_CONT
end

function mod:validate_set_binding(msg)
  local exists, binding = msg:context_exists_and_get(MESS, "customer_binding")
  if exists == 0 or not binding then
    return msys.core.VALIDATE_CONT
  end
  if not msg:binding(binding) then
    print("transmissions: no binding " .. binding)
    return msys.core.VALIDATE_CONT
  end
  return msys.core.VALIDATE_DONE
end

msys.registerModule("transmissions", mod)
