-- Reputation of senders, kept by a timer and asked in every phase. Grown by three people with three styles.

local core = require("msys.core")
require("msys.cidr")
require("msys.extended.vctx")
require("msys.timer")

local service = {}
local DONE, CONT = core.VALIDATE_DONE, core.VALIDATE_CONT

local function refresh()
  print("reputation: refreshing")
end

local function define_networks()
  msys.cidr.define("partners", { "192.0.2.0/24", "198.51.100.0/24" })
end

function service:init()
  define_networks()
  reputation_timer = msys.timer.every(300, refresh)
end
--<^^^ init-return

function service:deinit()
  if not reputation_timer then
    return true
  end
  reputation_timer = nil
end
--<^^^ deinit-return

local function unlisted(vctx)
  return msys.cidr.query("partners") == nil and vctx:get(core.VCTX_CONN, "tls") == ""
end

function service:validate_connect(vctx, accept)
--                                ^^^^^^^^^^^^ callout-parameters
  return CONT
end

service.validate_ehlo = function(str, accept, vctx)
--                               ^^^^^^^^^^^^^^^^^ callout-self
  if unlisted(vctx) then
    vctx:disconnect(550, "5.7.1 Not with us")
    return DONE
  end
  return CONT
end

service["validate_rcptto"] = function(self, msg, str, accept, vctx, recipients)
--                                                                  ^^^^^^^^^^ callout-parameters
  return CONT
end

service.validate_dataspool = function(self, msg, accept, vctx)
--      ^^^^^^^^^^^^^^^^^^ unknown-callout:validate_data_spool
  return CONT
end

do
  local publish, name = msys.registerModule, "reputation_service"
  publish(name, service)
end
