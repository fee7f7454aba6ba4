--## a table that grows: memory time
local t = {}
for i = 1, 1e9 do t[i] = i end
--## a string that doubles: memory
local s = "x"
while true do s = s .. s end
--## string.rep: memory
local s = ("x"):rep(1e10)
--## string.rep within pcall: memory
while true do pcall(string.rep, "x", 1e10) end
--## string.rep of string.rep: memory
local s = ("x"):rep(1e6):rep(1e6)
--## string.rep that overflows: memory
local s = ("xxxxxxxx"):rep(2^62)
--## table.concat with a long separator: memory
local t = {}
for i = 1, 1000 do t[i] = "x" end
local s = table.concat(t, ("y"):rep(1e6))
--## gsub that grows: memory time
local s = ("x"):rep(1e4)
while true do s = s:gsub(".", "%0%0") end
--## gsub with a function that grows: memory time
local long = ("y"):rep(1e6)
local s = ("x"):rep(1e3):gsub(".", function() return long end)
--## format that grows: memory time
local s = "x"
while true do s = string.format("%s%s", s, s) end
--## closures: memory time
local t = {}
while true do local x = {} t[#t + 1] = function() return x end end
--## coroutines: memory time
local t = {}
while true do t[#t + 1] = coroutine.create(function() end) end
--## caught and tried again: memory time
local keep = {}
while true do pcall(function() for i = 1, 1e7 do keep[#keep + 1] = { i } end end) end
--## in an xpcall handler: memory time
xpcall(function() error("x") end, function() local t = {} for i = 1, 1e9 do t[i] = {} end end)
--## with the collector stopped: memory time
collectgarbage("stop")
while true do local t = { {}, {}, {} } end
--## concatenation of many: memory time
local t = {}
for i = 1, 1e7 do t[i] = "xxxxxxxxxxxxxxxxxxxxxxxx" .. i end
--## a hash that grows: memory time
local t = {}
for i = 1, 1e9 do t["k" .. i] = true end
--## unpack of too many: raised
unpack({}, 1, 1e8)
--## a string buffer of captures: memory time
local s = ("a"):rep(1e5)
local t = {}
while true do for w in s:gmatch("a") do t[#t + 1] = w .. #t end end
--## output: output
while true do print(("x"):rep(1000)) end
--## output within pcall: output
while true do pcall(io.write, ("x"):rep(1000)) end
--## output of an error message: raised
error(("x"):rep(1e6))
