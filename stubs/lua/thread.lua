---@meta thread

--- Locks between the server's threads. `require("thread")` also sets the global `thread`.
---@class thread
---@global
---@page momentum/4/lua/ref-thread-mutex
thread = {}

-- Kinds of lock.

--- Locking it twice in one thread waits for ever. The default.
---@type integer
---@constant thread.mutex_type
---@since 3=3.2 4=4.0
---@page momentum/4/lua/ref-thread-mutex
thread.MUTEX_NORMAL = nil

--- One thread may lock it several times, and unlocks it as often.
---@type integer
---@constant thread.mutex_type
---@since 3=3.2 4=4.0
---@page momentum/4/lua/ref-thread-mutex
thread.MUTEX_RECURSIVE = nil

--- Locking it twice in one thread, or unlocking another thread's lock, is an error.
---@type integer
---@constant thread.mutex_type
---@since 3=3.2 4=4.0
---@page momentum/4/lua/ref-thread-mutex
thread.MUTEX_ERRORCHECK = nil

--- Makes a lock. Keep it in a global, or in an upvalue that all threads share.
---@param type? thread.mutex_type `MUTEX_NORMAL` when left out.
---@return mutex lock
---@requires thread
---@phase any
---@since 3=3.2 4=4.0
---@trap `type` is one of `thread.MUTEX_NORMAL`, `thread.MUTEX_RECURSIVE` and `thread.MUTEX_ERRORCHECK`.
---@fidelity modelled
---@page momentum/4/lua/ref-thread-mutex
function thread.mutex(type) end
