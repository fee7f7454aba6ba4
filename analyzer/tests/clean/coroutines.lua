-- A tokenizer as a coroutine, and an iterator with state; the result goes into a header.

require("msys.core")
require("msys.extended.message")

local function words(text)
  return coroutine.wrap(function()
    for word in text:gmatch("%S+") do
      coroutine.yield(word:lower(), #word)
    end
  end)
end

local function lines(text)
  local position = 1
  return function()
    if position > #text then
      return nil
    end
    local stop = text:find("\n", position, true) or #text + 1
    local line = text:sub(position, stop - 1)
    position = stop + 1
    return line
  end
end

local shouting = { free = 2, winner = 3, urgent = 1 }

local function score(text)
  local total = 0
  for word in words(text) do
    total = total + (shouting[word] or 0)
  end
  for line in lines(text) do
    if line:match("^[%u%s!]+$") then
      total = total + 1
    end
  end
  return total
end

local mod = {}

function mod:validate_data_spool(msg, accept, vctx)
  local subject = msg:header("Subject")[1]
  if subject then
    msg:header("X-Score", string.format("%d", score(subject)), "replace")
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("coroutines", mod)
