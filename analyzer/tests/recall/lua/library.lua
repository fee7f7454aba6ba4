// lua/mixed_table=warning lua/multiple_statements=warning lua/parenthese_conditions=warning lua/shadowing=warning
-- The site's library: small things that add up.

local library = {}

local words = { "free", "winner", weight = 3 }
--                      ^^^^^^^^^^^^^^^^^^^^ lua/mixed_table
local limits = { low = 10, high = 20, low = 30 }
--                                    ^^^ lua/duplicate_keys
local accepted, refused = 1
--                        ^ lua/unbalanced_assignments
local unused = 7
--    ^^^^^^ lua/unused_variable

function library.order(first, second)
  if first > second then
    first = second
--  ^^^^^^^^^^^^^^... lua/almost_swapped
    second = first
  end
  return first, second, accepted, refused
end

function library.mean(sum, count)
  local result = sum / count
  if result == 0/0 then
--   ^^^^^^^^^^^^^ lua/compare_nan
    return 0
  end
  return result / 0
--       ^^^^^^^^^^ lua/divide_by_zero
end

function library.is_empty(list)
  return list == {}
--       ^^^^^^^^^^ lua/constant_table_comparison
end

function library.clean(text)
  string.gsub(text, "%s+", " ")
--^^^^^^^^^^^ lua/must_use
  return text
end

function library.matches(text)
  return text:find("^mx\d+")
--                     ^^ lua/bad_string_escape
end

function library.wait(flag)
  while flag do
--^^^^^^^^^^^^^ lua/empty_loop
  end
  if flag then
--^^^^^^^^^^^^ lua/empty_if
  end
end

function library.class(size)
  if (size > limits.high) then
--   ^^^^^^^^^^^^^^^^^^^^ lua/parenthese_conditions
    return "large"
  elseif size > limits.low then
--       ^^^^^^^^^^^^^^^^^ lua/if_same_then_else
    return "small"
  else
    return "small"
  end
end

function library.speed(class)
  local speed = 1; local unit = "s"
--                 ^^^^^^^^^^^^^^^^ lua/multiple_statements
  if class == "bulk" then
    speed = 5
  elseif class == "bulk" then
--       ^^^^^^^^^^^^^^^ lua/ifs_same_cond
    speed = 9
  end
  return speed .. unit
end

local function pair(a) return a, a end
print(pair(1, 2))
--            ^ lua/mismatched_arg_count

function library.drop(list)
  for index = #list, 1 do
--            ^^^^^^^^ lua/suspicious_reverse_loop
    table.remove(list, index)
  end
  if type(list == "table") then
--   ^^^^^^^^^^^^^^^^^^^^^ lua/type_check_inside_call
    local list = words
--        ^^^^ lua/shadowing
    return list
  end
end

return library
