--- Addresses taken apart, the same way for every script.

require("msys.pcre")

local addresses = {}

--- Splits an address at its last `@`, in lower case. The domain is "" where there is none.
function addresses.split(address)
  local localpart, domain = string.match(address, "^(.*)@([^@]*)$")
  if localpart == nil or domain == nil then
    return string.lower(address), ""
  end
  return string.lower(localpart), string.lower(domain)
end

--- The domain of an address, in lower case.
function addresses.domain(address)
  local _, domain = addresses.split(address)
  return domain
end

--- Goes from a domain to the ones above it: `a.b.example`, `b.example`, `example`.
function addresses.ancestors(domain)
  local current = string.lower(domain)
  return function()
    local this = current
    if this == "" then
      return nil
    end
    current = string.match(this, "%.(.+)$") or ""
    return this
  end
end

local RETURN_PATH = [[(?i)^b-(?P<customer>[a-z0-9]+)-(?P<localpart>[^=@]+)=(?P<domain>[a-z0-9.-]+)$]]

--- What a return path of ours says: the customer who sent, and the recipient. nil for any other local part.
function addresses.read_return_path(localpart)
  local found = msys.pcre.match(localpart, RETURN_PATH)
  if not found then
    return nil, nil
  end
  return string.lower(found.customer), found.localpart .. "@" .. string.lower(found.domain)
end

return addresses
