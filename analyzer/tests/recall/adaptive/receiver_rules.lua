-- What to do about the replies of receivers. The tables are long, so much of them is made by helpers.

local adaptive = require("msys.adaptive")

local SHORT = "15 minutes"
local LONG = "4 hour"
--              ^^^^ adaptive-rule: `hour` is no unit of time
local PER_MINUTE = "/60s"

local function suspended(code, time, message)
  return {
    code = code,
    trigger = "1",
    action = { "suspend", time },
    message = message,
  }
end

local function slower(code, replies)
  local response = { code = code, trigger = replies .. PER_MINUTE }
--                                          ^^^^^^^^^^^^^^^^^^^^^ adaptive-rule: `60s` stands here
  response.action = { { "throttle", "down" }, { "reduce_conections", 1 } }
--                                               ^^^^^^^^^^^^^^^^^ adaptive-rule: is `reduce_connections` meant?
  return response
end

local rules = {
  ["mailbox.example"] = {
    responses = {
      suspended("^554 .*block ?list", LONG, "our address is listed"),
      suspended("^421 .*(too many connections|rate limit", SHORT),
--                      ^ adaptive-rule: so no reply matches it: missing )
      suspended("^451 .*try later", "2hours"),
--                                   ^^^^^^ adaptive-rule: a space is missing between `2` and `hours`
      slower("^452 ", 10),
      {
        code = "^550 .*policy",
        trigger = "1",
        action = { "transcode", "550", "suspend", "2 hours" },
--                               ^^^ adaptive-rule: its code is 4 and two digits
      },
      {
        code = "^421 4\\.7\\.0",
        trigger = 10/60,
--                ^^^^^ adaptive-rule: the interval is lost
        action = { "greylisted", 900 },
--                               ^^^ adaptive-rule: this is a number alone
        phase = "connect",
--      ^^^^^^^^^^^^^^^^^ adaptive-phase
      },
    },
    configuration = {
      max_outbound_connections = { 20, 2 },
--                               ^^^^^^^^^ adaptive-rule: the lower bound comes first
      max_delivery_per_connection = 10,
--    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ adaptive-rule: is no option that adaptive delivery adjusts
      outbound_throttle_messages = function(current, last, age)
--                                 ^^^^^^^^ adaptive-rule: on some path it gives nothing
        if age < 30 * 86400 then
          return 500
        end
      end,
    },
  },
  ["post.example"] = {
    response = { suspended("^4", SHORT) },
--  ^^^^^^^^ adaptive-rule: is `responses` meant?
  },
  ["mailbox.example.net"] = "mailbox.example",
  ["mail.mailbox.example"] = "mailbox.example.net",
--                            ^^^^^^^^^^^^^^^^^^^ adaptive-alias: is an alias itself
  ["old.example"] = "post.exmaple",
--                   ^^^^^^^^^^^^ adaptive-alias: is `post.example` meant?
}

for _, name in ipairs({ "a.bank.example", "b.bank.example" }) do
  rules[name] = "bank.example"
--               ^^^^^^^^^^^^ adaptive-alias: `a.bank.example` has none
--               ^^^^^^^^^^^^ adaptive-alias: `b.bank.example` has none
end

adaptive.registerRules(rules, "augment")
