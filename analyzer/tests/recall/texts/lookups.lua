-- Lookups in the datasources: queries in a table, in a helper, and where they are used.

local core = require("msys.core")
require("msys.db")
require("msys.datasource")
require("msys.extended.message")
require("msys.extended.vctx")

local lookups = {}
local db = msys.db

local INSERT = [[
  INSERT INTO seen (address, ip, since)
  VALUES (:address, :ip, :since)
--                  ^^^ sql-placeholders: the table has no `ip`
]]

local function row(query, values)
  local found, failure = db.fetch_row("policy", query, values)
  if failure then
    print(failure)
  end
  return found
end

local function remember(address, connection)
  local values = { address = address, since = os.time() }
  values.peer = connection
  return db.execute("policy", INSERT, values)
end

local function is_listed(domain, node)
  local rows, failure = db.query("policy", "SELECT 1 FROM listed WHERE domain = ? AND (node = ? OR node = '?')", { domain })
--                                                                                            ^ sql-placeholders: 2 `?`
  return rows ~= nil and failure == nil and node
end

local function owner(customer)
  return row("SELECT owner FROM customers WHERE name = $name", { name = customer })
end

local function by_recipient(recipient)
  local found, failure = db.fetch_row("policy", "SELECT id FROM mailboxes WHERE address LIKE '%?%'", { recipient })
--                                                                                                     ^^^^^^^^^ sql-placeholders: no `?` takes this value
  return found or failure
end

local function quota(sender)
  local found, failure = db.fetch_row("policy", "SELECT hourly FROM quotas WHERE sender = :sender")
--                                                                                        ^^^^^^^ sql-placeholders: no values are passed
  return found or failure
end

function lookups:validate_rcptto(msg, str, accept, vctx)
  local rcptto = tostring(str)
  remember(rcptto, "peer")
  local known = by_recipient(rcptto)
  local hourly = quota(rcptto)
  if is_listed(rcptto, "node") and known and hourly and owner(rcptto) then
    vctx:set(core.VCTX_MESS, "listed", "yes")
  end
  return core.VALIDATE_CONT
end

msys.registerModule("lookups", lookups)
