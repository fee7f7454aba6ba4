---@meta

--- An accepted inbound connection: the peer, the listener and the protocol spoken.
---
--- Its methods come with `msys.extended.ac`.
---@class accept_construct
---@receiver ac
---@page momentum/3/3-api/structs-accept-construct
local accept_construct = {}
