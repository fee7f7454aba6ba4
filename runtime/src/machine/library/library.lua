-- The part of the engine's library that calls functions of scripts. Nothing here may use a global when it is called:
-- a script can change them all. `native` is what Rust gives: most of it is made when it is first asked for.
local native = ...
local G = _G
local failed, is_stop, tick = native.failed, native.is_stop, native.tick
local select, type, rawget, rawset = select, type, rawget, rawset
local getmetatable, setmetatable = getmetatable, setmetatable
local floor, concat = math.floor, table.concat

-- Lua's own functions that complain of what scripts give them. A field has its name in their messages; a local has none, since
-- the names of locals are left out of the bytecode.
local own = {
  collectgarbage = collectgarbage,
  maxn = table.maxn,
  newproxy = newproxy,
  pcall = pcall,
  rawset = rawset,
  resume = coroutine.resume,
  tostring = tostring,
  wrap = coroutine.create,
  xpcall = xpcall,
}

-- Errors. What ends the run is raised again wherever a script could catch it.

local function caught(ok, ...)
  if ok then
    return true, ...
  end
  return false, failed((...))
end

function G.pcall(...)
  return caught(own.pcall(...))
end

function G.xpcall(...)
  if select("#", ...) < 2 then
    native.raise("bad argument #2 to 'xpcall' (value expected)")
  end
  local call, handler = ...
  return caught(own.xpcall(call, function(error)
    if is_stop(error) then
      return error
    end
    return handler(failed(error))
  end))
end

-- Coroutines. Each resumption counts: a coroutine has a hook counter of its own.

function G.coroutine.resume(...)
  tick()
  return caught(own.resume(...))
end

local function resumed(ok, ...)
  if ok then
    return ...
  end
  native.raise_again((failed((...))))
end

function G.coroutine.wrap(call)
  local thread = own.wrap(call)
  return function(...)
    tick()
    return resumed(own.resume(thread, ...))
  end
end

-- Output

local huge = math.huge

function G.tostring(...)
  local value = ...
  if type(value) == "number" then
    if value ~= value then
      return "nan"
    elseif value == -huge then
      return "inf"
    end
  end
  return (own.tostring(...))
end

function G.print(...)
  local count = select("#", ...)
  if count == 1 and type((...)) == "string" then
    native.print_line((...))
    return
  end
  local words = { ... }
  for index = 1, count do
    local word = G.tostring(words[index])
    if type(word) ~= "string" and type(word) ~= "number" then
      native.raise("'tostring' must return a string to 'print'")
    end
    words[index] = word
  end
  native.print_line(concat(words, "\t"))
end

-- Operators of lowered scripts; `x` and `y` are the words for the operands.

local operators = {}
local bitwise = { __band = true, __bor = true, __bxor = true, __shl = true, __shr = true, __bnot = true }

function operators.__add(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a + b
  end
  a, b = native.operands(a, b, "__add", x, y)
  return a + b
end

function operators.__sub(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a - b
  end
  a, b = native.operands(a, b, "__sub", x, y)
  return a - b
end

function operators.__mul(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a * b
  end
  a, b = native.operands(a, b, "__mul", x, y)
  return a * b
end

function operators.__div(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a / b
  end
  a, b = native.operands(a, b, "__div", x, y)
  return a / b
end

function operators.__mod(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a % b
  end
  a, b = native.operands(a, b, "__mod", x, y)
  return a % b
end

function operators.__pow(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return a ^ b
  end
  a, b = native.operands(a, b, "__pow", x, y)
  return a ^ b
end

function operators.__unm(a, x)
  if type(a) == "number" then
    return -a
  end
  a = native.operands(a, a, "__unm", x, x)
  return -a
end

-- Between numbers it rounds down; a string makes it a plain division.
function operators.__floordiv(a, b, x, y)
  if type(a) == "number" and type(b) == "number" then
    return floor(a / b)
  end
  a, b = native.operands(a, b, "__div", x, y)
  return a / b
end

-- A bound of a numeric `for`.
function operators.__number(value)
  if type(value) == "string" then
    local number = native.read_number(value)
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
    local iterate = native.metamethod(call, "__iter")
    if iterate ~= nil then
      if type(iterate) ~= "function" and native.metamethod(iterate, "__call") == nil then
        native.raise("attempt to call a " .. type(iterate) .. " value")
      end
      call, state, control = iterate(call)
    end
  end
  return call, state, control
end

-- An operator whose operands stand on several lines is written as an index, `("")[{"__add", a, b, …}]`: Lua gives an
-- index the line where it ends, as the engine gives an operator, and a call the line where it begins.
setmetatable(operators, {
  __index = function(_, key)
    if type(key) == "table" then
      local name = key[1]
      local operator = rawget(operators, name) or bitwise[name] and native[name]
      if operator then
        return (operator(key[2], key[3], key[4], key[5]))
      end
    elseif bitwise[key] then
      local operator = native[key]
      rawset(operators, key, operator)
      return operator
    end
  end,
})

-- Found behind the names of `string`, so that a script which lists those does not see them.
setmetatable(G.string, { __index = operators, __metatable = false })

G._VERSION = "thrLua 5.1"
G.thread = {}
G.buffer = {}

-- Texts that are loaded while a script runs

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
  return native.load_text(concat(pieces), name or "=(load)")
end

function G.dofile(path)
  local call, message = native.load_file(path)
  if not call then
    error(message, 0)
  end
  return call()
end

local package = G.package
package.cpath = ""
package.loadlib = nil
package.loaders[2] = function(module)
  return native.search(module, package.path)
end
package.loaders[3], package.loaders[4] = nil, nil

-- Strings and tables: what calls functions of scripts, or goes over a whole table, which the hook sees here.

local sub, join = string.sub, table.concat

local function replaced(with, kind, from, to, first, ...)
  if kind == "table" then
    return with[first]
  end
  return with(first, ...)
end

function G.string.gsub(...)
  local subject, pattern, with, most = ...
  local kind = type(with)
  if kind ~= "function" and kind ~= "table" then
    if kind ~= "string" and kind ~= "number" then
      native.bad_argument(3, "gsub", "string/function/table expected")
    end
    return native.gsub_text(...)
  end
  subject, pattern = native.text(subject, 1, "gsub"), native.text(pattern, 2, "gsub")
  most = most == nil and huge or native.whole(most, 4, "gsub")
  local pieces, size, count, at, copied = {}, 0, 0, 0, 0
  local length, anchored = #subject, sub(pattern, 1, 1) == "^"
  local from, to
  local function value(start, stop, ...)
    from, to = start, stop
    if start then
      return replaced(with, kind, start, stop, ...)
    end
  end
  while count < most and at <= length do
    local new = value(native.gsub_step(subject, pattern, at))
    if not from then
      break
    end
    count = count + 1
    local is = type(new)
    if is ~= "string" and is ~= "number" then
      if new then
        native.raise("invalid replacement value (a " .. is .. ")")
      end
      new = sub(subject, from + 1, to)
    end
    pieces[size + 1] = sub(subject, copied + 1, from)
    pieces[size + 2] = new
    size = size + 2
    if to > from then
      at, copied = to, to
    else
      -- Nothing was matched: the next byte stays.
      at, copied = from + 1, from
    end
    if anchored then
      break
    end
  end
  pieces[size + 1] = sub(subject, copied + 1)
  return join(pieces), count
end

function G.table.maxn(...)
  tick()
  return (own.maxn(...))
end

local function checked(value, name)
  if type(value) ~= "table" then
    native.expected(1, name, "table", value)
  end
  return #value
end

function G.table.insert(t, ...)
  local last = checked(t, "insert") + 1
  local count = select("#", ...)
  if count == 1 then
    rawset(t, last, (...))
  elseif count == 2 then
    local at, value = ...
    at = native.whole(at, 2, "insert")
    if at > last then
      last = at
    end
    for index = last, at + 1, -1 do
      rawset(t, index, rawget(t, index - 1))
    end
    rawset(t, at, value)
  else
    native.raise("wrong number of arguments to 'insert'")
  end
end

function G.table.remove(t, ...)
  local last = checked(t, "remove")
  local at = ...
  at = at == nil and last or native.whole(at, 2, "remove")
  if at < 1 or at > last then
    return
  end
  local value = rawget(t, at)
  for index = at, last - 1 do
    rawset(t, index, rawget(t, index + 1))
  end
  rawset(t, last, nil)
  return value
end

-- Quicksort over a[low..high], with the median of three as the pivot; the larger half goes round the loop.
local function sort(a, low, high, less)
  while low < high do
    if less(a[high], a[low]) then
      a[low], a[high] = a[high], a[low]
    end
    if high - low == 1 then
      return
    end
    local middle = floor((low + high) / 2)
    if less(a[middle], a[low]) then
      a[middle], a[low] = a[low], a[middle]
    elseif less(a[high], a[middle]) then
      a[middle], a[high] = a[high], a[middle]
    end
    if high - low == 2 then
      return
    end
    local pivot = a[middle]
    a[middle], a[high - 1] = a[high - 1], a[middle]
    local i, j = low, high - 1
    while true do
      i = i + 1
      while less(a[i], pivot) do
        if i > high then
          native.raise("invalid order function for sorting")
        end
        i = i + 1
      end
      j = j - 1
      while less(pivot, a[j]) do
        if j < low then
          native.raise("invalid order function for sorting")
        end
        j = j - 1
      end
      if j < i then
        break
      end
      a[i], a[j] = a[j], a[i]
    end
    a[high - 1], a[i] = a[i], a[high - 1]
    if i - low < high - i then
      sort(a, low, i - 1, less)
      low = i + 1
    else
      sort(a, i + 1, high, less)
      high = i - 1
    end
  end
end

local function natural(a, b)
  return a < b
end

function G.table.sort(t, less)
  local count = checked(t, "sort")
  if less ~= nil and type(less) ~= "function" then
    native.expected(2, "sort", "function", less)
  end
  if getmetatable(t) == nil then
    -- No tail call: a traceback would not tell of this function.
    sort(t, 1, count, less or natural)
    return
  end
  -- Metamethods of the table have no say.
  local values = {}
  for index = 1, count do
    values[index] = rawget(t, index)
  end
  sort(values, 1, count, less or natural)
  for index = 1, count do
    rawset(t, index, values[index])
  end
end

-- Memory. Finalizers of `newproxy` would run where no limit holds: they are never called.

function G.collectgarbage(...)
  tick()
  return own.collectgarbage(...)
end

local guarded = setmetatable({}, { __mode = "k" })
local guard = {
  __metatable = false,
  __newindex = function(metatable, key, value)
    if key ~= "__gc" then
      rawset(metatable, key, value)
    end
  end,
}

function G.newproxy(like)
  local proxy = own.newproxy(like)
  if like == true then
    local metatable = getmetatable(proxy)
    guarded[metatable] = true
    setmetatable(metatable, guard)
  end
  return proxy
end

function G.rawset(t, key, value)
  if key == "__gc" and guarded[t] then
    return t
  end
  return (own.rawset(t, key, value))
end

-- What a run is not granted.

local function refuse(library, reason, ...)
  for index = 1, select("#", ...) do
    local name = library .. "." .. select(index, ...)
    G[library][(select(index, ...))] = function()
      native.raise(name .. " is not granted: " .. reason)
    end
  end
end

refuse("io", "a run changes nothing outside itself", "popen", "tmpfile")
refuse("os", "a run changes nothing outside itself", "execute", "remove", "rename", "tmpname")
local lifts = "it could lift the limits of the run"
refuse("debug", lifts, "debug", "getfenv", "gethook", "getlocal", "getmetatable", "getregistry", "getupvalue")
refuse("debug", lifts, "setfenv", "sethook", "setlocal", "setmetatable", "setupvalue")
