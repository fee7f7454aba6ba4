require("msys.core")

local relay = {}

function relay:validate_rcptto(msg, str, accept, vctx)
  return msys.core.VALIDATE_CONT
end

msys.registerModule("relay", relay)
//- /opt/msys/ecelerity/etc/conf/default/ecelerity.conf
hostname = "mta1.example.com"
include "/opt/msys/ecelerity/etc/conf/global/scripts.conf"
include "/opt/msys/ecelerity/etc/conf/global/legacy.conf"
scriptlet "scriptlet" {
#         ^^^^^^^^^^^ scriptlet-instance
  script "boot" {
    source = "msys.boot"
  }
}
//- /opt/msys/ecelerity/etc/conf/global/scripts.conf
scriptlet "policy" {
#<^^^^^^^^^^^^^^^^^^ scriptlet-alerting
  script "relay" {
    source = "/policy/main"
  }
}
//- /opt/msys/ecelerity/etc/conf/global/legacy.conf
scriptlet "old_policy" {
#         ^^^^^^^^^^^^ scriptlet-instance
  gc_pause = "often"
#            ^^^^^^^ scriptlet-option
  script "bounces" {
    source = "msys.boot"
  }
}
