---@meta debug

--- Looking into running code. Policy needs `debug.traceback` and perhaps `debug.getinfo`; the others can break what the
--- server relies on.
---@class debug
---@global
debug = {}

--- What `debug.getinfo` gives, as far as it was asked for.
---@class debug.info
---@field source? string `@` and the file, or the text of the code. Asked for by `S`.
---@field short_src? string The same, short, as errors show it. `S`
---@field linedefined? integer The function's first line. `S`
---@field lastlinedefined? integer Its last line. `S`
---@field what? "Lua"|"C"|"main"|"tail" Kind of function. `S`
---@field currentline? integer The line that runs; -1 where that is not known. `l`
---@field name? string What the caller calls it; absent where that is not known. `n`
---@field namewhat? ""|"global"|"local"|"method"|"field"|"upvalue" Kind of that name. `n`
---@field nups? integer Number of its upvalues. `u`
---@field func? function The function itself. `f`
---@field activelines? table<integer, boolean> Lines that have code. `L`

--- Tells about a function.
---@param f function|integer The function, or its level on the stack: 0 this one, 1 the caller.
---@param what? string What to tell, letters of `flnSuL`; all but `L` when left out.
---@return debug.info? info nil for a level higher than the stack.
---@overload fun(co: thread, f: function|integer, what?: string): debug.info?
---@nilcrash f
---@raises `f` is neither, or `what` has another letter
---@fidelity modelled
function debug.getinfo(f, what) end

--- Gives the stack as text, with file and line of each call.
---@param message? string|number Goes before it. Any other value comes back as it is.
---@param level? integer Where to begin; 1, the caller, when left out.
---@return string text
---@overload fun(co: thread, message?: string|number, level?: integer): string
---@trap As a handler of `xpcall` it shows where the error was; after a `pcall` that is gone.
---@fidelity modelled
function debug.traceback(message, level) end

--- Lets a person type commands on the server's standard input, and waits for them.
---@blocking
---@trap The server stands still until somebody types `cont`.
---@fidelity recorded
function debug.debug() end

--- Gives the environment of any value.
---@param v any
---@return table? environment
---@fidelity recorded
function debug.getfenv(v) end

--- Gives the hook that is set.
---@param co? thread
---@return function? hook
---@return string mask
---@return integer count
---@fidelity recorded
function debug.gethook(co) end

--- Gives a local variable of a function that runs.
---@param level integer 1 is the caller.
---@param index integer
---@return string? name nil when there is none.
---@return any value
---@overload fun(co: thread, level: integer, index: integer): string?, any
---@nilcrash level, index
---@raises the level is higher than the stack
---@fidelity recorded
function debug.getlocal(level, index) end

--- Gives a value's metatable, whatever its field `__metatable` says.
---@param v any
---@return metatable? metatable
---@raises called with no argument
---@fidelity modelled
function debug.getmetatable(v) end

--- Gives the table in which C code keeps its own values.
---@return table registry
---@trap Changing it can crash the server.
---@fidelity recorded
function debug.getregistry() end

--- Gives an upvalue of a function.
---@param f function
---@param index integer
---@return string? name nil when there is none, or for a C function.
---@return any value
---@nilcrash f, index
---@fidelity recorded
function debug.getupvalue(f, index) end

--- Sets the environment of a function, thread or userdata.
---@generic T
---@param v T
---@param environment table
---@return T v
---@nilcrash v, environment
---@raises `v` has no environment
---@fidelity recorded
function debug.setfenv(v, environment) end

--- Has a function called at calls, returns, lines or every so many instructions.
---@param hook? fun(event: string, line?: integer) None takes it away.
---@param mask? string Letters of `crl`; needed with a hook.
---@param count? integer Instructions.
---@overload fun(co: thread, hook?: fun(event: string, line?: integer), mask?: string, count?: integer)
---@raises a hook without a mask
---@trap It slows down all code of the thread.
---@fidelity recorded
function debug.sethook(hook, mask, count) end

--- Sets a local variable of a function that runs.
---@param level integer 1 is the caller.
---@param index integer
---@param value any
---@return string? name nil when there is none.
---@overload fun(co: thread, level: integer, index: integer, value: any): string?
---@nilcrash level, index
---@raises the level is higher than the stack
---@fidelity recorded
function debug.setlocal(level, index, value) end

--- Sets the metatable of any value; for anything but tables and userdata, of all values of its type.
---@param v any
---@param metatable metatable|table|nil
---@return boolean set
---@raises `metatable` is missing, or neither table nor nil
---@trap Another metatable on the server's userdata takes its methods away, everywhere.
---@fidelity recorded
function debug.setmetatable(v, metatable) end

--- Sets an upvalue of a function.
---@param f function
---@param index integer
---@param value any
---@return string? name nil when there is none, or for a C function.
---@nilcrash f, index
---@fidelity recorded
function debug.setupvalue(f, index, value) end
