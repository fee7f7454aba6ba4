-- What tests in Lua call: describe and it, assertions, sessions. `native` is what Rust gives.
local native = ...
local G = _G
local pcall, type, error, select = G.pcall, type, error, select
local pairs, ipairs, tostring, rawequal = pairs, ipairs, tostring, rawequal
local setmetatable, getmetatable, rawget = setmetatable, getmetatable, rawget
local find, format, concat, sort = string.find, string.format, table.concat, table.sort
local unpack = unpack

-- Collecting tests

local top = { before = {}, after = {} }
local here = top
local tests = {}

local function full_name(name)
  local block, names = here, { name }
  while block.name do
    G.table.insert(names, 1, block.name)
    block = block.parent
  end
  return concat(names, " ")
end

local function needs(what, name, call)
  if type(name) ~= "string" then
    error(what .. " needs a name", 3)
  end
  if call ~= nil and type(call) ~= "function" then
    error(what .. " needs a function behind its name", 3)
  end
end

function G.describe(name, call)
  needs("describe", name, call)
  if here == nil then
    error("describe cannot stand in a test", 2)
  end
  here = { name = name, parent = here, before = {}, after = {} }
  if call then
    call()
  end
  here = here.parent
end

G.context = G.describe

local function add(name, call)
  if here == nil then
    error("a test cannot stand in another", 3)
  end
  tests[#tests + 1] = { name = full_name(name), line = native.line(), call = call, block = here }
end

function G.it(name, call)
  needs("it", name, call)
  add(name, call)
end

G.test, G.spec = G.it, G.it

function G.pending(name)
  needs("pending", name)
  add(name)
end

function G.before_each(call)
  here.before[#here.before + 1] = call
end

function G.after_each(call)
  here.after[#here.after + 1] = call
end

-- Runs a test with what belongs before and after it. What belongs after it runs also when it fails.
local function run(test)
  local blocks, block = {}, test.block
  while block do
    G.table.insert(blocks, 1, block)
    block = block.parent
  end
  local ok, message = pcall(function()
    for _, block in ipairs(blocks) do
      for _, call in ipairs(block.before) do
        call()
      end
    end
    test.call()
  end)
  for index = #blocks, 1, -1 do
    for _, call in ipairs(blocks[index].after) do
      local ended, why = pcall(call)
      if ok and not ended then
        ok, message = false, why
      end
    end
  end
  if not ok then
    error(message, 0)
  end
end

-- Showing values

local show

local function show_key(key)
  if type(key) == "string" and find(key, "^[%a_][%w_]*$") then
    return key
  end
  return "[" .. show(key) .. "]"
end

function show(value, depth)
  depth = depth or 0
  if type(value) == "string" then
    return (format("%q", value):gsub("\\\n", "\\n"):gsub("\r", "\\r"))
  elseif type(value) ~= "table" then
    return tostring(value)
  elseif depth > 3 then
    return "{...}"
  end
  local parts, counted = {}, 0
  for index, item in ipairs(value) do
    parts[index], counted = show(item, depth + 1), index
  end
  local keys = {}
  for key in G.next, value do
    if not (type(key) == "number" and key >= 1 and key <= counted and key % 1 == 0) then
      keys[#keys + 1] = key
    end
  end
  sort(keys, function(a, b)
    return tostring(a) < tostring(b)
  end)
  for _, key in ipairs(keys) do
    parts[#parts + 1] = show_key(key) .. " = " .. show(value[key], depth + 1)
  end
  if #parts == 0 then
    return "{}"
  end
  return "{ " .. concat(parts, ", ") .. " }"
end

-- Whether two values are equal, tables by what is in them.
local function same(a, b, seen)
  if a == b then
    return true
  elseif type(a) ~= "table" or type(b) ~= "table" then
    return false
  end
  seen = seen or {}
  if seen[a] == b then
    return true
  end
  seen[a] = b
  for key, value in G.next, a do
    if not same(value, rawget(b, key), seen) then
      return false
    end
  end
  for key in G.next, b do
    if rawget(a, key) == nil then
      return false
    end
  end
  return true
end

-- Assertions: each gives whether it holds, and the two lines that tell what does not.

local holds = {}

local function expected(wanted, actual)
  return "expected  " .. wanted .. "\nactual    " .. actual
end

function holds.equal(wanted, actual)
  return wanted == actual, expected(show(wanted), show(actual)), "two values that are not equal: " .. show(actual)
end

function holds.same(wanted, actual)
  return same(wanted, actual), expected(show(wanted), show(actual)), "two values that are not the same: " .. show(actual)
end

function holds.truthy(value)
  return value and true or false, expected("a true value", show(value)), "no true value, and not " .. show(value)
end

function holds.falsy(value)
  return not value, expected("nil or false", show(value)), "a true value, and not " .. show(value)
end

function holds.matches(pattern, text)
  local found = type(text) == "string" and find(text, pattern) ~= nil
  return found, expected("a text that matches " .. show(pattern), show(text)), "a text that does not match "
    .. show(pattern) .. ", and not " .. show(text)
end

function holds.contains(part, whole)
  local found = false
  if type(whole) == "table" then
    for _, item in ipairs(whole) do
      found = found or same(part, item)
    end
  else
    found = type(whole) == "string" and find(whole, part, 1, true) ~= nil
  end
  return found, expected("something that contains " .. show(part), show(whole)), "something that does not contain "
    .. show(part) .. ", and not " .. show(whole)
end

function holds.error(call, wanted)
  if type(call) ~= "function" then
    error("has_error needs a function", 3)
  end
  local ok, message = pcall(call)
  local otherwise = "no error, and not " .. show(message)
  if ok then
    return false, expected("an error", "none"), otherwise
  elseif wanted == nil then
    return true, "", otherwise
  end
  -- The place before a message does not count.
  local is = same(wanted, message)
    or type(message) == "string" and type(wanted) == "string" and message:gsub("^[^\n]-:%d+: ", "") == wanted
  return is, expected("the error " .. show(wanted), show(message)), otherwise
end

for _, name in ipairs({ "nil", "boolean", "number", "string", "table", "function", "userdata" }) do
  holds[name] = function(value)
    return type(value) == name, expected("a value of the type " .. name, show(value)), "a value of another type than "
      .. name .. ", and not " .. show(value)
  end
end

holds["true"] = function(value)
  return value == true, expected("true", show(value)), "anything but true"
end

holds["false"] = function(value)
  return value == false, expected("false", show(value)), "anything but false"
end

holds.equals, holds.errors, holds.match, holds.True, holds.False, holds.Nil =
  holds.equal, holds.error, holds.matches, holds["true"], holds["false"], holds["nil"]

-- Words of the field around a name: `assert.are.equal`, `assert.is_not.Nil`, `assert.has_no.errors`.
local joins = {
  are = true, is = true, has = true, does = true, was = true, were = true,
  are_not = false, is_not = false, has_no = false, has_not = false, does_not = false, no = false, was_not = false,
}
joins["not"] = false
local positive = { "are_", "is_", "has_", "does_" }
local negative = { "are_not_", "is_not_", "has_no_", "has_not_", "does_not_", "not_", "no_", "is_no_" }

-- How many arguments an assertion takes, where it is not one; behind them may stand what to say when it does not hold.
local takes = { equal = 2, equals = 2, same = 2, matches = 2, match = 2, contains = 2, error = 2, errors = 2 }

local function assertion(name, positively)
  local check = holds[name]
  local own = (takes[name] or 1) + 1
  return function(...)
    local ok, message, opposite = check(...)
    if ok ~= positively then
      local words = select("#", ...) >= own and select(own, ...) or nil
      message = positively and message or "expected  " .. opposite
      error(words ~= nil and tostring(words) .. "\n" .. message or message, 2)
    end
    return ...
  end
end

local chain

local function member(name, positively)
  if type(name) ~= "string" then
    return nil
  end
  if joins[name] ~= nil then
    return chain(joins[name] == positively)
  end
  for _, prefix in ipairs(negative) do
    if name:sub(1, #prefix) == prefix and holds[name:sub(#prefix + 1)] then
      return assertion(name:sub(#prefix + 1), not positively)
    end
  end
  if holds[name] then
    return assertion(name, positively)
  end
  for _, prefix in ipairs(positive) do
    if name:sub(1, #prefix) == prefix and holds[name:sub(#prefix + 1)] then
      return assertion(name:sub(#prefix + 1), positively)
    end
  end
  error("there is no assertion `" .. name .. "`", 3)
end

function chain(positively)
  return setmetatable({}, {
    __index = function(_, name)
      return member(name, positively)
    end,
  })
end

G.assert = setmetatable({}, {
  __index = function(_, name)
    return member(name, true)
  end,
  __call = function(_, ok, message, ...)
    if not ok then
      if message == nil then
        message = "assertion failed!"
      end
      error(message, type(message) == "string" and 2 or 0)
    end
    return ok, message, ...
  end,
})

function G.fail(message)
  error(message or "failed", 2)
end

-- Sessions and their reports

local report = {}
report.__index = report

local function recipients(self)
  local all = {}
  for _, message in ipairs(self.messages) do
    for _, one in ipairs(message.recipients) do
      all[#all + 1] = one
    end
  end
  return all
end

-- What became of the message for an address; without one, for the first recipient.
function report:recipient(address)
  for _, one in ipairs(recipients(self)) do
    if address == nil or one.address == address then
      return one
    end
  end
end

-- The last reply in a phase, to an address where one is given.
function report:reply(phase, address)
  local found
  for _, step in ipairs(self.steps) do
    if step.reply and step.phase == phase and (address == nil or step.recipient == address) then
      found = { code = step.reply.code, text = concat(step.reply.text, "\n"), by = step.reply.by }
    elseif step.reply and phase == "data" and step.message and step.phase ~= "mailfrom" and step.phase ~= "rcptto" then
      found = { code = step.reply.code, text = concat(step.reply.text, "\n"), by = step.reply.by }
    end
  end
  return found
end

-- All values of a header as the message leaves.
function report:header(name, address)
  local one = self:recipient(address)
  local values = {}
  for _, header in ipairs(one and one.headers or {}) do
    if header[1]:lower() == name:lower() then
      values[#values + 1] = header[2]
    end
  end
  return values
end

local function runs(self)
  local all = {}
  for _, run in ipairs(self.load) do
    all[#all + 1] = run
  end
  for _, step in ipairs(self.steps) do
    for _, run in ipairs(step.callouts) do
      all[#all + 1] = run
    end
  end
  return all
end

local function events(self, kind)
  local all = {}
  for _, run in ipairs(runs(self)) do
    for _, event in ipairs(run.events) do
      if event.event == kind then
        all[#all + 1] = event
      end
    end
  end
  return all
end

-- How often a callout ran: `validate_data` of any script, `recipients.validate_data` of one.
function report:ran(name)
  local count = 0
  for _, run in ipairs(runs(self)) do
    if name == run.callout or name == run.script .. "." .. run.callout then
      count = count + run.calls
    end
  end
  return count
end

-- How often a function of the API was called.
function report:called(name)
  for _, call in ipairs(self.calls) do
    if call.name == name then
      return call.count
    end
  end
  return 0
end

-- The lines that scripts printed.
function report:printed()
  local lines = {}
  for index, event in ipairs(events(self, "print")) do
    lines[index] = event.text
  end
  return lines
end

-- The errors that nothing caught.
function report:errors()
  local all = {}
  for _, kind in ipairs({ "error", "crash" }) do
    for _, event in ipairs(events(self, kind)) do
      local at = event.at and event.at.file .. ":" .. event.at.line .. ": " or ""
      all[#all + 1] = at .. event.message
    end
  end
  return all
end

local session = {}
session.__index = session

-- Runs the session and gives its report.
function session:run()
  local ran, failures = native.run(self)
  if type(ran) == "string" then
    error(ran, 2)
  end
  ran.failures = failures
  return setmetatable(ran, report)
end

-- Runs the session; what it expects must hold.
function session:check()
  local ran, failures = native.run(self)
  if type(ran) == "string" then
    error(ran, 2)
  end
  if failures then
    error(failures, 2)
  end
  return setmetatable(ran, report)
end

local function merge(into, from)
  for key, value in pairs(from) do
    if type(value) == "table" and type(into[key]) == "table" and value[1] == nil then
      merge(into[key], value)
    else
      into[key] = value
    end
  end
end

-- A session: a table with the keys of a session file, or the path of one and what is to be otherwise.
function G.session(from, changes)
  local data = {}
  if type(from) == "string" then
    local message
    data, message = native.read(from)
    if data == nil then
      error(message, 2)
    end
  elseif type(from) == "table" then
    data = from
  elseif from ~= nil then
    error("session needs a table or the path of a session file", 2)
  end
  if changes then
    merge(data, changes)
  end
  return setmetatable(data, session)
end

return tests, run, function()
  here = nil
end
