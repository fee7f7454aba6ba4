---@meta

--- One part of a message's MIME tree: the whole message, a container of other parts, or a leaf with content.
---
--- Get the top with `msg:mime()`; `part.thread` leads to the next part in reading order and is nil after the last.
---@class ec_message_part
---@receiver msgpart
---@page momentum/3/3-api/structs-ec-message-part
local ec_message_part = {}

--- Takes the part, together with everything below it, out of the MIME tree.
---@return unknown result Not documented.
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@raises When the part belongs to a read-only tree: get it through `msg:mime(false)`.
---@correction The overview lists it with `msys.extended.message`; its own page says that it needs no `require`, which holds here.
---@mutates
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-unlink
function ec_message_part:unlink() end
