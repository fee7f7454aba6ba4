-- What is there on some nodes only is asked for with pcall.

local ok_core, core = pcall(require, "msys.core")
if not ok_core then
  error("no msys.core: " .. tostring(core))
end
require("msys.extended.vctx")

local has_json, json = pcall(require, "json")
local has_site, site = pcall(require, "site.settings")

local defaults = { maximum = 100, greeting = "hello" }

local function setting(name)
  if has_site and type(site) == "table" and site[name] ~= nil then
    return site[name]
  end
  return defaults[name]
end

local function describe(value)
  if has_json then
    return tostring(json.encode(value))
  end
  return tostring(value)
end

local mod = {}

function mod:validate_ehlo(str, accept, vctx)
  local text = tostring(str)
  if #text > setting("maximum") then
    vctx:set_code(501, "5.5.4 That is no name: " .. describe(#text))
    return core.VALIDATE_DONE
  end
  return core.VALIDATE_CONT
end

msys.registerModule("optional_modules", mod)
