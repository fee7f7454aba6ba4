-- Newsletters do not go to those who complained or whose mailbox is gone.

require("msys.core")
require("msys.datasource")
require("msys.db")
require("msys.extended.message")

local mod = {}

local function is_newsletter(msg)
  return msg:header("X-Stream")[1] == "newsletter" or #msg:header("X-Campaign") > 0
end

local function drop_suppressed(msg)
  if not is_newsletter(msg) then
    return false
  end
  local recipient = string.lower(msg:rcptto())
  local row, failure = msys.db.fetch_row(
    "suppression",
    "SELECT reason FROM suppressed WHERE address = ? ORDER BY since DESC",
    { recipient },
    { raise_error = false }
  )
  if failure then
    print("suppression: " .. failure)
    return false
  end
  if not row then
    return false
  end
  msg:discard("550 5.7.1 " .. recipient .. " is suppressed: " .. tostring(row.reason))
  return true
end

mod["validate_data_spool_each_rcpt"] = function(self, msg, accept, vctx)
  if vctx:get(msys.core.VCTX_CONN, "listener") != "public" and drop_suppressed(msg) then
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

mod["msg_gen_data_spool"] = function(self, msg)
  drop_suppressed(msg)
end

msys.registerModule("suppression", mod)
