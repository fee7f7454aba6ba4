-- Content filter: rules in a table, matching in one place, and a few checks of their own.

local core = require("msys.core")
require("msys.pcre")
require("msys.extended.message")
require("msys.extended.vctx")

local match = msys.pcre.match
local filter = {}

local RULES = {
  { name = "lottery", pattern = [[(?i)\b(?:lotter(?:y|ies)|jackpot)\b]] },
  { name = "invoice", pattern = "(?i)^(?:re|fwd?):\\s*invoice" },
}

local BOUNCE = [[^(?i)(?:mailer-daemon|postmaster@]]
--                    ^ regex: missing )

local function hit(text, pattern)
  local found, failure = match(text, pattern)
  if failure then
    print(failure)
  end
  return found ~= nil
end

local function is_bounce(address)
  return hit(address, BOUNCE)
end

local function is_partner(domain)
  return hit(domain, "*.partner.example.com")
--                    ^ regex: nothing to repeat
end

local function wants_scan(name)
  return hit(name, "\\.(?:exe|scr|[cp]if")
--                     ^ regex
end

function filter:validate_mailfrom(str, accept, vctx)
  local sender = tostring(str)
  if is_bounce(sender) or is_partner(sender) then
    return core.VALIDATE_CONT
  end
  if match(sender, "@news.example.com$") then
--                   ^^^^^^^^^^^^^^^^ regex
    vctx:set(core.VCTX_MESS, "news", "yes")
  end
  -- Digits of the pool, written for the other language.
  local pool = match(sender, "^pool%d+@")
--                                 ^^ lua-pattern
  vctx:set(core.VCTX_MESS, "pool", pool and pool[0] or "none")
  return core.VALIDATE_CONT
end

function filter:validate_data_spool(msg, accept, vctx)
  local subject = tostring(msg:header("Subject")[1])
  for _, rule in ipairs(RULES) do
    if hit(subject, rule.pattern) then
      vctx:set(core.VCTX_MESS, "rule", rule.name)
    end
  end
  if wants_scan(subject) or msg:raw_match("filename=\"[^\"]+\\.(zip|rar))") then
--                                                                      ^ regex: unmatched
    vctx:set(core.VCTX_MESS, "scan", "yes")
  end
  return core.VALIDATE_CONT
end

msys.registerModule("content_filter", filter)
