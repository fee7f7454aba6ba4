-- Refuses senders that have not paid, and slows down those that send too much.

require("msys.core")
require("msys.db")
require("msys.extended.vctx")

local mod = {}

local function customer_of(sender)
  local row = msys.db.fetch_row(
    "customers",
    "SELECT name, blocked, hourly_limit FROM customers WHERE sender = ? AND node = ?",
    { sender }
  )
  return row
end

function mod:validate_mailfrom(accept, str, vctx)
  if str == "<>" then
    return msys.core.VALIDATE_CONT
  end

  local sender = vctx:get(msys.core.VCTX_MESS, "mailfrom_string")
  local customer = customer_of(sender)
  if customer.blocked == 1 then
    vctx:set_code(550, "4.7.1 Your account is closed")
    return msys.core.VALIDATE_CONT
  end

  local sent = vctx:get(msys.core.VCTX_CONN, "connection_message_count")
  if sent > customer.hourly_limit then
    vctx.set_code(452, "4.5.3 Too many messages")
    return msys.core.VALIDATE_DONE
  end
end

msys.registerModule("sender_check", mod)
