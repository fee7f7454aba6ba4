---@meta

-- Values and their types.

--- Raises an error when `v` is nil or false; otherwise gives back all its arguments.
---@generic T
---@param v T|nil|false What must hold.
---@param message? string|number The error's text; `assertion failed!` when left out.
---@param ... any Given back as well.
---@return T v The first argument.
---@return any... rest The other arguments, the message first.
---@raises `v` is nil or false; or `message` is neither text nor a number
---@trap The message stands as it is: unlike `error`, nothing puts file and line before it.
---@trap The message is computed even when `v` holds.
---@trap 0 and the empty string are true.
---@fidelity modelled
function assert(v, message, ...) end

--- Names the type of a value.
---@param v any
---@return "nil"|"boolean"|"number"|"string"|"table"|"function"|"thread"|"userdata" name
---@raises called with no argument at all; an explicit nil is an argument
---@trap It returns text: `type(x) == nil` never holds, `type(x) == "nil"` does.
---@fidelity modelled
function type(v) end

--- Makes a number of a text, or gives back a number.
---
--- In base 10, a text that begins with 0 and a digit is read as octal (`"010"` is 8), one that begins with `0x` as
--- hexadecimal; blanks around the number are allowed. In another base, letters are digits above 9, in either case.
---@param v any What to read; nil and other values that are no number give nil.
---@param base? integer 2 to 36; 10 when left out. With a base other than 10, `v` must be text or a number.
---@return number? n nil when `v` is no number in that base.
---@raises called with no argument; `base` is outside 2 to 36; `v` is not text and `base` is not 10
---@trap `tonumber("08")`, `tonumber("09")` and `tonumber("00.5")` are nil: a leading 0 makes it octal. `tonumber(" 010 ")` with a blank before it is 10.
---@trap `tonumber("010", 10)` is 8 too: base 10 is the same as none. Strip leading zeros to read decimals.
---@trap `tonumber(s:gsub(…))` passes the number of replacements as the base: put the call in parentheses.
---@trap With another base, a sign makes a huge number: `tonumber("-1", 16)` is about 1.8e19.
---@fidelity modelled
function tonumber(v, base) end

--- Makes a text of any value; a metamethod `__tostring` decides where there is one.
---
--- Numbers come out with 14 significant digits, so 2^53 is `9.007199254741e+15`; infinity is `inf`, not-a-number `nan`.
---@param v any
---@return string text
---@raises called with no argument
---@trap nil becomes the text `nil`.
---@trap Numbers from 1e15 on lose digits: `string.format("%d", n)` keeps them.
---@fidelity modelled
function tostring(v) end

--- Writes its arguments as text, with tabs between them, to the paniclog; from a console command, to the console.
---@param ... any
---@raises a `__tostring` returns something that is no text
---@fidelity modelled
---@page momentum/4/lua/ref-msys-runinpool
function print(...) end

-- Going over tables.

--- Gives what a `for` needs to go over all keys of a table, in no particular order.
---@generic K, V
---@param t table<K, V>
---@return fun(t: table<K, V>, key?: K): K, V next
---@return table<K, V> t
---@return nil start
---@nilcrash t
---@raises `t` is not a table
---@trap It takes tables alone. Userdata that can be iterated stand in `for` by themselves: `for k, v in object do`.
---@trap Give no new field a value while the loop runs; changing or removing existing ones is allowed.
---@fidelity modelled
function pairs(t) end

--- Gives what a `for` needs to go over `t[1]`, `t[2]`, … up to the first nil.
---@generic T
---@param t T[]
---@return fun(t: T[], index: integer): integer, T next
---@return T[] t
---@return integer start
---@nilcrash t
---@raises `t` is not a table
---@trap It stops at the first nil and never sees index 0; arrays that come from C count from 0.
---@fidelity modelled
function ipairs(t) end

--- Gives the key that follows another one in a table, with its value.
---@generic K, V
---@param t table<K, V>
---@param key? K nil or left out: the first one.
---@return K? key nil after the last.
---@return V? value
---@nilcrash t
---@raises `t` is not a table, or `key` is no key of it
---@trap `next(t) == nil` says that a table is empty; `#t == 0` does not.
---@fidelity modelled
function next(t, key) end

--- Gives the elements `t[i]` to `t[j]` as separate values.
---@generic T
---@param t T[]
---@param i? integer 1 when left out.
---@param j? integer `#t` when left out.
---@return T... values
---@nilcrash t
---@raises `t` is not a table, or there are too many values for the stack (some thousands)
---@trap With nils inside, `#t` may be too short: give `j`.
---@fidelity modelled
function unpack(t, i, j) end

--- Gives its arguments from number `n` on, or with `"#"` how many there are.
---@generic T
---@param n integer|"#" Counts from 1; a negative one from the end.
---@param ... T
---@return T... rest
---@overload fun(n: "#", ...: any): integer
---@nilcrash n
---@raises `n` is 0, or lies before the first argument
---@fidelity modelled
function select(n, ...) end

--- Compares two values without asking `__eq`.
---@param a any
---@param b any
---@return boolean equal
---@raises called with fewer than two arguments
---@fidelity modelled
function rawequal(a, b) end

--- Reads a field without asking `__index`.
---@generic K, V
---@param t table<K, V>
---@param key K
---@return V? value
---@nilcrash t
---@raises `t` is not a table
---@fidelity modelled
function rawget(t, key) end

--- Sets a field without asking `__newindex`.
---@generic T: table
---@param t T
---@param key any Neither nil nor not-a-number.
---@param value any
---@return T t
---@nilcrash t, key
---@raises `t` is not a table; `key` is nil or not-a-number; fewer than three arguments
---@fidelity modelled
function rawset(t, key, value) end

--- Gives a value's metatable, or what its field `__metatable` holds.
---@param v any
---@return metatable? metatable nil when the value has none.
---@raises called with no argument
---@fidelity modelled
function getmetatable(v) end

--- Gives a table another metatable, or takes it away.
---@generic T: table
---@param t T
---@param metatable metatable|table|nil nil takes it away, but must be given.
---@return T t The table itself.
---@nilcrash t
---@raises `t` is not a table; `metatable` is missing or neither table nor nil; the present metatable has a field `__metatable`
---@trap The metatable of a table alone can be set; those of userdata and strings stay as they are.
---@fidelity modelled
function setmetatable(t, metatable) end

--- Makes an empty userdata, the one way to have `__len` and `__gc` in a script.
---@param metatable? boolean|userdata true: with a new metatable, to be had from `getmetatable`; another proxy: with that one's.
---@return userdata proxy
---@raises `metatable` is neither a boolean nor such a proxy
---@fidelity modelled
function newproxy(metatable) end

-- Errors.

--- Raises an error, and does not return.
---@param message any Text gets file and line put before it; any other value is raised as it is.
---@param level? integer Whose file and line: 1 (when left out) this function's, 2 its caller's, 0 none.
---@raises always
---@trap In a callout an error ends the callout: the message goes to the paniclog and the callout's result is lost.
---@fidelity modelled
function error(message, level) end

--- Calls a function and catches what it raises.
---@param f function
---@param ... any Its arguments.
---@return boolean ok Whether it returned.
---@return any... results Its results; the error's message when `ok` is false.
---@raises called with no argument; a nil `f` is caught like any other error
---@trap A coroutine cannot yield from inside.
---@trap It catches Lua's errors, not crashes in C.
---@fidelity modelled
function pcall(f, ...) end

--- Calls a function without arguments and gives what it raises to a handler, while the stack still stands.
---@param f fun(): any...
---@param handler fun(message: any): any Gets the error; its result takes the error's place. `debug.traceback` is a usual one.
---@return boolean ok Whether `f` returned.
---@return any... results Its results; the handler's when `ok` is false.
---@raises fewer than two arguments
---@trap Further arguments are dropped, not passed to `f`: use a function around the call.
---@fidelity modelled
function xpcall(f, handler) end

-- Code.

--- Compiles a text; the result runs it.
---@param code string In the same dialect as scripts.
---@param name? string What errors call it: `=name` as it stands, `@name` as a file. The text itself when left out.
---@return function? chunk nil when it does not compile.
---@return string? error Why not.
---@nilcrash code
---@trap It sees globals, not the locals around the call.
---@trap Code from mail or the network must never get here.
---@fidelity modelled
function loadstring(code, name) end

--- Compiles a text that a function hands out in pieces.
---@param reader fun(): string? Returns the next piece; nil or an empty one at the end.
---@param name? string What errors call it; `=(load)` when left out.
---@return function? chunk nil when it does not compile.
---@return string? error Why not.
---@nilcrash reader
---@raises `reader` is not a function
---@trap It takes no text: that is `loadstring`.
---@fidelity modelled
function load(reader, name) end

--- Compiles a file; the result runs it.
---@param path? string Standard input when left out.
---@return function? chunk nil when it cannot be read or does not compile.
---@return string? error Why not.
---@blocking
---@trap Within a policy use `require`, which looks in the configured places and loads a script once.
---@fidelity fixture
function loadfile(path) end

--- Compiles and runs a file.
---@param path? string Standard input when left out.
---@return any... results What the file returns.
---@raises the file cannot be read, does not compile, or raises
---@blocking
---@trap Within a policy use `require`, which looks in the configured places and loads a script once.
---@fidelity fixture
function dofile(path) end

--- Gives the table in which a function looks up globals.
---@param f? function|integer The function, or its level on the stack: 1 (when left out) the caller, 0 the thread.
---@return table environment
---@raises the level is negative or higher than the stack
---@fidelity modelled
function getfenv(f) end

--- Makes a function look up its globals in another table.
---@param f function|integer The function, or its level on the stack: 1 the caller, 0 the thread.
---@param environment table
---@return function? f The function; nothing for level 0.
---@nilcrash f, environment
---@raises `f` is a C function, or the level is no function's
---@fidelity modelled
function setfenv(f, environment) end

-- Memory.

---@alias collectgarbage.option
---| "collect" # Runs a full collection; the default.
---| "count" # Gives the memory in use, in kilobytes, rounded up.
---| "step" # Goes one step on; true when that ended a collection.
---| "stop" # Stops collecting.
---| "restart" # Collects again.
---| "setpause" # Sets how long to wait between two collections, in percent; gives the old value.
---| "setstepmul" # Sets how fast to collect, in percent; gives the old value.
---| "meminfo" # Gives a table of bytes for each kind of object, and `total`, for this thread.
---| "meminfo:global" # The same for the whole process.
---| "globaltrace" # Runs the collection across all threads.
---| "setglobaltrace" # Sets how often that one runs; gives the old value.

--- Steers the garbage collector.
---@param option? collectgarbage.option
---@param n? integer What the option takes.
---@return number result
---@overload fun(option: "step", n?: integer): boolean
---@overload fun(option: "meminfo"|"meminfo:global"): table<string, integer>
---@raises `option` is none of them
---@trap A full collection in a callout delays the message and all others of the thread.
---@fidelity modelled
function collectgarbage(option, n) end

--- Gives the memory in use, in kilobytes.
---@return integer kilobytes
---@deprecated `collectgarbage("count")`
---@fidelity modelled
function gcinfo() end
