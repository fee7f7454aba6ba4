---@meta coroutine

--- Coroutines: functions that stop and go on. They are not the server's threads and never run at the same time.
---@class coroutine
---@global
coroutine = {}

--- Makes a coroutine of a function; it does not run yet.
---@param f function
---@return thread co
---@nilcrash f
---@raises `f` is no Lua function
---@fidelity modelled
function coroutine.create(f) end

--- Starts a coroutine or lets it go on, until it yields or ends.
---@param co thread
---@param ... any Arguments of its function; after a yield, what that yield returns.
---@return boolean ok Whether it yielded or returned; false also when it is dead.
---@return any... results What it yielded or returned; the error's message when `ok` is false.
---@nilcrash co
---@raises `co` is no coroutine
---@trap An error inside does not go on to the caller: check `ok`.
---@fidelity modelled
function coroutine.resume(co, ...) end

--- Gives the coroutine that runs.
---@return thread? co nil outside any.
---@fidelity modelled
function coroutine.running() end

--- Tells the state of a coroutine.
---@param co thread
---@return "running"|"suspended"|"normal"|"dead" state `normal` is one that has resumed another.
---@nilcrash co
---@raises `co` is no coroutine
---@fidelity modelled
function coroutine.status(co) end

--- Makes a coroutine and gives a function that resumes it.
---@param f function
---@return fun(...: any): any... resume Raises what the coroutine raises.
---@nilcrash f
---@raises `f` is no Lua function
---@fidelity modelled
function coroutine.wrap(f) end

--- Stops the coroutine; its arguments are the results of the resume.
---@param ... any
---@return any... arguments What the next resume passes.
---@raises no coroutine runs, or a C function stands between it and the resume
---@nopcall
---@trap It cannot cross C: not inside `pcall`, a metamethod, an iterator of `for`, or the function of `string.gsub` and `table.sort`.
---@fidelity modelled
function coroutine.yield(...) end
