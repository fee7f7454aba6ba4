//- /etc/conf/global/limits.lua
require("msys.core")

local limits = {}

function limits:validate_connect(accept, vctx)
  return msys.core.VALIDATE_CONT
end

msys.registerModule("limits", limits)
//- /etc/conf/global/content/spam.lua
require("msys.core")

msys.registerModule("spamfilter", {
  validate_data_spool = function(self, msg, accept, vctx)
    return msys.core.VALIDATE_CONT
  end,
})
//- /etc/conf/global/content/virus.lua
require("msys.core")

local NAME = "virus-scan"
local virus = {}

function virus:validate_data_spool(msg, accept, vctx)
  return msys.core.VALIDATE_CONT
end

local register = msys.registerModule
register(NAME, virus)
//- /etc/conf/global/routing.lua
require("msys.core")
local site = require("site")

local routing = {}

function routing:validate_set_binding(msg)
  return msys.core.VALIDATE_CONT
end

site.register(routing)
//- /etc/conf/global/site.lua
local site = {}

function site.register(module)
  msys.registerModule("routes", module)
end

return site
//- /etc/ecelerity.conf
hostname = "mta1.example.com"
alerting {}
scriptlet "scriptlet" {
  gc_pause = 200
  gc_stepsize = 100
# ^^^^^^^^^^^ scriptlet-option
  script "limits" {
    source = "limits.lua"
#            ^^^^^^^^^^^^ script-source
  }
  script "spam" {
#        ^^^^^^ script-name-mismatch
    source = "content/spam"
  }
  script "virus" {
#        ^^^^^^^ script-name-mismatch
    source = "content.virus"
  }
  script "routing" {
#        ^^^^^^^^^ script-name-mismatch
    source = "routing"
    priority = 10
#   ^^^^^^^^ scriptlet-option
  }
  script "greylist" {
    source = "content/greylist"
#            ^^^^^^^^^^^^^^^^^^ script-source
  }
}
