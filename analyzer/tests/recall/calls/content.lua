-- Content checks: attachments, matches, lookups; everything in small functions and closures.

local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")
require("msys.pcre")

local content = {}

local function refuse(vctx, code, text)
  vctx:set_code(code, text)
end

local function found(msg, pattern)
  local hits = msg:text_match(pattern)
  return hits ~= nil
--               ^^^ match-result
end

local checks = {
  function(msg)
    return msg:header("X-Virus")[1]:lower() == "yes"
--         ^^^^^^^^^^^^^^^^^^^^^^^^ unchecked-result
  end,
  function(msg)
    local domain = tostring(msg:mailfrom()):match("@(.+)$")
    return string.find("example.com", domain)
--                                    ^^^^^^ nil-argument
  end,
  function(msg)
    return msg:context_exists(core.ECMESS_CTX_CONN, "scan") and true
--         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ numeric-truth
  end,
  function(msg)
    return found(msg, "lottery") and msg:size("bytes") > 10
--                                       ^^^^ unknown-api
  end,
}

local function lookup(name)
  local records, failure = msys.dnsLookup(name, "A")
  return records, failure
end

function content:validate_data_spool(msg, accept, vctx)
  for _, check in ipairs(checks) do
    if check(msg) then
      refuse(vctx, 554, "5.7.1 Not this")
      return core.VALIDATE_DONE
    end
  end
  local attempts = vctx:get(core.VCTX_MESS, "attempts") + 1
--                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ context-nil
  vctx:set(core.VCTX_MESS, "attempts", tostring(attempts))
  local boundary = string.rep(10, "-")
--                                ^^^ argument-type
  msg:discard("spam")
--            ^^^^^^ argument-value
  msg:forward("a@example.com")
--           ^^^^^^^^^^^^^^^^^ argument-count
  vctx:set(core.VCTX_MESS, "boundary", { boundary })
--                                     ^^^^^^^^^^^^ argument-type
  vctx:set(core.VCTX_MESS, nil, "x")
--                         ^^^ nil-argument
  return core.VALIDATE_CONT
end

function content:validate_ehlo(str, accept, vctx)
  local name = vctx:get(core.VCTX_CONN, "ehlo_domain")
  local parts = core:string_new()
--                  ^^^^^^^^^^^ method-call
  if lookup(name)[1] and parts then
--   ^^^^^^^^^^^^ unchecked-result
    return core.VALIDATE_CONT
  end
  return core.VALIDATE_CONT
end

function content:outbound_smtp_auth_config(msg)
  return {}
end

msys.registerModule("content", content)
