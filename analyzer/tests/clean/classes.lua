-- Classes with metatables: a limiter with inheritance, one instance for each kind of client.

local core = require("msys.core")
require("msys.extended.vctx")
require("msys.audit")

local Limiter = {}
Limiter.__index = Limiter

function Limiter.new(name, most)
  return setmetatable({ name = name, most = most or 10 }, Limiter)
end

function Limiter:exceeded(count)
  return count > self.most
end

function Limiter:text()
  return "4.7.0 " .. self.name .. ": too many, at most " .. self.most
end

local Strict = setmetatable({}, { __index = Limiter })
Strict.__index = Strict

function Strict.new(name)
  local limiter = Limiter.new(name, 1)
  return setmetatable(limiter, Strict)
end

function Strict:exceeded(count)
  return Limiter.exceeded(self, count * 2)
end

local limiters = { public = Strict.new("public"), submission = Limiter.new("submission", 50) }

local module_table = {}

function module_table:validate_connect(accept, vctx)
  local limiter = limiters[vctx:get(core.VCTX_CONN, "listener")]
  if not limiter then
    return core.VALIDATE_CONT
  end
  if limiter:exceeded(msys.audit.connections("60,5")) then
    vctx:set_code(421, limiter:text())
    return core.VALIDATE_DONE
  end
  return core.VALIDATE_CONT
end

msys.registerModule("classes", module_table)
