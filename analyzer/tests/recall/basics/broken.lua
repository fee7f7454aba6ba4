-- Does not load: three things that the engine says nothing useful about.

local mod = {}

function mod:validate_connect(accept, vctx)
  local limit = 10
  if limit > 5
--           ^ syntax
    return 1
  end
  local name = "example.com
--             ^^^^^^^^^^^^ syntax
  vctx:set_code(421 "4.3.2 Busy")
--                  ^^^^^^^^^^^^ syntax
  return 1
end
//- /policy/other.lua
local settings = {
  limit = 10
--        ^^ syntax
  burst = 20,
}

for _, value in pairs(settings)
--                            ^ syntax
  print(value)
end
