---@meta msys.core

-- What `delay_dsn_generate_delay_dsn` and `delay_dsn_next_delay_dsn` return.

---@class msys.core
msys.core = {}

--- Not handled: other modules are asked, then the configuration.
---@type integer
---@constant delay_dsn_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-delay-dsn-generate-delay-dsn
msys.core.GENERATE_DELAY_DSN_HOOK_CONT = nil

--- Handled: what the hook has set holds.
---@type integer
---@constant delay_dsn_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-delay-dsn-generate-delay-dsn
msys.core.GENERATE_DELAY_DSN_HOOK_OK = nil
