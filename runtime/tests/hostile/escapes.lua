--## files: raised well
local f = io.open("/etc/passwd") if f then print("escaped") end
for _, path in ipairs({ "/etc/passwd", "../Cargo.toml", "Cargo.toml", "/proc/self/environ" }) do
  if loadfile(path) then print("escaped") end
  if pcall(dofile, path) then print("escaped") end
  if pcall(io.lines, path) then print("escaped") end
end
if io.open("/tmp/momentum-lua-hostile", "w") then print("escaped") end
--## processes: well
for _, name in ipairs({ "execute", "remove", "rename", "tmpname" }) do
  if pcall(os[name], "true") then print("escaped") end
end
if pcall(io.popen, "true") then print("escaped") end
if pcall(io.tmpfile) then print("escaped") end
--## the environment: well
if os.getenv("PATH") or os.getenv("HOME") then print("escaped") end
--## the process itself: exit
pcall(os.exit, 3)
print("escaped")
--## bytecode: well
local dumped = string.dump and string.dump(function() end)
if dumped then print("escaped") end
for _, text in ipairs({ "\27Lua", "\27LuaQ\0\1\4\8\4\8\0", "\27" .. ("\0"):rep(100) }) do
  if loadstring(text) then print("escaped") end
  if load(function() local t = text text = nil return t end) then print("escaped") end
end
--## debug: well
for _, name in ipairs({ "sethook", "gethook", "getregistry", "setmetatable", "getupvalue", "setupvalue", "setfenv" }) do
  if pcall(debug[name], print) then print("escaped") end
end
--## C libraries: well
if package.loadlib then print("escaped") end
for _, loader in ipairs(package.loaders) do
  local ok, found = pcall(loader, "lfs")
  if type(found) == "function" then print("escaped") end
end
if pcall(require, "ffi") or pcall(require, "socket.core") then print("escaped") end
--## the library's environment: well
local env = getfenv(print)
if env ~= _G then print("escaped") end
pcall(setfenv, pcall, {})
pcall(setfenv, print, {})
print(pcall(error, "still caught"))
--## getfenv of callers: well
for level = 0, 50 do
  local ok, env = pcall(getfenv, level)
  if ok and env ~= _G then print("escaped") end
end
--## the metatable of strings: well
local mt = getmetatable("")
mt.__index = function() return nil end
mt.__metatable = 1
print(pcall(function() return ("x"):rep(3) end))
print(pcall(function() return 1 & 2 end))
--## globals taken away: time
for name in pairs(_G) do if name ~= "_G" then _G[name] = nil end end
while true do end
--## pcall replaced in the library's eyes: time
local real = pcall
for name, value in pairs(_G) do
  if type(value) == "function" then _G[name] = function() end end
end
while true do real(function() while true do end end) end
--## type and select replaced: well
type = function() return "number" end
select = function() return 0 end
print(pcall(function() return {} + 1 end), "10" + 1)
--## metamethods of userdata: well
local mt = getmetatable(io.stdout)
if type(mt) == "table" then print("escaped") end
--## pollution of another machine: well
string.rep = function() return "polluted" end
_G.polluted = true
--## the registry: well
for _, value in pairs(package.loaded) do
  if type(value) == "userdata" then print("escaped") end
end
--## error objects of Rust: well
local ok, e = pcall(string.rep)
if type(e) ~= "string" then print("escaped") end
local ok, e = coroutine.resume(coroutine.create(function() string.rep() end))
if type(e) ~= "string" then print("escaped") end
xpcall(string.rep, function(e) if type(e) ~= "string" then print("escaped") end end)
--## a crash of the engine in a text: crash
pcall(loadstring, "return ~nil")
print("escaped")
