--## plain: recursion
local function f() return 1 + f() end
f()
--## through pcall: time recursion well
local function f() pcall(f) pcall(f) end
f()
--## through metamethods: recursion raised
local t = setmetatable({}, {})
getmetatable(t).__index = function(t, k) return t[k + 1] end
local x = t[1]
--## __index that leads back: raised
local a, b = {}, {}
setmetatable(a, { __index = b })
setmetatable(b, { __index = a })
local x = a.x
--## __tostring of itself: recursion raised
local t = setmetatable({}, { __tostring = function(t) return tostring(t) end })
print(t)
--## an error with a __tostring that never ends: time raised well
error(setmetatable({}, { __tostring = function() while true do end end }))
--## through gsub: recursion raised time
local function f(s) return (s:gsub(".", f)) end
f("abc")
--## through sort: recursion raised time
local function less(a, b) table.sort({ 3, 2, 1 }, less) return a < b end
table.sort({ 3, 2, 1 }, less)
--## through table.foreach: recursion raised
local function f() table.foreach({ 1 }, f) end
f()
--## through bit metamethods: recursion raised time
local t = setmetatable({}, { __and = function(a, b) return a & b end })
local x = t & 1
--## coroutine in coroutine: recursion raised time
local function f() coroutine.wrap(f)() end
f()
--## deeply nested text: well time memory
print(loadstring(("("):rep(1e5) .. "1" .. (")"):rep(1e5)))
print(loadstring("return " .. ("{"):rep(1e5)))
print(loadstring(("do "):rep(1e5) .. ("end "):rep(1e5)))
print(loadstring("return " .. ("-"):rep(1e5):gsub("-", "- ") .. "1"))
--## a chain of operators in a text: well time
print(loadstring("return 1" .. (" | 1"):rep(1e4)))
--## load that reads without end: memory time
load(function() return "x = 1 " end)
--## xpcall whose handler fails: recursion raised well
local function handler() error("again") end
xpcall(function() error("first") end, handler)
--## require of itself: raised
package.preload.a = function() return require("a") end
require("a")
