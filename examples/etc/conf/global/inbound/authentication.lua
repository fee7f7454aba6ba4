-- Says in a header whose DKIM signatures hold, and takes away what others claim in our name.

local core = require("msys.core")
require("msys.extended.message")
require("msys.validate.opendkim")
require("opendkim.dkim")

local OUR_NAME = "mx.example.net"
local HEADER = "Authentication-Results"

local STAT_OK = opendkim.dkim.DKIM_STAT_OK
local STAT_NOSIG = opendkim.dkim.DKIM_STAT_NOSIG
local IGNORED = opendkim.dkim.DKIM_SIGFLAG_IGNORE
local PASSED = opendkim.dkim.DKIM_SIGFLAG_PASSED
local TESTKEY = opendkim.dkim.DKIM_SIGFLAG_TESTKEY

local function drop_forged(msg)
  local kept = {}
  for _, value in ipairs(msg:header(HEADER)) do
    if !string.find(value, OUR_NAME, 1, true) then
      kept[#kept + 1] = value
    end
  end
  if #kept == 0 then
    msg:header(HEADER, "")
  else
    msg:header(HEADER, kept, "replace")
  end
end

-- One entry for each signature that counts, and whether one of them holds.
local function results(msg)
  local dkim, status = msys.validate.opendkim.verify(msg)
  if status == STAT_NOSIG then
    return { "dkim=none" }, false
  end
  if status != STAT_OK then
    return { "dkim=temperror" }, false
  end

  local entries = {}
  local any_passed = false
  for index = 0, msys.validate.opendkim.get_num_sigs(dkim) - 1 do
    local signature = msys.validate.opendkim.get_sig(dkim, index)
    local flags = msys.validate.opendkim.get_sig_flags(signature)
    if flags & IGNORED == 0 then
      local domain = msys.validate.opendkim.get_sig_domain(signature)
      local passed = flags & PASSED != 0
      local entry = "dkim=" .. (passed and "pass" or "fail") .. " header.d=" .. domain
      if flags & TESTKEY != 0 then
        entry = entry .. " (test key)"
      end
      entries[#entries + 1] = entry
      any_passed = any_passed or passed
    end
  end
  if #entries == 0 then
    entries[1] = "dkim=none"
  end
  return entries, any_passed
end

local mod = {}

function mod:validate_data(msg, accept, vctx)
  if vctx:get(core.VCTX_CONN, "listener") != "public" then
    return core.VALIDATE_CONT
  end
  drop_forged(msg)
  local entries, any_passed = results(msg)
  msg:header(HEADER, OUR_NAME .. "; " .. table.concat(entries, "; "), "prepend")
  msg:context_set(core.ECMESS_CTX_MESS, "signed", any_passed and "yes" or "no")
  return core.VALIDATE_CONT
end

msys.registerModule("authentication", mod)
