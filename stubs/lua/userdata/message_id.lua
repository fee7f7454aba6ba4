---@meta

--- Identifier of a message, a connection or a batch. `tostring(id)` gives the form that logs show.
---@class message_id
---@trap It is userdata: use `tostring` before concatenating it or comparing it with a string.
---@page momentum/3/3-api/structs-message-id
local message_id = {}
