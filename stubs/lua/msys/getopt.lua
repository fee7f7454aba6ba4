---@meta msys.getopt

--- Reads the arguments of console commands. The pages of console commands point to it and to its source on the server
--- (`libexec/scriptlets/msys/getopt.lua`); none describes its functions.
---@class msys.getopt
---@page momentum/4/lua/ref-msys-register-control
msys.getopt = {}
