---@meta msys.gauge_cache

--- Named caches of gauges: numbers by string key that go up and down and are forgotten after a while.
---@class msys.gauge_cache
---@page momentum/4/4-lua-summary-table
msys.gauge_cache = {}

--- Makes a cache.
---@param name string Name of the cache.
---@param maxelems integer Keys that it holds at most; a new key beyond that drops the oldest.
---@param ttl integer Seconds that a key is kept after its last change.
---@param replicated? boolean true sends increments and decrements to the whole cluster; false when left out.
---@requires msys.gauge_cache
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash name, maxelems, ttl
---@trap The page's require statement has blanks inside the quotes; `require("msys.gauge_cache")` is meant.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-gauge-cache-define
function msys.gauge_cache.define(name, maxelems, ttl, replicated) end

--- Adds one to the gauge of a key.
---@param cachename string Name of the cache.
---@param keystring string The key; a new one starts at 0.
---@requires msys.gauge_cache
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash cachename, keystring
---@fidelity modelled
---@page momentum/4/lua/ref-msys-gauge-cache-inc
function msys.gauge_cache.inc(cachename, keystring) end

--- Takes one from the gauge of a key.
---@param cachename string Name of the cache.
---@param keystring string The key.
---@requires msys.gauge_cache
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash cachename, keystring
---@fidelity modelled
---@page momentum/4/lua/ref-msys-gauge-cache-dec
function msys.gauge_cache.dec(cachename, keystring) end

--- Reads the gauge of a key.
---@param cachename string Name of the cache.
---@param keystring string The key.
---@return number? value The page does not say what a key that is not there gives; expect nil.
---@requires msys.gauge_cache
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash cachename, keystring
---@fidelity modelled
---@page momentum/4/lua/ref-msys-gauge-cache-get
function msys.gauge_cache.get(cachename, keystring) end

--- Forgets the gauge of a key.
---@param cachename string Name of the cache.
---@param keystring string The key.
---@requires msys.gauge_cache
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash cachename, keystring
---@fidelity modelled
---@page momentum/4/lua/ref-msys-gauge-cache-remove-item
function msys.gauge_cache.remove_item(cachename, keystring) end
