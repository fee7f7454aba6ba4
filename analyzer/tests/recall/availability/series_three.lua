// target=5.4
-- Came over from series 3 and was never looked at again.

require("msys.core")
require("msys.policyeditor")

local old = {}

function old:validate_rcptto(msg, str, accept, vctx)
  local recipient = msys.policyeditor.get_rcptto({ ec_message = msg }, {}, {})
--                                    ^^^^^^^^^^ unavailable-api
  return msys.core.VALIDATE_CONT
end

msys.registerModule("old", old)
