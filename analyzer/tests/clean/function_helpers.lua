-- Global functions as helpers, one registration at the end: how the first scripts of many sites look.

require("msys.core");
require("msys.extended.message");
require("msys.extended.vctx");

DEFAULT_BINDING = "shared";

function trim(s)
  return (string.gsub(s, "^%s*(.-)%s*$", "%1"));
end

function split(s, sep)
  local parts = {};
  for part in string.gmatch(s, "([^" .. sep .. "]+)") do
    table.insert(parts, trim(part));
  end
  return parts;
end

function first_header(msg, name, default)
  local values = msg:header(name);
  if #values > 0 and values[1] != "" then
    return values[1];
  end
  return default;
end

function log_if(condition, ...)
  if condition then
    print(...);
  end
end

local mod = {};

function mod:validate_set_binding(msg)
  local wanted = first_header(msg, "X-Binding", DEFAULT_BINDING);
  local parts = split(wanted, ",");
  for i, name in ipairs(parts) do
    if msg:binding(name) then
      msg:header("X-Binding", "");
      log_if(i > 1, "function_helpers: took binding number", i, name);
      return msys.core.VALIDATE_DONE;
    end
  end
  return msys.core.VALIDATE_CONT;
end

msys.registerModule("function_helpers", mod);
