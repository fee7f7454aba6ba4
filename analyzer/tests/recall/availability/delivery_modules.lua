-- Three scripts of three people, none of which sees what the others require.

require("msys.core")
require("msys.extended.message")
require("msys.timer")

local relay = {}

local function through(message, host)
  if host ~= message:routing_domain() then
    message:routing_domain(host)
--          ^^^^^^^^^^^^^^ companion-require: what is set here has no effect
  end
end

function relay:validate_data_spool_each_rcpt(msg, accept, vctx)
--             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http-injection
  local wanted = msg:header("X-Relay-Through")[1]
  if wanted then
    through(msg, wanted)
    msg:header("X-Relay-Through", "", "replace")
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("relay", relay)

//- /policy/push.lua
local core = require("msys.core")
require("msys.extended.message")
local http = require("msys.httpclnt")

local push = {}

push.http_response_eval = function(self, sess)
  return 0
end

push.validate_data_spool = function(self, msg, accept, vctx)
--   ^^^^^^^^^^^^^^^^^^^ http-injection
  local status = tonumber(msg:context_get(core.ECMESS_CTX_MESS, "DLV_Response_Status"))
  if status and status > 299 then
    msg:header("X-Outcome", tostring(http.http_status_classifier(status)), "replace")
--                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ phase: `http_response_eval` alone
--                                        ^^^^^^^^^^^^^^^^^^^^^^ companion-require: `msys.delivery`
  end
  return core.VALIDATE_CONT
end

msys.registerModule("push", push)
