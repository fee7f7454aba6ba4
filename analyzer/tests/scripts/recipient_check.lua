local core = require "msys.core"
require "msys.db"
require "msys.extended.vctx"

local mod = {}
local QUERY = [[
  SELECT address, enabled, flags
    FROM recipients
   WHERE address = ?
]]

local FLAG_GREY, FLAG_BLOCK = 1 << 0, 1 << 1

function mod.validate_rcptto(self, msg, str, accept, vctx)
  local rows, err = msys.db.query("recipients", QUERY, { str:lower() }, { timeout = 2.5e0 })
  if not rows then
    msys.log(msys.core.LOG_WARNING, "lookup of %s failed: %s", str, err)
    return core.VALIDATE_CONT
  end
  for row in rows do
    local flags = tonumber(row.flags) or 0
    if flags & FLAG_BLOCK != 0 then
      vctx:set_code(550, "5.1.1 \"" .. str .. "\" does not exist")
      return core.VALIDATE_DONE
    elseif flags & FLAG_GREY == FLAG_GREY and !vctx:exists_in(core.VCTX_CONN, "grey") then
      vctx:set_code(451, "4.7.1 try again")
      return core.VALIDATE_DONE
    else
      vctx:set(core.VCTX_MESS, "rcpt_flags", flags ^^ 0xff)
    end
  end
  return core.VALIDATE_CONT
end

msys.registerModule("recipient_check", mod)
