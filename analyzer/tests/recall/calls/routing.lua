-- Routing by hook and by binding; console commands for it.

require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local routing = {}
local gateways = { ["example.com"] = "gw1.example.com" }

local function gateway(domain)
  return gateways[domain]
end

local function strip(message, names)
  for _, name in ipairs(names) do
    message:header(name, "", "remove")
--                           ^^^^^^^^ argument-value
  end
end

local function same(left, right)
  return left == right
--       ^^^^ ec-string-compare
end

function routing:core_config_get_message_routing_domain(cs, msg, buff)
  buff = gateway("example.com") or "mx.example.com"
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ec-string-assign
  return #buff
end

function routing:validate_set_binding(msg)
  local domain = msg:context_get(msys.core.VCTX_MESS, "domain") or "example.com"
--                               ^^^^^^^^^^^^^^^^^^^ context-dictionary
--                                                                 ^^^^^^^^^^^^^ context-nil
  strip(msg, { "X-Internal", "X-Ticket" })
  msg:binding({ domain, "default" })
--            ^^^^^^^^^^^^^^^^^^^^^ argument-type
  msg.priority = 5
--               ^ argument-value
  if not msg:context_exists(msys.core.ECMESS_CTX_MESS, "bulk") then
--       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ numeric-truth
    msg:binding("default", true, "again")
--                         ^^^^^^^^^^^^^ argument-count
  end
  return msys.core.VALIDATE_CONT
end

function routing:validate_rcptto(msg, str, accept, vctx)
  local recipient = str
  if recipient ~= "postmaster@example.com" and same(str, "abuse@example.com") then
--   ^^^^^^^^^ ec-string-compare
    vctx:set_code("550", "5.1.1 Nobody here")
    return msys.core.VALIDATE_DONE
  end
  local limit = vctx:get(msys.core.ECMESS_CTX_CONN, "limit")
--                       ^^^^^^^^^^^^^^^^^^^^^^^^^ context-dictionary
  if limit == nil then
--            ^^^ context-nil
    limit = "10"
  end
  if self.count and self.count >= tonumber(limit) then
    vctx:set_code(421, "5.7.0 Enough")
--                      ^^^^^ smtp-reply
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

local function control(cc)
  local verb = cc.argv[1]
--             ^^^^^^^^^^ c-array-index
  for index = 0, cc.argc do
    print(cc.argv[index])
--        ^^^^^^^^^^^^^^ c-array-index
  end
  print(verb, #cc.argv)
--             ^^^^^^^ c-array-index
end

function routing:init()
  msys.registerControl("routing", control)
  return true
end

msys.registerModule("routing", routing)
