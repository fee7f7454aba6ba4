-- Idioms of many hands: reassigned parameters, one-line functions, early outs, and everything with a semicolon.

require("msys.core");
require("msys.extended.message");
require("msys.extended.vctx");

local fmt, lower, find = string.format, string.lower, string.find;
local CONN, MESS = msys.core.VCTX_CONN, msys.core.VCTX_MESS;
local DEBUG = false;

local function debug_print(...) if DEBUG then print("idioms:", ...) end end
local function ends_with(text, tail) return tail == "" or text:sub(-#tail) == tail end
local function empty(text) return text == nil or text == "" end

local idioms = {};

function idioms:validate_ehlo(str, ac, vctx)
  str = lower(tostring(str));
  debug_print(str);
  if empty(str) then return msys.core.VALIDATE_CONT end;
  if find(str, "[^%w%.%-%[%]:%s]") then
    vctx:set_code(501, fmt("5.5.4 %q is no name", str));
    return msys.core.VALIDATE_DONE;
  end;
  return msys.core.VALIDATE_CONT;
end;

function idioms:validate_rcptto(msg, str, ac, vctx)
  local address = tostring(str):gsub("[<>]", "");
  local at = address:find("@", 1, true);
  if not at then return msys.core.VALIDATE_CONT; end
  local user, domain = address:sub(1, at - 1), address:sub(at + 1);
  local is_ours = ends_with(domain, ".example.com") or domain == "example.com";
  local limit = tonumber(vctx:get(CONN, "limit")) or 0;
  vctx:set(MESS, "user", user);
  if is_ours and not (limit > 0 and #user > limit) then
    return msys.core.VALIDATE_CONT;
  else
    vctx:set_code(is_ours and 553 or 550, is_ours and "5.1.3 Too long" or "5.7.1 No relaying");
  end
  return msys.core.VALIDATE_DONE;
end

function idioms:validate_data_spool(m, ac, vctx)
  local size, unit = m:get_message_size(), 1024;
  local kilobytes = (size + unit - 1) \ unit;
  m:header("X-Size", fmt("%d KB", kilobytes), "replace");
  local received = m:header("Received");
  for i = #received, 1, -1 do
    local hop = received[i];
    local host = hop:match("^from%s+(%S+)");
    if host and host ~= "localhost" then
      vctx:set(MESS, "origin", host);
      break;
    end
  end
  return msys.core.VALIDATE_CONT;
end

msys.registerModule("idioms", idioms);
