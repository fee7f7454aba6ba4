-- One line of JSON for each delivery and failure, for the reports that customers see.

require("msys.core")
require("msys.bounce")
require("msys.counter")
require("msys.extended.message")
require("json")

local EVENTS = "/var/log/ecelerity/policy/events.json"

local mod = {}

-- Writing waits for the disk: the pool does it, and nobody waits for the pool.
local function append(line)
  msys.runInPool("policy_log", function()
    local flags = msys.core.O_WRONLY | msys.core.O_APPEND | msys.core.O_CREAT
    local events = msys.core.io_wrapper_open(EVENTS, flags, 0640)
    if not events then
      print("delivery_events: cannot open " .. EVENTS)
      return
    end
    events:write(line, #line)
  end, true)
end

local function record(kind, msg, dr, note)
  local event = {
    time = msys.core.get_now_ts(),
    kind = kind,
    id = tostring(msg.id),
    recipient = msg:rcptto(),
    customer = msg:context_get(msys.core.ECMESS_CTX_MESS, "customer"),
    tags = msg:context_get(msys.core.ECMESS_CTX_MESS, "tags"),
    response = note,
  }
  if kind ~= "delivered" and note and dr.domain then
    local _, class = msys.bounce.classify_smtp_response(note, dr.domain)
    event.class = class
  end
  msys.counter.inc("/site/delivery/" .. kind)
  append(tostring(json.encode(event)) .. "\n")
end

function mod:core_log_delivery_v1(msg, dr, now, note, note_len)
  record("delivered", msg, dr, note)
end

function mod:core_log_transient_failure_v1(msg, dr, now, note, note_len)
  record("deferred", msg, dr, note)
end

function mod:core_log_permanent_failure_v1(msg, dr, now, note, note_len)
  record("failed", msg, dr, note)
end

msys.registerModule("delivery_events", mod)
