-- Signs what leaves, when nothing will change it any more.

require("msys.core")
require("msys.extended.message")
require("msys.validate.opendkim")

local addresses = require("site.addresses")

-- Domains whose keys we hold, with the selector in use.
local SELECTORS = {
  ["example.com"] = "mta2025",
  ["news.example.com"] = "news2025",
  ["example.org"] = "mta2025",
}

local mod = {}

-- The domain to sign for: the author's own, or the nearest one above it.
local function signing_domain(msg)
  local author = msg:address_header("From", "domain")[1]
  if not author then
    return nil
  end
  for domain in addresses.ancestors(author) do
    if SELECTORS[domain] then
      return domain
    end
  end
  return nil
end

function mod:core_final_validation(msg, accept, vctx)
  if msg:context_get(msys.core.ECMESS_CTX_CONN, "listener") == "public" then
    return msys.core.VALIDATE_CONT
  end
  local domain = signing_domain(msg)
  if domain then
    msys.validate.opendkim.sign(msg, vctx, {
      signing_domain = domain,
      selector = SELECTORS[domain],
      header_canon = "relaxed",
      body_canon = "relaxed",
      digest = "rsa-sha256",
    })
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("dkim_signing", mod)
