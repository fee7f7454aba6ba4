---@meta msys.core

-- How far the delivery of a message is: `msg.delivered`.

---@class msys.core
msys.core = {}

--- It is still being tried.
---@type integer
---@constant delivery_state
---@trap No page writes it as `msys.core.EM_TRYING`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-message
msys.core.EM_TRYING = nil

--- It is done.
---@type integer
---@constant delivery_state
---@page momentum/mobile/mobile-reference/mcmt-2-xmpp
msys.core.EM_SUCCEEDED = nil

--- It has failed for good.
---@type integer
---@constant delivery_state
---@trap No page writes it as `msys.core.EM_FAILED`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-message
msys.core.EM_FAILED = nil
