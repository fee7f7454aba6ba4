-- Outbound policy: routing and logging in one module, made by a helper that all modules of the site use.

local core = require("msys.core")
require("msys.extended.message")
local module = require("site.module")

local outbound = module.new("outbound")
local metrics = { delivered = 0 }

outbound.core_config_get_message_routing_domain = function(self, cs, msg, buff, len)
--                                                                              ^^^ callout-parameters
  if msg:context_get(core.ECMESS_CTX_MESS, "gateway") == "yes" then
    buff:set("gateway.example.com")
  end
  return #buff
end

function outbound.validate_set_binding(msg)
--                                     ^^^ callout-self
  msg:binding("outbound-1")
  return core.VALIDATE_CONT
end

function outbound:core_log_delivery_v1(msg, dr, now, note, note_len)
  metrics.count(dr.domain)
end

function metrics.count(domain)
  metrics.delivered = metrics.delivered + 1
  print("delivered to", domain)
end

function outbound:init()
  if not metrics.count then
    return
--  ^^^^^^ init-return
  end
  return true
end

if core.VALIDATE_CONT then
  msys.registerModule("outbound", outbound)
end

local register = function(table)
  msys.registerModule("outbound_metrics", table)
--                                        ^^^^^ registered-no-callouts
end
register(metrics)
//- /policy/site/module.lua
local module = {}

function module.new(name)
  local made = { name = name }
  function made:deinit()
    print(self.name .. " stops")
  end
--^^^ deinit-return
  function made.failed(msg)
    print(name .. ": no binding for " .. tostring(msg.id))
  end
  return made
end

return module
//- /policy/second.lua
require("msys.core")

local second = {}

local function accept_all(self, msg, accept, vctx)
  return msys.core.VALIDATE_CONT
end

second.validate_data = accept_all
--     ^^^^^^^^^^^^^ duplicate-callout
second.validate_data = function(self, msg, accept, vctx)
  return msys.core.VALIDATE_DONE
end

msys.registerModule("second", second)
msys.registerModule("third", { level = 3, describe = function() return "third" end })
--                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ registered-no-callouts
//- /policy/returned.lua
require("msys.core")

local returned = {}
local forgotten = setmetatable({}, { __index = returned })

function forgotten:validate_connect(accept, vctx)
--                 ^^^^^^^^^^^^^^^^ unregistered-module
  return msys.core.VALIDATE_CONT
end

function returned.limit()
  return 10
end

return returned
