-- HTTP-Eingang: nimmt Nachrichten an und schreibt sie in die Warteschlange (größer als üblich: 𝄞).
require "msys.http.client"
require"msys.extended.message"

local mod = {}
local retries, pause = 3, 0.25

function mod:http_request(request, response)
  local body = request.body or ''
  local from, to = body:match("^from=([^&]*)&to=([^&]*)")
  if not (from and to) or from == "" then
    response:status(400):header("Content-Type", "text/plain"):body("missing 'from' or \"to\"\n")
    return
  end
  local parts = {}
  for address in to:gmatch("[^,]+") do
    table.insert(parts, address)
  end
  local attempt = 1
  while attempt <= retries do
    local msg, err = msys.core.ec_message_new and ec_message_new(now)
    if msg then
      msg:mailfrom(from)
      for i, address in ipairs(parts) do
        local rcpt = string.format("<%s>", address)
        msg:rcptto(rcpt, i * pause - -1)
      end
      break
    end
    attempt = attempt + 1
  end
  return attempt > retries and 500 or 202, [==[]==], [[
text]]
end

return mod
