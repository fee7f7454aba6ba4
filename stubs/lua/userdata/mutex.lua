---@meta

--- A lock, from `thread.mutex`.
---@class mutex
---@receiver mutex
---@page momentum/4/lua/ref-thread-mutex
local mutex = {}

--- Takes the lock; waits while another thread has it.
---@requires thread
---@since 3=3.0 4=4.0
---@blocking
---@trap The waiting thread does nothing else. On the scheduler thread the whole server waits.
---@fidelity modelled
---@page momentum/4/lua/ref-thread-mutex
function mutex:lock() end

--- Takes the lock if it is free, and does not wait.
---@return boolean taken The page does not state the result; true when the lock was taken is to be expected.
---@requires thread
---@since 3=3.0 4=4.0
---@correction The page states no result.
---@fidelity modelled
---@page momentum/4/lua/ref-thread-mutex
function mutex:trylock() end

--- Gives the lock back.
---@requires thread
---@since 3=3.0 4=4.0
---@trap An error between `lock` and `unlock` leaves the lock taken: use `pcall` around what may raise.
---@fidelity modelled
---@page momentum/4/lua/ref-thread-mutex
function mutex:unlock() end
