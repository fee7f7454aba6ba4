-- Headers as they leave or arrive, and the footers of customers. SMTP and HTTP injection go the same way.

local core = require("msys.core")
require("msys.extended.message")

local tariffs = require("site.tariffs")

local CONN = core.ECMESS_CTX_CONN
local MESS = core.ECMESS_CTX_MESS

local INTERNAL = {
  "X-Originating-IP",
  "X-Internal-Ticket",
  "X-Mailer-Host",
}

local mod = {}

-- Mail from outside that nobody has signed says so in its subject, once.
local function mark_external(msg)
  if msg:context_get(CONN, "listener") ~= "public" or msg:context_get(MESS, "signed") == "yes" then
    return
  end
  local subject = msg:header("Subject")[1] or ""
  if string.sub(subject, 1, 10) ~= "[external]" then
    msg:header("Subject", "[external] " .. subject, "replace")
  end
end

local function unsubscribe_header(msg)
  local campaign = msg:header("X-Campaign")[1]
  if not campaign or #msg:header("List-Unsubscribe") > 0 then
    return
  end
  local link = "https://news.example.com/unsubscribe/" .. string.gsub(campaign, "[^%w-]", "")
  msg:header("List-Unsubscribe", "<" .. link .. ">", "replace")
  msg:header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click", "replace")
end

local function append_footer(msg, footer)
  local part = msg:mime(false)
  while part do
    local content = part:content_type()
    if content.mimetype == "text/plain" and not content.is_attachment then
      local text = part:text()
      if text then
        part:text(text .. "\r\n-- \r\n" .. footer .. "\r\n", "text/plain", "utf-8")
      end
    end
    part = part.thread
  end
end

local function rewrite(msg)
  for _, name in ipairs(INTERNAL) do
    msg:header(name, "")
  end
  mark_external(msg)
  unsubscribe_header(msg)

  local name = msg:context_get(MESS, "customer")
  if name ~= "" then
    local customer = tariffs.customer(name)
    if customer and customer.footer then
      append_footer(msg, customer.footer)
    end
  end
end

function mod:validate_data_spool_each_rcpt(msg, accept, vctx)
  rewrite(msg)
  return core.VALIDATE_CONT
end

function mod:msg_gen_data_spool(msg)
  rewrite(msg)
  return core.VALIDATE_CONT
end

msys.registerModule("message_headers", mod)
