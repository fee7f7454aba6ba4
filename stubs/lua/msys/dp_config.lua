---@meta

--- The configuration of Momentum 3's default policy, one field a policy (`msys.dp_config.rbls` and so on). A site's
--- own policies keep theirs here too.
---@class msys.dp_config
---@field custom_policy msys.dp_config.custom_policy Functions of the site's own around the default policy.
---@field [string] any Options of a policy.
---@page momentum/3/3-policy/policy-default-configuration
msys.dp_config = {}
