-- Small modules are collected in a table and registered in one place; a factory makes the simple ones.

local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local modules = {}

local function header_stamp(name, value)
  local stamp = {}
  function stamp:validate_data_spool(msg, accept, vctx)
    msg:header(name, value, "replace")
    return core.VALIDATE_CONT
  end
  stamp.msg_gen_data_spool = function(_, msg)
    msg:header(name, value, "replace")
  end
  return stamp
end

modules.site_stamp = header_stamp("X-Site", "example")
modules.node_stamp = header_stamp("X-Node", "mta-7")

modules.quiet_hours = {
  validate_connect = function(self, accept, vctx)
    local now = os.date("*t")
    if now.hour >= 2 and now.hour < 4 and now.wday == 1 then
      vctx:set_code(421, "4.3.2 Closed for maintenance until four")
      return core.VALIDATE_DONE
    end
    return core.VALIDATE_CONT
  end,
}

for name, definition in pairs(modules) do
  msys.registerModule(name, definition)
end
