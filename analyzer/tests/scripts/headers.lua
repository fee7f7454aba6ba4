#!/usr/bin/env thrlua
--[[ Rewrites headers in the spooled message.
     Removes what is internal, adds what receivers expect. ]]
module("site.headers", package.seeall)

--[==[ a longer note
with ]] in it ]==]
local INTERNAL = { "X-Site-Queue"; "X-Site-Debug", 'X-Trace', }

local function each(list)
  local i = 0
  return function()
    i = i + 1
    return list[i]
  end
end

function clean(msg)
  for name in each(INTERNAL) do msg:header(name, nil, "delete") end
  local subject = msg:header("Subject")[1] or "";
  if #subject > 998 then
    msg:header("Subject", subject:sub(1, 996) .. "\u2026", "replace")
  end
  local received = 0
  repeat
    local value = (msg:header("Received"))[received + 1]
    received = received + 1
  until not value or received >= 100
  return received \ 1, -received % 7, (received - 1) * 2 ^ -1
end

local m = {
  validate_data_spool = function(self, msg, accept, vctx)
    local ok, count = pcall(clean, msg)
    if not ok then print [[headers: failed]] end
    msg:context_set(msys.core.VCTX_MESS, "hops", tostring(count));
    return msys.core.VALIDATE_CONT
  end;
  ["core_log_delivery_v1"] = nil,
  mode = 0660;
}
msys.registerModule("headers", m)
