// lua/mixed_table=warning lua/multiple_statements=warning lua/parenthese_conditions=warning lua/shadowing=warning
-- Limits by network, as the night shift left them.

require("msys.core")
require("msys.extended.vctx")

local mod = {}
local networks = {
  ["192.0.2"] = 10,
  ["198.51.100"] = 20,
  ["192.0.2"] = 40,
-- ^^^^^^^^^ lua/duplicate_keys
}
local defaults = { 5, 50, unit = "minute" }
--                    ^^^^^^^^^^^^^^^^^^^ lua/mixed_table

local function log(level, text) print(level, text) end

local function smaller(left, right)
  local a, b = left, right
  if a > b then
    a = b
--  ^^^^^... lua/almost_swapped
    b = a
  end
  return a, b
end

function mod:validate_connect(accept, vctx)
  local peer = vctx:get(msys.core.VCTX_CONN, "remote_ip")
  peer:gsub("%.%d+$", "")
--^^^^^^^^^ lua/must_use
  local prefix = peer:match("^%d+%.%d+%.%d+")
  local limit = prefix and networks[prefix]
  if not limit then
--^^^^^^^^^^^^^^^^^ lua/empty_if
  end
  if (limit) then log("info", peer, limit) end
--   ^^^^^^^ lua/parenthese_conditions
--                                  ^^^^^ lua/mismatched_arg_count
  local from, to = smaller(1, 2), 3, 4
--                                   ^ lua/unbalanced_assignments
  local share = (limit or defaults[1]) / 0
--              ^^^^^^^^^^^^^^^^^^^^^^^^^^ lua/divide_by_zero
  if share ~= 0/0 and peer:find("10\.0\.")
--   ^^^^^^^^^^^^ lua/compare_nan
--                                 ^^ lua/bad_string_escape
--                                    ^^ lua/bad_string_escape
  then
    for peer in pairs(networks) do
--      ^^^^ lua/shadowing
      print(peer, from, to)
    end
  end
  repeat until share > 3
--^^^^^^^^^^^^^^^^^^^^^^ lua/empty_loop
  return msys.core.VALIDATE_CONT
end

function mod:validate_ehlo(str, accept, vctx)
  local name, seen = tostring(str), {}
  if seen ~= {} then
--   ^^^^^^^^^^ lua/constant_table_comparison
    print(name) print(#seen)
--              ^^^^^^^^^^^^ lua/multiple_statements
  end
  for position = #seen, 0 do
--               ^^^^^^^^ lua/suspicious_reverse_loop
    print(seen[position])
  end
  local function is_text(value)
    return type(value == "string")
--         ^^^^^^^^^^^^^^^^^^^^^^^ lua/type_check_inside_call
  end
  local spare = {}
--      ^^^^^ lua/unused_variable
  if is_text(name) then
    if #name == 0 then
      print("none")
    elseif #name > 64 then
      print("long")
    elseif #name == 0 then
--         ^^^^^^^^^^ lua/ifs_same_cond
      print("never")
    end
  elseif name == "" then
--       ^^^^^^^^^^ lua/if_same_then_else
    return msys.core.VALIDATE_CONT
  else
    return msys.core.VALIDATE_CONT
  end
  return msys.core.VALIDATE_CONT
end

msys.registerModule("limits", mod)
