-- Taking addresses and header values apart with the string library.

local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local addresses = {}
local find, format = string.find, string.format

-- `(` of the tag is no group.
local TAG = "^(.-)%+([^@]+"
--                  ^ lua-pattern: unfinished capture

local function without_tag(address)
  local name, tag = address:match(TAG)
  return name or address, tag
end

local function domain_of(address)
  local at = find(address, "@", 1, true)
  return at and address:sub(at + 1)
end

local function is_numbered(host)
  return string.match(host, "^mx\\d+%.") ~= nil
--                              ^^^ lua-pattern: `\d` belongs to regular expressions
end

local function quoted(text)
  return (tostring(text):gsub("([\"\\])", "\\%2"))
--                                           ^^ lua-pattern: one group
end

local function kind(filename)
  if find(filename:lower(), "%.(jpg|jpeg|png)$") then
--                                 ^ lua-pattern
    return "image"
  end
  for extension in filename:gmatch("%.([^.]+)") do
    filename = extension
  end
  return filename
end

local function campaign(value)
  return value and value:match("^[%w_-]+:(.*?);")
--                                        ^^^ lua-pattern
end

function addresses:validate_rcptto(msg, str, accept, vctx)
  local rcptto = tostring(str)
  local name, tag = without_tag(rcptto)
  local domain = domain_of(rcptto) or ""
  if tag and not is_numbered(domain) and rcptto:find("[%w") then
--                                                    ^ lua-pattern: missing ']'
    vctx:set(core.VCTX_MESS, "tag", format("%s|%s", name, quoted(tag)))
  end
  return core.VALIDATE_CONT
end

function addresses:validate_data_spool(msg, accept, vctx)
  local value = msg:header("X-Campaign")[1]
  vctx:set(core.VCTX_MESS, "campaign", campaign(value) or "")
  vctx:set(core.VCTX_MESS, "kind", kind("a.png") or "")
  return core.VALIDATE_CONT
end

msys.registerModule("addresses", addresses)
