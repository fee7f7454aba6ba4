---@meta msys.core

-- What `restinj_body_assignment` and `restinj_post_body_assignment` return.

---@class msys.core
msys.core = {}

--- The hook has not touched the body.
---@type integer
---@constant restinj_body_result
---@since 3=3.1.2 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-restinj-body-assignment
msys.core.EC_RESTINJ_BODY_UNTOUCHED = nil

--- The hook has written the body.
---@type integer
---@constant restinj_body_result
---@since 3=3.1.2 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-restinj-body-assignment
msys.core.EC_RESTINJ_BODY_REPLACED = nil

--- The hook failed.
---@type integer
---@constant restinj_body_result
---@since 3=3.1.2 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-restinj-body-assignment
msys.core.EC_RESTINJ_BODY_ERROR = nil
