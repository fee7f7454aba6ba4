---@meta msys.beta.chunk_logger_int

--- A log that is written in the background, by the configuration module `chunk_logger`.
---@class msys.beta.chunk_logger_int
---@page momentum/4/modules/chunk-logger
msys.beta.chunk_logger_int = {}

--- Writes a line to the log. A time stamp and a line end are added as the configuration says.
---@param text? string The line; the page's example gives none.
---@requires msys.beta.chunk_logger_int
---@since 4=4.2
---@trap Prefer it to `print` where much is logged: `print` writes to disk in the calling thread. The page names both this module and `msys.ts.chunk_logger`; its example uses this one.
---@fidelity recorded
---@page momentum/4/modules/chunk-logger
function msys.beta.chunk_logger_int.log(text) end
