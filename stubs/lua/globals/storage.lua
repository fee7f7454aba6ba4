---@meta

--- A table of the session's own: what a script keeps in it, no other session sees. It is there without a `require`.
---@type table<any, any>
---@since 3=3.2 4=4.0
---@page momentum/4/lua/ref-msys-runinpool
_TLS = nil

--- A table of the operating system's thread's own: code on another thread of the server sees another table. It is there
--- without a `require`.
---@type table<any, any>
---@since 3=3.2 4=4.0
---@trap A function that `msys.runInPool` runs is on another thread, and so are later callouts, perhaps: what one left, the next may not find.
---@trap All sessions of the thread share it.
---@page momentum/4/lua/ref-msys-runinpool
_OSTLS = nil
