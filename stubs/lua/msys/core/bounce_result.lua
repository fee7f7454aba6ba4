---@meta msys.core

-- What `core_generate_bounces` returns.

---@class msys.core
msys.core = {}

--- Not handled: other modules are asked, then the configuration.
---@type integer
---@constant bounce_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-generate-bounces
msys.core.GENERATE_BOUNCES_HOOK_CONT = nil

--- Handled: what the hook has set holds.
---@type integer
---@constant bounce_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-generate-bounces
msys.core.GENERATE_BOUNCES_HOOK_OK = nil
