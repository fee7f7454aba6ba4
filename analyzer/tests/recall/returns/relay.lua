-- A relay's policy; verdicts come from helpers, branches and loops.

local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local relay = {}
local blocked = { "example.net", "example.org" }

local function is_blocked(domain)
  for _, name in ipairs(blocked) do
    if name == domain then
      return true
    end
  end
  return false
end

local function decide(vctx)
  local domain = vctx:get(core.VCTX_MESS, "rcptto_domain")
  if is_blocked(domain) then
    vctx:set_code(550, "5.7.1 Not there")
    return core.VALIDATE_DONE
  elseif domain == "example.com" then
    return core.VALIDATE_CONT
  end
end

function relay:validate_rcptto(msg, str, accept, vctx)
  return decide(vctx)
--       ^^^^^^^^^^^^ callout-return-missing
end

function relay:validate_mailfrom(str, accept, vctx)
  for _, name in ipairs(blocked) do
    if tostring(str):find(name, 1, true) then
      return core.VALIDATE_CONT
    end
  end
  if vctx:get(core.VCTX_CONN, "partner") == "yes" then
    return true
--         ^^^^ callout-return-value
  end
  vctx:set_code(450, "4.7.1 Who are you?")
  return core.VALIDATE_CONT
--       ^^^^^^^^^^^^^^^^^^ reject-then-continue
end

relay.validate_connect = function(self, accept, vctx)
  local busy = vctx:get(core.VCTX_CONN, "busy") == "yes"
  if busy then
    vctx:disconnect(421, "4.3.2 Busy")
  end
  return core.VALIDATE_CONT
--       ^^^^^^^^^^^^^^^^^^ reject-then-continue
end

function relay:validate_set_binding(msg)
  repeat
    if msg:binding("relay") then
      return
--    ^^^^^^ callout-return-missing
    end
  until true
  return core.VALIDATE_AGAIN
--       ^^^^^^^^^^^^^^^^^^^ callout-return-value
end

function relay:core_final_validation(msg, accept, vctx)
  local unwanted = msg:header("X-Unwanted")[1]
  if unwanted then
    return core.EC_HOOK_DONE
--         ^^^^^^^^^^^^^^^^^ hook-return-ignored
  end
end

msys.registerModule("relay", relay)
