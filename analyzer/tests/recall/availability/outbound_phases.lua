-- One policy for all mail that leaves: what it does with a message stands in a module of its own, and the callouts share it.
-- The customers of each pool are in a datasource.

local core = require("msys.core")
require("msys.extended.vctx")
local route = require("route")
local limits = require("limits")

local outbound = { name = "outbound" }

function outbound:validate_rcptto(msg, str, accept, vctx)
  local domain = limits.domain_of(tostring(str))
  if domain and limits.is_closed(domain) then
    vctx:set_code(550, "5.7.1 closed for today")
    return core.VALIDATE_DONE
  end
  vctx:tarpit(2)
--^^^^^^^^^^^ phase: documented for `validate_connect`
  return core.VALIDATE_CONT
end

outbound["validate_data_spool_each_rcpt"] = function(self, msg, accept, vctx)
--       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http-injection
  route.stamp(msg, "outbound")
  route.by_header(msg)
  return core.VALIDATE_CONT
end

outbound.validate_set_binding = function(self, msg)
  route.by_header(msg)
  if limits.is_closed("b.example") then
    route.drop(msg, "550 5.7.1 nobody there")
  end
  return core.VALIDATE_CONT
end

msys.registerModule(outbound.name, outbound)

//- /policy/route.lua
require("msys.extended.message")

local M = {}

local bindings = { bulk = "slow", list = "slow" }

function M.stamp(msg, how)
  msg:header("X-Handled", how, "replace")
end

-- The callouts that call it differ; so does what they may do.
function M.by_header(msg)
  local precedence = msg:header("Precedence")[1]
  local binding = precedence and bindings[precedence]
  if binding then
    msg:binding(binding)
--  ^^^^^^^^^^^ phase: what it does in `validate_data_spool_each_rcpt`, which comes here through `route.by_header`, is undefined
  end
end

local function discard(message, reason)
  message:discard(reason)
--^^^^^^^^^^^^^^^ phase: must not be used in `validate_set_binding`, which comes here through `route.drop` and `discard`
end

M.drop = function(msg, reason) discard(msg, reason) end

return M

//- /policy/limits.lua
require("msys.db")
local query = msys.db.fetch_row
--                    ^^^^^^^^^ companion-require

local M = {}

function M.domain_of(address)
  return string.match(address, "@([^>%s]+)")
end

function M.is_closed(domain)
  local row = query("policy", "SELECT closed FROM pools WHERE domain = ?", { domain })
  return row ~= nil
end

return M
