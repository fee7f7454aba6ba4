---@meta msys.timer

--- Functions that run later, on the scheduler thread.
---@class msys.timer
---@page momentum/4/lua/ref-msys-timer-after
msys.timer = {}

--- Runs a function once, after a while.
---@param delta number Seconds from now.
---@param closure fun() The function, called without arguments.
---@param name? string A label for `timer:name`; it need not be unique.
---@return timer timer Already running.
---@requires msys.timer, msys.core
---@phase any
---@since 3=3.3 4=4.0
---@nilcrash delta, closure
---@trap Keep the timer in a global or a table that lives on. One in a local, or in none, is collected, and stops.
---@trap `timer:stop` works on the scheduler thread alone.
---@trap The function itself is given, not its name.
---@correction The page types `closure` as a string; the examples give a function.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-timer-after
function msys.timer.after(delta, closure, name) end

--- Runs a function once, at a given time.
---@param time number Seconds since 1970-01-01 00:00 UTC.
---@param closure fun() The function, called without arguments.
---@param name? string A label for `timer:name`; it need not be unique.
---@return timer timer Already running.
---@requires msys.timer, msys.core
---@phase any
---@since 3=3.3 4=4.0
---@nilcrash time, closure
---@trap Keep the timer in a global or a table that lives on. One in a local, or in none, is collected, and stops.
---@trap `timer:stop` works on the scheduler thread alone.
---@trap The function itself is given, not its name.
---@correction The page types `closure` as a string; the examples give a function.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-timer-at
function msys.timer.at(time, closure, name) end

--- Runs a function again and again.
---@param interval number Seconds between two runs.
---@param closure fun() The function, called without arguments.
---@param name? string A label for `timer:name`; it need not be unique.
---@return timer timer Already running.
---@requires msys.timer, msys.core
---@phase any
---@since 3=3.3 4=4.0
---@nilcrash interval, closure
---@trap Keep the timer in a global or a table that lives on. One in a local, or in none, is collected, and stops.
---@trap `timer:stop` works on the scheduler thread alone.
---@trap The function itself is given, not its name.
---@trap The function runs on the scheduler thread: while it works or waits, the server does nothing else.
---@correction The page types `closure` as a string; the examples give a function.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-timer-every
function msys.timer.every(interval, closure, name) end
