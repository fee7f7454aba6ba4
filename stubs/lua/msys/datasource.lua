---@meta msys.datasource

--- The datasource layer below `msys.db`. It has no documented function of its own; it must be required wherever
--- `msys.db` is.
---@class msys.datasource
---@page momentum/4/lua/ref-msys-db-query
msys.datasource = {}
