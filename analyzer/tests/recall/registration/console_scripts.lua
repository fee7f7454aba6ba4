require("msys.core")

msys.registerModule("console", {
  init = function()
    return true
  end,
})
//- /etc/ecelerity.conf
# A node that runs console commands only.
ecstream_listener "/tmp/2025" {
}
scriptlet "scriptlet" {
#<^^^^^^^^^^^^^^^^^^^^^ scriptlet-alerting
  script "console" {
    source = "main.lua"
#            ^^^^^^^^^^ script-source
  }
}
scriptlet "console" {
#         ^^^^^^^^^ scriptlet-instance
  gc_pause = 150
}
//- /node2/ecelerity.conf
# The same policy on a node that has its own folder.
scriptlet "scriptlet" {
#<^^^^^^^^^^^^^^^^^^^^^ scriptlet-alerting
  script "console" {
    source = "/policy/main.lua"
#            ^^^^^^^^^^^^^^^^^^ script-source
  }
}
