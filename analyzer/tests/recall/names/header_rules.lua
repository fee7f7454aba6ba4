-- A list of rules, each a table with a pattern and an action; the actions are closures.

local core = require("msys.core")
require("msys.extended.message")

local PORTS = { submission = 0465, mail = 25 }
--                           ^^^^ octal-literal
local enabled = ~false
--              ^^^^^^ crash-risk

local rules = {
  { header = "X-Spam-Flag", value = "YES", action = function(msg) msg:header("X-Folder", "junk", "replace") end },
  { header = "Precedence", value = "bulk", action = function(msg) msg:binding("bulk") end },
  {
    header = "X-Ticket",
    value = "",
    action = function(msg)
      for index, value in ipairs(msg:header("X-Ticket")) do
        if index > 1 then
          ticket = value
--        ^^^^^^ global-write
          print("another ticket", ticket)
        end
      end
    end,
  },
}

local function apply(msg)
  for _, rule in ipairs(rules) do
    local value = msg:header(rule.header)[1]
    if value and (rule.value == "" or value == rule.value) then
      rule.action(mgs)
--                ^^^ undefined-global:msg
    end
  end
end

local function hour_now()
  return tonumber(os.date("%H"))
--       ^^^^^^^^^^^^^^^^^^^^^^^ octal-literal
end

local rewrite = {}

rewrite.validate_data_spool_each_rcpt = function(self, msg, accept, vctx)
  if enabled and tonumber(vctx:get(core.VCTX_CONN, "port")) ~= PORTS.submission and hour_now() then
    apply(msg)
  end
  return core.VALIDATE_CONT
end

rewrite.msg_gen_data_spool = function(self, msg)
  local ok, failure = pcall(apply, msg)
  if not ok then
    print("rewrite: " .. error_text(failure))
--                       ^^^^^^^^^^ undefined-global
  end
  local as_text = msys.cast(msg, "message")
--                ^^^^^^^^^^^^^^^^^^^^^^^^^ crash-risk
  return as_text and core.VALIDATE_CONT
end

msys.registerModule("rewrite", rewrite)
