-- Greylisting by network, as it grew over the years: one file a phase, one shared module.

require("msys.core")
require("msys.extended.vctx")
require("site.counters")

local core = msys.core
local PASS = core.VALIDATE_CONT

local greylist = {}

local function network(address)
  return string.match(address, "^(%d+%.%d+%.%d+)%.") or address
end

local function key(vctx)
  local peer = vctx:get(core.VCTX_CONN, "peer_address")
  return network(peer) .. "/" .. vctx:get(core.VCTX_MESS, "mailfrom_domain")
end

function greylist:validate_rcptto(msg, str, accept, vctx)
--                ^^^^^^^^^^^^^^^ duplicate-callout
  if site.counters.seen(key(vctx)) then
    return PASS
  end
  vctx:set_code(451, "4.7.1 Greylisted, come back in five minutes")
  return core.VALIDATE_DONE
end

function greylist:validate_mail_from(str, accept, vctx)
--                ^^^^^^^^^^^^^^^^^^ unknown-callout:validate_mailfrom
  return PASS
end

function greylist:validate_rcptto(msg, str, accept, vctx)
  vctx:set(core.VCTX_MESS, "greylist", "off")
  return PASS
end

local register = msys.registerModule
register("greylist", greylist)
//- /policy/site/counters.lua
module("site.counters", package.seeall)

local seen_before = {}

function seen(key)
  local before = seen_before[key]
  seen_before[key] = os.time()
  return before ~= nil
end
//- /policy/reputation.lua
require("msys.core")
require("msys.extended.ac")
require("msys.extended.vctx")

local limits = { low = 10, high = 200 }

local function allowed(accept, vctx)
  local level = vctx:get(msys.core.VCTX_CONN, "reputation")
  return accept:inbound_session_count("/24") < (limits[level] or limits.low)
end

local reputation = {
  validate_connect = function(self, accept, vctx)
--^^^^^^^^^^^^^^^^ unregistered-module
    if not allowed(accept, vctx) then
      vctx:disconnect(421, "4.7.0 Too many connections")
      return msys.core.VALIDATE_DONE
    end
    return msys.core.VALIDATE_CONT
  end,
}
//- /policy/statistics.lua
require("msys.core")

local statistics = {}

local totals = { sessions = 0, refused = 0 }

function statistics.summary()
  return string.format("%d sessions, %d refused", totals.sessions, totals.refused)
end

function statistics.reset()
  totals.sessions, totals.refused = 0, 0
end

msys.registerModule("statistics", statistics)
--                                ^^^^^^^^^^ registered-no-callouts
