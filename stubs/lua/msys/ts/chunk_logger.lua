---@meta msys.ts.chunk_logger

--- The other name that the page of the configuration module `chunk_logger` gives its Lua module; its example uses
--- `msys.beta.chunk_logger_int`.
---@class msys.ts.chunk_logger
---@page momentum/4/modules/chunk-logger
msys.ts.chunk_logger = {}

--- Writes a line to the log.
---@param text string The line.
---@since 4=4.2
---@nilcrash text
---@undocumented
---@trap The page names it once and then uses `msys.beta.chunk_logger_int.log`.
---@fidelity recorded
---@page momentum/4/modules/chunk-logger
function msys.ts.chunk_logger.log(text) end
