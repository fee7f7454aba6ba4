-- What to do about the answers of receivers, beyond the rules that come with Momentum.

require("msys.adaptive")

local rules = {
  ["mailbox.example"] = {
    responses = {
      {
        code = [[^421 .*\b4\.7\.\d+ .*too many (?:connections|sessions)]],
        trigger = "5/60",
        action = { "reduce_connections", 2 },
        message = "mailbox.example wants fewer connections",
      },
      {
        code = [[^4\d\d .*(?:rate|volume) limit]],
        trigger = "1",
        action = { { "throttle", "down" }, { "greylisted", "15 minutes" } },
        message = "mailbox.example limits our rate",
      },
      {
        code = [[^554 .*listed at blocklist\.example]],
        trigger = "1",
        action = { "suspend", "4 hours" },
        message = "our address is on a block list",
      },
      {
        code = [[^550 5\.7\.1 .*try again in an hour]],
        trigger = "1",
        action = { "transcode", "454", "suspend", "2 hours" },
        message = "a temporary refusal that looks like a permanent one",
      },
    },
    configuration = {
      max_outbound_connections = { 2, 20 },
      max_deliveries_per_connection = { 10, 100 },
      -- A new address starts slowly; after thirty days it has the full rate.
      outbound_throttle_messages = function(current, _last, age)
        if age < 30 * 86400 then
          return 500 * (age \ 86400 + 1)
        end
        return current
      end,
    },
  },
  -- The same company under its other names.
  ["mailbox.example.net"] = "mailbox.example",
  ["post.example"] = "mailbox.example",

  ["bank.example"] = {
    responses = {
      {
        code = [[^4\d\d .*greylist]],
        trigger = "1",
        action = { "greylisted", "5 minutes" },
      },
    },
    configuration = {
      retry_interval = 300,
      max_retry_interval = 3600,
    },
  },
}

msys.adaptive.registerRules(rules, "augment")
