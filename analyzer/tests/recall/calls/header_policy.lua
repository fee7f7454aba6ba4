-- Policy by headers, as three people wrote it.

local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")
require("msys.pcre")

local policy = {}
local MESS = core.ECMESS_CTX_MESS

local function header(message, name)
  return message:header(name)
end

local function first(message, name)
  return header(message, name)[1]
end

local function classify(message)
  local class = message:header("X-Class")
  if class == "bulk" then
--   ^^^^^ header-table
    return "bulk"
  end
  return "mail"
end

local function subject_of(message)
  return string.lower(first(message, "Subject"))
--                    ^^^^^^^^^^^^^^^^^^^^^^^^^ nil-argument
end

function policy:validate_data_spool(msg, accept, vctx)
  if header(msg, "X-Spam") then
--   ^^^^^^^^^^^^^^^^^^^^^ header-table
    msg.header("X-Folder", "junk", "replace")
--     ^^^^^^^ method-call
  end
  local text = "class: " .. header(msg, "X-Class")
--                          ^^^^^^^^^^^^^^^^^^^^^^ header-table
  vctx:set(core.VCTX_MESS, "class", classify(msg) .. text .. subject_of(msg))
  if msg:context_exists(MESS, "trusted") then
--   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ numeric-truth
    return core.VALIDATE_CONT
  end
  if msg:body_match("(?i)lottery") ~= nil then
--                                    ^^^ match-result
    vctx:set_code(550, "4.7.1 No lottery")
--                      ^^^^^ smtp-reply
    return core.VALIDATE_DONE
  end
  return core.VALIDATE_CONT
end

policy.validate_data = function(self, msg, accept, vctx)
  local get = msg.context_get
  local score = msg:context_get(MESS, "score")
  if score > 10 then
--   ^^^^^ context-nil
    vctx:set_code(550)
--               ^^^^^ argument-count
    return core.VALIDATE_DONE
  end
  local match = msys.pcre.match(first(msg, "Message-ID") or "", "<(?<left>[^@]+)@")
  if match ~= false then
--            ^^^^^ match-result
    print(match.left)
--        ^^^^^ unchecked-result
  end
  msg:context_set(core.VCTX_MESS, "seen", "yes")
--                ^^^^^^^^^^^^^^ context-dictionary
  print(get(msg, MESS, "score"))
  return core.VALIDATE_CONT
end

function policy:validate_mailfrom(str, accept, vctx)
  if str == "<>" then
--   ^^^ ec-string-compare
    vctx:set_code(199, "2.0.0 Null sender")
--                ^^^ smtp-reply
    return core.VALIDATE_DONE
  end
  local peer = vctx.get(core.VCTX_CONN, "remote_ip")
--                 ^^^^ method-call
  local records = msys.dnsLookup(peer, "SPF")
--                                     ^^^^^ argument-value
  for index = 1, #records do
--                ^^^^^^^ unchecked-result
    print(records[index])
  end
  return core.VALIDATE_CONT
end

msys.registerModule("header_policy", policy)
