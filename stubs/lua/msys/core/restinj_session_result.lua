---@meta msys.core

-- What `restinj_json_request` returns.

---@class msys.core
msys.core = {}

--- Go on.
---@type integer
---@constant restinj_session_result
---@since 3=3.1.2 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-restinj-json-request
msys.core.EC_RESTINJ_SESS_OK = nil

--- Refuse the request; the hook has written the response.
---@type integer
---@constant restinj_session_result
---@since 3=3.1.2 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-restinj-json-request
msys.core.EC_RESTINJ_SESS_ERR = nil
