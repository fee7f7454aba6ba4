-- Annotations for editors: classes, parameters, casts.

local core = require("msys.core")
require("msys.extended.message")

---@class Rule
---@field name string
---@field limit? number
---@field match fun(msg: ec_message): boolean

---@type Rule[]
local rules = {}

---@param name string
---@param match fun(msg: ec_message): boolean
---@param limit? number
---@return Rule
local function rule(name, match, limit)
  return { name = name, match = match, limit = limit }
end

rules[#rules + 1] = rule("bulk", function(msg) return #msg:header("List-Id") > 0 end, 100)
rules[#rules + 1] = rule("any", function() return true end)

local mod = {}

---@param msg ec_message
function mod:validate_set_binding(msg)
  for _, one in ipairs(rules) do
    if one.match(msg) then
      local limit = one.limit or 1000
      msg:context_set(core.ECMESS_CTX_MESS, "rule", one.name .. "/" .. limit)
      break
    end
  end
  return core.VALIDATE_CONT
end

msys.registerModule("annotated", mod)
