-- Long texts from pieces: a report that goes out as a mail, a footer, formatted log lines.

require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local mod = {}

local function pad(text, width)
  text = tostring(text)
  return text .. string.rep(" ", math.max(0, width - #text))
end

local function join(separator, ...)
  local texts = {}
  for index = 1, select("#", ...) do
    local value = (select(index, ...))
    texts[#texts + 1] = value == nil and "-" or tostring(value)
  end
  return table.concat(texts, separator)
end

local function received(msg)
  local lines = {}
  for index, value in ipairs(msg:header("Received")) do
    local unfolded = value:gsub("%s+", " ")
    lines[index] = pad(index, 4) .. unfolded
  end
  if #lines == 0 then
    lines[1] = "none"
  end
  return table.concat(lines, "\n")
end

local function log_line(msg, vctx)
  local peer = vctx:get(msys.core.VCTX_CONN, "remote_ip")
  return join(" | ", os.date("%Y-%m-%d %H:%M:%S"), peer, msg:mailfrom(), msg:rcptto())
end

function mod:validate_data_spool_each_rcpt(msg, accept, vctx)
  local hops = #msg:header("Received")
  if hops > 30 then
    print(log_line(msg, vctx), received(msg))
    vctx:set_code(554, ("5.4.6 Too many hops: %d"):format(hops))
    return msys.core.VALIDATE_DONE
  end
  local stamp = [[policy; ]] .. os.time() .. "; " .. (hops == 1 and "1 hop" or hops .. " hops")
  msg:header("X-Trace", stamp, "replace")
  return msys.core.VALIDATE_CONT
end

msys.registerModule("string_building", mod)
