-- Walks the parts of a message: counts attachments, and puts a notice above the text of each text part.

require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local FORBIDDEN = { exe = true, scr = true, js = true }
local NOTICE = "This message came from outside.\r\n\r\n"

local function extension(name)
  return name and name:match("%.(%w+)$")
end

local function each_part(msg, visit)
  local part = msg:mime(false)
  while part do
    visit(part)
    part = part.thread
  end
end

local mod = {}

function mod:validate_data_spool(msg, accept, vctx)
  local bad
  each_part(msg, function(part)
    local disposition = part:header("Content-Disposition")
    local name = disposition and tostring(disposition[1]):match('filename="?([^";]+)')
    local kind = extension(name)
    if kind and FORBIDDEN[kind:lower()] then
      bad = name
    end
    local text = part:text()
    if text and not name then
      part:text(NOTICE .. text)
    end
  end)
  if bad then
    vctx:set_code(554, "5.7.1 We do not take " .. bad)
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("mime_parts", mod)
