---@meta msys.core

-- What `core_ec_message_enqueue` returns.

---@class msys.core
msys.core = {}

--- Go on: the next hook, then the queue.
---@type integer
---@constant enqueue_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-message-enqueue
msys.core.EC_MESSAGE_ENQUEUE_HOOK_CONT = nil

--- The hook took the message over; the caller is told of success.
---@type integer
---@constant enqueue_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-message-enqueue
msys.core.EC_MESSAGE_ENQUEUE_HOOK_OK = nil

--- The hook took the message over; the caller is told of failure.
---@type integer
---@constant enqueue_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-message-enqueue
msys.core.EC_MESSAGE_ENQUEUE_HOOK_ERR = nil
