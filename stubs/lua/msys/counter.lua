---@meta msys.counter

--- Counters that all threads share, under paths that the console can read too.
---
--- A handle from `msys.counter.open` is faster than a path. Paths below `/site/NAME` and `/vendor/NAME` are for sites
--- and vendors; the rest of the tree belongs to the server.
---@class msys.counter
---@page momentum/4/lua/ref-msys-counter-open
msys.counter = {}

--- Handle of a counter, from `msys.counter.open`.
---@class msys.counter.handle

-- How the updates of a counter are kept.

--- All handles update one value: for counters that mostly one thread updates, and for policy. The default.
---@type integer
---@constant msys.counter.semantics
---@page momentum/4/lua/ref-msys-counter-open
msys.counter.STRICT = nil

--- Each handle has a value of its own, added up when the counter is read: for counters that many threads update.
---@type integer
---@constant msys.counter.semantics
---@page momentum/4/lua/ref-msys-counter-open
msys.counter.RELAXED = nil

--- Opens a counter and makes it when it does not exist.
---@param counter_path string Path of the counter, such as `/site/example/refused`.
---@param semantics? msys.counter.semantics Only counts when the counter is made; `STRICT` when left out.
---@return msys.counter.handle? counter nil when it cannot be opened.
---@requires msys.counter
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash counter_path
---@trap Use paths below `/site/NAME` or `/vendor/NAME`; the rest of the tree is reserved.
---@trap `semantics` is `msys.counter.STRICT` or `msys.counter.RELAXED`, not a number of your own.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-counter-open
function msys.counter.open(counter_path, semantics) end

--- Adds a number to a counter.
---@param object_or_path msys.counter.handle|string The counter; a handle is faster than a path.
---@param delta number What to add; negative numbers subtract.
---@requires msys.counter
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash object_or_path, delta
---@trap A path that does not exist yet becomes a counter with `STRICT` semantics.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-counter-add
function msys.counter.add(object_or_path, delta) end

--- Adds one to a counter.
---@param object_or_path msys.counter.handle|string The counter; a handle is faster than a path.
---@requires msys.counter
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash object_or_path
---@trap A path that does not exist yet becomes a counter with `STRICT` semantics.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-counter-inc
function msys.counter.inc(object_or_path) end

--- Reads a counter; the values of all `RELAXED` handles are added up.
---@param object_or_path msys.counter.handle|string The counter.
---@return number value
---@requires msys.counter
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash object_or_path
---@fidelity modelled
---@page momentum/4/lua/ref-msys-counter-read
function msys.counter.read(object_or_path) end

--- Sets a counter back to 0.
---@param object_or_path msys.counter.handle|string The counter.
---@requires msys.counter
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash object_or_path
---@trap A path that does not exist yet becomes a counter with `STRICT` semantics.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-counter-reset
function msys.counter.reset(object_or_path) end

--- Removes a counter from the tree of paths; handles that are open keep working.
---@param counter_path string Path of the counter; a handle does not do here.
---@requires msys.counter
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash counter_path
---@trap Lua keeps handles in a cache for five minutes by default, so a path may go on working for that long.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-counter-unlink
function msys.counter.unlink(counter_path) end
