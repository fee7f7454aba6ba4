---@meta

--- A console command on its way to a function that `msys.registerControl` registered.
---
--- What the function prints goes back to the console.
---@class command_construct
---@receiver cc
---@page momentum/3/3-api/structs-command-construct
local command_construct = {}

--- How many words the command has, the command's own name included: at least 1.
---@type integer
---@page momentum/4/lua/ref-msys-register-control
command_construct.argc = nil

--- The words of the command: `argv[0]` is the command's name, `argv[1]` its first argument. A C array, which counts
--- from 0 and knows no length of its own.
---@type table<integer, string>
---@trap Reading an index of `cc.argc` or more crashes the server: compare with `cc.argc` first.
---@page momentum/4/lua/ref-msys-register-control
command_construct.argv = nil
