-- Forms that have worked since series 3: require without parentheses, callouts as named functions, table.foreach aside.

require "msys.core"
require "msys.pcre"
require "msys.extended.message"
require "msys.extended.vctx"

local patterns = {
  [[(?i)^(?<local>[^@]+)\+(?<tag>[^@]+)@(?<domain>.+)$]],
  "^[0-9]+@sms\\.example\\.com$",
}

local function strip_tag(address)
  local match = msys.pcre.match(address, patterns[1])
  if match then
    return match["local"] .. "@" .. match.domain, match.tag
  end
  return address
end

local function on_rcptto(self, msg, str, accept, vctx)
  local address, tag = strip_tag(tostring(str))
  if tag ~= nil then
    vctx:set(msys.core.VCTX_MESS, "tag", tag)
  end
  if msys.pcre.match(address, patterns[2]) ~= nil then
    vctx:set_code(550, "5.1.6 No text messages any more")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

local function on_data(self, msg, accept, vctx)
  do return msys.core.VALIDATE_CONT end
end

msys.registerModule("legacy_forms", { validate_rcptto = on_rcptto; validate_data = on_data; })
