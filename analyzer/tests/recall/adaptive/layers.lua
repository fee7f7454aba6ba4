-- Rules in layers: what the site shares, what each region adds.

require("msys.adaptive")
local site = require("site.adaptive")

local rules = site.rules()

rules["region.example"] = site.domain({
  site.on("^421 .*busy", "5/60", { "greylisted", "10 min" }),
--                                                   ^^^ adaptive-rule: `min` is no unit of time
  site.on("^450 .*quota", "1", { "reduce_connections" }),
--                               ^^^^^^^^^^^^^^^^^^^^ adaptive-rule: `reduce_connections` needs a number behind it
  site.on("^5\\d\\d .*[spam", "1", { "blackhole", "1 days" }),
--                    ^ adaptive-rule: so no reply matches it
})
rules["region.example"].configuration = {
  Retry_Interval = 300,
--^^^^^^^^^^^^^^ adaptive-rule: options are written in lower case
}
table.insert(rules["region.example"].responses, {
  code = "^452 ",
  triger = "1",
--^^^^^^ adaptive-rule: is `trigger` meant?
  action = "suspend",
--         ^^^^^^^^^ adaptive-rule: an action is a list
})

local MODE = "replace"
--           ^^^^^^^^^ adaptive-replace: every rule that there is goes
msys.adaptive.registerRules(rules, MODE)
//- /etc/conf/global/site/adaptive.lua
local site = {}

function site.on(code, trigger, action)
  return { code = code, trigger = trigger, action = action, phase = "data" }
--                                                          ^^^^^^^^^^^^^^ adaptive-phase
end

function site.domain(responses)
  return { responses = responses }
end

function site.rules()
  return {
    ["shared.example"] = {
      responses = {
        {
          code = "^421 ",
          trigger = "3 in 60",
--                   ^^^^^^^ adaptive-rule: `3 in 60` is no trigger
          action = { "suspend", "1 hours", "throttle", "down" },
--                                         ^^^^^^^^^^ adaptive-rule: each is a list of its own
        },
      },
    },
  }
end

return site
//- /etc/conf/global/first.lua
local registerRules = require("msys.adaptive").registerRules

local response = {
  code = "^421 ",
  trigger = "1",
  action = { { "throttle", "up" } },
--                          ^^ adaptive-rule: `throttle` knows `down` and nothing else
}
response.phase = "mailfrom"
--<^^^^^^^^^^^^^^^^^^^^^^^^^^^ adaptive-phase

local function install(domains, mode)
  registerRules(domains, mode)
end

install({ ["first.example"] = { responses = { response } } })
install({ ["second.example"] = { responses = response } }, "replace")
--                               ^^^^^^^^^ adaptive-rule: another pair of braces
--                                                         ^^^^^^^^^ adaptive-replace: `second.example` alone
//- /etc/conf/global/large.lua
local adaptive = require("msys.adaptive")

local quota = {
  code = "^452 .*quota",
  trigger = "1",
  action = { "throttle", "down" },
}

local large = {
  responses = {
    quota
--  ^^^^^ adaptive-rule: a comma is missing
    { code = "^421 ", trigger = "1", action = { "suspend", "4 hours" } },
  },
}

adaptive.registerRules({ ["large.example"] = large }, 'replace')
--                                                    ^^^^^^^^^ adaptive-replace: `large.example` alone
//- /etc/ecelerity.conf
alerting {}
adaptive {}
fbl {}
bounce_classifier_override "site" {}
scriptlet "scriptlet" {
  script "first" { source = "first" }
  script "large" { source = "large" }
}
adaptive_sweep_rule "complaints" {
  codes = ( "fbl:abuse" "spam" )
#                        ^^^^ adaptive-rule: `spam` is neither a bounce class
  high_action = ( "suspend" "3 hours" )
#                            ^^^^^^^ adaptive-rule: 3 is no power of two
}
domain "large.example" {
  adaptive_sweep_rule "bounces" {
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ adaptive-rule: this sweep rule has no `codes`
    low_threshold = 2
  }
}
