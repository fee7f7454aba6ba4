---@meta msys.core

-- What the hooks of the Sieve engine return.

---@class msys.core
msys.core = {}

--- Settled, with a script or with an error.
---@type integer
---@constant sieve_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-sieve-fetch-script
msys.core.SIV_DONE = nil

--- It goes on in the background.
---@type integer
---@constant sieve_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-sieve-fetch-script
msys.core.SIV_AGAIN = nil

--- Not handled: the next hook is asked.
---@type integer
---@constant sieve_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-sieve-fetch-script
msys.core.SIV_CONT = nil
