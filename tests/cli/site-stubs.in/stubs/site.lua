---@meta site.quota

--- Daily quotas of tenants.
---@class site.quota
---@global
site = {}
site.quota = {}

--- Messages that a tenant may still send today.
---@param tenant string The tenant's name.
---@return integer left Messages.
---@fidelity recorded
function site.quota.left(tenant) end
