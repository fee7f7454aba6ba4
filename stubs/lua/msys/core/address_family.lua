---@meta msys.core

-- The family of a socket address. Used in samples only.

---@class msys.core
msys.core = {}

--- IPv4.
---@type integer
---@constant address_family
---@undocumented
msys.core.AF_INET = nil

--- IPv6.
---@type integer
---@constant address_family
---@undocumented
msys.core.AF_INET6 = nil
