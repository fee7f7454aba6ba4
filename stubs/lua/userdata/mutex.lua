---@meta

--- A lock, from `thread.mutex`.
---@class mutex
---@receiver mutex
---@page momentum/4/lua/ref-thread-mutex
local mutex = {}

--- Takes the lock; waits while another thread has it.
---@return true taken
---@requires thread
---@since 3=3.0 4=4.0
---@blocking
---@raises the thread has it already, for a lock of the kind `thread.MUTEX_ERRORCHECK`
---@trap The waiting thread does nothing else. On the scheduler thread the whole server waits.
---@fidelity modelled
---@page momentum/4/lua/ref-thread-mutex
function mutex:lock() end

--- Takes the lock if it is free, and does not wait.
---@return true|integer taken true when the lock was taken; else the operating system's number for the reason (16, busy, on Linux).
---@requires thread
---@since 3=3.0 4=4.0
---@trap A number is true in a condition as well: `if lock:trylock() == true`.
---@correction The page states no result; it is as the engine has it.
---@fidelity modelled
---@page momentum/4/lua/ref-thread-mutex
function mutex:trylock() end

--- Gives the lock back.
---@return true given
---@requires thread
---@since 3=3.0 4=4.0
---@raises another thread has it, for a lock of the kind `thread.MUTEX_ERRORCHECK`
---@trap An error between `lock` and `unlock` leaves the lock taken: use `pcall` around what may raise.
---@fidelity modelled
---@page momentum/4/lua/ref-thread-mutex
function mutex:unlock() end
