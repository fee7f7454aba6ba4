---@meta custom_policy

--- The file of a site's own additions to the default policy of Momentum 3 (`custom_policy.lua`). It fills
--- `msys.dp_config.custom_policy`.
---@class custom_policy
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
local custom_policy = {}
