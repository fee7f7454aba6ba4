// lua/mixed_table=warning lua/multiple_statements=warning lua/parenthese_conditions=warning lua/shadowing=warning
-- Reports: closures, tables in tables, loops in loops.

local reports, helpers = {}, {}
local columns = { { "name", width = 10 }, { title = "count" } }
--                  ^^^^^^^^^^^^^^^^^^ lua/mixed_table

helpers.swap = function(list, i, j)
  list[i] = list[j]
--^^^^^^^^^^^^^^^^^... lua/almost_swapped
  list[j] = list[i]
end

helpers.rate = function(count)
  local rates = { count / 0, count * 2 }
--                ^^^^^^^^^ lua/divide_by_zero
  return rates[1] == 0/0 and 0 or rates[2]
--       ^^^^^^^^^^^^^^^ lua/compare_nan
end

helpers.fresh = function(state)
  while state.dirty do
    if state == { dirty = false } then break end
--     ^^^^^^^^^^^^^^^^^^^^^^^^^^ lua/constant_table_comparison
    state.dirty = false
  end
  while state.waiting do
--^^^^^^^^^^^^^^^^^^^^^^ lua/empty_loop
  end
end

local function format(name, value)
  return name .. "=" .. value
end

function reports.line(row)
  local parts = {}
  for index, column in ipairs(columns) do
    if row[index] then
      parts[#parts + 1] = format(column.title or "?", row[index], index)
--                                                                ^^^^^ lua/mismatched_arg_count
    elseif index > 3 then
      print("more")
    else
--  ^^^^ lua/empty_if
    end
  end
  table.concat(parts, ",")
--^^^^^^^^^^^^ lua/must_use
  local text = table.concat(parts, "\d")
--                                  ^^ lua/bad_string_escape
  return text
end

function reports.sorted(rows)
  local compare = function(a, b)
    if a.size > b.size then
--     ^^^^^^^^^^^^^^^ lua/if_same_then_else
      return true
    else
      return true
    end
  end
  local options = { order = "up", limit = 3, order = "down" }
--                                           ^^^^^ lua/duplicate_keys
  table.sort(rows, compare)
  for i = #rows, 1 do
--        ^^^^^^^^ lua/suspicious_reverse_loop
    local rows = rows[i]
--        ^^^^ lua/shadowing
    while (rows) do rows = nil end
--        ^^^^^^ lua/parenthese_conditions
  end
  return rows, options.limit
end

function reports.kind(value)
  local left, right
--      ^^^^ lua/unused_variable
--            ^^^^^ lua/unused_variable
  local a, b, c = 1, 2
--                ^^^^ lua/unbalanced_assignments
  a = 2; b = 3
--       ^^^^^ lua/multiple_statements
  if not type(value == "nil") then
--       ^^^^^^^^^^^^^^^^^^^^ lua/type_check_inside_call
    return a + b, c
  end
  if value == "x" or value == "y" then
    return 1
  elseif value == "z" then
    return 2
  elseif value == "z" then
--       ^^^^^^^^^^^^ lua/ifs_same_cond
    return 3
  end
end

return reports
