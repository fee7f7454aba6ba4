-- The part of the engine's library that calls functions of scripts. Nothing here may use a global when it is called:
-- a script can change them all. `native` is what Rust gives.
local native = ...
local G = _G
local failed, is_stop, tick, raise = native.failed, native.is_stop, native.tick, native.raise
local operands, metamethod, read_number = native.operands, native.metamethod, native.read_number
local pcall, xpcall, select, type, rawget, rawset = pcall, xpcall, select, type, rawget, rawset
local getmetatable, setmetatable = getmetatable, setmetatable
local floor, concat = math.floor, table.concat

-- Errors. What ends the run is raised again wherever a script could catch it.

local function caught(ok, ...)
  if ok then
    return true, ...
  end
  return false, failed((...))
end

function G.pcall(...)
  return caught(pcall(...))
end

function G.xpcall(...)
  if select("#", ...) < 2 then
    raise("bad argument #2 to 'xpcall' (value expected)")
  end
  local call, handler = ...
  return caught(xpcall(call, function(error)
    if is_stop(error) then
      return error
    end
    return handler(failed(error))
  end))
end

-- Coroutines. Each resumption counts: a coroutine has a hook counter of its own.

local create, resume = coroutine.create, coroutine.resume

function G.coroutine.resume(...)
  tick()
  return caught(resume(...))
end

local function resumed(ok, ...)
  if ok then
    return ...
  end
  native.raise_again((failed((...))))
end

function G.coroutine.wrap(call)
  local thread = create(call)
  return function(...)
    tick()
    return resumed(resume(thread, ...))
  end
end

-- Output

local tostring = tostring

function G.tostring(...)
  local value = ...
  if value ~= value and type(value) == "number" then
    return "nan"
  end
  return (tostring(...))
end

local print_line = native.print_line

function G.print(...)
  local count = select("#", ...)
  if count == 1 and type((...)) == "string" then
    print_line((...))
    return
  end
  local words = { ... }
  for index = 1, count do
    local word = G.tostring(words[index])
    if type(word) ~= "string" and type(word) ~= "number" then
      raise("'tostring' must return a string to 'print'")
    end
    words[index] = word
  end
  print_line(concat(words, "\t"))
end

-- Operators of lowered scripts; `x` and `y` are the words for the operands.

local operators = {
  __band = native.band,
  __bor = native.bor,
  __bxor = native.bxor,
  __shl = native.shl,
  __shr = native.shr,
  __bnot = native.bnot,
}

function operators.__add(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a + b
  end
  a, b = operands(a, b, "__add", x, y)
  return a + b
end

function operators.__sub(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a - b
  end
  a, b = operands(a, b, "__sub", x, y)
  return a - b
end

function operators.__mul(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a * b
  end
  a, b = operands(a, b, "__mul", x, y)
  return a * b
end

function operators.__div(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a / b
  end
  a, b = operands(a, b, "__div", x, y)
  return a / b
end

function operators.__mod(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a % b
  end
  a, b = operands(a, b, "__mod", x, y)
  return a % b
end

function operators.__pow(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a ^ b
  end
  a, b = operands(a, b, "__pow", x, y)
  return a ^ b
end

function operators.__unm(a, x)
  if type(a) == "number" then
    return -a
  end
  a = operands(a, a, "__unm", x, x)
  return -a
end

-- Between numbers it rounds down; by zero it is inf, whatever the sign. A string makes it a plain division.
function operators.__floordiv(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    if b == 0 and a ~= 0 and a == a then
      return 1 / 0
    end
    return floor(a / b)
  end
  a, b = operands(a, b, "__div", x, y)
  return a / b
end

-- A bound of a numeric `for`.
function operators.__number(value)
  if type(value) == "string" then
    local number = read_number(value)
    if number then
      return number
    end
  end
  return value
end

-- The values of a generic `for`.
function operators.__iter(call, state, control)
  local kind = type(call)
  if kind == "table" or kind == "userdata" then
    local iterate = metamethod(call, "__iter")
    if iterate ~= nil then
      if type(iterate) ~= "function" and metamethod(iterate, "__call") == nil then
        raise("attempt to call a " .. type(iterate) .. " value")
      end
      call, state, control = iterate(call)
    end
  end
  return call, state, control
end

-- Found behind the names of `string`, so that a script which lists those does not see them.
setmetatable(G.string, { __index = operators, __metatable = false })

G._VERSION = "thrLua 5.1"
G.thread = {}
G.buffer = {}

-- Texts that are loaded while a script runs

local load_text, load_file, search = native.load_text, native.load_file, native.search
local error = error

function G.load(read, name)
  local pieces, count = {}, 0
  while true do
    local piece = read()
    if piece == nil or piece == "" then
      break
    end
    if type(piece) ~= "string" then
      return nil, "reader function must return a string"
    end
    count = count + 1
    pieces[count] = piece
  end
  return load_text(concat(pieces), name or "=(load)")
end

function G.dofile(path)
  local call, message = load_file(path)
  if not call then
    error(message, 0)
  end
  return call()
end

local package = G.package
package.path, package.cpath = native.lua_path(), ""
package.loadlib = nil
package.loaders[2] = function(module)
  return search(module, package.path)
end
package.loaders[3], package.loaders[4] = nil, nil
