---@meta msys.core

-- Where the content of a message is: `msg.swapped`.

---@class msys.core
msys.core = {}

--- In memory.
---@type integer
---@constant spool_location
---@trap No page writes it as `msys.core.SPOOL_MEM`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-message
msys.core.SPOOL_MEM = nil

--- Swapped out of memory.
---@type integer
---@constant spool_location
---@trap No page writes it as `msys.core.SPOOL_SWAP`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-message
msys.core.SPOOL_SWAP = nil

--- On disk.
---@type integer
---@constant spool_location
---@trap No page writes it as `msys.core.SPOOL_DISK`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-message
msys.core.SPOOL_DISK = nil
