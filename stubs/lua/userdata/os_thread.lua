---@meta

--- A thread of the operating system, from `thread.create`. When it is collected, the collector waits for its end.
---@class os_thread
---@undocumented
local os_thread = {}

--- Waits until the thread has ended.
---@return true ended
---@requires thread
---@undocumented
---@blocking
---@fidelity modelled
function os_thread:join() end
