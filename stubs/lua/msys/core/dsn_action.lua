---@meta msys.core

-- What became of a recipient, in a delivery status notification (RFC 3464).

---@class msys.core
msys.core = {}

--- The message was delivered.
---@type integer
---@constant dsn_action
---@page momentum/4/lua/ref-msys-rfc-3464-compute-delivery-status
msys.core.DELIVERED = nil

--- It could not be delivered yet; the attempts go on.
---@type integer
---@constant dsn_action
---@page momentum/4/lua/ref-msys-rfc-3464-compute-delivery-status
msys.core.DELAYED = nil

--- It was delivered to an address that stands for several others.
---@type integer
---@constant dsn_action
---@page momentum/4/lua/ref-msys-rfc-3464-compute-delivery-status
msys.core.EXPANDED = nil

--- It could not be delivered.
---@type integer
---@constant dsn_action
---@page momentum/4/lua/ref-msys-rfc-3464-compute-delivery-status
msys.core.FAILED = nil

--- It was passed to a system that sends no notifications of delivery.
---@type integer
---@constant dsn_action
---@page momentum/4/lua/ref-msys-rfc-3464-compute-delivery-status
msys.core.RELAYED = nil
