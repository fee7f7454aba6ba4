---@meta msys.adaptive

--- Rules of adaptive delivery: what to do when remote servers answer in a certain way.
---@class msys.adaptive
---@page momentum/3/3-ad/ad-custom-rules
msys.adaptive = {}

--- Names of actions.
---@alias msys.adaptive.action_name "suspend"|"blackhole"|"throttle"|"greylisted"|"warmup"|"reduce_connections"|"reduce_deliveries"|"transcode"

--- What to do: the name of an action at index 1, then its parameters, as `{ "suspend", "4 hours" }` or
--- `{ "reduce_connections", 1 }`. Times are a number and a unit (`seconds`, `minutes`, `hours`, `days`).
---@alias msys.adaptive.action (string|number)[]

--- A response and what to do about it.
---@class msys.adaptive.response
---@field code string PCRE pattern for the remote server's answer, code and text.
---@field trigger string|integer `1` acts on the first such answer; `10/1` on more than 10 in one second.
---@field action msys.adaptive.action|msys.adaptive.action[] One action, or several.
---@field message? string Text for the log and the alert.
---@field phase? string Not implemented by the server: leave it out.

--- Rules of a domain.
---@class msys.adaptive.rule
---@field responses? msys.adaptive.response[] Answers that are acted upon.
---@field configuration? table<string, any> Options of the domain: a value, a `{low, high}` sequence, or a function that gives one.

--- Adds rules to the adaptive rules, or replaces them all. Call it at the script's top level.
---@param rules table<string, msys.adaptive.rule|string> Rules by domain; a text makes the domain an alias of another.
---@param type? "augment"|"replace" `augment`, when left out, adds; `replace` throws away everything that was there.
---@requires msys.adaptive
---@phase adaptive
---@since 3=3.0 4=4.0
---@nilcrash rules
---@trap `replace` throws away the rules that come with the server too.
---@trap `type` is `augment` or `replace`; nothing else is known.
---@trap An alias must not lead to another alias.
---@trap `phase` in a response does nothing; leave it out.
---@fidelity modelled
---@page momentum/3/3-ad/ad-custom-rules
function msys.adaptive.registerRules(rules, type) end
