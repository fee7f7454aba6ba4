-- Gateways: a table that a second file adds its callouts to.

require("msys.core")
require("msys.extended.message")

gateway = { hosts = {} }

function gateway:validate_set_binding(msg)
--               ^^^^^^^^^^^^^^^^^^^^ duplicate-callout
  msg:binding("gateway")
  return msys.core.VALIDATE_CONT
end

gateway.validate_set_binding = function(self, msg)
  return msys.core.VALIDATE_CONT
end

function gateway.validate_mailfrom(str, accept, vctx)
--                                 ^^^^^^^^^^^^^^^^^ callout-self
  return msys.core.VALIDATE_CONT
end

local function reset(table)
  table.deinit = function(self)
    self.hosts = nil
    return "stopped"
--  ^^^^^^^^^^^^^^^^ deinit-return
  end
  table.init = function(self)
    for _, host in ipairs(self.hosts) do
      if host == "" then
        return false
--      ^^^^^^^^^^^^ init-return
      end
    end
    return true
  end
end

reset(gateway)
msys.registerModule("gateway", gateway)
//- /policy/more.lua
require("msys.core")
local registered = {}

registered[1] = "names"
registered.describe = function() return "names" end

for _, name in ipairs({ "one" }) do
  local list = registered
  msys.registerModule(name, list)
--                          ^^^^ registered-no-callouts
end

do
  local hidden = {}
  hidden["validate_data"] = function(self, msg, accept, vctx)
--       ^^^^^^^^^^^^^^^ unregistered-module
    return msys.core.VALIDATE_CONT
  end
end
