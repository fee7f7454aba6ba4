//! ## What it does
//! Reads the tables that reach `msys.adaptive.registerRules`, and the sweep rules of `ecelerity.conf`: wrong shapes, fields
//! and options that do not exist, triggers that are none, actions that adaptive delivery does not know or that lack their
//! arguments, times without a unit, regular expressions that do not compile, missing commas, and characters that only look
//! like a quote, a space or a dash. Tables are followed through locals, fields, constants, helper functions and files.
//!
//! ## Why it matters
//! A rule that is not understood does nothing: the receiver goes on refusing mail, and delivery goes on as if it had not.
//! Nothing tells of it until the block is noticed.
//!
//! ## Example
//! ```lua expect=adaptive-rule
//! require("msys.adaptive")
//! msys.adaptive.registerRules({
//!   ["mailbox.example"] = {
//!     responses = {
//!       { code = "^421 .*too many", trigger = "5/60", action = { "suspend", "1 hour" } },
//!     },
//!   },
//! })
//! ```
//! Use instead:
//! ```lua
//! require("msys.adaptive")
//! msys.adaptive.registerRules({
//!   ["mailbox.example"] = {
//!     responses = {
//!       { code = "^421 .*too many", trigger = "5/60", action = { "suspend", "1 hours" } },
//!     },
//!   },
//! })
//! ```
//!
//! ## Fix
//! Writes the word that was meant, where that is plain.

use super::findings::report_problem;
use super::sweep;
use crate::diagnostic::Severity;
use crate::project::{Script, ServerConfiguration};
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "adaptive-rule", severity: Severity::Error, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for registered in script.project().adaptive_rules() {
        for problem in &registered.problems {
            report_problem(script, problem, report);
        }
    }
}

pub(crate) fn check_configuration(server: &ServerConfiguration<'_>, report: &mut Report<'_>) {
    sweep::check(server, report);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn shapes_of_domains() {
        check(
            RULE.code,
            r#"
local adaptive = require("msys.adaptive")
local response = { code = "^421", trigger = "1", action = { "throttle", "down" } }
adaptive.registerRules({
  ["a.example"] = {
    response = { response },
--  ^^^^^^^^ error: a domain has no `response`, so it is not looked at: is `responses` meant?
    max_outbound_connections = 5,
--  ^^^^^^^^^^^^^^^^^^^^^^^^ error: `max_outbound_connections` is an option and belongs into `configuration` of the domain
  },
  ["b.example"] = {
    { code = "^421", trigger = "1", action = { "throttle", "down" } },
--  ^ error: a response stands in the list `responses` of its domain
    code = "^421",
--  ^^^^ error: `code` belongs to a response
  },
  ["c.example"] = true,
--                ^^^^ error: `c.example` has a table with `responses` or `configuration`, or the name of another domain, and this is a boolean
  ["bounces@e.example"] = { configuration = {} },
--         ^ warning: `bounces@e.example` is an address
  ["f.example "] = { configuration = {} },
--           ^ warning: no domain has ` ` in its name
  configuration = { max_outbound_connections = 5 },
--^^^^^^^^^^^^^ error: a table of rules has domains as keys
  { responses = { response } },
--^ error: these rules have no domain
})
"#,
        );
    }

    #[test]
    fn shapes_of_responses() {
        check(
            RULE.code,
            r#"
local adaptive = require("msys.adaptive")
adaptive.registerRules({
  ["a.example"] = {
    responses = { code = "^421", trigger = "1", action = { "throttle", "down" } },
--  ^^^^^^^^^ error: another pair of braces
  },
  ["b.example"] = {
    responses = {
      { { code = "^421", trigger = "1", action = { "throttle", "down" } } },
--    ^ error: one pair of braces too many
      "^421",
--    ^^^^^^ error: a response is a table with `code`, `trigger` and `action`, and this is a text
      { code = "^421", trigger = "1" },
--    ^ error: this response has no `action`: nothing is done about the reply
      { action = { "throttle", "down" } },
--    ^ error: this response has no `code` and no `trigger`: it never comes to an action
      { "^421", "1", { "throttle", "down" } },
--      ^^^^^^ error: the values of a response have names
      { code = "^421", triger = "1", action = { "throttle", "down" } },
--                     ^^^^^^ error: a response has no `triger`, so it is not looked at: is `trigger` meant?
      { code = { "^421" }, trigger = "1", action = { "throttle", "down" } },
--             ^^^^^^^^^^ error: `code` is a regular expression, written as text, and this is a table
      { code = "^421", trigger = "1", action = { "throttle", "down" }, message = {} },
--                                                                               ^^ error: `message` is the text of the alert
      configuration = {
--    ^^^^^^^^^^^^^ error: `configuration` stands in `responses`, where it is not looked at
        max_conections = 5,
--      ^^^^^^^^^^^^^^ error: `max_conections` is no option
      },
    },
  },
})
"#,
        );
    }

    #[test]
    fn triggers() {
        check(
            RULE.code,
            r#"
require("msys.adaptive")
local function on(trigger)
  return { code = "^421", trigger = trigger, action = { "throttle", "down" } }
end
local RATE = "10/60"
msys.adaptive.registerRules({ ["a.example"] = { responses = {
  on("1"), on("10/1"), on(RATE),
  on(1),
--   ^ info: a trigger is documented as text
  on(10/1),
--   ^^^^ error: without its quotes `10/1` is the number 10
  on("10"),
--    ^^ error: `10` is no trigger
  on("10 / 60"),
--    ^^^^^^^ error: a trigger has no spaces in it
  on("10/60s"),
--       ^^^ error: a whole number of seconds belongs here, and `60s` stands here
  on("ten/60"),
--    ^^^ error: a whole number of replies
  on("0/60"),
--    ^ error: 0 replies are never reached
  on("10/"),
--   ^^^^^ error: nothing stands here
  on(RATE .. "m"),
--   ^^^^^^^^^^^ error: `60m` stands here
  on({ 10, 60 }),
--   ^ error: this is a table
  on("10∕60"),
--      ^ error: a slash that is no plain slash
} } })
"#,
        );
    }

    #[test]
    fn patterns() {
        check(
            RULE.code,
            r#"
require("msys.adaptive")
local OPEN = "^421 .*("
--                   ^ error: so no reply matches it: missing )
local function on(code)
  return { code = code, trigger = "1", action = { "throttle", "down" } }
end
msys.adaptive.registerRules({ ["a.example"] = { responses = {
  on("421 PR\\((dt1|ct1)\\)"), on([[^4\d\d .*\b4\.7\.\d+]]), on("^550 [\\w-\\.]+"), on(421),
  on("^421 (too many"),
--         ^ error: this regular expression does not compile, so no reply matches it: missing )
  on("^\\d{3} [a-"),
--            ^ error: missing terminating ] for character class
  on(OPEN .. "x|y"),
  on("^4" .. "21 *+?*"),
--                 ^ error: nothing to repeat
} } })
"#,
        );
    }

    #[test]
    fn actions() {
        check(
            RULE.code,
            r#"
require("msys.adaptive")
local function act(action)
  return { code = "^421", trigger = "1", action = action }
end
msys.adaptive.registerRules({ ["a.example"] = { responses = {
  act({ "suspend", "4 hours" }),
  act({ { "suspend", "4 hours" }, { "reduce_connections", 2 } }),
  act({ "transcode", "454", "suspend", "2 hours" }),
  act({ "transcode", "454" }),
  act({ "warmup", 86400 }),
  act({ "warmup", "1" }),
  act({ "reduce_deliveries", "5" }),
  act("suspend"),
--    ^^^^^^^^^ error: write `{ "suspend", "4 hours" }`
  act({}),
--    ^^ error: no action is named here
  act({ "supend", "4 hours" }),
--       ^^^^^^ error: adaptive delivery has no action `supend`, so nothing is done: is `suspend` meant?
  act({ "quarantine", "4 hours" }),
--       ^^^^^^^^^^ error: adaptive delivery has no action `quarantine`: `suspend`,
  act({ "suspend" }),
--      ^^^^^^^^^ error: `suspend` needs a time behind it, as `{ "suspend", "4 hours" }`
  act({ "suspend", 4 }),
--                 ^ error: this is a number alone
  act({ "throttle", "up" }),
--                   ^^ error: `throttle` knows `down` and nothing else, not `up`
  act({ "warmup", "2 days" }),
--                 ^^^^^^ error: `warmup` takes a number of seconds, and `2 days` is none
  act({ "reduce_connections", "few" }),
--                             ^^^ error: `reduce_connections` takes a number above 0
  act({ "reduce_connections", 0 }),
--                            ^ error: and `0` is none
  act({ "suspend", "4 hours", "throttle", "down" }),
--                            ^^^^^^^^^^ error: of several actions each is a list of its own
  act({ "throttle", "down", "please" }),
--                          ^^^^^^^^ error: `throttle` does not look at this
  act({ "transcode", "550", "suspend", "2 hours" }),
--                    ^^^ error: its code is 4 and two digits, and `550` is not
  act({ "transcode", "454", { "suspend", "2 hours" } }),
--                          ^^^^^^^^^^^^^^^^^^^^^^^^ error: goes on in the same list
  act({ "transcode", "454", "suspend", "2 hors" }),
--                                        ^^^^ error: `hors` is no unit of time here
  act({ { "throttle", "down" }, "suspend" }),
--                              ^^^^^^^^^ error: each action of a list of actions is a list itself
  act({ name = "suspend", time = "4 hours" }),
--      ^^^^ error: an action is a list without keys
--                        ^^^^ error: `time` is not looked at
  act({ { { "throttle", "down" } } }),
--      ^^^^^^^^^^^^^^^^^^^^^^^^^^ error: one list deeper
  act(function() end),
--    ^^^^^^^^ error: and this is a function
} } })
"#,
        );
    }

    #[test]
    fn times() {
        check(
            RULE.code,
            r#"
require("msys.adaptive")
local HOURS = " hours"
local function wait(time)
  return { code = "^421", trigger = "1", action = { "greylisted", time } }
end
msys.adaptive.registerRules({ ["a.example"] = { responses = {
  wait("15 minutes"), wait("90 seconds"), wait("2 days"), wait(4 .. HOURS), wait(os.getenv("WAIT")),
  wait("1 hour"),
--        ^^^^ error: `hour` is no unit of time here: `seconds`, `minutes`, `hours` or `days` are
  wait("4 Hours"),
--        ^^^^^ error: `Hours` is no unit
  wait("4hours"),
--      ^^^^^^ error: a space is missing between `4` and `hours`
  wait("15min"),
--        ^^^ error: `min` is no unit
  wait("4"),
--      ^ error: `4` has no unit
  wait("four hours"),
--      ^^^^ error: `four` is no whole number
  wait("1.5 hours"),
--      ^^^ error: `1.5` is no whole number
  wait("1 hours 30 minutes"),
--             ^^^^^^^^^^^ error: a time is one number and one unit
  wait("0 hours"),
--      ^^^^^^^ error: it lasts no time at all
  wait("2 weeks"),
--        ^^^^^ error: `weeks` is no unit
  wait("4 hours"),
--       ^ error: U+00A0 is a space that is no plain space
  wait("“4 hours”"),
--      ^ error: a typographic quote
  wait("15" .. " minute"),
--               ^^^^^^ error: `minute` is no unit
  wait(""),
--     ^^ error: no time is given
} } })
"#,
        );
    }

    #[test]
    fn configurations() {
        check(
            RULE.code,
            r#"
require("msys.adaptive")
local LOW, HIGH = 20, 2
local function nothing(current, last, age)
  if age > 86400 then
    return current
  end
end
msys.adaptive.registerRules({
  ["a.example"] = { configuration = {
    max_outbound_connections = 5,
    max_deliveries_per_connection = { 10, 100 },
    adaptive_outbound_throttle_messages = 600,
    retry_interval = function(current) return current end,
    max_retry_interval = tonumber(os.getenv("RETRY")),
    max_retries = 10,
  } },
  ["b.example"] = { configuration = {
    max_outbound_conections = 5,
--  ^^^^^^^^^^^^^^^^^^^^^^^ error: `max_outbound_conections` is no option that adaptive delivery adjusts: is `max_outbound_connections`
    Retry_Interval = 300,
--  ^^^^^^^^^^^^^^ error: options are written in lower case here
    outbound_throttle_messages = "100/3600",
--                               ^^^^^^^^^^ error: `outbound_throttle_messages` is a number, of messages an hour, and `100/3600` is none
    max_deliveries_per_connection = { LOW, HIGH },
--                                  ^^^^^^^^^^^^^ error: the lower bound comes first: nothing lies between 20 and 2
    idle_timeout = 30,
--  ^^^^^^^^^^^^ info: adaptive delivery does not manage `idle_timeout` by itself
  } },
  ["c.example"] = { configuration = {
    max_outbound_connections = { 5 },
--                             ^^^^^ error: bounds are two numbers, `{ low, high }`, and there is one here
    max_deliveries_per_connection = { min = 1, max = 5 },
--                                    ^^^ error: bounds are a list, `{ low, high }`, without keys
    retry_interval = true,
--                   ^^^^ error: this is a boolean
    max_retry_interval = { "low", 5 },
--                         ^^^^^ error: a bound of `max_retry_interval` is a number, and this is a text
    outbound_throttle_messages = nothing,
--                               ^^^^^^^ warning: on some path it gives nothing
    max_retries = function() print("x") end,
--                ^^^^^^^^ error: this function gives no number
    responses = {},
--  ^^^^^^^^^ error: `responses` belongs beside `configuration`, not into it
    { 1, 2 },
--  ^^^^^^^^ error: an option needs its name in front
  } },
  ["d.example"] = { configuration = 5 },
--                                  ^ error: `configuration` is a table of options
})
"#,
        );
    }

    #[test]
    fn a_field_of_nil_is_none() {
        check_none(
            RULE.code,
            r#"
require("msys.adaptive")
msys.adaptive.registerRules({
  ["a.example"] = {
    aliases = nil,
    responses = { { code = "^421 ", trigger = "1", action = { "suspend", "2 hours" }, message = nil } },
  },
})
"#,
        );
    }

    #[test]
    fn managed_options_are_those_of_the_configuration() {
        check_none(
            RULE.code,
            r#"
require("msys.adaptive")
msys.adaptive.registerRules({ ["a.example"] = { configuration = { idle_timeout = 30 } } })
//- /policy/ecelerity.conf
adaptive { adaptive_manage_options = ( "idle_timeout" ) }
"#,
        );
    }

    #[test]
    fn commas_and_look_alikes() {
        check(
            RULE.code,
            r#"
require("msys.adaptive")
local shared = { code = "^421", trigger = "1", action = { "throttle", "down" } }
msys.adaptive.registerRules({ ["a.example"] = { responses = {
  shared
--^^^^^^ error: a comma is missing behind this
  { code = "^451", trigger = "1", action = { "throttle", "down" } },
  { code = "^550 You’re blocked", trigger = "1", action = { "throttle", "down" } },
--                  ^ warning: U+2019 is a typographic quote and only looks like `'`: replies are written in ASCII
  { code = "", trigger = "1", action = { "ѕuspend", "4 hours" } },
--         ^^ warning: an empty pattern matches every reply
--                                        ^ error: U+0455 is a Cyrillic letter
} } })
"#,
        );
    }

    #[test]
    fn tables_are_followed() {
        check(
            RULE.code,
            r#"
local adaptive = require("msys.adaptive")
local times = require("site.times")
local rules = {}
rules["a.example"] = { responses = {} }
rules["a.example"].configuration = { max_outbound_conections = 5 }
--                                   ^^^^^^^^^^^^^^^^^^^^^^^ error: is no option
table.insert(rules["a.example"].responses, { code = "^421", trigger = "1", action = { "suspend", "1 hour" } })
--                                                                                                  ^^^^ error: `hour` is no unit
local function add(domain, code, time)
  local list = rules[domain].responses
  list[#list + 1] = { code = code, trigger = "1", action = { "suspend", time } }
end
add("a.example", "^450", "2 hour")
--                          ^^^^ error: `hour` is no unit
add("a.example", "^451", times.long)
local late = { code = "^452", action = { "throttle", "down" } }
late.trigger = "5 in 60"
--              ^^^^^^^ error: `5 in 60` is no trigger
table.insert(rules["a.example"].responses, 1, late)
for index = 1, 3 do
  rules["n" .. index .. ".example"] = { responses = { { code = "^4", trigger = "1", action = { "supend", "1 hours" } } } }
--                                                                                              ^^^^^^ error: has no action `supend`
end
adaptive.registerRules(rules)
//- /policy/site/times.lua
local M = {}
M.long = "8 houres"
--          ^^^^^^ error: `houres` is no unit
return M
"#,
        );
    }

    #[test]
    fn what_is_not_known_is_silent() {
        check_none(
            RULE.code,
            r#"
require("msys.adaptive")
local settings = load_settings()
local function response(code, ...)
  return { code = code, trigger = settings.trigger, action = { ... } }
end
local filled = {}
fill(filled)
local built = setmetatable({}, { __index = defaults })
local rules = {
  ["a.example"] = settings,
  ["b.example"] = { responses = { response("^421", "supend"), filled, built, settings.extra } },
  ["c.example"] = { responses = settings.responses, configuration = settings.configuration },
  [settings.domain] = { responses = { { code = settings.code, trigger = settings.n .. "/60", action = settings.action } } },
  ["d.example"] = { configuration = { max_outbound_connections = settings.most or 5 } },
  ["e.example"] = settings.enabled and { responses = {} } or nil,
}
for name, domain in pairs(settings.domains) do
  rules[name] = domain
end
msys.adaptive.registerRules(rules)
-- Not registered.
local other = { ["x.example"] = { response = 5 } }
"#,
        );
    }

    #[test]
    fn broken_code_is_the_parsers_business() {
        check_none(
            RULE.code,
            r#"
require("msys.adaptive")
msys.adaptive.registerRules({
  ["a.example"] = { responses = { { code = "^421" trigger = "1", action = { "suspend", "4 hours" } } } },
  ["b.example"] = { responses = { { code = "^421", trigger = , action = { "suspend" "4 hours" } } } },
})
"#,
        );
    }

    #[test]
    fn what_was_meant_is_written() {
        let with = |response: &str, settings: &str| {
            format!(
                "require(\"msys.adaptive\")\nmsys.adaptive.registerRules({{ [\"a.example\"] = {{ responses = {{ {{ {response} }} }}, \
                 configuration = {{ {settings} }} }} }})\n"
            )
        };
        for (before, after) in [
            (
                "code = \"^4\", trigger = \"1\", action = { \"suspend\", \"1 hour\" }",
                "code = \"^4\", trigger = \"1\", action = { \"suspend\", \"1 hours\" }",
            ),
            (
                "code = \"^4\", trigger = \"5 / 60\", action = { 'suspend', [[15min]] }",
                "code = \"^4\", trigger = \"5/60\", action = { 'suspend', [[15 minutes]] }",
            ),
            (
                "code = \"^4\", trigger = \"1\", action = { 'supend', [[15 minutes]] }",
                "code = \"^4\", trigger = \"1\", action = { 'suspend', [[15 minutes]] }",
            ),
            (
                "code = \"^4\", triger = \"1\", action = { \"warmup\", \"2 days\" }",
                "code = \"^4\", trigger = \"1\", action = { \"warmup\", \"172800\" }",
            ),
        ] {
            check_fix(RULE.code, &with(before, ""), &with(after, ""));
        }
        check_fix(
            RULE.code,
            &with(
                "code = \"\\065\", trigger = \"1\", action = { \"throttle\", \"down\" }",
                "Retry_interval = 5",
            ),
            &with(
                "code = \"\\065\", trigger = \"1\", action = { \"throttle\", \"down\" }",
                "retry_interval = 5",
            ),
        );
    }
}
