---@meta

--- An open file or other resource, as `msys.core.io_wrapper_open` returns it. It is closed when it is collected.
---@class io_object
---@receiver io_object
---@page momentum/3/3-api/structs-io-object
local io_object = {}

--- Writes bytes at the current position, or at the end of a file opened with `msys.core.O_APPEND`. Used in examples
--- only.
---@param data string What to write.
---@param length integer How many bytes of `data` to write, usually `#data`.
---@return unknown result Not documented.
---@nilcrash data, length
---@blocking
---@undocumented
---@trap It blocks the thread: call it in a thread pool, with `msys.runInPool`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-core-io-wrapper-open
function io_object:write(data, length) end
