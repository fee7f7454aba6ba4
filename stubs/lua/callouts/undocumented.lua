---@meta

--- Hooks of the core that published policy uses and no page describes.
---
--- What stands here is seen in those scripts; when they run beyond that is not known.
---@class undocumented_hooks
---@callouts core
---@undocumented
local undocumented_hooks = {}

--- Seen in published policy as the place to act on each recipient's message after validation, however the message came:
--- to reroute it, delay it or discard it. `msg.recv_method` tells messages that the server made itself.
---@param msg ec_message The message, with this one recipient.
---@param ac accept_construct The connection over which it came.
---@param vctx validate_context The validation context.
---@undocumented
function undocumented_hooks:core_post_msg_each_rcpt(msg, ac, vctx) end

--- Seen in published policy as a place to set message context variables for each recipient, before the message is
--- accepted.
---@param msg ec_message The message, with this one recipient.
---@param ac accept_construct The connection over which it came.
---@undocumented
function undocumented_hooks:core_pre_msg_each_rcpt(msg, ac) end
