-- Everything is data: conditions and actions are functions in tables, applied in order.

local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local CONT, DONE = core.VALIDATE_CONT, core.VALIDATE_DONE

local is = {
  header = function(name, pattern)
    return function(msg)
      for _, value in ipairs(msg:header(name)) do
        if value:lower():find(pattern) then
          return true
        end
      end
      return false
    end
  end,
  size_above = function(limit)
    return function(msg)
      return msg:get_message_size() > limit
    end
  end,
}

local act = {
  stamp = function(name, value)
    return function(msg)
      msg:header(name, value, "replace")
    end
  end,
  reject = function(code, text)
    return function(_, vctx)
      vctx:set_code(code, text)
      return DONE
    end
  end,
}

local rules = {
  { when = is.header("X-Mailer", "bulk%s+mailer"), action = act.stamp("X-Class", "bulk") },
  { when = is.header("Subject", "^%s*$"), action = act.reject(550, "5.6.0 A subject, please") },
  { when = is.size_above(20 * 1024 * 1024), action = act.reject(552, "5.3.4 Too large"), last = true },
}

local mod = {}

function mod:validate_data_spool(msg, accept, vctx)
  for index = 1, #rules do
    local rule = rules[index]
    if rule.when(msg) then
      local verdict = rule.action(msg, vctx)
      if verdict then
        return verdict
      end
      if rule.last then
        break
      end
    end
  end
  return CONT
end

msys.registerModule("rule_tables", mod)
