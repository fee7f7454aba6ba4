-- Hooks that fill strings of the server.

local core = require("msys.core")
require("msys.extended.message")

local hooks = {}

local function prefix(text)
  return "mx." .. text
end

hooks.core_config_get_message_routing_domain = function(self, cs, msg, buff)
  if msg:context_get(core.ECMESS_CTX_MESS, "gateway") ~= "" then
    buff = prefix("example.com")
--  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ec-string-assign
  end
  return 0
end

msys.registerModule("hook_strings", hooks)
//- /policy/second.lua
require("msys.core")

msys.registerModule("second", {
  core_config_get_message_routing_domain = function(_, cs, msg, target)
    do
      target = target .. ".example.com"
--    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ec-string-assign
    end
    return 1
  end,
})
