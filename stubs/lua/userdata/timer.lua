---@meta

--- A timer, from `msys.timer.after`, `msys.timer.at` or `msys.timer.every`. When it is collected it stops.
---@class timer
---@receiver timer
---@page momentum/4/lua/ref-msys-timer-after
local timer = {}

--- Gives the label that the timer was made with.
---@return string name
---@requires msys.timer
---@since 3=3.0 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msys-timer-after
function timer:name() end

--- Schedules the timer again.
---@requires msys.timer
---@since 3=3.0 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msys-timer-after
function timer:start() end

--- Stops the timer.
---@requires msys.timer
---@since 3=3.0 4=4.0
---@trap It is not safe between threads: call it on the scheduler thread alone.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-timer-after
function timer:stop() end
