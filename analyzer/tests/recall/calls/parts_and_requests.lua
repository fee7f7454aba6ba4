-- Attachments that are taken out, and a gateway that wants its own headers.

local core = require("msys.core")
require("msys.extended.message")
require("msys.httpclnt")

local BLOCKED = { ["application/x-msdownload"] = true, ["application/javascript"] = true }

local function each_part(msg, visit)
  local part = msg:mime()
  while part do
    local following = part.thread
    visit(part)
    part = following
  end
end

local function note(part, text)
  part:header("X-Removed", text)
--^^^^^^^^^^^ mime-readonly
end

local cleaner = {}

function cleaner:validate_data_spool(msg, accept, vctx)
  local top = msg:mime(true)
  note(top, "nothing")
  local removed = 0
  each_part(msg, function(part)
    if BLOCKED[part:content_type().mimetype or ""] then removed = removed + 1 end
  end)
  if removed > 0 then
    local first = msg:mime().thread
    if first then first:unlink() end
--                ^^^^^^^^^^^^ mime-readonly
  end
  return core.VALIDATE_CONT
end

cleaner.msg_gen_data_spool = function(self, msg)
  local part, count = msg:mime(nil), 0
  repeat
    if part:content_type().mimetype == "text/plain" then
      part:text_replace("unsubscribe", "leave the list")
--    ^^^^^^^^^^^^^^^^^ mime-readonly
      count = count + 1
    end
    part = part.thread
  until not part
  print("cleaned", count)
end

local gateway = {}
local TOKEN = os.getenv("GATEWAY_TOKEN")

local function authorize(request, token)
  request:request_delete_header("Authorization")
  request:request_add_header("Authorization", "Bearer " .. token, 1)
end

gateway.http_request_eval = function(self, sess)
  if TOKEN then
    authorize(sess, TOKEN)
    sess:request_finalize(1)
  end
  sess:request_add_header("X-Gateway", "a", 1)
--^^^^^^^^^^^^^^^^^^^^^^^ request-finalize
  return 0
end

local plain = {}

function plain:http_request_eval(session)
  local body = session and TOKEN and string.rep("x", 3)
  if body then
    session:request_set_body(body)
--  ^^^^^^^^^^^^^^^^^^^^^^^^ request-finalize
    return 0
  end
  session:request_add_header("X-Empty", "yes", 0)
  session:request_finalize(0)
  return 0
end

msys.registerModule("cleaner", cleaner)
msys.registerModule("gateway", gateway)
msys.registerModule("plain", plain)

//- /policy/tenant.lua
require("msys.core")
require("msys.httpclnt")

local tenant = {}

local function tag(sess)
  sess:request_delete_header("X-Tenant")
--^^^^^^^^^^^^^^^^^^^^^^^^^^ request-finalize
  sess:request_add_header("X-Tenant", "b", 1)
end

function tenant:http_request_eval(sess)
  for _ = 1, 2 do tag(sess) end
  return 1
end

msys.registerModule("tenant", tenant)
