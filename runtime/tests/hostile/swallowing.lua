--## pcall in a loop: time
while true do pcall(function() while true do end end) end
--## xpcall in a loop: time
while true do xpcall(function() while true do end end, function() return true end) end
--## a handler that does not end: time
xpcall(function() while true do end end, function() while true do end end)
--## a handler that calls pcall: time
xpcall(function() while true do end end, function() pcall(function() while true do end end) while true do end end)
--## an error handler for an ordinary error that does not end: time
xpcall(function() error("x") end, function() while true do end end)
--## a coroutine that does not end: time
while true do coroutine.resume(coroutine.create(function() while true do end end)) end
--## a wrapped coroutine that does not end: time
while true do pcall(coroutine.wrap(function() while true do end end)) end
--## many short coroutines: time
while true do coroutine.wrap(function() for i = 1, 50 do end end)() end
--## coroutines within coroutines: time
local function f(n) for i = 1, 50 do if n > 0 then coroutine.wrap(f)(n - 1) end end end
f(60)
--## a coroutine that yields without end: time
local co = coroutine.wrap(function() while true do coroutine.yield() end end)
while true do co() end
--## own pcall from an old copy: time
local p = pcall
pcall = nil
while true do p(function() while true do end end) end
--## a finalizer that does not end: well
local p = newproxy(true)
getmetatable(p).__gc = function() while true do end end
p = nil
collectgarbage()
print("went on")
--## a finalizer set by rawset: well
local p = newproxy(true)
rawset(getmetatable(p), "__gc", function() while true do end end)
p = nil
collectgarbage()
--## a finalizer through a shared metatable: well
local p = newproxy(true)
local q = newproxy(p)
getmetatable(q).__gc = function() while true do end end
p, q = nil, nil
collectgarbage()
--## a finalizer by a function's environment: well
local p = newproxy(true)
setfenv(function() __gc = function() while true do end end end, getmetatable(p))()
p = nil
collectgarbage()
--## a finalizer when the guard is taken off: well
local p = newproxy(true)
pcall(setmetatable, getmetatable(p), nil)
getmetatable(p).__gc = function() while true do end end
p = nil
collectgarbage()
--## finalizers of tables: well
for i = 1, 10 do setmetatable({}, { __gc = function() while true do end end }) end
collectgarbage()
--## __metatable of an error: time
local ok, e = pcall(function() while true do end end)
while true do pcall(tostring, e) end
--## sort with a comparison that does not end: time
table.sort({ 1, 2, 3 }, function() while true do end end)
--## gsub with a function that does not end: time
pcall(string.gsub, "x", ".", function() while true do end end)
--## require of a loader that does not end: time
package.preload.x = function() while true do end end
pcall(require, "x")
--## a metamethod that does not end: time
local t = setmetatable({}, { __add = function() while true do end end })
pcall(function() return t + 1 end)
