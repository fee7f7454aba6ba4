-- Nil in all its guises: guards in every style that people write.

local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")
require("msys.pcre")

local function one(msg, name)
  local values = msg:header(name)
  return values and values[1]
end

local function number_of(msg, name)
  local text = one(msg, name)
  local value = text and tonumber(text)
  if type(value) ~= "number" then
    return 0
  end
  return value
end

local function must(value, what)
  if value == nil then
    error("guards: no " .. what)
  end
  return value
end

local function date_of(msg)
  local values = msg:header("Date")
  if not (values and #values >= 1) then
    return os.time()
  end
  local day = string.match(values[1], "%d+")
  return day and tonumber(day) or 1
end

local mod = {}

function mod:validate_data_spool(msg, accept, vctx)
  local id = one(msg, "Message-ID")
  if not id then
    id = "<" .. tostring(msg.id) .. "@example.com>"
    msg:header("Message-ID", id)
  end
  local level, ok = number_of(msg, "X-Level"), true
  while level > 9 do
    level = level / 10
  end
  local found = msys.pcre.match(id, "<(?<left>[^@]+)@")
  local left = found and found.left or ""
  local subject
  for _, value in ipairs(msg:header("Subject")) do
    subject = subject or value
  end
  if subject == nil or #subject == 0 then
    ok = false
  end
  local sender = msg:mailfrom()
  if sender == nil or sender == "" then
    sender = "<>"
  end
  local key = assert(left ~= "" and left or id)
  vctx:set(core.VCTX_MESS, "key", key .. "/" .. string.lower(sender) .. "/" .. date_of(msg))
  if not ok then
    vctx:set_code(550, "5.6.0 " .. must(one(msg, "X-Reason") or "no subject", "reason"))
    return core.VALIDATE_DONE
  end
  return core.VALIDATE_CONT
end

msys.registerModule("guards", mod)
