---@meta msys.core

-- What `core_ec_message_mcmt_fixup` returns.

---@class msys.core
msys.core = {}

--- Go on with the next hook.
---@type integer
---@constant mcmt_fixup_result
---@since 3=3.1 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-message-mcmt-fixup
msys.core.EC_MSG_MCMT_OK = nil

--- Reject the message for good.
---@type integer
---@constant mcmt_fixup_result
---@since 3=3.1 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-message-mcmt-fixup
msys.core.EC_MSG_MCMT_INVALID = nil

--- Reject the message for now.
---@type integer
---@constant mcmt_fixup_result
---@since 3=3.1 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-message-mcmt-fixup
msys.core.EC_MSG_MCMT_ERROR = nil
