---@meta msys.core

-- What `core_ec_mime_component_extract_content_type` returns.

---@class msys.core
msys.core = {}

--- Not handled: the next hook, then the parser.
---@type integer
---@constant mime_content_type_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-mime-component-extract-content-type
msys.core.EC_MIME_COMPONENT_EXTRACT_CONTENT_TYPE_HOOK_CONT = nil

--- Handled: the buffers hold.
---@type integer
---@constant mime_content_type_result
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-ec-mime-component-extract-content-type
msys.core.EC_MIME_COMPONENT_EXTRACT_CONTENT_TYPE_HOOK_OK = nil
