---@meta msys.core

-- What `core_validate_expand_string` returns.

---@class msys.core
msys.core = {}

--- Expanded.
---@type integer
---@constant macro_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-validate-expand-string
msys.core.MACRO_PASS = nil

--- A DNS answer is needed first.
---@type integer
---@constant macro_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-validate-expand-string
msys.core.MACRO_EAGAIN = nil
