---@meta

--- Hook of the `seedlist` module, which sends a copy of each new campaign to a list of test addresses.
---@class seedlist_hooks
---@callouts seedlist
---@page momentum/4/modules/seedlist
local seedlist_hooks = {}

--- Runs after a copy for a test address was made, for instance to rewrite its sender.
---
--- The message context variable `#seedlist-orig-from` holds the sender of the message that set it off.
---@since 3=3.0 4=4.0
---@correction The page names the hook and nothing else; its parameters and results are unknown.
---@page momentum/4/modules/seedlist
function seedlist_hooks:seedlist_generate_seed() end
