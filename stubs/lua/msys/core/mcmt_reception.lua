---@meta msys.core

-- How messages with a part for another channel (MCMT) are treated, for `core_ec_message_mcmt_pre_fixup`.

---@class msys.core
msys.core = {}

--- Accept and convert them.
---@type integer
---@constant mcmt_reception
---@since 3=3.1 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-message-mcmt-pre-fixup
msys.core.MCMT_RECEPTION_ALLOW = nil

--- Reject them.
---@type integer
---@constant mcmt_reception
---@since 3=3.1 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-message-mcmt-pre-fixup
msys.core.MCMT_RECEPTION_REJECT = nil

--- Let them pass as they are.
---@type integer
---@constant mcmt_reception
---@since 3=3.1 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-message-mcmt-pre-fixup
msys.core.MCMT_RECEPTION_PASSTHRU = nil
