-- Database rows in loops, with and without names, and a cache in front.

require("msys.core")
require("msys.datasource")
require("msys.db")
require("msys.extended.message")

local cache = {}
local CACHE_SECONDS = 300
local mod = {}

local function settings_of(customer)
  local known = cache[customer]
  local now = os.time()
  if known and known.expires > now then
    return known
  end
  local settings = { expires = now + CACHE_SECONDS, headers = {} }
  local rows, failure = msys.db.query("policy",
    "SELECT name, value FROM settings WHERE customer = ?", { customer }, { raise_error = false })
  if not rows then
    print("rowsets: no settings for", customer, failure)
    return known or settings
  end
  for row in rows do
    settings.headers[row.name] = row.value
  end
  msys.lock("rowsets")
  cache[customer] = settings
  msys.unlock("rowsets")
  return settings
end

local function apply(msg)
  local customer = msg:context_get(msys.core.ECMESS_CTX_MESS, "customer")
  if customer == "" then
    return
  end
  for name, value in pairs(settings_of(customer).headers) do
    msg:header(name, value, "replace")
  end
end

function mod:validate_data_spool_each_rcpt(msg, accept, vctx)
  apply(msg)
  return msys.core.VALIDATE_CONT
end

function mod:msg_gen_data_spool(msg)
  apply(msg)
end

msys.registerModule("rowsets", mod)
