-- What a session learns is kept in self and read in later phases.

require "msys.core"
require "msys.extended.vctx"

local mod = {}
local MAX_UNKNOWN = 3

function mod:validate_connect(accept, vctx)
  self.unknown = 0
  self.senders = {}
  return msys.core.VALIDATE_CONT
end

function mod:validate_mailfrom(str, accept, vctx)
  local senders = self.senders or {}
  senders[#senders + 1] = tostring(str)
  self.senders = senders
  return msys.core.VALIDATE_CONT
end

local function is_known(localpart)
  return localpart == "postmaster" or localpart == "abuse"
end

function mod:validate_rcptto(msg, str, accept, vctx)
  if is_known(string.lower(vctx:get(msys.core.VCTX_MESS, "rcptto_localpart"))) then
    return msys.core.VALIDATE_CONT
  end
  self.unknown = (self.unknown or 0) + 1
  local last = self.senders and self.senders[#self.senders] or "nobody"
  if self.unknown > MAX_UNKNOWN then
    print("session_state: too many unknown recipients from", last)
    vctx:disconnect(421, "4.7.0 Too many unknown recipients")
    return msys.core.VALIDATE_DONE
  end
  vctx:set_code(550, "5.1.1 No such user")
  return msys.core.VALIDATE_DONE
end

msys.registerModule("session_state", mod)
