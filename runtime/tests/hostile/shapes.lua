--## tostring of a table that never answers: time
print(setmetatable({}, { __tostring = function() while true do end end }))
--## an error whose text never comes: time raised
local e = setmetatable({}, { __tostring = function() error(setmetatable({}, { __tostring = function() while true do end end })) end })
print(e)
--## two tables that look each other up: raised
local a, b = {}, {}
setmetatable(a, { __index = b })
setmetatable(b, { __index = a })
print(a.x)
--## a chain of tables that look each other up: raised time memory
local t = {}
for i = 1, 200000 do t = setmetatable({}, { __index = t }) end
print(t.x)
--## sort without an order, again and again: raised time
local t = {}
for i = 1, 100000 do t[i] = i end
while true do table.sort(t, function() return true end) end
--## gsub that calls itself: time recursion memory raised
local function f(s) return (s:gsub(".", f)) end
print(("abc"):gsub(".", f))
--## an environment that never answers: time
setfenv(1, setmetatable({}, { __index = function() while true do end end }))
x()
--## globals that never take a value: time
setmetatable(_G, { __newindex = function() while true do end end })
polluted = 1
--## members of strings that never come: time
getmetatable("").__index = function() while true do end end
local x = ("a").b
--## texts loaded one after another: time memory
local n = 0
while true do n = n + 1 loadstring("local a = " .. n)() end
--## a text with deep tables, again and again: time memory
local s = "local t = " .. ("{"):rep(150) .. ("}"):rep(150)
while true do assert(loadstring(s)) end
--## errors in coroutines, caught: time memory
while true do pcall(coroutine.wrap(function() error("x") end)) end
--## coroutines that are all kept: memory time
local t = {}
while true do t[#t + 1] = coroutine.create(function() coroutine.yield() end) coroutine.resume(t[#t]) end
--## an iterator of the dialect without an end: time
for x in setmetatable({}, { __iter = function() return function() return 1 end end }) do end
--## errors that double in size: memory time
local function f(n)
  if n == 0 then error("x") end
  local ok, m = pcall(f, n - 1)
  error(m .. m)
end
f(60)
--## shifts without an end: time
local x = 1
while true do x = (x << 3) ^^ (x >> 1) & 0xffff end
--## insertion at the front: time memory
local t = {}
while true do table.insert(t, 1, 1) end
--## full collections: time
while true do
  local t = {}
  for i = 1, 1000 do t[i] = {} end
  collectgarbage()
end
--## a collector that is set to never come: memory time
collectgarbage("setpause", 1000000)
while true do local t = { {}, ("x"):rep(100) } end
--## jobs that start jobs: time memory
require("msys.threadpool")
local function f() msys.runInPool("IO", f, true) msys.runInPool("IO", f, true) end
f()
msys.sleep(1)
--## sleeping without an end: time memory output
while true do msys.sleep(1e9) end
--## headers without an end: memory time
require("msys.core") require("msys.extended.message")
local m = msys.core.ec_message_new()
while true do m:header("X-A", ("x"):rep(10000), "append") end
--## bodies without an end: memory time
require("msys.core") require("msys.extended.message")
local m = msys.core.ec_message_new()
while true do m:body(("x"):rep(1e6) .. "\r\n.\r\n") end
--## parts in parts: well memory time
require("msys.core") require("msys.extended.message")
local m = msys.core.ec_message_new()
m:raw("Content-Type: multipart/mixed; boundary=a\r\n\r\n" .. ("--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"):rep(20000))
m:mime(false):header("X", "y")
--## requests without an end: memory time
local curl = require("curl")
while true do
  local c = curl.new()
  c:setopt(curl.OPT_URL, "http://x.example/")
  pcall(c.perform, c)
end
