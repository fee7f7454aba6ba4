---@meta

--- Hook of the `outbound_smtp_auth` module, which logs in to remote servers before delivering to them.
---@class outbound_smtp_auth_hooks
---@callouts outbound_smtp_auth
---@page momentum/4/modules/outbound-smtp-auth
local outbound_smtp_auth_hooks = {}

--- Sets the credentials for the delivery of a message, in place of the configured ones.
---
--- They are message context variables: `outbound_smtp_auth_type` (`PLAIN`, `LOGIN`, from 5.1 also `XOAUTH2`),
--- `outbound_smtp_auth_user` and `outbound_smtp_auth_pass` (password or token).
---@param msg ec_message The message that is delivered.
---@ignored
---@until 4=5.1 fun(msg: ec_message, ac: accept_construct, vctx: validate_context)
---@since 3=3.6.12 4=4.2
---@thread scheduler
---@trap Without `keep_message_dicts_in_memory` the context variables cost additional I/O for each message.
---@correction The page's examples return nothing and name no result; it is read as ignored.
---@page momentum/4/modules/outbound-smtp-auth
function outbound_smtp_auth_hooks:outbound_smtp_auth_config(msg) end

--- Hook of the `outbound_smtp_auth_v0` module, the older form of `outbound_smtp_auth`.
---@class outbound_smtp_auth_v0_hooks
---@callouts outbound_smtp_auth_v0
---@page momentum/4/modules/outbound-smtp-auth_v0
local outbound_smtp_auth_v0_hooks = {}

--- Sets the credentials for the delivery of a message, in place of the configured ones.
---
--- They are message context variables: `outbound_smtp_auth_type` (`PLAIN` or `LOGIN`), `outbound_smtp_auth_user` and
--- `outbound_smtp_auth_pass`.
---@param msg ec_message The message that is delivered.
---@param ac accept_construct The connection over which it came.
---@param vctx validate_context The validation context.
---@ignored
---@since 4=4.2
---@deprecated Since 5.1 by `outbound_smtp_auth_config`.
---@trap Without `keep_message_dicts_in_memory` the context variables cost additional I/O for each message.
---@correction The page's examples return nothing and name no result; it is read as ignored.
---@page momentum/4/modules/outbound-smtp-auth_v0
function outbound_smtp_auth_v0_hooks:outbound_smtp_auth_v0_config(msg, ac, vctx) end
