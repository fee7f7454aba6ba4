--## while: time
while true do end
--## repeat: time
repeat until false
--## numeric for without end: time
for i = 1, math.huge do end
--## numeric for with step zero: time
for i = 2, 1, 0 do end
--## generic for over a function that never ends: time
for x in function() return 1 end do end
--## generic for over __iter: time
local t = setmetatable({}, { __iter = function() return function() return 1 end end })
for x in t do end
--## tail calls: time
local function f() return f() end
f()
--## mutual tail calls: time
local a, b
function a() return b() end
function b() return a() end
a()
--## loop in a loaded text: time
loadstring("while true do end")()
--## loop in setfenv: time
setfenv(function() while x == nil do end end, {})()
--## loop in module: time
module("m", package.seeall)
while true do end
--## nested loops: time
for i = 1, 1e9 do for j = 1, 1e9 do local k = i & j end end
--## strings compared over and over: time
local a, b = ("x"):rep(4e6) .. "a", ("x"):rep(4e6) .. "b"
while true do local c = a < b end
--## strings joined over and over: time
local a = ("x"):rep(2e6)
while true do local c = a .. "y" end
--## collecting garbage over and over: time
local t = {}
for i = 1, 50000 do t[i] = {} end
while true do collectgarbage() end
--## inserting in front: time
local t = {}
for i = 1, 2e5 do t[i] = i end
while true do table.insert(t, 1, 0) end
--## sorting without end: time
local t = {}
for i = 1, 1e5 do t[i] = i % 97 end
while true do table.sort(t, function(a, b) return a > b end) end
--## loading text after text: time memory
local n = 0
while true do n = n + 1 loadstring("return " .. n .. " & 1")() end
--## upper and reverse: time
local s = ("x"):rep(4e6)
while true do s = s:upper():reverse():lower() end
