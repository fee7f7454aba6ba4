-- The policy is in a file that returns its table; this one only registers it, under a name of its own.

local policy = require("site.policy")

policy.configure({ limit = 20, domains = { "example.com", "example.net" } })
msys.registerModule("returned_module", policy.callouts)
//- /policy/site/policy.lua
local core = require("msys.core")
require("msys.extended.vctx")

local M = { callouts = {} }
local options = { limit = 10, domains = {} }
local known = {}

function M.configure(given)
  for name, value in pairs(given or {}) do
    options[name] = value
  end
  for _, domain in ipairs(options.domains) do
    known[domain] = true
  end
  return M
end

function M.callouts:validate_rcptto(msg, str, accept, vctx)
  local number = (self.recipients or 0) + 1
  self.recipients = number
  if number > options.limit then
    vctx:set_code(452, "4.5.3 Too many recipients")
    return core.VALIDATE_DONE
  end
  if known[vctx:get(core.VCTX_MESS, "rcptto_domain")] == nil then
    vctx:set_code(550, "5.7.1 We do not relay")
    return core.VALIDATE_DONE
  end
  return core.VALIDATE_CONT
end

return M
