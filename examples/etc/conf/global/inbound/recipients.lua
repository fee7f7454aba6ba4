-- Recipients: only those in the directory, and members in place of a distribution list.

require("msys.core")
require("msys.datasource")
require("msys.db")
require("msys.extended.vctx")

local CONN = msys.core.VCTX_CONN
local MESS = msys.core.VCTX_MESS

-- Bits of mailboxes.flags
local SUSPENDED = 1 << 0
local OVER_QUOTA = 1 << 1
local PARTNERS_ONLY = 1 << 2

local QUIETLY = { raise_error = false }

local mod = {}

function mod:validate_mailfrom(str, accept, vctx)
  self.lists = {}
  return msys.core.VALIDATE_CONT
end

local function try_later(vctx, what, failure)
  print("recipients: " .. what .. ": " .. tostring(failure))
  vctx:set_code(451, "4.3.0 Directory not available, try again later")
  return msys.core.VALIDATE_DONE
end

local function refuse(vctx, code, text)
  vctx:set_code(code, text)
  return msys.core.VALIDATE_DONE
end

function mod:validate_rcptto(msg, str, accept, vctx)
  if vctx:get(CONN, "can_relay") == "true" or vctx:get(CONN, "auth_user") != "" then
    return msys.core.VALIDATE_CONT
  end

  local localpart = string.lower(vctx:get(MESS, "rcptto_localpart"))
  local domain = string.lower(vctx:get(MESS, "rcptto_domain"))
  if domain == "bounces.example.com" then
    return msys.core.VALIDATE_CONT
  end

  local mailbox, failure = msys.db.fetch_row(
    "directory",
    "SELECT flags FROM mailboxes WHERE localpart = ? AND domain = ?",
    { localpart, domain },
    QUIETLY
  )
  if failure then
    return try_later(vctx, "mailbox", failure)
  end

  if not mailbox then
    local address = localpart .. "@" .. domain
    local list, reason = msys.db.fetch_row(
      "directory",
      "SELECT COUNT(*) AS members FROM list_members WHERE list = ?",
      { address },
      QUIETLY
    )
    if reason then
      return try_later(vctx, "list", reason)
    end
    if not list or tonumber(list.members) == 0 then
      return refuse(vctx, 550, "5.1.1 No such recipient here")
    end
    self.lists = self.lists or {}
    table.insert(self.lists, address)
    return msys.core.VALIDATE_CONT
  end

  local flags = tonumber(mailbox.flags) or 0
  if flags & SUSPENDED != 0 then
    return refuse(vctx, 550, "5.2.1 Mailbox is closed")
  end
  if flags & OVER_QUOTA != 0 then
    return refuse(vctx, 452, "4.2.2 Mailbox is full")
  end
  if flags & PARTNERS_ONLY != 0 and vctx:get(CONN, "partner") == "" then
    return refuse(vctx, 550, "5.7.1 This mailbox takes mail from partners only")
  end
  return msys.core.VALIDATE_CONT
end

function mod:validate_data(msg, accept, vctx)
  for _, list in ipairs(self.lists or {}) do
    local members, failure = msys.db.query(
      "directory",
      "SELECT address FROM list_members WHERE list = :list",
      { list = list },
      QUIETLY
    )
    if not members then
      return try_later(vctx, "members of " .. list, failure)
    end
    for member in members do
      vctx:add_recipient(member.address)
    end
    vctx:remove_recipient(list)
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("recipients", mod)
