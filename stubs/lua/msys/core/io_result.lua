---@meta msys.core

-- How far an operation on a message has come, for `core_message_body_in_core`.

---@class msys.core
msys.core = {}

--- Not settled: go on with the next hook.
---@type integer
---@constant io_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-message-body-in-core
msys.core.IO_CONT = nil

--- Done.
---@type integer
---@constant io_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-message-body-in-core
msys.core.IO_DONE = nil
