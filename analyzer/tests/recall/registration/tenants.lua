-- Each tenant has its own policy; a factory builds the tables.

require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local function stamp(msg, tenant)
  msg:header("X-Tenant", tenant, "replace")
end

local tenant_policy = {
  init = function()
    local ok = pcall(require, "site.tenants")
    if not ok then
      return 1
--    ^^^^^^^^ init-return
    end
    return true
  end,

  validate_mailfrom = function(self, accept, str, vctx)
--                                   ^^^^^^^^^^^ callout-parameters
    return msys.core.VALIDATE_CONT
  end,

  validate_data = function(msg, accept, vctx)
--                         ^^^^^^^^^^^^^^^^^ callout-self
    stamp(msg, "default")
    return msys.core.VALIDATE_CONT
  end,

  validate_data_spool_each_rcpt = function(self, msg, accept, vctx)
    stamp(msg, "other")
    return msys.core.VALIDATE_CONT
  end,

  validate_setbinding = function(self, msg)
--^^^^^^^^^^^^^^^^^^^ unknown-callout:validate_set_binding
    msg:binding("default")
    return msys.core.VALIDATE_CONT
  end,

  deinit = function(self)
    print("tenants: going down")
    return nil
--  ^^^^^^^^^^ deinit-return
  end,
}

msys.registerModule("tenants", tenant_policy)

-- What came before; nobody took it out.
local legacy = {}

legacy.validate_data = function(self, msg, accept, vctx)
--     ^^^^^^^^^^^^^ unregistered-module
  stamp(msg, "legacy")
  return msys.core.VALIDATE_CONT
end
