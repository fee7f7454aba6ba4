-- Comments that suppress: what they spoke of has gone.

local core = require("msys.core")
require("msys.extended.message")

local mod = {}

---@diagnostic disable-next-line: header-table -- the table is wanted
--<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-suppression
local function subject(msg)
  return msg:header("Subject")[1] or ""
end

function mod:validate_data_spool(msg, accept, vctx)
  msg:header("X-Seen", subject(msg), "replace") ---@diagnostic disable-line: method-call
--                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-suppression
  ---@diagnostic disable: nil-argument, smtp-repply
--                        ^^^^^^^^^^^^ unused-suppression
--                                      ^^^^^^^^^^^ unused-suppression
  vctx:set_code(250, "2.0.0 " .. subject(msg))
  ---@diagnostic enable: nil-argument
  return core.VALIDATE_CONT
end

msys.registerModule("suppressed", mod)
